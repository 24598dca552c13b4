//! Failures that come and go: how often each was seen, where it was asked for more than once.

use std::collections::HashMap;

use crate::facts::{Facts, Tries};
use crate::model::{Evidence, Finding, Seen};

/// Adds to each finding how often the observations that it is about failed. What failed only sometimes
/// is worth another try.
pub fn count(facts: &Facts, findings: &mut [Finding]) {
    let tried: HashMap<&str, Tries> = facts
        .observations()
        .into_iter()
        .filter_map(|seen| seen.tries.filter(|tries| tries.failed > 0).map(|tries| (seen.id.as_str(), tries)))
        .collect();
    if tried.is_empty() {
        return;
    }
    for finding in findings {
        let tries: Vec<(&String, &Tries)> =
            finding.about.iter().filter_map(|id| Some((id, tried.get(id.as_str())?))).collect();
        let Some((id, most)) = tries.iter().max_by_key(|(_, tries)| tries.failed) else { continue };
        let tries_failed = Seen::Tries { failed: most.failed, asked: most.asked };
        let seen = Evidence { source: (*id).clone(), line: None, seen: tries_failed };
        let sometimes = tries.iter().all(|(_, tries)| tries.failed < tries.asked);
        finding.count = finding.count.max(most.failed);
        finding.retryable |= sometimes;
        // After what was seen, and before more of the same.
        finding.evidence.insert(finding.evidence.len().min(1), seen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Code;
    use crate::diagnosis::testing;
    use crate::facts::Observation;
    use crate::model::Subject;
    use crate::model::situation::sample::Situation;

    #[test]
    fn failures_that_come_and_go_are_counted() {
        let mut facts = testing::nothing();
        let tried =
            |id: &str, failed| Observation { tries: Some(Tries { asked: 5, failed }), ..Observation::seen(id, "s") };
        facts.unfinished = vec![tried("sometimes", 2), tried("always", 5), tried("never", 0)];
        let about = |id: &str| {
            Finding::new(Code::ProxyBadResponse, Subject::host(id), Situation::Comma.into())
                .retryable(false)
                .about(id)
                .seen(id, None, "GET: 200")
        };
        let mut findings = [about("sometimes"), about("always"), about("never")];
        count(&facts, &mut findings);
        let told = findings.each_ref().map(|finding| (finding.count, finding.retryable));
        assert_eq!(told, [(2, true), (5, false), (1, false)]);
        assert_eq!(findings[0].evidence[1].seen, Seen::Tries { failed: 2, asked: 5 });
        assert_eq!(findings[2].evidence.len(), 1);
    }
}
