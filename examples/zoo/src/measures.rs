//! Numbers: every width, every operator, every buffer.

pub mod amount;
pub mod buffers;
pub mod echoes;
pub mod samples;
pub mod tally;

pub use amount::Amount;
pub use buffers::{
    fill, read, shape, sum_f32, sum_f64, sum_i8, sum_i16, sum_i32, sum_i64, sum_u8, sum_u16,
    sum_u32, sum_u64, write,
};
pub use echoes::*;
pub use samples::Samples;
pub use tally::Tally;
