//! One answer of one entry.

use super::about_host;
use crate::catalog::{Code, Location, Mender};
use crate::facts::Facts;
use crate::facts::module_proxy::{Answer, Body, Entry, FileAnswer, Hop, ModuleProxyFacts, Walk, WhyAsked};
use crate::golang::go_url::written_host;
use crate::golang::module_path::ModuleVersion;
use crate::model::situation::cache::{self, Situation as Names};
use crate::model::situation::module_proxy::{Advice, Instead, Situation};
use crate::model::transport::HttpAnswer;
use crate::model::{Finding, Fix, Foreign, Place, Subject};

/// What is wrong with it. What is said about the way to the host is the family `network`'s, what about
/// hashes the family `checksum`'s.
pub fn finding(facts: &Facts, proxies: &ModuleProxyFacts, walk: &Walk, hop: &Hop, entry: &Entry) -> Option<Finding> {
    match &hop.answer {
        Answer::Http { http, body } => match http.status {
            200 => of_body(walk, entry, body),
            status => of_status(facts, proxies, walk, hop, entry, http, status),
        },
        Answer::File { file: FileAnswer::Found { body } } => of_body(walk, entry, body),
        Answer::File { file: FileAnswer::Unreadable { error } } => Some(
            Finding::new(
                Code::CachePermission,
                Subject::new(crate::model::SubjectKind::File, hop.url.as_str()),
                Situation::Fault { host: entry.host.clone(), status: 0, said: error.clone() }.into(),
            )
            .located(Location::Local),
        ),
        Answer::File { file: FileAnswer::Missing } | Answer::Failed { .. } | Answer::NotAsked => None,
    }
}

fn of_status(
    facts: &Facts,
    proxies: &ModuleProxyFacts,
    walk: &Walk,
    hop: &Hop,
    entry: &Entry,
    http: &HttpAnswer,
    status: u16,
) -> Option<Finding> {
    let host = entry.host.clone();
    let said = Foreign::new(http.first.as_str().lines().next().unwrap_or_default());
    match status {
        401 => Some(wants_login(facts, hop, entry)),
        403 => Some(refuses(proxies, walk, hop, entry)),
        404 | 410 if origin_failed(http.first.as_str()) => Some(
            about_host(Code::ProxyServerError, entry, Situation::Fault { host, status, said })
                .retryable(true)
                .located(Location::BehindModuleProxy)
                .fix(by_people(Advice::Wait)),
        ),
        404 | 410 => None,
        407 => None,
        429 => {
            let retry_after = http.header("retry-after").map(Foreign::new);
            let finding = about_host(
                Code::ProxyRateLimited,
                entry,
                Situation::TooMany { host: host.clone(), retry_after: retry_after.clone() },
            )
            .retryable(true)
            .fix(by_people(Advice::Wait))
            .fix(by_people(Advice::TellOperator { host }));
            Some(match retry_after {
                Some(after) => finding.with("retry_after", after.as_str()),
                None => finding,
            })
        }
        500..=599 => Some(
            about_host(Code::ProxyServerError, entry, Situation::Fault { host: host.clone(), status, said })
                .retryable(true)
                .fix(by_people(Advice::Wait))
                .fix(by_people(Advice::TellOperator { host })),
        ),
        _ => Some(not_the_protocol(walk, entry, Instead::Status { status })),
    }
}

/// A mirror that ran out of time at the origin, or could not reach it, says so under a 404 or 410.
fn origin_failed(body: &str) -> bool {
    let body = body.to_ascii_lowercase();
    ["fetch timed out", "bad upstream", "connection refused", "i/o timeout", "tls handshake timeout"]
        .iter()
        .any(|words| body.contains(words))
}

fn wants_login(facts: &Facts, hop: &Hop, entry: &Entry) -> Finding {
    let host = entry.host.clone();
    let written = Foreign::new(written_host(entry.url.as_str()).unwrap_or_default());
    let netrc = facts.credentials.get().and_then(|credentials| credentials.netrc.as_ref());
    let netrc = netrc.map_or_else(|| Foreign::new("~/.netrc"), |netrc| netrc.path.clone());
    let login_sent = hop.credentials_sent;
    let advice = if login_sent {
        Advice::RenewLogin { host: host.clone() }
    } else {
        Advice::AddLogin { host: written, netrc: netrc.clone() }
    };
    Finding::new(
        Code::ProxyUnauthorized,
        Subject::host(host.as_str()),
        Situation::WantsLogin { host: host.clone(), login_sent }.into(),
    )
    .fix(Fix::safe(advice.into(), Place::File { path: netrc.to_string(), line: None }, Vec::new()))
}

