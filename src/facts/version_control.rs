//! git and its configuration, vanity pages, and the repositories of modules that are fetched directly.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Observation, Observed, Reason, State};
pub use crate::catalog::messages::GitTrouble;
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;
use crate::model::transport::{HttpAnswer, TransportError};

/// Version control as go would use it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct VersionControlFacts {
    /// git, ssh and what else is needed.
    pub programs: Vec<Program>,
    /// The command that installs packages here, such as `apt-get`, `apk` or `brew`; the first that is on PATH.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package_manager: Option<String>,
    /// `url.<to>.insteadOf` rules, in the order in which git weighs them.
    pub rewrites: Vec<Rewrite>,
    /// `http.<url>.extraHeader` settings: the header itself is a secret and is not kept.
    pub extra_headers: Vec<ExtraHeader>,
    /// `http.sslVerify`, `http.sslCAInfo`, `http.proxy` and what else decides whether git gets through.
    pub settings: Vec<GitSetting>,
    /// git could not read its configuration.
    pub broken_config: Option<Foreign>,
    /// The pages of custom import paths.
    pub vanity: Vec<VanityLookup>,
    /// The repositories that were asked for their references.
    pub remotes: Vec<Remote>,
}

impl VersionControlFacts {
    /// Adds a repository; the programs by which it is reached are needed from then on.
    pub fn add(&mut self, remote: Remote) {
        let url = remote.effective_url.as_ref().unwrap_or(&remote.url).as_str();
        let by_ssh = match url.split_once("://") {
            Some((scheme, _)) => scheme.contains("ssh"),
            None => url.split_once(':').is_some_and(|(host, _)| !host.contains('/')),
        };
        let system = match &remote.observation.state {
            State::Skipped(Reason::ProgramMissing { program }) => program.as_str(),
            State::Skipped(Reason::Platform) => "",
            _ => "git",
        };
        for program in &mut self.programs {
            program.needed |= program.name == system || (program.name == "ssh" && by_ssh);
        }
        self.remotes.push(remote);
    }
}

/// A program that go runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// The observation.
    pub observation: Observation,
    /// `git`, `ssh`, `hg`, `svn`, `fossil`.
    pub name: String,
    /// Whether a module here needs it.
    pub needed: bool,
    /// Where it lies; `None` where it is not on PATH.
    pub path: Option<Foreign>,
    /// What it says its version is.
    pub version: Option<Foreign>,
    /// For git: whether it knows `--end-of-options`, which go 1.26 and later pass (git 2.24).
    pub knows_end_of_options: Option<bool>,
}

/// A place in git's configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConfigOrigin {
    /// `system`, `global`, `local`, `command`, as git says; `local` is a repository's own file,
    /// which go's git does not see.
    pub scope: Foreign,
    /// The file, or `GIT_CONFIG_COUNT` and the like.
    pub file: Foreign,
    /// The line, from 1, where it was looked for and found: git itself does not tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

impl ConfigOrigin {
    /// The file, with the line where it is known.
    #[must_use]
    pub fn shown(&self) -> String {
        self.line.map_or_else(|| self.file.to_string(), |line| format!("{}:{line}", self.file))
    }

    /// Whether git sees it when go runs git in the module cache.
    #[must_use]
    pub fn seen_by_go(&self) -> bool {
        !matches!(self.scope.as_str(), "local" | "worktree")
    }
}

/// A rule that rewrites URLs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rewrite {
    /// The prefix that is replaced.
    pub from: Foreign,
    /// What stands in its place, without secrets.
    pub to: Foreign,
    /// Whether `to` carries a login.
    pub has_login: bool,
    /// Where the rule is written.
    pub origin: ConfigOrigin,
}

/// A header that git sends along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtraHeader {
    /// The URL prefix for which it is sent; empty for all.
    pub url: Foreign,
    /// Whether it is an Authorization header.
    pub is_authorization: bool,
    /// Where it is written.
    pub origin: ConfigOrigin,
}

/// Another setting of git.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GitSetting {
    /// The key, such as `http.sslverify`.
    pub key: Foreign,
    /// The value, without secrets.
    pub value: Foreign,
    /// Where it is written.
    pub origin: ConfigOrigin,
}

/// A `?go-get=1` request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VanityLookup {
    /// The observation.
    pub observation: Observation,
    /// The path that was looked up.
    pub path: Foreign,
    /// The URL.
    pub url: Foreign,
    /// Whether GOINSECURE matches the path: go then goes on past a bad certificate, and over plain
    /// http. We do not, so that a failure need not be go's.
    #[serde(default)]
    pub insecure: bool,
    /// What came of it.
    pub result: VanityResult,
}

/// What a `?go-get=1` request came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "vanity", rename_all = "kebab-case")]
pub enum VanityResult {
    /// The page names a repository.
    Found {
        /// The module path prefix.
        prefix: Foreign,
        /// `git`, `mod` and the like.
        vcs: Foreign,
        /// The URL of the repository.
        root: Foreign,
    },
    /// There is a page, and it names none.
    NoTag {
        /// Status and headers.
        http: HttpAnswer,
        /// Go's words for it.
        error: Foreign,
    },
    /// No answer.
    Failed {
        /// At which stage and how.
        error: TransportError,
    },
    /// It was not asked; the observation says why.
    NotAsked,
}

/// A repository that was asked for its references.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Remote {
    /// The observation.
    pub observation: Observation,
    /// The modules that lie in it.
    pub modules: Vec<ModuleVersion>,
    /// The URL that go hands to git.
    pub url: Foreign,
    /// The URL that git uses after its rewrites, where it differs.
    pub effective_url: Option<Foreign>,
    /// The rewrite that made it, by its place in [`VersionControlFacts::rewrites`].
    pub rewritten_by: Option<usize>,
    /// What came of it.
    pub result: RemoteResult,
    /// Required versions for which the repository has no tag or commit.
    pub lacks: Vec<ModuleVersion>,
    /// For each module of `lacks`: versions that the repository does have, the newest first, at most five.
    #[serde(default)]
    pub has: Vec<ModuleVersion>,
}

/// What asking a repository came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "remote", rename_all = "kebab-case")]
pub enum RemoteResult {
    /// It answered.
    Answered {
        /// How many references it has.
        references: usize,
    },
    /// git failed.
    Failed {
        /// git's exit code, where it ended by itself.
        exit: Option<i32>,
        /// What it is that failed, as far as git's and ssh's words tell.
        trouble: GitTrouble,
        /// What git and ssh said.
        stderr: Foreign,
    },
    /// GOVCS forbids it.
    Forbidden {
        /// Go's words for it.
        error: Foreign,
    },
    /// It was not asked; the observation says why.
    NotAsked,
}

impl Observed for VersionControlFacts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        self.programs.iter().for_each(|program| visit(&program.observation));
        self.vanity.iter().for_each(|lookup| visit(&lookup.observation));
        self.remotes.iter().for_each(|remote| visit(&remote.observation));
    }
}
