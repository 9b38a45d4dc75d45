//! The extension `pyrus._native`: the Rust items that its declarations name.

mod edges;
mod graph;
mod typegraph;

include!(concat!(env!("OUT_DIR"), "/pyrus.rs"));
