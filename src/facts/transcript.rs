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
    /// Hosts that the command talked to or failed to reach.
    pub hosts: Vec<Mention<Foreign>>,
    /// Absolute paths of module caches and home folders.
    pub folders: Vec<Mention<Foreign>>,
    /// Values of Go variables that the log shows.
    pub variables: Vec<Mention<(String, Foreign)>>,
    /// Lines that tell of a failure.
    pub failures: Vec<Mention<Foreign>>,
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
