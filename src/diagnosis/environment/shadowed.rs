//! Values written with `go env -w` that the process environment hides.

use super::super::settings;
use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::environment::variable_id;
use crate::facts::module_proxy::{Answer, WalkEnd, WhyAsked};
use crate::golang::env::{Environment, Origin, Setting, Variable};
use crate::golang::goproxy::{self, Provider};
use crate::golang::pattern::match_prefix_patterns;
use crate::model::situation::environment::{Advice, Situation};
use crate::model::{Finding, Fix, Foreign, Seen, Subject};

/// The variables for which it matters.
const NAMES: &[&str] = &[
    "GOPROXY",
    "GOPRIVATE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOSUMDB",
    "GOFLAGS",
    "GOINSECURE",
    "GOTOOLCHAIN",
    "GO111MODULE",
];

/// A cause only where what is hidden would have worked.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(settings) = facts.environment.get() else { return };
    for name in NAMES {
        let Some(variable) = settings.environment.get(name) else { continue };
        let hidden = variable.shadowed.iter().find(|setting| matches!(setting.origin, Origin::UserFile { .. }));
        let Some(hidden) = hidden.filter(|hidden| variable.origin == Origin::Process && hidden.value != variable.value)
        else {
            continue;
        };
        findings.push(finding(facts, &settings.environment, variable, hidden));
    }
}

fn finding(facts: &Facts, environment: &Environment, variable: &Variable, hidden: &Setting) -> Finding {
    let name = variable.name.as_str();
    let explained = match name {
        "GOPROXY" => better_proxies(facts, environment, hidden),
        "GOPRIVATE" | "GONOPROXY" => better_patterns(facts, hidden),
        _ => Vec::new(),
    };
    let would_work = !explained.is_empty();
    let (place, actions) = settings::unset(facts, name);
    let (shown, hidden_shown) = (Foreign::new(variable.value.shown()), Foreign::new(hidden.value.shown()));
    let finding = Finding::new(
        Code::EnvShadowed,
        Subject::variable(name),
        Situation::Shadowed { variable: name.into(), value: shown.clone(), hidden: hidden_shown.clone(), would_work }
            .into(),
    )
    .about(variable_id(name))
    .with("variable", name)
    .with("value", shown.as_str())
    .with("hidden", hidden_shown.as_str())
    .seen(
        variable_id(name),
        None,
        Seen::Shadowed { variable: name.into(), value: shown.to_string(), hidden: hidden_shown.to_string() },
    )
    .fix(Fix::safe(Advice::Unshadow { variable: name.into() }.into(), place, actions));
    if would_work { finding.error().explaining(explained) } else { finding.note() }
}

/// What fails at the module proxies that count, where each of the hidden ones can be reached.
fn better_proxies(facts: &Facts, environment: &Environment, hidden: &Setting) -> Vec<String> {
    let Ok(list) = goproxy::parse(hidden.value.as_str(), environment.gonoproxy().list, environment.os) else {
        return Vec::new();
    };
    let reached = list.entries.iter().all(|entry| match &entry.provider {
        Provider::Proxy(proxy) if proxy.is_file() => true,
        Provider::Proxy(proxy) => {
            let at = proxy.port().and_then(|port| facts.endpoint.get()?.at(proxy.host(), port));
            at.and_then(|endpoint| endpoint.stages.as_ref()).is_some_and(|stages| stages.error.is_none())
        }
        Provider::Direct | Provider::Off | Provider::NoProxy => true,
    });
    let has_proxy = list.proxies().next().is_some();
    if !reached || !has_proxy {
        return Vec::new();
    }
    let mut explained = Vec::new();
    for walk in facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.walks) {
        if walk.why == WhyAsked::Sample || matches!(walk.end, WalkEnd::Found { .. }) {
            continue;
        }
        for hop in &walk.hops {
            explained.push(hop.observation.id.clone());
            if let Answer::Failed { .. } = hop.answer {
                explained.extend(hop.observation.needs.iter().filter(|id| id.starts_with("endpoint/")).cloned());
            }
        }
        // `off`, and a list that does not parse, leave no hop.
        if walk.hops.is_empty() {
            explained.push(variable_id("GOPROXY"));
        }
    }
    if explained.is_empty() && environment.goproxy().is_err() {
        explained.push(variable_id("GOPROXY"));
    }
    explained
}

/// Walks of modules that the hidden list matches.
fn better_patterns(facts: &Facts, hidden: &Setting) -> Vec<String> {
    let walks = facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.walks);
    let lost = walks.filter(|walk| {
        walk.why != WhyAsked::Sample
            && !matches!(walk.end, WalkEnd::Found { .. })
            && match_prefix_patterns(hidden.value.as_str(), &walk.module.path)
    });
    lost.flat_map(|walk| &walk.hops).map(|hop| hop.observation.id.clone()).collect()
}
