//! The `gomoddoc` command.

fn main() {}
