//! Rules of the family `environment`: values that stop commands, hide others, or come from elsewhere.

use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::endpoint::{Step, step_id};
use crate::facts::environment::{EnvironmentFacts, variable_id};
use crate::golang::env::{Scope, StartupProblem};
use crate::golang::goflags::{self, GoflagsProblem};
use crate::model::situation::environment::{Advice, Situation};
use crate::model::transport::{TlsFailure, TransportError, Trust};
use crate::model::{Action, Finding, Fix, Foreign, Place, Subject, SubjectKind};

use super::settings;

mod elsewhere;
mod shadowed;

/// A clock that is less wrong than this makes no certificate look wrong.
const CLOCK_TOLERANCE_SECONDS: i64 = 300;

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(environment) = facts.environment.get() else { return };
    findings.extend(environment.environment.startup_problems.iter().map(|problem| stops(facts, environment, problem)));
    findings.extend(mod_file(facts, environment));
    findings.extend(modules_off(facts, environment));
    findings.extend(clock(facts, environment));
    unknown_names(environment, findings);
    odd_lines(environment, findings);
    shadowed::rules(facts, findings);
    elsewhere::rules(facts, findings);
}

/// A value that stops commands before they look at a module.
fn stops(facts: &Facts, environment: &EnvironmentFacts, problem: &StartupProblem) -> Finding {
    let name = problem.variable();
    let code = match problem {
        StartupProblem::Goflags { .. } => Code::GoflagsConflict,
        StartupProblem::Gotoolchain { .. } => Code::ToolchainMisconfigured,
        _ => Code::EnvInvalid,
    };
    let value = environment.environment.get(name).map(|variable| variable.value.shown()).unwrap_or_default();
    let error = problem.to_string();
    let (place, actions) = match problem {
        StartupProblem::Goflags { problem: GoflagsProblem::UnknownFlag { name, .. } } => without_flag(facts, name),
        _ => settings::unset(facts, name),
    };
    let finding = Finding::new(
        code,
        Subject::variable(name),
        Situation::Stops { variable: name.into(), value: Foreign::new(value), error: Foreign::new(&error) }.into(),
    )
    .about(variable_id(name))
    .with("variable", name)
    .with("value", value)
    .seen(variable_id(name), None, format!("{name}={value}"))
    .fix(Fix::safe(Advice::Correct { variable: name.into() }.into(), place, actions));
    match problem.scope() {
        Scope::Warning => finding.note(),
        Scope::Builds | Scope::Some => finding.warning(),
        Scope::Downloads | Scope::Every => finding,
    }
}

/// GOFLAGS without this flag; no action where the rest would have to be quoted anew.
fn without_flag(facts: &Facts, flag: &str) -> (Place, Vec<Action>) {
    let name = "GOFLAGS";
    let value = facts.environment.get().and_then(|settings| settings.environment.get(name));
    match value.and_then(|variable| goflags::without(variable.value.as_str(), flag)) {
        Some(rest) if rest.is_empty() => settings::unset(facts, name),
        Some(rest) => settings::set(facts, name, rest),
        None => (settings::place(facts, name), Vec::new()),
    }
}

/// GOFLAGS has go take another file than go.mod, which it cannot.
fn mod_file(facts: &Facts, environment: &EnvironmentFacts) -> Option<Finding> {
    let error = facts.repository.get()?.mod_file_error.as_ref()?;
    let name = "GOFLAGS";
    let variable = environment.environment.get(name)?;
    let value = variable.value.shown();
    let situation = Situation::Stops { variable: name.into(), value: Foreign::new(value), error: error.clone() };
    let finding = Finding::new(Code::GoflagsConflict, Subject::variable(name), situation.into())
        .about(variable_id(name))
        .with("variable", name)
        .with("value", value)
        .seen(variable_id(name), None, format!("{name}={value}"));
    let (place, actions) = without_flag(facts, "modfile");
    Some(finding.fix(Fix::safe(Advice::Correct { variable: name.into() }.into(), place, actions)))
}

