//! Fixes carried out: each change is written down before it is made, and can be taken back.
//!
//! A fix is a row of [`Change`]s, each of which is one step of the file system that happens as a whole or
//! not at all. The [`Journal`] holds them, so that a run that is killed at any step leaves a state from which
//! [`undo`] leads back. What is carried out are actions of a diagnosis, never text of a log.

mod carry_out;
mod change;
mod digest;
mod entry;
mod error;
mod fetch;
mod go;
mod journal;
mod lock;
pub mod plan;
mod refetch;
#[cfg(test)]
mod tests;
mod undo;

pub use carry_out::{Tools, carry_out};
pub use change::{Change, Edit};
pub use digest::Digest;
pub use entry::{Entry, quarantine};
pub use error::RemedyError;
pub use fetch::Fetch;
pub use journal::{Journal, Past, Record};
pub use lock::Lock;
pub use refetch::refetch;
pub use undo::undo;
