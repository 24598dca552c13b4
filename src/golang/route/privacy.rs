//! Whether a module path looks like one that is nobody else's business.
//!
//! Nothing in a path proves it. The reasons are typed, so that a finding can name them, and weighed,
//! so that a public module of a well-known organisation is still asked where go asks for it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::host_name::{self, HostKind};
use super::public_hosts::is_public_module_host;
use crate::golang::module_path::has_path_prefix;
use crate::golang::pattern::{self, Item};

/// What is known around a module path.
#[derive(Debug, Clone, Copy, Default)]
pub struct PrivacyHints<'a> {
    /// GOPRIVATE, GONOPROXY and GONOSUMDB: the variable's name and its effective list.
    pub patterns: &'a [(&'a str, &'a str)],
    /// The paths of the main modules.
    pub main_modules: &'a [&'a str],
    /// The URLs of the repository's git remotes.
    pub remotes: &'a [&'a str],
    /// Whether the checksum database is known to record the module, so that it is public already.
    pub known_public: bool,
}

/// Why a path looks private.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Hash, JsonSchema)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum PrivateReason {
    /// A pattern names it.
    Listed {
        /// The variable.
        variable: String,
        /// The item.
        item: String,
    },
    /// A pattern would match if it were written as it was meant: scheme, quotes, blanks, port,
    /// `.git`, case, or one or two letters.
    NearMiss {
        /// The variable.
        variable: String,
        /// The item as it stands.
        item: String,
    },
    /// A pattern names only a part of it: something below the path, or only subdomains of its host.
    PartlyListed {
        /// The variable.
        variable: String,
        /// The item.
        item: String,
    },
    /// A pattern names other paths on its host, which is no public forge.
    HostOfPattern {
        /// The variable.
        variable: String,
        /// The item.
        item: String,
    },
    /// Its host is none that the public internet knows, or looks like a company's git server.
    Host(HostKind),
    /// The repository itself lies on the same host, which is no public forge.
    SameHost,
    /// The repository itself belongs to the same organisation of a public forge.
    SameOrganisation {
        /// Host and organisation.
        prefix: String,
    },
}

impl PrivateReason {
    /// Whether this reason alone is enough to keep the path from public servers.
    #[must_use]
    pub const fn is_strong(&self) -> bool {
        match self {
            Self::Listed { .. } | Self::NearMiss { .. } | Self::PartlyListed { .. } => true,
            Self::Host(kind) => !matches!(kind, HostKind::GitServer { .. }),
            Self::HostOfPattern { .. } | Self::SameHost | Self::SameOrganisation { .. } => false,
        }
    }
}

/// The verdict on one path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Privacy {
    /// Every reason to think it private.
    pub reasons: Vec<PrivateReason>,
    /// Whether the path must not be sent to a public module proxy or checksum database: there is a
    /// strong reason, or two weak ones. A module that the checksum database records is public,
    /// whatever its name, unless a pattern names it.
    pub keep_in_house: bool,
}

/// Judges `module_path`.
#[must_use]
pub fn looks_private(module_path: &str, hints: &PrivacyHints<'_>) -> Privacy {
    let host = module_path.split('/').next().unwrap_or(module_path);
    let mut reasons: Vec<PrivateReason> = Vec::new();
    for (variable, list) in hints.patterns {
        if let Some(reason) = from_patterns(variable, list, module_path, host) {
            reasons.push(reason);
        }
    }
    reasons.extend(host_name::kind(host).map(PrivateReason::Host));
    reasons.extend(from_repository(module_path, host, hints));

    let listed = reasons.iter().any(|reason| matches!(reason, PrivateReason::Listed { .. }));
    let strong = reasons.iter().any(PrivateReason::is_strong);
    // The same pattern in two variables is one reason, not two.
    let mut weak: Vec<_> = reasons.iter().map(std::mem::discriminant).collect();
    weak.dedup();
    let keep_in_house = listed || (!hints.known_public && (strong || weak.len() > 1));
    Privacy { reasons, keep_in_house }
}