fn modules_off(facts: &Facts, environment: &EnvironmentFacts) -> Option<Finding> {
    if !environment.environment.modules_off() {
        return None;
    }
    let (place, actions) = settings::unset(facts, "GO111MODULE");
    Some(
        Finding::new(Code::ModulesDisabled, Subject::variable("GO111MODULE"), Situation::ModulesOff.into())
            .about(variable_id("GO111MODULE"))
            .seen(variable_id("GO111MODULE"), None, "GO111MODULE=off")
            .fix(Fix::safe(Advice::ModulesOn.into(), place, actions)),
    )
}

/// The clock explains certificates that look expired or not yet valid.
fn clock(facts: &Facts, environment: &EnvironmentFacts) -> Option<Finding> {
    let worst = environment.clocks.iter().max_by_key(|clock| clock.ahead_seconds.unsigned_abs())?;
    if worst.ahead_seconds.saturating_abs() < CLOCK_TOLERANCE_SECONDS {
        return None;
    }
    let finding = Finding::new(
        Code::ClockSkew,
        Subject::new(SubjectKind::Machine, "clock"),
        Situation::Clock { host: worst.host.clone(), ahead_seconds: worst.ahead_seconds }.into(),
    )
    .about(&worst.observation.id)
    .with("ahead_seconds", worst.ahead_seconds)
    .fix(Fix::safe(Advice::SetClock.into(), Place::System, Vec::new()));
    let dated = wrong_dates(facts);
    Some(if dated.is_empty() { finding } else { finding.error().explaining(dated) })
}

/// Handshakes that failed on the date of a certificate.
fn wrong_dates(facts: &Facts) -> Vec<String> {
    let endpoints = facts.endpoint.get().into_iter().flat_map(|endpoints| &endpoints.endpoints);
    let by_date = |error: &TransportError| {
        let dated = |trust: &Trust| matches!(trust, Trust::Expired { .. } | Trust::NotYetValid { .. });
        matches!(error, TransportError::Tls { failure: TlsFailure::Untrusted { trust }, .. } if dated(trust))
    };
    let failed = endpoints
        .filter(|endpoint| endpoint.stages.as_ref().and_then(|stages| stages.error.as_ref()).is_some_and(by_date));
    failed.map(|endpoint| step_id(endpoint.host.as_str(), endpoint.port, Step::Tls)).collect()
}

fn unknown_names(environment: &EnvironmentFacts, findings: &mut Vec<Finding>) {
    for unknown in environment.environment.unknown.iter().filter(|unknown| unknown.suggestion.is_some()) {
        let suggestion = unknown.suggestion.as_deref().map(Foreign::new);
        let finding = Finding::new(
            Code::EnvInvalid,
            Subject::variable(&unknown.name),
            Situation::UnknownName { name: Foreign::new(&unknown.name), suggestion: suggestion.clone() }.into(),
        )
        .note();
        findings.push(match suggestion {
            Some(name) => finding.fix(Fix::safe(Advice::UseName { name }.into(), Place::Shell, Vec::new())),
            None => finding,
        });
    }
}

fn odd_lines(environment: &EnvironmentFacts, findings: &mut Vec<Finding>) {
    let Some(file) = environment.environment.user_file.path() else { return };
    for problem in &environment.environment.user_file_report.problems {
        let how = serde_json::to_value(&problem.problem).ok();
        let how =
            how.as_ref().and_then(|how| how.get("kind")).and_then(|kind| kind.as_str()).unwrap_or("odd").to_owned();
        findings.push(
            Finding::new(
                Code::EnvInvalid,
                Subject::file(file, Some(problem.line)),
                Situation::OddLine { file: Foreign::new(file), line: problem.line, how: Foreign::new(&how) }.into(),
            )
            .note()
            .about("environment/go-env-file")
            .with("path", file)
            .with("line", problem.line)
            .fix(Fix::safe(
                Advice::CorrectLine.into(),
                Place::File { path: file.to_owned(), line: Some(problem.line) },
                Vec::new(),
            )),
        );
    }
}
