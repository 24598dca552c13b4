//! What the tests need from the world: a closed room to run commands in, and servers on loopback
//! that behave well or badly on purpose.
//!
//! Every server takes a listener that is bound already and stops when its handle is dropped. A
//! [`server::Site`] knows the contents (a module proxy, a checksum database, a vanity host); a
//! [`faults::Fault`] spoils one answer; the two know nothing of each other.

// The support is one piece; which parts the tests of the day use changes with them.
#![allow(dead_code, unused_imports)]

pub mod child;
pub mod dns;
pub mod faults;
pub mod git;
pub mod http_proxy;
pub mod module_proxy;
pub mod modules;
pub mod namespace;
pub mod ports;
pub mod sandbox;
pub mod server;
pub mod sumdb;
pub mod tls;
pub mod tools;
pub mod zip_writer;

mod self_test;
