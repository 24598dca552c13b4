//! Rules of the family `private`: modules that are nobody else's business, and the patterns that say so.

use std::collections::BTreeMap;

use crate::catalog::{Code, Location};
use crate::facts::module_proxy::{Answer, FileAnswer, Walk, WalkEnd, WhyAsked};
use crate::facts::version_control::{RemoteResult, VanityResult};
use crate::facts::{Facts, Reason, State};
use crate::golang::checksum_database::{Consultation, consultation};
use crate::golang::env::Environment;
use crate::golang::module_path::has_path_prefix;
use crate::golang::route::{Privacy, PrivateReason, is_public_module_host};
use crate::model::situation::private::{Advice, Situation};
use crate::model::{Action, Confidence, Finding, Fix, Foreign, Place, Subject};

use super::settings;

mod database;
mod keep;
mod patterns;

pub use keep::{Leaving, keep};

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let sent: Vec<Sent> = sent_away(facts);
    patterns::rules(facts, &sent, findings);
    findings.extend(sent.iter().filter_map(|sent| not_configured(facts, sent)));
    database::rules(facts, &sent, findings);
    cumulate(findings);
}

/// Each command sets a whole list: whoever runs the one of each finding is to have all items in the end.
fn cumulate(findings: &mut [Finding]) {
    let fixes = findings.iter_mut().filter(|finding| finding.code == Code::PrivateNotConfigured);
    let mut actions: Vec<&mut Action> =
        fixes.flat_map(|finding| &mut finding.fixes).flat_map(|fix| &mut fix.actions).collect();
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for action in &actions {
        if let Action::SetVariable { name, value } = &**action {
            let list = lists.entry(name.clone()).or_default();
            for item in value.split(',').filter(|item| !item.is_empty()) {
                if !list.iter().any(|known| known == item) {
                    list.push(item.to_owned());
                }
            }
        }
    }
    for action in &mut actions {
        if let Action::SetVariable { name, value } = &mut **action {
            *value = lists.get(name).map(|list| list.join(",")).unwrap_or_default();
        }
    }
}

/// A private-looking path that go asks of servers which do not know it.
pub struct Sent {
    /// The module path, or the import path where no requirement lists the module.
    pub path: String,
    /// The observations about it.
    pub observations: Vec<String>,
    hosts: Vec<Foreign>,
    /// What speaks for its being private.
    pub privacy: Privacy,
    imported_at: Option<(Foreign, usize)>,
    ended: WalkEnd,
    public: bool,
}

fn sent_away(facts: &Facts) -> Vec<Sent> {
    let Some(proxies) = facts.module_proxy.get() else { return Vec::new() };
    let mut sent: BTreeMap<String, Sent> = BTreeMap::new();
    for walk in proxies.walks.iter().filter(|walk| is_refused(walk)) {
        let Some(privacy) = facts.privacy(&walk.module.path).filter(|privacy| !privacy.reasons.is_empty()) else {
            continue;
        };
        let (path, imported_at) = match &walk.why {
            WhyAsked::Import { import, file, line } => (import.to_string(), Some((file.clone(), *line))),
            WhyAsked::BuildList | WhyAsked::Culprit => (walk.module.path.clone(), None),
            WhyAsked::Toolchain | WhyAsked::Sample => continue,
        };
        let entry = sent.entry(path.clone()).or_insert_with(|| Sent {
            path,
            observations: Vec::new(),
            hosts: Vec::new(),
            privacy,
            imported_at,
            ended: walk.end.clone(),
            public: false,
        });
        for hop in &walk.hops {
            entry.observations.push(hop.observation.id.clone());
            entry.public |= hop.observation.state == State::Skipped(Reason::Private);
            let host = proxies.entries.iter().find(|known| known.index == hop.entry).map(|known| known.host.clone());
            entry.hosts.extend(host.filter(|host| !entry.hosts.contains(host)));
        }
    }
    sent.into_values().filter(|sent| !is_served(facts, &sent.path)).collect()
}

/// Every server that was asked says that it does not exist, or refuses it.
fn is_refused(walk: &Walk) -> bool {
    let refused = |answer: &Answer, state: &State| match answer {
        Answer::Http { http, .. } => matches!(http.status, 403 | 404 | 410),
        Answer::File { file } => *file == FileAnswer::Missing,
        Answer::NotAsked => *state == State::Skipped(Reason::Private),
        Answer::Failed { .. } => false,
    };
    !walk.hops.is_empty()
        && walk.hops.iter().all(|hop| refused(&hop.answer, &hop.observation.state))
        && !matches!(walk.end, WalkEnd::Found { .. })
}

/// Whether a module that may hold the path is to be had.
fn is_served(facts: &Facts, path: &str) -> bool {
    let served = facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.served_versions);
    served.into_iter().any(|module| has_path_prefix(path, &module.path))
}

/// What became of the path in version control, where go fell back to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fallback {
    None,
    Works,
    Fails,
    Unknown,
}

fn fallback(facts: &Facts, sent: &Sent) -> (Fallback, Vec<String>) {
    if sent.ended != WalkEnd::Direct {
        return (Fallback::None, Vec::new());
    }
    let Some(version_control) = facts.version_control.get() else { return (Fallback::Unknown, Vec::new()) };
    let mut observations = Vec::new();
    let mut result = Fallback::Unknown;
    for lookup in &version_control.vanity {
        let about = lookup.path.as_str() == sent.path || has_path_prefix(&sent.path, lookup.path.as_str());
        if about && matches!(lookup.result, VanityResult::Failed { .. } | VanityResult::NoTag { .. }) {
            observations.push(lookup.observation.id.clone());
            result = Fallback::Fails;
        }
    }
    for remote in &version_control.remotes {
        if !remote.modules.iter().any(|module| has_path_prefix(&sent.path, &module.path)) {
            continue;
        }
        match remote.result {
            RemoteResult::Answered { .. } => result = Fallback::Works,
            RemoteResult::Failed { .. } | RemoteResult::Forbidden { .. } => {
                observations.push(remote.observation.id.clone());
                result = Fallback::Fails;
            }
            RemoteResult::NotAsked => {}
        }
    }
    (result, observations)
}

