//! What a log of a failed go command says.

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
    /// Lines that tell of a failure.
    pub failures: Vec<Mention<Foreign>>,
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
