//! The support, proved by the real go command.

mod module_proxy;
