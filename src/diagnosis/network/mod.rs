//! Rules of the family `network`: the way to a host.
//!
//! A dead way is a cause only where something that a sync needs failed on it: an entry of GOPROXY
//! that go never reaches, or that a fallback makes good, is a warning.

use std::collections::HashSet;

use crate::facts::Facts;
use crate::facts::endpoint::{Endpoint, Purpose, Step, step_id};
use crate::facts::module_proxy::{Answer, Entry, Hop, Walk, WalkEnd, WhyAsked};
use crate::facts::version_control::VanityResult;
use crate::golang::http_proxy::Target;
use crate::model::situation::network::{Advice, Peer, Serves};
use crate::model::transport::{Stage, TransportError};
use crate::model::{Finding, Fix, Foreign, Role};

use super::settings;

mod resolvers;
pub mod transport;

use transport::{Through, Way};

/// Go's default module proxy.
const DEFAULT_PROXY: &str = "https://proxy.golang.org";
/// The mirror that most people in China use.
const MIRROR: &str = "https://goproxy.cn";

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let first = findings.len();
    module_proxies(facts, findings);
    vanity_hosts(facts, findings);
    endpoints(facts, findings);
    let needed: HashSet<String> = findings.iter().skip(first).map(|finding| finding.subject.value.clone()).collect();
    resolvers::rules(facts, &needed, findings);
}

/// Questions to module proxies that got no answer.
fn module_proxies(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(proxies) = facts.module_proxy.get() else { return };
    for walk in &proxies.walks {
        for hop in &walk.hops {
            let Some(entry) = proxies.entries.iter().find(|entry| entry.index == hop.entry) else { continue };
            if let Some(finding) = unanswered(facts, walk, hop, entry) {
                findings.push(finding);
            }
        }
    }
}

fn unanswered(facts: &Facts, walk: &Walk, hop: &Hop, entry: &Entry) -> Option<Finding> {
    let error = failure(&hop.answer)?;
    let host = failing_host(&hop.answer).unwrap_or_else(|| entry.host.clone());
    let serves = if host == entry.host { Serves::ModuleProxy } else { Serves::Storage };
    let way = way(facts, host, serves);
    let mut finding = transport::finding(error, &way)?.about(&hop.observation.id).with("url", hop.url.as_str()).seen(
        &hop.observation.id,
        None,
        format!("GET {}: {error}", hop.url),
    );
    finding = about_step(facts, finding, error, &way);
    if let Some(fix) = mirror(facts, entry) {
        finding = finding.fix(fix);
    }
    Some(if goes_on(walk, hop) { finding.warning() } else { finding })
}

/// The mirror that people in China use, where the way to Go's default module proxy is what fails. Its
/// operator then learns which modules are asked for.
fn mirror(facts: &Facts, entry: &Entry) -> Option<Fix> {
    let chinese = facts.locale.as_deref().is_some_and(|locale| locale.to_ascii_lowercase().starts_with("zh"));
    let is_default = entry.url.as_str().trim_end_matches('/') == DEFAULT_PROXY;
    if !chinese || !is_default {
        return None;
    }
    let (place, actions) = settings::goproxy_with(facts, |value| value.replacen(DEFAULT_PROXY, MIRROR, 1))?;
    Some(Fix::weakening(Advice::UseMirror { mirror: MIRROR.into() }.into(), place, actions))
}

/// The error of an answer: none came, or it broke off.
fn failure(answer: &Answer) -> Option<&TransportError> {
    use crate::model::transport::BodyEnd;
    match answer {
        Answer::Failed { error } => Some(error),
        Answer::Http { http, .. } => match &http.body_end {
            BodyEnd::Failed { error } => Some(error),
            BodyEnd::Complete | BodyEnd::Capped => None,
        },
        Answer::File { .. } | Answer::NotAsked => None,
    }
}

/// The host to which a redirect led, where one did.
fn failing_host(answer: &Answer) -> Option<Foreign> {
    let Answer::Http { http, .. } = answer else { return None };
    let last = http.redirects.last()?;
    host_port(last.to.as_str()).map(|(host, port)| Foreign::new(&format!("{host}:{port}")))
}

/// Whether a sync goes on all the same: nothing needs the answer, or a later entry had it.
pub fn goes_on(walk: &Walk, hop: &Hop) -> bool {
    let fell_back = matches!(walk.end, WalkEnd::Found { entry } if entry != hop.entry);
    fell_back || walk.why == WhyAsked::Sample
}

