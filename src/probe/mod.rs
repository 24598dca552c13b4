//! The world becomes facts, one file for each probe. A probe observes and never judges.

mod answer;
pub mod bench;
pub mod cache;
pub mod checksum_database;
pub mod credentials;
pub mod endpoint;
pub mod environment;
mod go_command;
pub mod module_proxy;
pub mod repository;
mod ssh;
pub mod toolchain;
pub mod version_control;
mod world;

pub use answer::{answer, topic};
pub use go_command::{GoCommand, NoGo, on_path};
pub use world::{House, NetrcFile, Order, World, WorldError};
