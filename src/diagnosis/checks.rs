//! What each observation came to, after the rules have spoken.

use std::collections::HashMap;

use crate::catalog::Severity;
use crate::facts::{Facts, State};
use crate::model::{Check, CheckStatus, Finding};

/// One check for each observation: failed or warned where a finding is about it, else passed,
/// skipped or inconclusive as it was made.
#[must_use]
pub fn checks(facts: &Facts, findings: &[Finding]) -> Vec<Check> {
    let mut worst: HashMap<&str, Severity> = HashMap::new();
    for finding in findings {
        for id in &finding.about {
            let severity = worst.entry(id).or_insert(finding.severity);
            *severity = (*severity).min(finding.severity);
        }
    }
    let check = |seen: &crate::facts::Observation| {
        let (status, reason) = match (worst.get(seen.id.as_str()), &seen.state) {
            (Some(Severity::Error), _) => (CheckStatus::Failed, None),
            (Some(Severity::Warning), _) => (CheckStatus::Warned, None),
            (_, State::Seen) => (CheckStatus::Passed, None),
            (_, State::Skipped(reason)) => (CheckStatus::Skipped, Some(reason.clone())),
            (_, State::Inconclusive(reason)) => (CheckStatus::Inconclusive, Some(reason.clone())),
        };
        Check { id: seen.id.clone(), subject: seen.subject.to_string(), status, reason, elapsed_ms: seen.elapsed_ms }
    };
    // Of a log alone: that it was read is no check of anything.
    let nothing_else = facts.environment.get().is_none();
    let of_log = |seen: &crate::facts::Observation| nothing_else && seen.id.starts_with("log/");
    facts.observations().into_iter().filter(|seen| !of_log(seen)).map(check).collect()
}