/// One refused module among others that were served is that module's affair.
fn refuses(proxies: &ModuleProxyFacts, walk: &Walk, hop: &Hop, entry: &Entry) -> Finding {
    let host = entry.host.clone();
    let serves_others = proxies.served.iter().any(|served| served.entry == entry.index);
    let module = (walk.why != WhyAsked::Sample && serves_others).then(|| walk.module.clone());
    let (subject, situation) = match &module {
        Some(module) => (
            Subject::module(module.to_string()),
            Situation::RefusesModule { host: host.clone(), module: module.clone() },
        ),
        None => (
            Subject::host(host.as_str()),
            Situation::RefusesAll { host: host.clone(), login_sent: hop.credentials_sent },
        ),
    };
    Finding::new(Code::ProxyForbidden, subject, situation.into())
        .mended_by(Mender::ProxyOperator)
        .located(Location::ModuleProxy)
        .fix(by_people(Advice::AskToAllow { host, module }))
}

fn of_body(walk: &Walk, entry: &Entry, body: &Body) -> Option<Finding> {
    let instead = match body {
        Body::Good | Body::NotRead | Body::OtherHash { .. } | Body::CutShort { .. } => return None,
        Body::TooLarge { .. } => {
            return Some(
                Finding::new(
                    Code::SizeLimit,
                    Subject::module(walk.module.to_string()),
                    Situation::NotTheProtocol {
                        host: entry.host.clone(),
                        module: walk.module.clone(),
                        instead: Instead::BadZip { problem: "larger than Go's limit".into() },
                    }
                    .into(),
                )
                .mended_by(Mender::ModuleAuthor),
            );
        }
        Body::BadName { problem } => {
            let situation = Names::NameNotAllowed { module: walk.module.clone(), problem: problem.clone() };
            return Some(of_names(&walk.module, situation).mended_by(Mender::ModuleAuthor));
        }
        Body::LongName { entry, length, limit, whole_path } => {
            let situation = Names::NameTooLong {
                module: walk.module.clone(),
                entry: entry.clone(),
                length: *length,
                limit: *limit,
                whole_path: *whole_path,
            };
            let place = Place::UserEnvFile;
            let finding = of_names(&walk.module, situation).with("length", *length).with("limit", *limit);
            return Some(finding.fix(Fix::safe(cache::Advice::OtherDisk.into(), place, Vec::new())));
        }
        Body::Empty => Instead::Nothing,
        Body::Html => Instead::Html,
        Body::NotJson => Instead::NotJson,
        Body::OtherVersion { got } => Instead::OtherVersion { got: got.clone() },
        Body::NotGoMod => Instead::NotGoMod,
        Body::NotZip => Instead::NotZip,
        Body::BadZipEntry { problem } => Instead::BadZip { problem: problem.clone() },
    };
    Some(not_the_protocol(walk, entry, instead))
}

/// What the server sends is what the author published; that it cannot be unpacked is not the server's doing.
fn of_names(module: &ModuleVersion, situation: Names) -> Finding {
    let advice = cache::Advice::OtherNames { module: module.clone() };
    Finding::new(Code::FileNameLimit, Subject::module(module.to_string()), situation.into())
        .with("module", &*module.path)
        .with("version", &*module.version)
        .fix(Fix::safe(advice.into(), Place::Repository, Vec::new()))
}

fn not_the_protocol(walk: &Walk, entry: &Entry, instead: Instead) -> Finding {
    let host = entry.host.clone();
    let about_module = matches!(instead, Instead::NotZip | Instead::BadZip { .. } | Instead::OtherVersion { .. });
    let situation = Situation::NotTheProtocol { host: host.clone(), module: walk.module.clone(), instead };
    let finding = if about_module {
        Finding::new(Code::ProxyBadResponse, Subject::module(walk.module.to_string()), situation.into())
            .located(Location::ModuleProxy)
            .mended_by(Mender::ProxyOperator)
    } else {
        about_host(Code::ProxyBadResponse, entry, situation)
    };
    finding.fix(by_people(Advice::CheckUrl { host: host.clone() })).fix(by_people(Advice::TellOperator { host }))
}

fn by_people(advice: Advice) -> Fix {
    Fix::safe(advice.into(), Place::Elsewhere, Vec::new())
}
