//! What the checksum database answered.

use super::super::{network, settings};
use super::{is_needed, mender, trouble};
use crate::catalog::{Code, Location, Mender};
use crate::facts::Facts;
use crate::facts::checksum_database::{ChecksumDatabaseFacts, HashOf, RecordState};
use crate::facts::module_proxy::{Answer, WalkEnd};
use crate::golang::checksum_database::CHINA_ALIAS;
use crate::model::situation::checksum::{Advice, NoteTrouble, Situation};
use crate::model::{Finding, Fix, Foreign, Place, Subject};

/// The ways to it, its tree head, its records.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(database) = facts.checksum_database.get() else { return };
    let Some(name) = &database.name else { return };
    let needed = is_needed(facts);
    // Where GOPROXY ends the search, go stops before it has anything to ask of the database.
    let stops_before =
        facts.module_proxy.get().is_some_and(|proxies| proxies.walks.iter().any(|walk| walk.end == WalkEnd::Off));
    // That it cannot be asked hurts nobody who has nothing to ask; what it should not say is worth knowing.
    let mut push = |finding: Finding| {
        findings.push(match finding.code {
            Code::SumdbUnreachable if needed && stops_before => finding.warning(),
            _ if needed => finding,
            Code::SumdbUnreachable => finding.note(),
            _ => finding.warning(),
        });
    };
    if database.base.is_none()
        && let Some(ask) = database.supported.last()
        && let Some(finding) = no_way(facts, name, &ask.answer, &proxy_host(facts, ask.entry), true)
    {
        push(finding.about(&ask.observation.id));
    }
    let through = database.base.as_ref().and_then(|base| base.through);
    let host = database_host(facts, database);
    if let Some(latest) = &database.latest {
        // go itself reads no tree head while go.sum has all lines.
        if let Some(finding) = no_way(facts, name, &latest.answer, &host, through.is_some()) {
            push(finding.about(&latest.observation.id));
        } else if let Some(trouble) = latest.note.as_ref().and_then(trouble) {
            push(bad_answer(facts, name, &host, trouble, through.is_some()).about(&latest.observation.id));
        }
    }
    for lookup in &database.lookups {
        if let Answer::Http { http, .. } = &lookup.answer
            && matches!(http.status, 404 | 410)
        {
            push(not_found(name, lookup).about(&lookup.observation.id));
        } else if let Some(finding) = no_way(facts, name, &lookup.answer, &host, through.is_some()) {
            push(finding.about(&lookup.observation.id));
        }
        let finding = match &lookup.record {
            Some(RecordState::Malformed) => {
                Some(bad_answer(facts, name, &host, NoteTrouble::Malformed, through.is_some()))
            }
            Some(RecordState::Note(note)) => {
                trouble(note).map(|trouble| bad_answer(facts, name, &host, trouble, through.is_some()))
            }
            Some(RecordState::OtherHash { of, recorded, got }) => Some(mismatch(&lookup.module, *of, recorded, got)),
            Some(RecordState::Good) => differing_download(facts, lookup),
            None => None,
        };
        if let Some(finding) = finding {
            push(finding.about(&lookup.observation.id));
        }
    }
}

/// The database could not be asked, or refuses.
fn no_way(facts: &Facts, name: &Foreign, answer: &Answer, host: &Foreign, through_proxy: bool) -> Option<Finding> {
    let needed = is_needed(facts);
    let (situation, how, retryable) = match answer {
        Answer::Failed { error } => {
            let how = Foreign::new(&error.to_string());
            let situation = Situation::Unreachable {
                name: name.clone(),
                host: host.clone(),
                how: how.clone(),
                through_proxy,
                needed,
            };
            (situation, how, true)
        }
        Answer::Http { http, .. } if http.status != 200 => {
            let situation = Situation::Refuses { name: name.clone(), host: host.clone(), status: http.status, needed };
            (situation, Foreign::new(&http.status.to_string()), http.status >= 500 || http.status == 429)
        }
        _ => return None,
    };
    let location = if through_proxy { Location::ModuleProxy } else { Location::ChecksumDatabase };
    let mut finding = Finding::new(Code::SumdbUnreachable, Subject::host(host.as_str()), situation.into())
        .with("host", host.as_str())
        .retryable(retryable)
        .located(location)
        .mended_by(mender(through_proxy))
        .seen("checksum-database", None, format!("{host}: {how}"));
    if let Answer::Http { http, .. } = answer {
        finding = finding.with("status", http.status);
    }
    if let Answer::Failed { error } = answer {
        finding = network::about_failed_step(facts, finding, error, host);
    }
    if !through_proxy && name.as_str() == crate::golang::checksum_database::DEFAULT_NAME {
        let (place, actions) = settings::set(facts, "GOSUMDB", CHINA_ALIAS);
        finding = finding.fix(Fix::safe(Advice::UseChinaAddress.into(), place, actions).guessed());
    }
    Some(
        finding
            .fix(Fix::safe(Advice::OpenTheWay { host: host.clone() }.into(), Place::Elsewhere, Vec::new()))
            .fix(Fix::safe(Advice::Retry.into(), Place::Repository, Vec::new())),
    )
}

