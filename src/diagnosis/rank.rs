//! Findings that say the same become one, and the order in which people read them.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::catalog::Code;
use crate::model::{Finding, Fix, Role, Situation};

/// How many pieces of evidence a finding keeps; the count says how many there were.
const EVIDENCE_KEPT: usize = 5;

/// The most findings of a log by itself; one with more of them repeats itself.
pub const MAX_OF_LOG: usize = 1_000;

/// Makes one finding of those with the same fingerprint: the same code about the same subject.
#[must_use]
pub fn merged(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    let mut at: HashMap<String, usize> = HashMap::new();
    let mut about: HashSet<(usize, String)> = HashSet::new();
    for finding in findings {
        let index = *at.entry(finding.id.clone()).or_insert(kept.len());
        let new = |id: &String| about.insert((index, id.clone()));
        match kept.get_mut(index) {
            Some(first) => absorb(first, finding, new),
            None => {
                finding.about.iter().map(new).for_each(drop);
                kept.push(finding);
            }
        }
    }
    kept
}

/// Leaves out what weighs least where a log tells more than anybody reads: of what it says a thousand times the
/// last, rather than what it says once. The others keep their order.
pub fn cap(findings: &mut Vec<Finding>) {
    if findings.len() <= MAX_OF_LOG {
        return;
    }
    let mut of_code: HashMap<Code, usize> = HashMap::new();
    let weight = |(at, finding): (usize, &Finding)| {
        let times = of_code.entry(finding.code).and_modify(|times| *times += 1).or_default();
        (finding.role, finding.severity, *times, finding.confidence, at)
    };
    let mut by_weight: Vec<_> = findings.iter().enumerate().map(weight).collect();
    by_weight.sort_unstable();
    let kept: HashSet<usize> = by_weight.into_iter().take(MAX_OF_LOG).map(|(.., at)| at).collect();
    let mut at = 0..;
    findings.retain(|_| at.next().is_some_and(|at| kept.contains(&at)));
}

fn absorb(first: &mut Finding, other: Finding, mut is_new: impl FnMut(&String) -> bool) {
    first.count = first.count.saturating_add(other.count);
    // `Role::Cause` and `Confidence::Confirmed` are the least of their order.
    first.role = first.role.min(other.role);
    first.severity = first.severity.min(other.severity);
    first.confidence = first.confidence.min(other.confidence);
    first.retryable &= other.retryable;
    let mut about = other.about;
    about.retain(|id| is_new(id));
    first.about.append(&mut about);
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
        let same = |known: &Fix| !fix.actions.is_empty() && known.actions == fix.actions && known.place == fix.place;
        if !first.fixes.iter().any(|known| *known == fix || same(known)) {
            first.fixes.push(fix);
        }
    }
}

/// Causes first, the surest and then the most frequent first; the fixes of each safest first.
pub fn order(findings: &mut [Finding]) {
    for finding in findings.iter_mut() {
        finding.fixes.sort_by_key(|fix| fix.safety);
    }
    let mut weight: HashMap<String, usize> = HashMap::new();
    for cause in findings.iter().flat_map(|finding| &finding.caused_by) {
        *weight.entry(cause.clone()).or_default() += 1;
    }
    findings.sort_by_key(|finding| {
        let explains = weight.get(&finding.id).copied().unwrap_or(0);
        let local_first = finding.role == Role::Note;
        // In a log the one told first stays first, unless another is far more frequent.
        let of_log = matches!(finding.situation, Situation::Log(_));
        let often = if of_log { finding.count.max(1).ilog(4) as usize } else { finding.count };
        (finding.role, finding.severity, finding.confidence, local_first, Reverse(explains), Reverse(often))
    });
}
