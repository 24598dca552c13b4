//! `gomoddoc run` around real commands: what passes through, how it ends, and what is said of a failure.

mod go;
mod shell;
mod waiting;
