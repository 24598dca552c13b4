//! Live cases: each makes a failure on loopback, shows that the real go command fails there (or, in
//! good health, passes), and then that `gomoddoc check` names the cause. One file per family.

mod frame;
mod from_the_log;
pub mod scene;
mod watch;

mod cache;
mod checksum;
mod credentials;
mod environment;
mod facts_file;
mod git_settings;
mod healthy;
mod hostile_files;
mod hostile_programs;
mod hostile_servers;
mod http_proxy;
mod log;
mod module;
mod module_proxy;
mod network;
mod private;
mod secrets;
mod toolchain;
mod traces;
mod version_control;
