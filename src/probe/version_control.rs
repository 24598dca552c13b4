//! Version control.

use super::World;
use crate::facts::version_control::{Remote, RemoteResult, VanityLookup, VanityResult, VersionControlFacts};
use crate::facts::{Observation, Reason};
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// Looks at git and its configuration.
pub async fn probe(_world: &World) -> VersionControlFacts {
    VersionControlFacts::default()
}

/// Asks for the page of a custom import path.
pub async fn vanity(_world: &World, path: &str) -> VanityLookup {
    VanityLookup {
        observation: Observation::skipped(format!("version-control/vanity/{path}"), path, Reason::NotNeeded),
        path: Foreign::new(path),
        url: Foreign::default(),
        result: VanityResult::NotAsked,
    }
}

/// Asks a repository for its references, as go would.
pub async fn remote(
    _world: &World,
    _seen: Option<&VersionControlFacts>,
    url: &str,
    _vcs: &str,
    modules: &[ModuleVersion],
) -> Remote {
    Remote {
        observation: Observation::skipped(format!("version-control/{url}"), url, Reason::NotNeeded),
        modules: modules.to_vec(),
        url: Foreign::new(url),
        effective_url: None,
        rewritten_by: None,
        result: RemoteResult::NotAsked,
        lacks: Vec::new(),
        has: Vec::new(),
    }
}
