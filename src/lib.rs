//! gomoddoc, the doctor for Go modules: why `go mod tidy`, `go get` or `go mod download` fails,
//! who can mend it, and the exact commands.
//!
//! The floors, from the ground up, are described in `docs/architecture.md`. A module uses what
//! stands below it, never what stands above.

pub mod ascii;
pub mod cachescan;
pub mod catalog;
pub mod cli;
pub mod diagnosis;
pub mod disk;
pub mod facts;
pub mod foreign;
pub mod golang;
pub mod inquiry;
pub mod lab;
pub mod model;
pub mod net;
pub mod probe;
pub mod process;
pub mod remedy;
pub mod report;
pub mod transcript;
