//! Child processes with a deadline, an output cap and a group kill; and one whose output passes through.
//!
//! A child gets exactly the environment that it is given, no terminal and no input unless told.
//! Whatever it starts dies with it: it leads a process group of its own. [`through`] is the other kind: the
//! command that somebody wants run, which sees what it would see without us.

mod capture;
mod command;
mod group;
mod run;
pub mod through;
mod tree;

pub use capture::Captured;
pub use command::Command;
pub use run::{End, Output, StartFailure};
pub use tree::{Wait, can_see_work};
