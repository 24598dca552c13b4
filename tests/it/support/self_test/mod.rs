//! The support, proved by the real go command.

mod http_proxy;
mod module_proxy;
mod sumdb;
