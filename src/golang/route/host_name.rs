//! What the first element of a module path says about who can reach it.

use std::net::IpAddr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Names that are reserved or customary for networks of one's own, as last labels.
const INTERNAL_SUFFIXES: [&str; 20] = [
    // Reserved: RFC 2606 and 6761, RFC 6762, RFC 8375, and ICANN's choice for private use.
    "test",
    "example",
    "invalid",
    "localhost",
    "local",
    "home.arpa",
    "internal",
    "onion",
    // In use everywhere, in no public registry.
    "corp",
    "lan",
    "home",
    "intranet",
    "intra",
    "private",
    "priv",
    "localdomain",
    "domain",
    "dmz",
    "office",
    "server",
];

/// First labels under which a company's own git server usually stands.
const GIT_LABELS: [&str; 10] =
    ["git", "gitlab", "github", "ghe", "bitbucket", "stash", "code", "scm", "gitea", "gerrit"];

/// Something about a host that the public internet does not know or that looks like a company's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Hash, JsonSchema)]
#[serde(tag = "host", rename_all = "kebab-case")]
pub enum HostKind {
    /// An IP address.
    Address,
    /// One label, or a name with a port: nothing that go accepts as a module path.
    NotPublic,
    /// A reserved or customary internal ending, such as `internal` or `corp`.
    Internal {
        /// The ending.
        suffix: String,
    },
    /// `git.`, `gitlab.` and the like in front of a domain that is no public forge.
    GitServer {
        /// The first label.
        label: String,
    },
}

/// What `host` is, if it is anything but an ordinary public name.
#[must_use]
pub fn kind(host: &str) -> Option<HostKind> {
    let host = host.to_ascii_lowercase();
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => (name, true),
        _ => (host.as_str(), false),
    };
    let name = name.trim_end_matches('.');
    if name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() || looks_like_address(name) {
        return Some(HostKind::Address);
    }
    if let Some(suffix) = INTERNAL_SUFFIXES.iter().find(|suffix| is_within(name, suffix)) {
        return Some(HostKind::Internal { suffix: (*suffix).to_owned() });
    }
    let (label, domain) = name.split_once('.').unwrap_or((name, ""));
    let top = name.rsplit('.').next().unwrap_or(name);
    let top_is_public =
        top.starts_with("xn--") || (top.len() > 1 && top.bytes().all(|byte| byte.is_ascii_alphabetic()));
    if port || domain.is_empty() || !top_is_public {
        return Some(HostKind::NotPublic);
    }
    (domain.contains('.') && GIT_LABELS.contains(&label)).then(|| HostKind::GitServer { label: label.to_owned() })
}

/// Whether `name` is `domain` or lies below it.
pub(super) fn is_within(name: &str, domain: &str) -> bool {
    name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Digits and dots only: an address with a part missing or too large.
fn looks_like_address(name: &str) -> bool {
    name.contains('.') && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        let internal = |suffix: &str| Some(HostKind::Internal { suffix: suffix.to_owned() });
        let git = |label: &str| Some(HostKind::GitServer { label: label.to_owned() });
        for (host, expected) in [
            ("github.com", None),
            ("golang.org", None),
            ("k8s.io", None),
            ("example.dev", None),
            ("git.io", None),
            ("git.corp", internal("corp")),
            ("git.acme.internal", internal("internal")),
            ("nas.home.arpa", internal("home.arpa")),
            // Reserved for documentation: somebody tries something out, and nothing there is secret.
            ("example.com", None),
            ("go.example.org", None),
            ("git.example.com", git("git")),
            ("myexample.com", None),
            ("gitlab.acme.io", git("gitlab")),
            ("code.acme.co.uk", git("code")),
            ("GIT.Acme.com", git("git")),
            ("10.0.0.8", Some(HostKind::Address)),
            ("10.0.8", Some(HostKind::Address)),
            ("[::1]", Some(HostKind::Address)),
            ("gitserver", Some(HostKind::NotPublic)),
            ("gitserver:8080", Some(HostKind::NotPublic)),
            ("git.acme.com:8443", Some(HostKind::NotPublic)),
            ("git.acme.x1", Some(HostKind::NotPublic)),
            ("go.xn--p1ai", None),
        ] {
            assert_eq!(kind(host), expected, "{host}");
        }
    }
}