/// A private module that go sends away. Where its repository answers all the same, only the name is
/// told to others, and the checksum database stands in the way where go.sum lacks the module.
fn not_configured(facts: &Facts, sent: &Sent) -> Option<Finding> {
    let environment = &facts.environment.get()?.environment;
    let (fallback, observations) = fallback(facts, sent);
    let host = sent.path.split('/').next().unwrap_or(&sent.path);
    let asked_database = needs_database(facts, &sent.path);
    let fails = match fallback {
        Fallback::None | Fallback::Unknown => true,
        Fallback::Works => asked_database,
        // On a public forge the login is what is missing; the pattern alone would not help.
        Fallback::Fails => !is_public_module_host(host),
    };
    let strong = sent.privacy.keep_in_house;
    if !strong && fallback == Fallback::Fails && !fails {
        return None;
    }
    let variable = if environment.value("GONOPROXY") == environment.value("GOPRIVATE")
        || environment.gonoproxy().variable == "GOPRIVATE"
    {
        "GOPRIVATE"
    } else {
        "GONOPROXY"
    };
    let pattern = pattern_for(&sent.path);
    let (place, mut actions) = settings::extend(facts, variable, &pattern);
    let mut variables = variable.to_owned();
    if asked_database && (variable == "GONOPROXY" || has_own_sums(environment)) {
        let (sums_place, sums) = settings::extend(facts, "GONOSUMDB", &pattern);
        if sums_place == place {
            actions.extend(sums);
            variables.push_str(", GONOSUMDB");
        }
    }
    let finding = Finding::new(
        Code::PrivateNotConfigured,
        Subject::module(&sent.path),
        Situation::NotConfigured {
            path: Foreign::new(&sent.path),
            hosts: sent.hosts.clone(),
            because: strongest(&sent.privacy),
            imported_at: sent.imported_at.clone(),
            only_gonoproxy: false,
        }
        .into(),
    )
    .located(Location::Local)
    .with("module", &*sent.path)
    .confidence(if strong { Confidence::Confirmed } else { Confidence::Likely })
    .fix(Fix::safe(
        Advice::AddPattern { variable: Foreign::new(&variables), pattern: Foreign::new(&pattern) }.into(),
        place,
        actions,
    ))
    .fix(Fix::safe(Advice::CheckPath { path: Foreign::new(&sent.path) }.into(), Place::Repository, Vec::new()));
    let finding = sent.observations.iter().fold(finding, |finding, id| finding.about(id));
    let finding = match &sent.imported_at {
        Some((file, line)) => finding.about(format!("repository/import/{}", sent.path)).seen(
            file.as_str(),
            Some(*line),
            format!("import \"{}\"", sent.path),
        ),
        None => finding,
    };
    let finding = if is_public_module_host(host) { finding } else { finding.explaining(observations) };
    Some(if fails { finding.explaining(lookups(facts, &sent.path)) } else { finding.warning() })
}

/// Whether GONOPROXY has a value of its own, so that GOPRIVATE says nothing of module proxies.
fn has_own_proxies(environment: &Environment) -> bool {
    let gonoproxy = environment.gonoproxy();
    gonoproxy.variable == "GONOPROXY" && !gonoproxy.list.is_empty()
}

/// Whether GONOSUMDB has a value of its own, so that GOPRIVATE says nothing of the checksum database.
fn has_own_sums(environment: &Environment) -> bool {
    let gonosumdb = environment.gonosumdb();
    gonosumdb.variable == "GONOSUMDB" && !gonosumdb.list.is_empty()
}

/// Whether go asks the checksum database about a module of that path, because go.sum lacks it.
fn needs_database(facts: &Facts, path: &str) -> bool {
    let Some(settings) = facts.environment.get() else { return false };
    let environment = &settings.environment;
    let excluded = environment.gonosumdb().matches(path);
    let asked = consultation(path, environment.value("GOSUMDB"), excluded, environment.value("GOPROXY"), "")
        == Consultation::Asked;
    let lacks = facts.repository.get().is_some_and(|repository| {
        repository.missing_sums.iter().any(|sum| sum.module.path == path)
            || repository.missing_imports.iter().any(|import| has_path_prefix(import.import.as_str(), path))
    });
    asked && lacks
}

/// Lookups of the module in the checksum database, which refuses them for the same reason.
fn lookups(facts: &Facts, path: &str) -> Vec<String> {
    let lookups = facts.checksum_database.get().into_iter().flat_map(|database| &database.lookups);
    lookups.filter(|lookup| lookup.module.path == path).map(|lookup| lookup.observation.id.clone()).collect()
}

/// The pattern that covers a path and no more than its house: the host, or on a public forge the
/// organisation.
fn pattern_for(path: &str) -> String {
    let mut elements = path.split('/');
    let host = elements.next().unwrap_or(path);
    match elements.next() {
        Some(organisation) if is_public_module_host(host) => format!("{host}/{organisation}"),
        _ => host.to_owned(),
    }
}

fn strongest(privacy: &Privacy) -> Option<PrivateReason> {
    let strong = privacy.reasons.iter().find(|reason| reason.is_strong());
    strong.or_else(|| privacy.reasons.first()).cloned()
}