fn bad_answer(facts: &Facts, name: &Foreign, host: &Foreign, trouble: NoteTrouble, through_proxy: bool) -> Finding {
    let place = settings::place(facts, "GOSUMDB");
    Finding::new(
        Code::SumdbBadResponse,
        Subject::host(host.as_str()),
        Situation::BadAnswer { name: name.clone(), host: host.clone(), trouble }.into(),
    )
    .with("host", host.as_str())
    .mended_by(mender(through_proxy))
    .fix(Fix::safe(Advice::OpenTheWay { host: host.clone() }.into(), Place::Elsewhere, Vec::new()))
    .fix(Fix::safe(Advice::CheckKey.into(), place, Vec::new()))
}

fn not_found(name: &Foreign, lookup: &crate::facts::checksum_database::Lookup) -> Finding {
    let module = lookup.module.clone();
    Finding::new(
        Code::SumdbNotFound,
        Subject::module(module.to_string()),
        Situation::NotFound { name: name.clone(), module: module.clone() }.into(),
    )
    .with("module", &*module.path)
    .with("version", &*module.version)
    .fix(Fix::safe(Advice::CheckVersion { module }.into(), Place::Repository, Vec::new()))
}

/// What was downloaded in this run has another hash than the record.
fn differing_download(facts: &Facts, lookup: &crate::facts::checksum_database::Lookup) -> Option<Finding> {
    let downloads = &facts.module_proxy.get()?.downloads;
    downloads.iter().filter(|download| download.module == lookup.module).find_map(|download| {
        let recorded: Vec<&String> =
            lookup.hashes.iter().filter(|(of, _)| *of == download.of).map(|(_, hash)| hash).collect();
        let first = recorded.first()?;
        let differs = !recorded.contains(&&download.h1);
        differs.then(|| mismatch(&lookup.module, download.of, first, &download.h1))
    })
}

fn mismatch(module: &crate::golang::module_path::ModuleVersion, of: HashOf, recorded: &str, got: &str) -> Finding {
    Finding::new(
        Code::SumdbMismatch,
        Subject::module(module.to_string()),
        Situation::Mismatch { module: module.clone(), of, recorded: recorded.into(), got: got.into() }.into(),
    )
    .with("module", &*module.path)
    .with("version", &*module.version)
    .with("expected", recorded)
    .with("found", got)
    .mended_by(Mender::ModuleAuthor)
    .fix(Fix::safe(Advice::DoNotUse { module: module.clone() }.into(), Place::Elsewhere, Vec::new()))
}

/// The host that answers for the database.
fn database_host(facts: &Facts, database: &ChecksumDatabaseFacts) -> Foreign {
    let Some(base) = &database.base else { return Foreign::default() };
    match base.through {
        Some(entry) => proxy_host(facts, entry),
        None => match network::host_port(base.url.as_str()) {
            Some((host, port)) => Foreign::new(&format!("{host}:{port}")),
            None => base.url.clone(),
        },
    }
}

fn proxy_host(facts: &Facts, entry: usize) -> Foreign {
    let environment = facts.environment.get().map(|settings| &settings.environment);
    let list = environment.and_then(|environment| environment.goproxy().ok());
    let proxy = list.and_then(|list| match list.entries.get(entry).map(|entry| entry.provider.clone()) {
        Some(crate::golang::goproxy::Provider::Proxy(proxy)) => Some(proxy),
        _ => None,
    });
    proxy.map_or_else(Foreign::default, |proxy| {
        Foreign::new(&format!("{}:{}", proxy.host(), proxy.port().unwrap_or_default()))
    })
}
