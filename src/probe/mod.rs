//! The world becomes facts, one file for each probe. A probe observes and never judges.

pub mod credentials;
mod go_command;
pub mod module_proxy;
mod world;

pub use go_command::{GoCommand, NoGo, on_path};
pub use world::{NetrcFile, Order, World, WorldError};
