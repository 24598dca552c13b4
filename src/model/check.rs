//! A check: something that was looked at, and what came of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Reason;

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CheckStatus {
    /// All is well there.
    Passed,
    /// It is broken.
    Failed,
    /// It works, with a warning.
    Warned,
    /// It was not looked at, for the reason given.
    Skipped,
    /// It was looked at, and cannot be told, for the reason given.
    Inconclusive,
}

/// Something that was looked at. Its id begins with the name of the probe that looked
/// (`module-proxy/reachable`), so that `--only` and `--skip` can name one check or all of a probe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// `probe/what`.
    pub id: String,
    /// What was looked at: a host, a file, a module.
    pub subject: String,
    /// What came of it.
    pub status: CheckStatus,
    /// Why it was skipped or is inconclusive; `None` otherwise. The report makes the sentence.
    pub reason: Option<Reason>,
    /// How long it took, in milliseconds.
    pub elapsed_ms: u64,
}
