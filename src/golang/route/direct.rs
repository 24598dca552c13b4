//! What a direct fetch begins with: where the repository is looked for, and whether the version
//! control system may be run.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Decision;
use crate::golang::env::Environment;
use crate::golang::go_version::GoVersion;
use crate::golang::repo_path::{RepoPath, Vcs, repo_path};

/// The newest rules apply where the version of the go command is not known.
const NEWEST_MINOR: u32 = 27;

/// A direct fetch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DirectRoute {
    /// Where the repository is looked for.
    pub repository: VcsRoute,
    /// The pattern of GOINSECURE that allows plain HTTP and unknown certificates for the host's
    /// go-import page. git has rules of its own.
    pub insecure: Option<Decision>,
}

/// Where the repository is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "found", rename_all = "kebab-case")]
pub enum VcsRoute {
    /// The path tells all.
    ByPath {
        /// The part of the path that names the repository.
        root: String,
        /// The version control system.
        vcs: Vcs,
        /// The URL; without scheme where go tries several.
        url: String,
        /// Whether the version control system may be run.
        govcs: VcsDecision,
    },
    /// The host's page `https://PATH?go-get=1` names it.
    ByPage {
        /// The host.
        host: String,
        /// Whether git may be run, if it is a git repository that is rooted at the module path.
        govcs: VcsDecision,
    },
    /// The path cannot be that of a repository.
    Refused {
        /// Go's words.
        problem: String,
    },
}

/// What GOVCS says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "govcs", rename_all = "kebab-case")]
pub enum VcsDecision {
    /// It may be run.
    Allowed,
    /// It may not.
    Denied {
        /// Whether GOPRIVATE counts the repository as private.
        private: bool,
        /// The entry of GOVCS; nothing for the defaults.
        rule: Option<String>,
    },
    /// GOVCS is malformed: nothing is run.
    Malformed {
        /// Go's words.
        problem: String,
    },
}

pub(super) fn direct(environment: &Environment, module_path: &str) -> DirectRoute {
    let version = environment.version.clone().unwrap_or_else(|| GoVersion::from_minor(NEWEST_MINOR));
    let by_path = |root: String, vcs: Vcs, url: String| {
        let govcs = decide(environment, vcs, &root);
        VcsRoute::ByPath { root, vcs, url, govcs }
    };
    let repository = match repo_path(module_path, &version) {
        Ok(RepoPath::Host { root, vcs, url }) => by_path(root, vcs, url),
        Ok(RepoPath::Suffix { root, vcs, repo }) => by_path(root, vcs, repo),
        Ok(RepoPath::Vanity | RepoPath::VanityOr { .. }) => VcsRoute::ByPage {
            host: module_path.split('/').next().unwrap_or(module_path).to_owned(),
            govcs: decide(environment, Vcs::Git, module_path),
        },
        Err(problem) => VcsRoute::Refused { problem: problem.to_string() },
    };
    DirectRoute { repository, insecure: Decision::by_pattern(environment.goinsecure(), module_path) }
}

fn decide(environment: &Environment, vcs: Vcs, root: &str) -> VcsDecision {
    let private = environment.goprivate().matches(root);
    match environment.govcs() {
        Err(problem) => VcsDecision::Malformed { problem: problem.to_string() },
        Ok(govcs) => {
            let decision = govcs.decide(vcs.name(), root, private);
            if decision.allowed { VcsDecision::Allowed } else { VcsDecision::Denied { private, rule: decision.rule } }
        }
    }
}