fn from_patterns(variable: &str, list: &str, module_path: &str, host: &str) -> Option<PrivateReason> {
    let variable = variable.to_owned();
    let mut named = pattern::items(list).filter(|item| !names_nobody(item.text));
    if let Some(item) = named.find(|item| item.matches(module_path)) {
        return Some(PrivateReason::Listed { variable, item: item.text.to_owned() });
    }
    if let Some(miss) = pattern::near_miss(list, module_path) {
        return Some(PrivateReason::NearMiss { variable, item: without_user(&miss.text) });
    }
    if let Some(item) = pattern::items(list).find(|item| is_misspelt(item, module_path)) {
        return Some(PrivateReason::NearMiss { variable, item: without_user(item.text) });
    }
    if let Some(item) = pattern::items(list).find(|item| is_part(item.text, module_path, host)) {
        return Some(PrivateReason::PartlyListed { variable, item: item.text.to_owned() });
    }
    let same_host = |item: &Item<'_>| item.text.split('/').next() == Some(host);
    let item = pattern::items(list).find(|item| !is_public_module_host(host) && same_host(item))?;
    Some(PrivateReason::HostOfPattern { variable, item: item.text.to_owned() })
}

/// Whether an item is a blanket: every path, or every path of a public forge. It says how its author
/// wants modules fetched or checked, and nothing of whose they are.
fn names_nobody(item: &str) -> bool {
    let mut elements = item.strip_suffix('/').unwrap_or(item).split('/');
    let any = |element: &str| matches!(element, "*" | "**");
    elements.next().is_some_and(|first| any(first) || is_public_module_host(first)) && elements.all(any)
}

/// The item names something below the path, or only the subdomains of its host.
fn is_part(item: &str, module_path: &str, host: &str) -> bool {
    let item = item.strip_suffix('/').unwrap_or(item);
    (has_path_prefix(item, module_path) && item != module_path) || item.strip_prefix("*.") == Some(host)
}

/// Whether the item without wildcards would match but for a letter or two in its last element or,
/// if it is a host only, in the host.
fn is_misspelt(item: &Item<'_>, module_path: &str) -> bool {
    let glob = item.text.trim_end_matches("/*").trim_end_matches('/');
    if glob.is_empty() || glob.contains(['*', '?', '[', '\\']) {
        return false;
    }
    let count = glob.split('/').count();
    let target: Vec<&str> = module_path.split('/').take(count).collect();
    let wanted: Vec<&str> = glob.split('/').collect();
    let (Some((wanted_last, wanted_first)), Some((last, first))) = (wanted.split_last(), target.split_last()) else {
        return false;
    };
    if target.len() != count || wanted_first != first {
        return false;
    }
    // Short names are near to everything.
    let allowed = match wanted_last.len().min(last.len()) {
        0..6 => 0,
        6..12 => 1,
        _ => 2,
    };
    (1..=allowed).contains(&distance(wanted_last, last))
}

fn from_repository(module_path: &str, host: &str, hints: &PrivacyHints<'_>) -> Option<PrivateReason> {
    let remotes = hints.remotes.iter().filter_map(|remote| remote_path(remote));
    let own: Vec<String> = hints.main_modules.iter().map(|path| (*path).to_owned()).chain(remotes).collect();
    if own.iter().all(|path| path.split('/').next() != Some(host)) {
        return None;
    }
    if !is_public_module_host(host) {
        return Some(PrivateReason::SameHost);
    }
    let organisation = |path: &str| {
        let mut elements = path.split('/');
        Some(format!("{}/{}", elements.next()?, elements.next()?))
    };
    let prefix = organisation(module_path)?;
    own.iter()
        .any(|path| organisation(path).is_some_and(|own| own == prefix))
        .then_some(PrivateReason::SameOrganisation { prefix })
}

/// Host and path of a git remote: a URL, or the `user@host:path` form.
fn remote_path(remote: &str) -> Option<String> {
    let (authority, path) = match remote.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?,
        None => remote.split_once(':')?,
    };
    let host = authority.rsplit('@').next()?;
    let host = host.split(':').next()?.to_ascii_lowercase();
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    (host.contains('.') && !path.is_empty()).then(|| format!("{host}/{path}"))
}

/// An item may be a whole URL with a login in it.
fn without_user(item: &str) -> String {
    item.rsplit_once('@').map_or_else(|| item.to_owned(), |(_, rest)| format!("REDACTED@{rest}"))
}

