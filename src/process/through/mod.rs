//! A child whose output passes through: every byte goes on at once, and a copy of it to a reader.
//!
//! It sees what it would see without us: our stdin, our environment, a terminal where ours is one. Streams
//! that lead to different places stay apart. It writes nothing anywhere else.

mod activity;
mod attend;
mod end;
#[cfg(unix)]
mod pty;
mod reach;
mod signals;
mod stall;
mod start;
mod streams;
mod tee;
mod ticket;

pub use attend::{Ended, Running};
pub use signals::Signals;
pub use start::Through;
pub use ticket::Ticket;

#[cfg(test)]
#[cfg(unix)]
mod tests;
