//! The cargo subcommand of Pyrus: check, stubs, dump, explain.

fn main() {}
