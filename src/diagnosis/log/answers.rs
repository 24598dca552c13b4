//! What servers answered with an HTTP status, and what they said of their own machines with it.

use super::git;
use super::subject::{About, host_of, request, subject};
use super::{Meaning, Told, ticket};
use crate::catalog::Code;
use crate::catalog::messages::{Depth, GitTrouble};
use crate::facts::transcript::Said;
use crate::golang::module_path::has_path_prefix;
use crate::golang::pattern::{corrected_list, match_prefix_patterns};
use crate::golang::request_url::Asked;
use crate::golang::route::{PrivacyHints, is_public_module_host, is_public_proxy, looks_private};

/// What an answer, or a server's account of its own failure, means.
pub(super) fn meanings(told: Told<'_>) -> Vec<Meaning<'_>> {
    let mut meanings = Vec::new();
    if let Some(said) = told.said("go/status") {
        meanings.extend(status(told, said));
    } else if let Some(said) = told.said("go/file-proxy") {
        let database = said.get("url").is_some_and(|url| url.contains("/sumdb/"));
        let code = if database { Code::SumdbUnreachable } else { Code::ModuleNotOnProxy };
        meanings.push(meaning(told, said, code, Depth::Usual, About::Module));
    } else if told.here().next().is_none() {
        meanings.extend(quoted(told));
    }
    meanings
}

fn meaning<'a>(told: Told<'a>, said: &'a Said, code: Code, depth: Depth, about: About) -> Meaning<'a> {
    Meaning { code, depth, subject: subject(told, said, about), said, quoted: None, remote: false }
}

fn status<'a>(told: Told<'a>, said: &'a Said) -> Vec<Meaning<'a>> {
    let status: u16 = said.get("status").and_then(|status| status.parse().ok()).unwrap_or(0);
    let one = |code, about| vec![meaning(told, said, code, Depth::Root, about)];
    match (request(told), status) {
        (_, 407) => one(Code::HttpProxyError, About::Host),
        (Some(Asked::VanityPage(_)), 500..) => one(Code::VcsServerError, About::Host),
        (Some(Asked::VanityPage(_)), _) => one(Code::VanityImportFailed, About::Package),
        (Some(Asked::ChecksumDatabase(_)), 404 | 410) => not_recorded(told, said),
        (Some(Asked::ChecksumDatabase(_)), _) => one(Code::SumdbUnreachable, About::Host),
        (_, 404 | 410) => not_served(told, said),
        (_, 401) => one(Code::ProxyUnauthorized, About::Host),
        (_, 403 | 451) => one(Code::ProxyForbidden, About::Host),
        (_, 429) => one(Code::ProxyRateLimited, About::Host),
        (_, 500..) => one(Code::ProxyServerError, About::Host),
        _ => one(Code::ProxyBadResponse, About::Host),
    }
}

/// The checksum database answers 404 or 410.
fn not_recorded<'a>(told: Told<'a>, said: &'a Said) -> Vec<Meaning<'a>> {
    let unknown = meaning(told, said, Code::SumdbNotFound, Depth::Root, About::Module);
    match server(told).hides(told, true) {
        true => vec![private(told, said), unknown],
        false => vec![unknown],
    }
}

/// A module proxy answers 404 or 410.
fn not_served<'a>(told: Told<'a>, said: &'a Said) -> Vec<Meaning<'a>> {
    let absent = meaning(told, said, Code::ModuleNotOnProxy, Depth::Root, About::Module);
    let public = said.get("url").and_then(host_of).is_some_and(is_public_proxy);
    match server(told) {
        Server::InTrouble => vec![meaning(told, said, Code::ProxyServerError, Depth::Root, About::Host), absent],
        Server::HasNoRevision => vec![meaning(told, said, Code::UnknownRevision, Depth::Root, About::Module), absent],
        // A proxy of the house lacks a login of its own, or the way to the repository.
        Server::CannotSee(trouble) if !public => {
            let quoted = git::deciding(told.by_server()).map(|(said, ..)| said);
            let own = meaning(told, said, git::code(trouble), Depth::Root, About::Module);
            vec![Meaning { quoted, remote: true, ..own }, absent]
        }
        answer if answer.hides(told, false) && public => vec![private(told, said), absent],
        _ => vec![absent],
    }
}

/// What a server says of its own failure, and nothing else of the failure is left.
fn quoted(told: Told<'_>) -> Vec<Meaning<'_>> {
    let Some(said) = told.by_server().next() else { return Vec::new() };
    match server(told) {
        Server::CannotSee(_) => vec![private(told, said)],
        Server::HasNoRevision => vec![meaning(told, said, Code::UnknownRevision, Depth::Usual, About::Module)],
        Server::InTrouble => vec![meaning(told, said, Code::SumdbNotFound, Depth::Usual, About::Module)],
        Server::Silent => Vec::new(),
    }
}

/// A private module, or a pattern that was to keep it private and does not.
fn private<'a>(told: Told<'a>, said: &'a Said) -> Meaning<'a> {
    let path = told.failure.module.as_ref().map(|module| module.path.as_str()).unwrap_or_default();
    let database = matches!(request(told), Some(Asked::ChecksumDatabase(_)));
    let list = ticket::private_list(told.log, database);
    let (code, about) = match list {
        Some((name, list)) if match_prefix_patterns(list, path) => (Code::SettingsElsewhere, About::Variable(name)),
        Some((name, list)) if corrected_list(list).is_some_and(|list| match_prefix_patterns(&list, path)) => {
            (Code::GoprivatePattern, About::Variable(name))
        }
        _ => (Code::PrivateNotConfigured, About::Module),
    };
    let quoted = git::deciding(told.by_server()).map(|(said, ..)| said);
    Meaning { quoted, ..meaning(told, said, code, Depth::Root, about) }
}

/// What a server says of why it has nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Server {
    /// Nothing.
    Silent,
    /// It cannot see the repository.
    CannotSee(GitTrouble),
    /// The repository has no such revision.
    HasNoRevision,
    /// It failed itself: no room, no way to the repository, a limit.
    InTrouble,
}

fn server(told: Told<'_>) -> Server {
    let said = |formats: &[&str]| told.by_server().any(|said| formats.contains(&said.format.as_str()));
    // The host of the module has no public name.
    let nameless = || {
        let host = told.failure.module.as_ref().and_then(|module| module.path.split('/').next());
        let unknown = |said: &Said| {
            said.format == "net/lookup" && said.get("how").is_some_and(|how| how.contains("no such host"))
        };
        host.is_some() && told.by_server().any(|said| unknown(said) && said.get("host") == host)
    };
    if said(&["go/unrecognized-import-path"]) && nameless() {
        return Server::CannotSee(GitTrouble::Dns);
    }
    if said(&["os/no-space", "go/fetch-failed", "net/timeout", "net/reset", "net/lookup"]) {
        return Server::InTrouble;
    }
    if let Some((_, trouble, _)) = git::deciding(told.by_server()) {
        return match trouble {
            GitTrouble::LoginWanted
            | GitTrouble::LoginRefused
            | GitTrouble::Forbidden
            | GitTrouble::NotFound
            | GitTrouble::KeyRefused
            | GitTrouble::HostKeyUnknown
            | GitTrouble::Dns => Server::CannotSee(trouble),
            GitTrouble::Reset if said(&["ssh/broke"]) => Server::CannotSee(trouble),
            GitTrouble::Other if said(&["git/no-such-revision"]) => Server::HasNoRevision,
            _ => Server::InTrouble,
        };
    }
    if said(&["go/unknown-revision", "go/no-matching-versions", "go/version-form"]) {
        return Server::HasNoRevision;
    }
    if said(&["go/confirm-path", "go/unrecognized-import-path"]) {
        return Server::CannotSee(GitTrouble::LoginWanted);
    }
    Server::Silent
}

impl Server {
    /// Whether the module is there but hidden from a public server, as far as can be told. The checksum
    /// database is asked only for what was had from somewhere.
    fn hides(self, told: Told<'_>, was_had: bool) -> bool {
        let Some(module) = &told.failure.module else { return matches!(self, Self::CannotSee(_)) };
        let host = module.path.split('/').next().unwrap_or_default();
        let patterns: Vec<(&str, &str)> = ticket::private_lists(told.log).collect();
        let hints = PrivacyHints { patterns: &patterns, ..PrivacyHints::default() };
        let looks = || !looks_private(&module.path, &hints).reasons.is_empty();
        match self {
            Self::CannotSee(_) => true,
            Self::Silent => {
                (was_had && !is_public_module_host(host) && !has_path_prefix(host, "golang.org")) || looks()
            }
            Self::HasNoRevision | Self::InTrouble => false,
        }
    }
}
