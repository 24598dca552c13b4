//! Findings that say the same become one, and the order in which people read them.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::model::{Finding, Role};

/// How many pieces of evidence a finding keeps; the count says how many there were.
const EVIDENCE_KEPT: usize = 5;

/// Makes one finding of those with the same fingerprint: the same code about the same subject.
#[must_use]
pub fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    let mut at: HashMap<String, usize> = HashMap::new();
    for finding in findings {
        match at.get(&finding.id).and_then(|at| kept.get_mut(*at)) {
            Some(first) => absorb(first, finding),
            None => {
                at.insert(finding.id.clone(), kept.len());
                kept.push(finding);
            }
        }
    }
    kept
}

fn absorb(first: &mut Finding, other: Finding) {
    first.count += other.count;
    // `Role::Cause` and `Confidence::Confirmed` are the least of their order.
    first.role = first.role.min(other.role);
    first.severity = first.severity.min(other.severity);
    first.confidence = first.confidence.min(other.confidence);
    first.retryable &= other.retryable;
    for id in other.about {
        if !first.about.contains(&id) {
            first.about.push(id);
        }
    }
    first.explains.extend(other.explains);
    for (key, value) in other.data {
        first.data.entry(key).or_insert(value);
    }
    for seen in other.evidence {
        if first.evidence.len() < EVIDENCE_KEPT && !first.evidence.contains(&seen) {
            first.evidence.push(seen);
        }
    }
    for fix in other.fixes {
        if !first.fixes.contains(&fix) {
            first.fixes.push(fix);
        }
    }
}

/// Causes first, the surest and then the most frequent first; the fixes of each safest first.
pub fn order(findings: &mut [Finding]) {
    for finding in findings.iter_mut() {
        finding.fixes.sort_by_key(|fix| fix.safety);
    }
    let symptoms_of =
        |id: &str, all: &[Finding]| all.iter().filter(|other| other.caused_by.iter().any(|by| by == id)).count();
    let weight: HashMap<String, usize> =
        findings.iter().map(|finding| (finding.id.clone(), symptoms_of(&finding.id, findings))).collect();
    findings.sort_by_key(|finding| {
        let explains = weight.get(&finding.id).copied().unwrap_or(0);
        let local_first = finding.role == Role::Note;
        (finding.role, finding.severity, finding.confidence, local_first, Reverse(explains), Reverse(finding.count))
    });
}
