//! A diagnosis rendered, one file per format.

pub mod options;
pub mod words;

pub use options::{Options, Shell, Verbosity};
