//! A log of a go command becomes facts: what it complains of, and which hosts, folders and settings it
//! shows.
//!
//! The log may be of any size and hold any bytes: it is read line by line, in memory that does not grow
//! with it. Nothing is judged here.

pub mod archive;
mod clean;
mod commands;
mod exchange;
mod failures;
mod flood;
mod frame;
mod hosts;
mod joins;
mod kept;
mod lines;
mod named;
mod read;
mod releases;
mod served;
mod settings;
mod signs;
mod ticket;

#[cfg(test)]
mod tests;

pub use lines::MAX_LINE;
pub use read::MAX_MENTIONS;
pub use ticket::{Ticket, read};
