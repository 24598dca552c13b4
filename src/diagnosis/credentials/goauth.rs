//! `goauth-invalid`: GOAUTH stops go, or a command of it fails without a word.

use super::place_of;
use super::refusal::{Refusal, refusals};
use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::credentials::GoauthFacts;
use crate::golang::goauth;
use crate::model::situation::credentials::{Advice, Client, Situation};
use crate::model::{Action, Finding, Fix, Foreign, Place, Subject};

/// Looks at GOAUTH.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(goauth) = facts.credentials.get().and_then(|credentials| credentials.goauth.as_ref()) else { return };
    let refused: Vec<Refusal> = refusals(facts).into_iter().filter(|refusal| refusal.client == Client::Go).collect();
    if let Some(error) = &goauth.error {
        findings.push(malformed(facts, goauth, error, &refused));
    } else if let Some(error) = &goauth.command_failed {
        findings.push(command_fails(facts, goauth, error, &refused));
    }
}

fn finding(facts: &Facts, goauth: &GoauthFacts, situation: Situation, refused: &[Refusal]) -> Finding {
    let value = facts.environment.get().map_or("", |settings| settings.environment.value("GOAUTH"));
    let observation = goauth.observation.id.as_str();
    Finding::new(Code::GoauthInvalid, Subject::variable("GOAUTH"), situation.into())
        .with("variable", "GOAUTH")
        .about(observation)
        .explaining(refused.iter().map(|refusal| refusal.observation.as_str()))
        .seen(observation, None, Foreign::new(&format!("GOAUTH={value}")).as_str())
}

/// go stops at its first https request.
fn malformed(facts: &Facts, goauth: &GoauthFacts, error: &Foreign, refused: &[Refusal]) -> Finding {
    let situation = Situation::GoauthMalformed { error: error.clone() };
    let mut finding = finding(facts, goauth, situation, refused);
    let place = place_of(facts, "GOAUTH");
    if let Some(value) = mended(facts) {
        let action = Action::SetVariable { name: "GOAUTH".into(), value };
        finding = finding.fix(Fix::safe(Advice::MendGoauth.into(), place.clone(), vec![action]));
    }
    finding.fix(unset(place))
}

fn unset(place: Place) -> Fix {
    Fix::safe(Advice::UnsetGoauth.into(), place, vec![Action::UnsetVariable { name: "GOAUTH".into() }])
}

/// The value without empty parts and without an `off` beside others, where that is all it takes.
fn mended(facts: &Facts) -> Option<String> {
    let environment = &facts.environment.get()?.environment;
    let parts = environment.value("GOAUTH").split(';').map(str::trim);
    let kept: Vec<&str> =
        parts.filter(|part| !part.is_empty() && part.split_whitespace().next() != Some("off")).collect();
    let value = kept.join(";");
    // `netrc` alone is the default: taking the variable away is plainer.
    let worth = !matches!(value.as_str(), "" | "netrc");
    (worth && goauth::parse(&value, environment.os).is_ok()).then_some(value)
}

/// go passes over a command that fails: only a request that then lacks its login shows it.
fn command_fails(facts: &Facts, goauth: &GoauthFacts, error: &Foreign, refused: &[Refusal]) -> Finding {
    let situation = Situation::GoauthCommandFails { error: error.clone() };
    let without: Vec<Refusal> = refused.iter().filter(|refusal| !refusal.sent && !refusal.hidden).cloned().collect();
    let fatal = without.iter().any(|refusal| refusal.fatal);
    let finding = finding(facts, goauth, situation, &without)
        .fix(Fix::safe(Advice::TryGoauthCommand.into(), Place::Shell, Vec::new()))
        .fix(unset(place_of(facts, "GOAUTH")));
    if fatal { finding } else { finding.warning() }
}