/// Pages of custom import paths that could not be had.
fn vanity_hosts(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(version_control) = facts.version_control.get() else { return };
    for lookup in &version_control.vanity {
        let VanityResult::Failed { error } = &lookup.result else { continue };
        let Some((host, port)) = host_port(lookup.url.as_str()) else { continue };
        let way = way(facts, Foreign::new(&format!("{host}:{port}")), Serves::VanityHost);
        let Some(finding) = transport::finding(error, &way) else { continue };
        let finding = finding.about(&lookup.observation.id).with("url", lookup.url.as_str()).seen(
            &lookup.observation.id,
            None,
            format!("GET {}: {error}", lookup.url),
        );
        findings.push(about_step(facts, finding, error, &way));
    }
}

/// Hosts that were tried stage by stage. Where no question failed on the way, it is a warning.
fn endpoints(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(endpoints) = facts.endpoint.get() else { return };
    for endpoint in &endpoints.endpoints {
        let Some(error) = endpoint.stages.as_ref().and_then(|stages| stages.error.as_ref()) else { continue };
        if endpoint.purposes.iter().all(|purpose| *purpose == Purpose::ChecksumDatabase) {
            continue;
        }
        let way = way(facts, name(endpoint), serves(endpoint));
        let Some(finding) = transport::finding(error, &way) else { continue };
        let fails = findings.iter().any(|known| known.id == finding.id && known.role == Role::Cause);
        let finding = about_step(facts, finding, error, &way);
        let evidence = finding.about.first().cloned().unwrap_or_default();
        let finding = finding.seen(evidence, None, format!("{}: {error}", name(endpoint)));
        findings.push(if fails { finding } else { finding.warning() });
    }
}

/// Names the step of the staged prober that failed in the same way, so that what needs it follows.
fn about_step(facts: &Facts, finding: Finding, error: &TransportError, way: &Way) -> Finding {
    let Some((host, port)) = split(way.peer.host.as_str()) else { return finding };
    let step = match error.stage() {
        Stage::Dns => Step::Dns,
        Stage::Tcp | Stage::Connect => Step::Tcp,
        Stage::HttpProxy => Step::HttpProxy,
        Stage::Tls => Step::Tls,
        Stage::Request | Stage::Http | Stage::Body => Step::Http,
    };
    let id = step_id(host, port, step);
    let probed = facts.endpoint.get().and_then(|endpoints| endpoints.at(host, port));
    let failed_there = probed.and_then(|endpoint| endpoint.stages.as_ref()).and_then(|stages| stages.error.as_ref());
    if failed_there.is_some_and(|there| there.stage() == error.stage()) { finding.about(id) } else { finding }
}

/// Names the step of the staged prober that failed in the same way, for a family that has a code of its own for whatever fails on the way.
#[must_use]
pub fn about_failed_step(facts: &Facts, finding: Finding, error: &TransportError, host: &Foreign) -> Finding {
    about_step(facts, finding, error, &way(facts, host.clone(), Serves::ChecksumDatabase))
}

/// What is known of the way to a host.
#[must_use]
pub fn way(facts: &Facts, host: Foreign, serves: Serves) -> Way {
    let through =
        split(host.as_str()).and_then(|(host, port)| facts.endpoint.get()?.at(host, port)).and_then(|endpoint| {
            let hop = endpoint.stages.as_ref()?.proxy.as_ref()?;
            let variable = endpoint.proxy_variable.as_deref()?;
            Some(Through { proxy: Foreign::new(&format!("{}:{}", hop.host, hop.port)), variable: variable.into() })
        });
    Way { peer: Peer { host, serves }, through, roots_from: roots_from(facts) }
}

/// The variable that replaces the system's trust roots, where one is set.
fn roots_from(facts: &Facts) -> Option<Foreign> {
    let environment = &facts.environment.get()?.environment;
    ["SSL_CERT_FILE", "SSL_CERT_DIR"].into_iter().find(|name| !environment.value(name).is_empty()).map(Foreign::new)
}

fn serves(endpoint: &Endpoint) -> Serves {
    match endpoint.purposes.first() {
        Some(Purpose::ChecksumDatabase) => Serves::ChecksumDatabase,
        Some(Purpose::VanityHost) => Serves::VanityHost,
        Some(Purpose::VersionControl) => Serves::VersionControl,
        Some(Purpose::Storage) => Serves::Storage,
        Some(Purpose::ModuleProxy) | None => Serves::ModuleProxy,
    }
}

fn name(endpoint: &Endpoint) -> Foreign {
    Foreign::new(&format!("{}:{}", endpoint.host, endpoint.port))
}

/// Host and port of `host:port`.
fn split(name: &str) -> Option<(&str, u16)> {
    let (host, port) = name.rsplit_once(':')?;
    Some((host, port.parse().ok()?))
}

/// Host and port of a URL.
#[must_use]
pub fn host_port(url: &str) -> Option<(String, u16)> {
    let target = Target::parse(url)?;
    Some((target.host, target.port.parse().ok()?))
}
