//! Rules of the family `checksum`: go.sum and the checksum database.

use crate::catalog::{Code, Mender};
use crate::facts::Facts;
use crate::facts::checksum_database::NoteState;
use crate::facts::environment::variable_id;
use crate::golang::checksum_database::parse_gosumdb;
use crate::golang::pattern::{Suspicion, lint};
use crate::model::situation::checksum::{Advice, NoteTrouble, Situation};
use crate::model::{Finding, Fix, Foreign, Subject};

use super::settings;

mod database;
mod store;
mod sums;

pub use sums::missing_lines;

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    setting(facts, findings);
    database::rules(facts, findings);
    stored(facts, findings);
    sums::rules(facts, findings);
}

/// Whether a sync here asks the checksum database: go.sum lacks something, or an import needs a module
/// that nothing lists yet.
fn is_needed(facts: &Facts) -> bool {
    let lookups = facts.checksum_database.get().is_some_and(|database| database.lookups.iter().any(|one| one.needed));
    let proxies = facts.module_proxy.get();
    let toolchain = proxies.is_some_and(|proxies| {
        proxies.served_versions.iter().any(|module| module.path == crate::golang::toolchain::MODULE_PATH)
    });
    let excluded =
        |path: &str| facts.environment.get().is_some_and(|settings| settings.environment.gonosumdb().matches(path));
    let missing = facts
        .repository
        .get()
        .is_some_and(|repository| repository.missing_sums.iter().any(|sum| !excluded(&sum.module.path)));
    let new = facts.new_modules().iter().any(|module| !excluded(&module.path));
    lookups || missing || new || toolchain
}

/// GOSUMDB and the patterns that switch it off.
fn setting(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(settings) = facts.environment.get() else { return };
    let environment = &settings.environment;
    let value = environment.value("GOSUMDB");
    if value == "off" {
        findings.push(off(facts, "GOSUMDB", value));
    } else if let Err(error) = parse_gosumdb(value) {
        let (place, actions) = settings::unset(facts, "GOSUMDB");
        let finding = Finding::new(
            Code::SumdbMisconfigured,
            Subject::variable("GOSUMDB"),
            Situation::Misconfigured { value: Foreign::new(value), error: Foreign::new(&error.to_string()) }.into(),
        )
        .about(variable_id("GOSUMDB"))
        .with("value", value)
        .seen(variable_id("GOSUMDB"), None, format!("GOSUMDB={value}: {error}"))
        .fix(Fix::safe(Advice::CheckKey.into(), place.clone(), Vec::new()))
        .fix(Fix::safe(Advice::UseDefault.into(), place, actions).guessed());
        findings.push(if is_needed(facts) { finding } else { finding.warning() });
    }
    for name in ["GONOSUMDB", "GOPRIVATE"] {
        let everything = lint(environment.value(name))
            .iter()
            .any(|report| report.suspicions.contains(&Suspicion::MatchesEverything));
        let by_itself = environment.gonosumdb().variable == name;
        if everything && by_itself && value != "off" {
            findings.push(off(facts, name, environment.value(name)));
        }
    }
}

/// Looks at what is stored here of the database.
pub fn stored(facts: &Facts, findings: &mut Vec<Finding>) {
    store::rules(facts, findings);
}

/// The protection is off: a warning, never a cause.
fn off(facts: &Facts, name: &str, value: &str) -> Finding {
    let (place, actions) = settings::unset(facts, name);
    Finding::new(
        Code::SumdbDisabled,
        Subject::variable(name),
        Situation::Off { variable: name.into(), value: Foreign::new(value) }.into(),
    )
    .warning()
    .about(variable_id(name))
    .with("value", value)
    .fix(Fix::safe(Advice::SwitchOn.into(), place, actions))
}

fn trouble(note: &NoteState) -> Option<NoteTrouble> {
    match note {
        NoteState::Good => None,
        NoteState::Malformed => Some(NoteTrouble::Malformed),
        NoteState::OtherKey { .. } => Some(NoteTrouble::OtherKey),
        NoteState::BadSignature => Some(NoteTrouble::BadSignature),
        NoteState::OtherTree => Some(NoteTrouble::OtherTree),
    }
}

/// Who mends what the database answers: whoever stands in between, where somebody does.
fn mender(through_proxy: bool) -> Mender {
    if through_proxy { Mender::ProxyOperator } else { Mender::Platform }
}
