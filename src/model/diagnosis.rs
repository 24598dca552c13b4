//! A diagnosis: the verdict with its findings and checks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Check, CheckStatus, Evidence, Finding, Role, Supply};

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing found, and everything that a sync here needs was asked.
    Healthy,
    /// Warnings only.
    Degraded,
    /// At least one cause.
    Failing,
    /// A failure that no type covers, or nothing found while not everything could be asked.
    Unknown,
}

/// How much of the build list was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Modules of the build list that a sync may need.
    pub modules: usize,
    /// How many of them a provider was asked for.
    pub asked: usize,
    /// How many of them the module cache holds.
    pub in_cache: usize,
}

impl Coverage {
    /// Whether each module was asked for or is in the cache.
    #[must_use]
    pub fn complete(self) -> bool {
        self.asked + self.in_cache >= self.modules
    }
}

/// The go command of this machine or of the ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoCommand {
    /// The release of the command on PATH, such as `go1.26.8`.
    pub version: Option<String>,
    /// The release that it selects for this repository.
    pub selected: Option<String>,
    /// Where it lies.
    pub path: Option<String>,
}

/// How much of a module cache `cache verify` has looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Verified {
    /// Modules of the cache or of the build list.
    pub modules: usize,
    /// How many of them were looked at; fewer where the run was interrupted.
    pub looked_at: usize,
    /// How many of those have neither zip nor folder in the cache, so that there was nothing to hash.
    pub without_content: usize,
    /// How many of those were left alone, since nothing has changed since they were last found to be whole
    /// (`--changed-since-last`).
    pub unchanged: usize,
    /// Bytes of content that were hashed.
    pub bytes: u64,
    /// Whether the contents of zips were left out (`--quick`).
    pub quick: bool,
}

/// What a run of `check` or `triage` comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// The go command.
    pub go: GoCommand,
    /// The answer in one word.
    pub verdict: Verdict,
    /// Whether the verdict is `Unknown` because a failure was seen that no type covers.
    pub unexplained_failure: bool,
    /// The first lines that tell of such a failure.
    pub unexplained: Vec<Evidence>,
    /// Whether a log is all that there was to look at.
    pub of_log: bool,
    /// How much was asked.
    pub coverage: Coverage,
    /// How much was verified, of `cache verify`.
    pub verified: Option<Verified>,
    /// From where the modules come.
    pub supply: Supply,
    /// Causes first, the most likely first.
    pub findings: Vec<Finding>,
    /// What was looked at.
    pub checks: Vec<Check>,
}

/// The counts at the end of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// Findings that are causes.
    pub causes: usize,
    /// Findings that follow from causes.
    pub symptoms: usize,
    /// Other findings.
    pub notes: usize,
    /// Checks that passed.
    pub passed: usize,
    /// Checks that failed.
    pub failed: usize,
    /// Checks with a warning.
    pub warned: usize,
    /// Checks that were not made.
    pub skipped: usize,
    /// Checks that could not tell.
    pub inconclusive: usize,
}

impl Diagnosis {
    /// The counts at the end of a report.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let role = |role| self.findings.iter().filter(|finding| finding.role == role).count();
        let status = |status| self.checks.iter().filter(|check| check.status == status).count();
        Summary {
            causes: role(Role::Cause),
            symptoms: role(Role::Symptom),
            notes: role(Role::Note),
            passed: status(CheckStatus::Passed),
            failed: status(CheckStatus::Failed),
            warned: status(CheckStatus::Warned),
            skipped: status(CheckStatus::Skipped),
            inconclusive: status(CheckStatus::Inconclusive),
        }
    }

    /// Whether there is a cause and every cause may be gone at the next try.
    #[must_use]
    pub fn worth_a_retry(&self) -> bool {
        let mut causes = self.findings.iter().filter(|finding| finding.role == Role::Cause).peekable();
        causes.peek().is_some() && causes.all(|finding| finding.retryable)
    }
}
