//! GOPRIVATE, GONOPROXY, GONOSUMDB and GOINSECURE: items that do not match what was meant.

use super::Sent;
use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::environment::variable_id;
use crate::golang::env::PatternSetting;
use crate::golang::pattern::{Suspicion, corrected_list, lint};
use crate::golang::route::PrivateReason;
use crate::model::situation::private::{Advice, Situation};
use crate::model::{Finding, Fix, Foreign, Subject};

use super::super::settings;

/// A misspelt item is a cause where a module fails that it was meant for, else a warning.
pub fn rules(facts: &Facts, sent: &[Sent], findings: &mut Vec<Finding>) {
    let Some(settings) = facts.environment.get() else { return };
    let environment = &settings.environment;
    for name in ["GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE"] {
        let setting = match name {
            "GOPRIVATE" => environment.goprivate(),
            "GONOPROXY" => environment.gonoproxy(),
            "GONOSUMDB" => environment.gonosumdb(),
            _ => environment.goinsecure(),
        };
        // A list that another variable lends is told once, under that variable's name.
        if setting.variable != name || setting.list.is_empty() {
            continue;
        }
        findings.extend(bad_items(facts, name, &setting, sent));
        findings.extend(near_misses(facts, name, sent, findings));
    }
}

fn bad_items(facts: &Facts, name: &str, setting: &PatternSetting<'_>, sent: &[Sent]) -> Vec<Finding> {
    let mut found = Vec::new();
    for report in lint(setting.list) {
        let Some(suspicion) = report.suspicions.iter().find(|one| **one != Suspicion::MatchesEverything).copied()
        else {
            continue;
        };
        let item = Foreign::new(&report.text);
        let meant: Vec<&Sent> = sent.iter().filter(|sent| is_meant(sent, name, &report.text)).collect();
        let finding = Finding::new(
            Code::GoprivatePattern,
            Subject::variable(name),
            Situation::BadPattern {
                variable: name.into(),
                item: item.clone(),
                suspicion,
                never_matches: report.never_matches,
            }
            .into(),
        );
        found.push(finished(facts, name, finding, &item, &meant, corrected_list(setting.list)));
    }
    found
}

/// Items that are well formed and miss a module by a letter.
fn near_misses(facts: &Facts, name: &str, sent: &[Sent], known: &[Finding]) -> Option<Finding> {
    let told = |code| known.iter().any(|finding| finding.code == code && finding.subject.value == name);
    if told(Code::GoprivatePattern) {
        return None;
    }
    let (path, item, meant) = sent.iter().find_map(|sent| {
        let item = sent.privacy.reasons.iter().find_map(|reason| match reason {
            PrivateReason::NearMiss { variable, item } if variable == name => Some(item.clone()),
            _ => None,
        })?;
        Some((Foreign::new(&sent.path), Foreign::new(&item), sent))
    })?;
    let finding = Finding::new(
        Code::GoprivatePattern,
        Subject::variable(name),
        Situation::NearMiss { variable: name.into(), item: item.clone(), path: path.clone() }.into(),
    );
    let host = meant.path.split('/').next().unwrap_or(&meant.path).to_owned();
    let present = facts.environment.get().map(|settings| settings.environment.value(name).to_owned())?;
    let corrected = present.split(',').map(|one| if one == item.as_str() { host.as_str() } else { one });
    let corrected = corrected.collect::<Vec<_>>().join(",");
    Some(finished(facts, name, finding, &item, &[meant], Some(corrected)))
}

/// Whether an item was meant for a path: a reason says so.
fn is_meant(sent: &Sent, name: &str, item: &str) -> bool {
    sent.privacy.reasons.iter().any(|reason| match reason {
        PrivateReason::NearMiss { variable, item: near } | PrivateReason::HostOfPattern { variable, item: near } => {
            variable == name && near == item
        }
        _ => false,
    })
}

fn finished(
    facts: &Facts,
    name: &str,
    finding: Finding,
    item: &Foreign,
    meant: &[&Sent],
    corrected: Option<String>,
) -> Finding {
    let explained: Vec<String> = meant.iter().flat_map(|sent| sent.observations.clone()).collect();
    let finding = finding.about(variable_id(name)).with("variable", name).with("item", item.as_str()).seen(
        variable_id(name),
        None,
        format!("{name}={}", shown(facts, name)),
    );
    let finding = match corrected {
        Some(list) if !list.is_empty() => {
            let (place, actions) = settings::set(facts, name, list);
            finding.fix(Fix::safe(Advice::CorrectList { variable: name.into() }.into(), place, actions))
        }
        _ => {
            let place = settings::place(facts, name);
            finding.fix(Fix::safe(Advice::CorrectList { variable: name.into() }.into(), place, Vec::new()))
        }
    };
    if explained.is_empty() { finding.warning() } else { finding.error().explaining(explained) }
}

fn shown(facts: &Facts, name: &str) -> String {
    let variable = facts.environment.get().and_then(|settings| settings.environment.get(name));
    variable.map(|variable| variable.value.shown().to_owned()).unwrap_or_default()
}
