//! Routes, in English.

use super::English;
use crate::facts::credentials::{CredentialSource, HostKeyState};
use crate::golang::goproxy::Fallback;
use crate::golang::route::VcsDecision;
use crate::report::words::routes::RouteWords;

impl RouteWords for English {
    fn modules(&self, count: usize) -> String {
        format!("{count} modules")
    }
    fn more(&self, count: usize) -> String {
        format!("and {count} more")
    }
    fn built_in(&self) -> &'static str {
        "built in"
    }
    fn process(&self) -> &'static str {
        "environment"
    }
    fn decided(&self, variable: &str, origin: &str, item: &str) -> String {
        format!("because {variable} ({origin}) has {item}")
    }
    fn fallback(&self, fallback: Fallback) -> Option<&'static str> {
        match fallback {
            Fallback::NotExist => Some("the next only where it answers 404 or 410"),
            Fallback::AnyError => Some("the next after any error"),
            Fallback::None => None,
        }
    }
    fn credential(&self, host: &str, source: &CredentialSource) -> String {
        match source {
            CredentialSource::None => format!("no credential for {host}"),
            CredentialSource::Netrc { path, line } => format!("credential for {host}: {path}:{line}"),
            CredentialSource::Url => format!("credential for {host}: in the URL"),
            CredentialSource::Goauth => format!("credential for {host}: GOAUTH"),
            CredentialSource::Helper { name } => format!("credential for {host}: git's helper {name}, not run"),
            CredentialSource::ExtraHeader => format!("credential for {host}: git's http.extraHeader"),
            CredentialSource::NotAsked => format!("credential for {host}: not known, GOAUTH was not run"),
        }
    }
    fn no_proxy(&self) -> &'static str {
        "module proxy not asked"
    }
    fn off(&self) -> &'static str {
        "the search ends: nobody else is asked"
    }
    fn nobody(&self, problem: &str) -> String {
        format!("nobody is asked: {problem}")
    }
    fn page(&self, url: &str) -> String {
        format!("asks {url} first, which names the repository")
    }
    fn repository(&self, vcs: &str, url: &str) -> String {
        format!("{vcs} from {url}")
    }
    fn rewritten(&self, to: &str, file: &str) -> String {
        format!("rewritten to {to} by insteadOf in {file}")
    }
    fn ssh(&self, keys: &[&str], host_key: HostKeyState) -> String {
        let keys = if keys.is_empty() { "no ssh key file".to_owned() } else { format!("ssh key {}", keys.join(", ")) };
        let host = match host_key {
            HostKeyState::Known => "host key known",
            HostKeyState::Unknown => "host key unknown",
            HostKeyState::NotAsked => "host key not looked at",
        };
        format!("{keys}; {host}")
    }
    fn govcs(&self, decision: &VcsDecision) -> Option<String> {
        match decision {
            VcsDecision::Allowed => None,
            VcsDecision::Denied { rule: Some(rule), .. } => Some(format!("not run: GOVCS has {rule}")),
            VcsDecision::Denied { rule: None, .. } => Some("not run: GOVCS does not allow it".to_owned()),
            VcsDecision::Malformed { problem } => Some(format!("not run: {problem}")),
        }
    }
    fn insecure(&self) -> &'static str {
        "plain HTTP and unknown certificates are accepted for the page"
    }
    fn checksum(&self) -> &'static str {
        "checksum"
    }
    fn in_go_sum(&self) -> &'static str {
        "in go.sum; the checksum database is not asked"
    }
    fn vendored(&self) -> &'static str {
        "not checked: the vendor folder is taken"
    }
    fn no_database(&self) -> &'static str {
        "the checksum database is not asked"
    }
    fn unusable(&self, problem: &str) -> String {
        format!("the download fails: {problem}")
    }
    fn database(&self, name: &str, bases: &[&str]) -> String {
        format!("{name}, the first of these that serves it: {}", bases.join(", "))
    }
    fn mod_vendor(&self) -> &'static str {
        "builds take the vendor folder instead"
    }
    fn leaves(&self, hosts: &str) -> String {
        format!("The path looks private and is told to {hosts}. GOPRIVATE would keep it in the house.")
    }
}
