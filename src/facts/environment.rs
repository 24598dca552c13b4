//! The settings of the go command here, and where they come from.

use serde::{Deserialize, Serialize};

use super::{Observation, Observed};
use crate::golang::env::Environment;
use crate::model::Foreign;

/// The settings, in full.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EnvironmentFacts {
    /// One for each variable that matters: `environment/GOPROXY`; and one for each file.
    pub observations: Vec<Observation>,
    /// The effective environment with the origin of each value, without secrets.
    pub environment: Environment,
    /// The user's go env file could not be read.
    pub unreadable_file: Option<Foreign>,
    /// Lines of shell start-up files, CI files and Dockerfiles that may have set a variable.
    pub candidates: Vec<Candidate>,
    /// How far this machine's clock is from the Date of each server, in seconds (positive: ours is ahead).
    pub clocks: Vec<Clock>,
}

/// A line that may have set a variable of the process.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The variable.
    pub variable: String,
    /// What kind of file it is.
    pub kind: CandidateKind,
    /// The file; relative to the repository where it lies in it.
    pub file: Foreign,
    /// The line, from 1.
    pub line: usize,
    /// The value as it is written there, without secrets.
    pub value: Foreign,
}

/// A kind of file that sets variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CandidateKind {
    /// A start-up file of a shell.
    Shell,
    /// A workflow file of a CI system.
    Ci,
    /// A Dockerfile.
    Dockerfile,
    /// A `.envrc`, `.env` or Makefile of the repository.
    Project,
}

/// The clock against one server's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The observation.
    pub observation: Observation,
    /// The server.
    pub host: Foreign,
    /// How far ahead this machine is, in seconds.
    pub ahead_seconds: i64,
}

/// The name of the observation of a variable: `environment/NAME`.
pub fn variable_id(name: &str) -> String {
    format!("environment/{name}")
}

impl Observed for EnvironmentFacts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        self.observations.iter().for_each(&mut *visit);
        self.clocks.iter().for_each(|clock| visit(&clock.observation));
    }
}
