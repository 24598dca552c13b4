//! The lab: servers on loopback that behave well, or badly on purpose, so that every failure of a module
//! sync can be made on one machine.
//!
//! A [`server::Site`] knows the contents (a module proxy, a checksum database, a vanity host, git over
//! HTTP); a [`faults::Fault`] spoils one answer; the two know nothing of each other. Every server listens on
//! 127.0.0.1 only, and stops when its handle is dropped.
//!
//! A [`scenario::Scenario`] is a row of the table in `scenarios/`: it puts servers and settings on a
//! [`stage::Stage`], a temporary folder with everything that a command needs to meet the failure.

pub mod control;
mod error;
pub mod faults;
pub mod folder;
pub mod git;
pub mod house;
pub mod http_proxy;
pub mod module_proxy;
pub mod modules;
pub mod ports;
pub mod scenario;
mod scenarios;
pub mod server;
pub mod stage;
pub mod sumdb;
pub mod tls;
mod zip_writer;

pub use error::LabError;
