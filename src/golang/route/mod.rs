//! The route of a module.

mod host_name;
mod privacy;
mod public_hosts;

pub use host_name::HostKind;
pub use privacy::{Privacy, PrivacyHints, PrivateReason, looks_private};
pub use public_hosts::{is_public_checksum_database, is_public_module_host, is_public_proxy};

use super::env::Environment;

/// Judges `module_path` by the pattern variables of `environment`, the main modules and the remotes of
/// the repository.
#[must_use]
pub fn privacy(environment: &Environment, main_modules: &[&str], remotes: &[&str], module_path: &str) -> Privacy {
    let lists = [environment.goprivate(), environment.gonoproxy(), environment.gonosumdb()];
    let patterns: Vec<(&str, &str)> = lists.iter().map(|setting| (setting.variable, setting.list)).collect();
    looks_private(module_path, &PrivacyHints { patterns: &patterns, main_modules, remotes, known_public: false })
}
