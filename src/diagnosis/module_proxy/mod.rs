//! Rules of the family `module-proxy`: what the entries of GOPROXY answered.

use crate::catalog::{Code, Location, Mender};
use crate::facts::Facts;
use crate::facts::module_proxy::{Answer, Entry, FileAnswer, Hop, ModuleProxyFacts, Walk, WalkEnd, WhyAsked};
use crate::golang::goproxy::Provider;
use crate::model::situation::module_proxy::{Advice, Situation};
use crate::model::{Finding, Fix, Foreign, Place, Subject};

use super::network::goes_on;
use super::settings;

mod answer;
mod setting;

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    setting::rules(facts, findings);
    let Some(proxies) = facts.module_proxy.get() else { return };
    for walk in &proxies.walks {
        for hop in &walk.hops {
            let Some(entry) = proxies.entries.iter().find(|entry| entry.index == hop.entry) else { continue };
            findings.extend(hop_finding(facts, proxies, walk, hop, entry));
        }
        findings.extend(ended(facts, proxies, walk));
    }
}

/// What is wrong with one answer.
fn hop_finding(facts: &Facts, proxies: &ModuleProxyFacts, walk: &Walk, hop: &Hop, entry: &Entry) -> Option<Finding> {
    let finding = answer::finding(facts, proxies, walk, hop, entry)?
        .about(&hop.observation.id)
        .with("host", entry.host.as_str())
        .with("url", hop.url.as_str())
        .with("module", walk.module.path.as_str());
    let finding = if walk.module.version.is_empty() { finding } else { finding.with("version", &*walk.module.version) };
    let finding = match &hop.answer {
        Answer::Http { http, .. } => {
            let said = http.first.as_str().lines().next().unwrap_or_default();
            let said = if said.is_empty() { String::new() } else { format!(": {said}") };
            finding.with("status", http.status).seen(
                &hop.observation.id,
                None,
                format!("GET {}: {}{said}", hop.url, http.status),
            )
        }
        _ => finding.seen(&hop.observation.id, None, hop.url.as_str()),
    };
    Some(if goes_on(walk, hop) { finding.warning() } else { finding })
}

/// Where go ends without having found anything.
fn ended(facts: &Facts, proxies: &ModuleProxyFacts, walk: &Walk) -> Option<Finding> {
    match walk.end {
        WalkEnd::Exhausted => not_there(facts, proxies, walk),
        WalkEnd::Off => off(facts, walk),
        WalkEnd::Stopped { entry } => blocked(facts, proxies, walk, entry),
        WalkEnd::Found { .. } | WalkEnd::Direct | WalkEnd::Unfinished => None,
    }
}

/// Every entry says that it does not exist. A missing import's candidates are another family's: most of
/// them never were modules. A toolchain is its own family's too.
fn not_there(facts: &Facts, proxies: &ModuleProxyFacts, walk: &Walk) -> Option<Finding> {
    if matches!(walk.why, WhyAsked::Import { .. } | WhyAsked::Toolchain | WhyAsked::Sample) || walk.hops.is_empty() {
        return None;
    }
    if facts.privacy(&walk.module.path).is_some_and(|privacy| privacy.keep_in_house) {
        return None;
    }
    let hosts: Vec<Foreign> = walk
        .hops
        .iter()
        .filter_map(|hop| proxies.entries.iter().find(|entry| entry.index == hop.entry))
        .map(|entry| entry.host.clone())
        .collect();
    let module = &walk.module;
    let mut finding = Finding::new(
        Code::ModuleNotOnProxy,
        Subject::module(module.to_string()),
        Situation::NotThere { module: module.clone(), hosts }.into(),
    )
    .with("module", &*module.path)
    .with("version", &*module.version)
    // Nor can a checksum database know it.
    .explaining([format!("checksum-database/{module}")])
    .fix(Fix::safe(Advice::CheckVersion { module: module.clone() }.into(), Place::Repository, Vec::new()));
    for hop in &walk.hops {
        let status = match &hop.answer {
            Answer::Http { http, .. } => http.status.to_string(),
            Answer::File { file: FileAnswer::Missing } => "no such file".to_owned(),
            _ => continue,
        };
        finding =
            finding.about(&hop.observation.id).seen(&hop.observation.id, None, format!("GET {}: {status}", hop.url));
    }
    let direct = settings::goproxy_with(facts, |value| format!("{value},direct"));
    Some(match direct {
        Some((place, actions)) => finding.fix(Fix::safe(Advice::AddDirect.into(), place, actions).guessed()),
        None => finding,
    })
}

fn off(facts: &Facts, walk: &Walk) -> Option<Finding> {
    if walk.why == WhyAsked::Sample {
        return None;
    }
    let environment = &facts.environment.get()?.environment;
    let value = Foreign::new(environment.get("GOPROXY")?.value.shown());
    let (place, actions) = settings::unset(facts, "GOPROXY");
    let finding = Finding::new(
        Code::ProxyDisabled,
        Subject::variable("GOPROXY"),
        Situation::Off { module: walk.module.clone(), value }.into(),
    )
    .about("environment/GOPROXY")
    .with("module", &*walk.module.path)
    .fix(Fix::safe(Advice::AllowLookups.into(), place, actions).guessed());
    Some(walk.hops.iter().fold(finding, |finding, hop| finding.about(&hop.observation.id)))
}

/// An entry fails, and the comma behind it keeps go from the next.
fn blocked(facts: &Facts, proxies: &ModuleProxyFacts, walk: &Walk, entry: usize) -> Option<Finding> {
    let environment = &facts.environment.get()?.environment;
    let list = environment.goproxy().ok()?;
    let next = match &list.entries.get(entry.checked_add(1)?)?.provider {
        Provider::Proxy(proxy) => Foreign::new(&proxy.redacted()),
        Provider::Direct => Foreign::new("direct"),
        Provider::Off | Provider::NoProxy => return None,
    };
    let host = proxies.entries.iter().find(|known| known.index == entry)?.host.clone();
    let position = list.entries.get(entry)?.position?;
    let finding = Finding::new(
        Code::FallbackBlocked,
        Subject::variable("GOPROXY"),
        Situation::Blocked { host, next: next.clone() }.into(),
    )
    .note()
    .with("module", &*walk.module.path);
    let changed = settings::goproxy_with(facts, |value| setting::with_bar(value, position));
    Some(match changed {
        Some((place, actions)) => finding.fix(Fix::weakening(Advice::UseBar { next }.into(), place, actions)),
        None => finding,
    })
}

/// A finding about a host of GOPROXY.
fn about_host(code: Code, entry: &Entry, situation: Situation) -> Finding {
    Finding::new(code, Subject::host(entry.host.as_str()), situation.into())
        .located(Location::ModuleProxy)
        .mended_by(Mender::ProxyOperator)
}
