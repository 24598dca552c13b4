//! Child processes with a deadline, an output cap and a group kill.
//!
//! A child gets exactly the environment that it is given, no terminal and no input unless told.
//! Whatever it starts dies with it: it leads a process group of its own.

mod capture;
mod command;
mod group;
mod run;

pub use capture::Captured;
pub use command::Command;
pub use run::{End, Output, StartFailure};
