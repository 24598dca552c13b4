//! Version control as go would use it: git and its configuration, vanity pages, repositories.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::World;
use crate::facts::version_control::VersionControlFacts;

mod attempt;
mod config_line;
mod git;
mod git_config;
mod helper;
mod programs;
mod references;
mod remote;
mod rewrite;
mod settings;
mod vanity;

pub use git::bare_environment;
pub use git_config::GitConfig;
pub use helper::is_missing as helper_is_missing;
pub use programs::program_id;
pub use remote::remote;
pub use rewrite::{has_login, rewrite};
pub use settings::{helper_for, helpers_for, leads_to};
pub use vanity::vanity;

/// What the questions of one run share.
#[derive(Debug, Default)]
pub struct GitState {
    config: OnceCell<GitConfig>,
    hosts: Mutex<HashMap<String, Arc<tokio::sync::Mutex<HostState>>>>,
}

/// Whether a host has taken what git sends to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum HostState {
    /// It was not asked yet.
    #[default]
    Unknown,
    /// It did not refuse a login.
    Open,
    /// It refused a login: a second attempt might lock an account.
    Refused,
}

impl GitState {
    fn host(&self, host: &str) -> Arc<tokio::sync::Mutex<HostState>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(host.to_owned()).or_default())
    }
}

/// git's configuration, read once a run.
pub async fn configuration(world: &World) -> &GitConfig {
    world.git.config.get_or_init(|| git_config::look(world)).await
}

/// Looks at git and its configuration.
pub async fn probe(world: &World) -> VersionControlFacts {
    let (programs, config) = tokio::join!(programs::programs(world), configuration(world));
    VersionControlFacts {
        programs,
        package_manager: programs::package_manager(world),
        rewrites: settings::rewrites_with_lines(config),
        extra_headers: settings::extra_headers(config),
        settings: settings::settings(config),
        broken_config: config.broken.clone(),
        vanity: Vec::new(),
        remotes: Vec::new(),
    }
}
