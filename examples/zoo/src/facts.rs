//! Constants that Rust knows best.

pub const VERSION: &str = env!("CARGO_PKG_VERSION");
pub const MAGIC: &[u8] = b"ZOO\0\xff";
pub const FOUNDED: u32 = 1_844;
pub const DENSITY: f64 = 0.25;
pub const LOUD: bool = cfg!(feature = "night");
