//! Chores for contributors: demo, test, bench, tidy, bless.

fn main() {}
