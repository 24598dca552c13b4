//! Routes, in English.

use super::English;
use super::private::reason;
use crate::facts::credentials::{AgentState, CredentialSource, HostKeyState};
use crate::golang::goproxy::Fallback;
use crate::golang::route::{PrivateReason, VcsDecision};
use crate::report::words::routes::{RouteWords, SshWay};

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
    fn default(&self, place: &str) -> String {
        format!("default, {place}")
    }
    fn process(&self, place: Option<&str>) -> String {
        match place {
            Some(place) => format!("shell environment, perhaps by {place}"),
            None => "shell environment".to_owned(),
        }
    }
    fn named(&self, variable: &str, origin: &str) -> String {
        format!("because {variable} ({origin}) names it")
    }
    fn decided(&self, variable: &str, origin: &str, item: &str) -> String {
        format!("because {variable} ({origin}) has {item}")
    }
    fn fallback(&self, fallback: Fallback, direct: bool) -> Option<&'static str> {
        match fallback {
            Fallback::NotExist if direct => Some("the next only where it does not exist there"),
            Fallback::NotExist => Some("the next only where it answers 404 or 410"),
            Fallback::AnyError => Some("the next after any error"),
            Fallback::None => None,
        }
    }
    fn credential(&self, host: Option<&str>, source: &CredentialSource) -> String {
        let who = host.map(|host| format!(" for {host}")).unwrap_or_default();
        match source {
            CredentialSource::None => format!("no credential{who}"),
            CredentialSource::Netrc { path, line } => format!("credential{who}: {path}:{line}"),
            CredentialSource::Url => format!("credential{who}: in the URL"),
            CredentialSource::Goauth => format!("credential{who}: by GOAUTH"),
            CredentialSource::Helper { name } => format!("credential{who}: git's helper {name}, not run"),
            CredentialSource::ExtraHeader => format!("credential{who}: git's http.extraHeader"),
            CredentialSource::NotAsked => format!("credential{who}: not known, GOAUTH was not run"),
        }
    }
    fn no_proxy(&self) -> &'static str {
        "module proxy not asked"
    }
    fn off(&self) -> &'static str {
        "the search ends: nobody else is asked"
    }
    fn malformed(&self, problem: &str) -> String {
        format!("nobody is asked: go stops at each module that it looks up, saying \"{problem}\"")
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
    fn rewritten(&self, place: &str, from: &str, to: &str, over_ssh: bool) -> String {
        let way = if over_ssh { "over ssh: " } else { "" };
        format!("{way}{place} rewrites {from} to {to}")
    }
    fn ssh(&self, way: &SshWay) -> String {
        let key = |(path, open): &(String, bool)| match open {
            true => format!("{path} (refused: others can read it)"),
            false => path.clone(),
        };
        let mut keys: Vec<String> = way.keys.iter().map(key).collect();
        match way.agent {
            AgentState::Keys { count: 1 } => keys.push("1 in the agent".to_owned()),
            AgentState::Keys { count } if count > 0 => keys.push(format!("{count} in the agent")),
            AgentState::None | AgentState::Dead | AgentState::Keys { .. } | AgentState::NotAsked => {}
        }
        let keys = if keys.is_empty() { "no ssh key".to_owned() } else { format!("ssh key {}", keys.join(", ")) };
        let host = match way.host_key {
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
    fn same_pattern(&self) -> &'static str {
        "the checksum database is not asked (same pattern)"
    }
    fn unusable(&self, problem: &str) -> String {
        format!("the download fails: {problem}")
    }
    fn through(&self, host: &str) -> String {
        format!("through {host}")
    }
    fn directly(&self) -> &'static str {
        "directly"
    }
    fn database(&self, name: &str, bases: &[String]) -> String {
        match bases.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{name}, {} or else {last}", before.join(", ")),
            Some((last, _)) => format!("{name}, {last}"),
            None => name.to_owned(),
        }
    }
    fn mod_vendor(&self) -> &'static str {
        "builds take the vendor folder instead"
    }
    fn private(&self) -> &'static str {
        "private"
    }
    fn leaves(&self, hosts: &[&str], reasons: &[PrivateReason]) -> String {
        let why: Vec<String> = reasons.iter().map(reason).collect();
        let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
        format!("looks private{why}, and go tells the path to {}", hosts.join(" and "))
    }
}
