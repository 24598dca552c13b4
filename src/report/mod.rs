//! A diagnosis rendered, one file per format.

pub mod bench;
pub mod contacts;
pub mod json;
pub mod meter;
pub mod options;
pub mod page;
mod paint;
pub mod progress;
pub mod remedy;
pub mod routes;
mod schema;
pub mod shell;
mod step;
pub mod summary;
pub mod table;
mod text;
mod tree;
pub mod words;

#[cfg(test)]
mod sample;

pub use options::{Options, Verbosity};
pub use shell::Shell;
pub use text::wrap;
