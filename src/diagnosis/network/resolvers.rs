//! Two views of one name, and two versions of the Internet protocol.

use std::collections::HashSet;

use super::{name, serves};
use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::endpoint::{Endpoint, Step, step_id};
use crate::model::situation::network::{Advice, Peer, Situation};
use crate::model::transport::{DnsFailure, DnsOutcome, ServersDnsOutcome, Stages};
use crate::model::{Action, Finding, Fix, Place, Subject};

/// Looks at each endpoint's name and addresses. `needed` has the hosts that a sync failed to reach.
pub fn rules(facts: &Facts, needed: &HashSet<String>, findings: &mut Vec<Finding>) {
    let endpoints = facts.endpoint.get().into_iter().flat_map(|endpoints| &endpoints.endpoints);
    for endpoint in endpoints {
        let Some(stages) = &endpoint.stages else { continue };
        findings.extend(differ(endpoint, stages, needed));
        findings.extend(broken_family(endpoint, stages));
    }
}

/// The system's resolver and the servers of resolv.conf disagree on whether the name exists.
fn differ(endpoint: &Endpoint, stages: &Stages, needed: &HashSet<String>) -> Option<Finding> {
    let (system, servers) = (stages.dns.as_ref()?, stages.dns_servers.as_ref()?);
    let system_works = match (answers(system), servers_answer(servers)) {
        (Some(true), Some(false)) => true,
        (Some(false), Some(true)) => false,
        _ => return None,
    };
    let peer = Peer { host: name(endpoint), serves: serves(endpoint) };
    let fixes = if system_works {
        // A static go then fails where git and curl work: this is what people cannot explain.
        let action = Action::SetVariable { name: "GODEBUG".into(), value: "netdns=cgo".into() };
        vec![
            Fix::safe(Advice::MendDnsServers.into(), Place::System, Vec::new()),
            Fix::safe(Advice::UseSystemResolver.into(), Place::Shell, vec![action]),
        ]
    } else {
        vec![Fix::safe(Advice::MendDnsServers.into(), Place::System, Vec::new())]
    };
    let mut finding = Finding::new(
        Code::ResolverDiffers,
        Subject::host(endpoint.host.as_str()),
        Situation::ResolversDiffer { peer, system_works }.into(),
    )
    .with("host", endpoint.host.as_str())
    .about(step_id(endpoint.host.as_str(), endpoint.port, Step::Dns));
    for fix in fixes {
        finding = finding.fix(fix);
    }
    Some(if needed.contains(name(endpoint).as_str()) { finding.error() } else { finding.warning() })
}

/// Whether the system resolver has addresses; `None` where its failure may pass.
fn answers(outcome: &DnsOutcome) -> Option<bool> {
    decided(!outcome.addresses.is_empty(), outcome.error)
}

fn servers_answer(outcome: &ServersDnsOutcome) -> Option<bool> {
    decided(!outcome.addresses.is_empty(), outcome.error)
}

fn decided(has_addresses: bool, error: Option<DnsFailure>) -> Option<bool> {
    match error {
        _ if has_addresses => Some(true),
        Some(DnsFailure::NoSuchHost | DnsFailure::NoAddress | DnsFailure::ServerFailure | DnsFailure::Refused) => {
            Some(false)
        }
        _ => None,
    }
}

/// One version of the Internet protocol works and the other does not: go tries both, and waits.
fn broken_family(endpoint: &Endpoint, stages: &Stages) -> Option<Finding> {
    let (ipv4, ipv6) = stages.broken_family();
    if !(ipv4 || ipv6) {
        return None;
    }
    let peer = Peer { host: name(endpoint), serves: serves(endpoint) };
    let finding = Finding::new(
        Code::ConnectTimeout,
        Subject::host(format!("{} ({})", name(endpoint), if ipv6 { "IPv6" } else { "IPv4" })),
        Situation::FamilyBroken { peer, ipv6 }.into(),
    )
    .with("host", endpoint.host.as_str())
    .about(step_id(endpoint.host.as_str(), endpoint.port, Step::Tcp));
    Some(finding.note())
}
