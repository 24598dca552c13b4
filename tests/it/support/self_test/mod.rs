//! The support, proved by the real go command.

mod git;
mod http_proxy;
mod module_proxy;
mod names;
mod sumdb;
