//! A property graph with cheap views. Pure Rust, usable on its own.
