//! What a log of a failed go command says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Observation, Observed};
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// What was read in a log.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TranscriptFacts {
    /// `log/FILE`.
    pub observations: Vec<Observation>,
    /// Modules whose lines tell of a failure.
    pub culprits: Vec<Mention<ModuleVersion>>,
    /// Packages whose lines tell of a failure; which module has them is not said.
    #[serde(default)]
    pub packages: Vec<Mention<Package>>,
    /// Hosts that the command talked to or failed to reach.
    pub hosts: Vec<Mention<Host>>,
    /// Absolute paths of module caches.
    pub folders: Vec<Mention<Foreign>>,
    /// Values of Go variables that the log shows.
    pub variables: Vec<Mention<Setting>>,
    /// Releases of Go that the log shows.
    #[serde(default)]
    pub releases: Vec<Mention<Release>>,
    /// The failures that it tells of, each with what was said of it.
    pub failures: Vec<Failure>,
    /// What it says that stops nothing and is worth knowing.
    #[serde(default)]
    pub notices: Vec<Failure>,
}

/// A failure: the line that tells it, and what belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The member of a folder or an archive in which it stands.
    #[serde(default)]
    pub member: Option<Foreign>,
    /// The line, from 1.
    pub line: usize,
    /// Its text.
    pub text: Foreign,
    /// How many times the log says the same.
    #[serde(default)]
    pub count: usize,
    /// Whether it stands in the own log of a module proxy: it happened there.
    #[serde(default)]
    pub of_server: bool,
    /// The innermost module that it is about, as frame or URL tell.
    #[serde(default)]
    pub module: Option<ModuleVersion>,
    /// The innermost package that it is about.
    #[serde(default)]
    pub package: Option<Foreign>,
    /// The messages in it that have a known format, in the order of the log.
    #[serde(default)]
    pub said: Vec<Said>,
}

/// A message of a known format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The id of the format, such as `git/no-username`.
    pub format: String,
    /// The line, from 1.
    pub line: usize,
    /// The line's text, where it is not that of the failure.
    #[serde(default)]
    pub text: Option<Foreign>,
    /// Where it was said.
    pub at: Speaker,
    /// What it names, by the groups of the format: `host`, `url`, `path`, `status` and the like.
    #[serde(default)]
    pub names: BTreeMap<String, Foreign>,
}

impl TranscriptFacts {
    /// Where a failure stands, for people: the member, else the log.
    #[must_use]
    pub fn source<'a>(&'a self, failure: &'a Failure) -> &'a str {
        let log = || self.observations.first().map(|observation| observation.subject.as_str());
        failure.member.as_ref().map(Foreign::as_str).or_else(log).unwrap_or("log")
    }
}

impl Said {
    /// What it names as `group`.
    #[must_use]
    pub fn get(&self, group: &str) -> Option<&str> {
        self.names.get(group).map(Foreign::as_str)
    }
}

/// On whose machine something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    /// The machine of the log.
    Here,
    /// A module proxy or checksum database, which quotes what failed on its own machine.
    Server,
}

/// A package of a log.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Package {
    /// Its import path.
    pub import: Foreign,
}

/// A Go variable of a log.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Its value, without secrets.
    pub value: Foreign,
}

/// A release of Go of a log.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Release {
    /// Its name: `go1.20.5`.
    pub name: Foreign,
}

/// A host of a log.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Host {
    /// Its name, with the port where the log writes one.
    pub host: Foreign,
    /// What it is there for, as far as the URL shows.
    pub role: HostRole,
}

/// What a host of a log is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HostRole {
    /// Its URL has the form of the GOPROXY protocol.
    ModuleProxy,
    /// Its URL has the form of a checksum database's.
    ChecksumDatabase,
    /// Anything else: version control, a vanity page, a storage that a redirect led to.
    #[serde(other)]
    Other,
}

/// Something that a log names, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention<T> {
    /// What is named.
    pub what: T,
    /// The line, from 1.
    pub line: usize,
}

impl Observed for TranscriptFacts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        self.observations.iter().for_each(visit);
    }
}
