//! What the tests need from the world: a closed room to run commands in, and the servers of the lab
//! (`src/lab/`) that behave well or badly on purpose.

// The support is one piece; which parts the tests of the day use changes with them.
#![allow(dead_code, unused_imports)]

pub mod child;
pub mod dns;
pub mod git;
pub mod http_proxy;
pub mod modules;
pub mod namespace;
pub mod ports;
pub mod sandbox;
pub mod server;
pub mod tls;
pub mod tools;
pub mod tree;

pub use gomoddoc::lab::{faults, module_proxy, sumdb};

mod self_test;
