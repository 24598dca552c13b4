//! Live cases: each makes a failure on loopback, shows that the real go command fails there (or, in
//! good health, passes), and then that `gomoddoc check` names the cause. One file per family.

mod accuracy;
mod by_fix;
mod frame;
mod from_the_log;
mod heal;
pub mod scene;
mod tally;
mod watch;

mod cache;
mod cache_entries;
mod checksum;
pub mod credentials;
mod environment;
mod facts_file;
mod git_settings;
mod goproxy_list;
mod healthy;
mod hostile_files;
mod hostile_programs;
mod hostile_servers;
mod http_proxy;
mod log;
mod module;
mod module_proxy;
mod network;
mod owners;
pub mod private;
mod secrets;
mod toolchain;
mod traces;
mod version_control;

use frame::Case;

/// The rows of all tables.
fn cases() -> impl Iterator<Item = &'static Case> {
    [
        cache::CASES,
        cache_entries::CASES,
        checksum::CASES,
        credentials::CASES,
        environment::CASES,
        git_settings::CASES,
        goproxy_list::CASES,
        healthy::CASES,
        http_proxy::CASES,
        module::CASES,
        module_proxy::CASES,
        network::CASES,
        owners::CASES,
        private::CASES,
        toolchain::CASES,
        version_control::CASES,
    ]
    .into_iter()
    .flatten()
}
