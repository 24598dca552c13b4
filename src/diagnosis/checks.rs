//! What each observation came to, after the rules have spoken.

use std::collections::HashMap;

use crate::catalog::Severity;
use crate::facts::environment::variable_id;
use crate::facts::{Facts, State};
use crate::golang::env::Origin;
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
    let idle = idle_variables(facts, &worst);
    // Of a log alone: that it was read is no check of anything.
    let nothing_else = facts.environment.get().is_none();
    let of_log = |seen: &crate::facts::Observation| nothing_else && seen.id.starts_with("log/");
    let told = facts.observations().into_iter().filter(|seen| !idle.contains(&seen.id) && !of_log(seen));
    let mut checks: Vec<Check> = told.map(check).collect();
    if !idle.is_empty() {
        let names: Vec<&str> = idle.iter().filter_map(|id| id.split('/').next_back()).collect();
        let idle = Check {
            id: IDLE.to_owned(),
            subject: names.join(" "),
            status: CheckStatus::Passed,
            reason: None,
            elapsed_ms: 0,
        };
        checks.insert(0, idle);
    }
    checks
}

/// The one check that stands for all variables of which nothing is to be said.
const IDLE: &str = "environment/defaults";

/// The observations of variables that nobody has set and no finding is about.
fn idle_variables(facts: &Facts, worst: &HashMap<&str, Severity>) -> Vec<String> {
    let variables = facts.environment.get().map(|settings| settings.environment.variables.as_slice());
    let set = |origin: &Origin| matches!(origin, Origin::Process | Origin::UserFile { .. });
    let idle = variables.unwrap_or_default().iter().filter(|variable| !set(&variable.origin));
    let ids = idle.map(|variable| variable_id(&variable.name));
    ids.filter(|id| !worst.contains_key(id.as_str())).collect()
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
    fn variables_that_nobody_has_set_are_one_check() {
        let mut facts = testing::nothing();
        facts.environment = testing::environment("go1.26.0", &[("GOPRIVATE", "corp.example")]);
        let environment = facts.environment.get_mut().unwrap();
        let names: Vec<String> = environment.environment.variables.iter().map(|one| one.name.clone()).collect();
        environment.observations = names.iter().map(|name| Observation::seen(variable_id(name), name)).collect();
        let off = Finding::new(Code::SumdbDisabled, Subject::variable("GOSUMDB"), Situation::Comma.into())
            .warning()
            .about(variable_id("GOSUMDB"));
        let checks = checks(&facts, &[off]);
        let told: Vec<(&str, CheckStatus)> = checks.iter().map(|check| (check.id.as_str(), check.status)).collect();
        assert_eq!(
            told,
            [
                (IDLE, CheckStatus::Passed),
                ("environment/GOPRIVATE", CheckStatus::Passed),
                ("environment/GOSUMDB", CheckStatus::Warned),
                ("environment/HOME", CheckStatus::Passed),
            ]
        );
        assert!(checks[0].subject.contains("GOPROXY") && !checks[0].subject.contains("GOPRIVATE"));
    }
}