/// How many letters must be added, left out, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    // A difference in length alone is more than any caller allows.
    if a.len().abs_diff(b.len()) > 2 || a.len() > 255 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *y && b[j - 1] == *x {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(path: &str, list: &str, main: &[&str], remotes: &[&str]) -> (Vec<PrivateReason>, bool) {
        let privacy = looks_private(
            path,
            &PrivacyHints { patterns: &[("GOPRIVATE", list)], main_modules: main, remotes, known_public: false },
        );
        (privacy.reasons, privacy.keep_in_house)
    }

    #[test]
    fn near_misses_are_kept_in_the_house() {
        for (list, path) in [
            ("https://github.com/acme", "github.com/acme/a"),
            ("\"github.com/acme\"", "github.com/acme/a"),
            ("a.com, github.com/acme", "github.com/acme/a"),
            ("git.acme.com:8443/*", "git.acme.com/x"),
            ("github.com/Acme", "github.com/acme/a"),
            ("github.com/acmecrop/*", "github.com/acmecorp/a"),
            ("gitlab.acne.com", "gitlab.acme.com/x"),
        ] {
            let (reasons, keep) = reasons(path, list, &[], &[]);
            assert!(matches!(reasons.first(), Some(PrivateReason::NearMiss { .. })), "{list}: {reasons:?}");
            assert!(keep, "{list}");
        }
    }

    #[test]
    fn patterns_that_name_a_part() {
        for (list, path) in [("github.com/acme/repo/sub", "github.com/acme/repo"), ("*.acme.com", "acme.com/x")] {
            let (reasons, keep) = reasons(path, list, &[], &[]);
            assert!(matches!(reasons.first(), Some(PrivateReason::PartlyListed { .. })), "{list}: {reasons:?}");
            assert!(keep, "{list}");
        }
    }

    #[test]
    fn a_blanket_names_nobody() {
        for list in ["*", "**", "*/*", "*/", "github.com", "github.com/*", "golang.org,github.com,*"] {
            let (reasons, keep) = reasons("github.com/acme/a", list, &[], &[]);
            assert!(reasons.is_empty() && !keep, "{list}: {reasons:?}");
        }
        for list in ["*,github.com/acme", "github.com/acme/*", "*/acme", "github.com/a*"] {
            let (reasons, keep) = reasons("github.com/acme/a", list, &[], &[]);
            assert!(matches!(reasons.first(), Some(PrivateReason::Listed { .. })) && keep, "{list}: {reasons:?}");
        }
    }

    #[test]
    fn public_modules_stay_public() {
        for (path, main) in [
            ("golang.org/x/text", "github.com/acme/app"),
            ("github.com/prometheus/common", "github.com/prometheus/prometheus"),
            ("k8s.io/api", "k8s.io/kubernetes"),
            ("gopkg.in/yaml.v3", "gitlab.com/a/b"),
            ("github.com/acne/x", "github.com/beta/x"),
        ] {
            assert!(!reasons(path, "github.com/acme", &[main], &[]).1, "{path}");
        }
    }

    #[test]
    fn weak_reasons_add_up() {
        let (found, keep) = reasons("gitlab.acme.io/team/b", "", &["gitlab.acme.io/team/a"], &[]);
        assert_eq!(
            found,
            [PrivateReason::Host(HostKind::GitServer { label: "gitlab".into() }), PrivateReason::SameHost]
        );
        assert!(keep);
        assert!(!reasons("gitlab.acme.io/team/b", "", &["github.com/acme/a"], &[]).1);
        let (found, keep) = reasons("github.com/acme/b", "", &[], &["git@github.com:acme/a.git"]);
        assert_eq!(found, [PrivateReason::SameOrganisation { prefix: "github.com/acme".into() }]);
        assert!(!keep);
    }

    #[test]
    fn known_modules_are_public_unless_listed() {
        let known = |patterns: &[(&str, &str)]| {
            looks_private("example.com/x", &PrivacyHints { patterns, known_public: true, ..Default::default() })
                .keep_in_house
        };
        assert!(!known(&[]));
        assert!(known(&[("GONOSUMDB", "example.com")]));
    }

    #[test]
    fn remotes() {
        for (remote, expected) in [
            ("git@github.com:acme/a.git", Some("github.com/acme/a")),
            ("https://user:token@Git.acme.com:8443/team/a", Some("git.acme.com/team/a")),
            ("ssh://git@git.acme.com:2222/team/a.git", Some("git.acme.com/team/a")),
            ("/srv/git/a.git", None),
            ("../a", None),
            ("file:///srv/a", None),
        ] {
            assert_eq!(remote_path(remote).as_deref(), expected, "{remote}");
        }
    }

    #[test]
    fn no_login_in_a_reason() {
        let (reasons, _) = reasons("github.com/acme/a", "https://S3cr3t@github.com/acme", &[], &[]);
        assert!(!format!("{reasons:?}").contains("S3cr3t"), "{reasons:?}");
    }

    #[test]
    fn distances() {
        for (a, b, expected) in [
            ("acme", "acme", 0),
            ("acme", "acne", 1),
            ("crop", "corp", 1),
            ("acme", "acmes", 1),
            ("a", "abcd", usize::MAX),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
