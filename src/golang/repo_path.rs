//! From an import path to a repository, where go needs no network for it (cmd/go/internal/vcs).
//!
//! A few hosts have fixed rules, and a `.git` or the like in the path says it all. Every other path
//! is looked up on the host itself: see [`super::vanity`].

use std::fmt;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::go_version::GoVersion;
use super::module_path::has_path_prefix;
use super::quote::quote;

/// The version control systems that go can run, and `mod`, which is a module proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Vcs {
    /// Git.
    Git,
    /// Mercurial.
    Hg,
    /// Subversion.
    Svn,
    /// Fossil.
    Fossil,
    /// Bazaar; go 1.27 no longer knows it.
    Bzr,
    /// No version control: a go-import tag names a module proxy.
    Mod,
}

impl Vcs {
    /// The name that go has for it, which is that of its command.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Git => "git",
            Self::Hg => "hg",
            Self::Svn => "svn",
            Self::Fossil => "fossil",
            Self::Bzr => "bzr",
            Self::Mod => "mod",
        }
    }

    /// The system of that name, if the go version knows it. `mod` is none in this sense.
    #[must_use]
    pub fn by_name(name: &str, go: &GoVersion) -> Option<Self> {
        known(go).iter().copied().find(|vcs| vcs.name() == name)
    }

    /// The URL schemes that go tries, in its order. `insecure` is whether GOINSECURE matches;
    /// `git_allow_protocol` is the value of GIT_ALLOW_PROTOCOL, which decides for git if it is not
    /// empty.
    #[must_use]
    pub fn schemes(self, insecure: bool, git_allow_protocol: &str) -> Vec<&'static str> {
        let all: &[&str] = match self {
            Self::Git => &["git", "https", "http", "git+ssh", "ssh"],
            Self::Hg => &["https", "http", "ssh"],
            Self::Svn => &["https", "http", "svn", "svn+ssh"],
            Self::Fossil => &["https", "http"],
            Self::Bzr => &["https", "http", "bzr", "bzr+ssh"],
            Self::Mod => &[],
        };
        let is_secure = |scheme: &str| {
            if self == Self::Git && !git_allow_protocol.is_empty() {
                git_allow_protocol.split(':').any(|allowed| allowed == scheme)
            } else {
                matches!(scheme, "https" | "git+ssh" | "bzr+ssh" | "svn+ssh" | "ssh")
            }
        };
        all.iter().copied().filter(|scheme| insecure || is_secure(scheme)).collect()
    }

    /// Whether go asks the server which of the schemes works; else it takes the first.
    #[must_use]
    pub const fn is_probed(self) -> bool {
        !matches!(self, Self::Fossil | Self::Mod)
    }
}

impl fmt::Display for Vcs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The systems that a go version knows, in its order.
fn known(go: &GoVersion) -> &'static [Vcs] {
    const ALL: [Vcs; 5] = [Vcs::Hg, Vcs::Git, Vcs::Svn, Vcs::Fossil, Vcs::Bzr];
    if go.is_at_least(27) { &ALL[..4] } else { &ALL }
}

/// Where a module's or package's repository is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum RepoPath {
    /// A host with fixed rules.
    Host {
        /// The part of the path that names the repository.
        root: String,
        /// The version control system.
        vcs: Vcs,
        /// The URL.
        url: String,
    },
    /// A version control suffix in the path: the scheme of the URL is still to be found.
    Suffix {
        /// The part of the path that names the repository, with the suffix.
        root: String,
        /// The version control system.
        vcs: Vcs,
        /// The URL without scheme and without the suffix: go 1.21 to 1.27 ask for `repo`, not `repo.git`.
        repo: String,
    },
    /// The host must be asked.
    Vanity,
    /// The host must be asked; if it does not answer as it should, go takes this (launchpad.net up to
    /// Go 1.26; it may shorten the root by a series).
    VanityOr {
        /// The part of the path that names the branch.
        root: String,
        /// The URL.
        url: String,
    },
}

/// A path that go refuses without asking anybody; the text is go's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum RepoPathError {
    /// The path has not the form that the host's paths have, such as `github.com/acme`.
    #[error("invalid {host} import path {}", quote(path))]
    HostPath {
        /// The host (for one of them with its first element).
        host: String,
        /// The path.
        path: String,
    },
    /// A repository name with `.git` or the like on a host whose paths have none.
    #[error("invalid version control suffix in {host}/ path")]
    VcsSuffix {
        /// The host.
        host: String,
    },
    /// The path begins with `http:` or `https:`.
    #[error("{} not allowed in import path", quote(&format!("{scheme}//")))]
    Scheme {
        /// The scheme with its colon.
        scheme: String,
    },
    /// `example.net`, which go never asks.
    #[error("no modules on example.net")]
    ExampleNet,
    /// `rsc.io` alone, which go never asks.
    #[error("rsc.io is not a module")]
    RscIo,
    /// A suffix of a system that this go does not know.
    #[error("unknown version control system {}", quote(name))]
    UnknownVcs {
        /// The suffix.
        name: String,
    },
}

struct HostRule {
    /// What the path begins with.
    prefix: &'static str,
    pattern: &'static str,
    vcs: Vcs,
    refuses_suffix: bool,
}

const HOST_RULES: [HostRule; 6] = [
    HostRule {
        prefix: "github.com",
        pattern: r"^(?P<root>github\.com/[0-9A-Za-z_.\-]+/[0-9A-Za-z_.\-]+)(/[0-9A-Za-z_.\-]+)*$",
        vcs: Vcs::Git,
        refuses_suffix: true,
    },
    HostRule {
        prefix: "bitbucket.org",
        pattern: r"^(?P<root>bitbucket\.org/[0-9A-Za-z_.\-]+/[0-9A-Za-z_.\-]+)(/[0-9A-Za-z_.\-]+)*$",
        vcs: Vcs::Git,
        refuses_suffix: true,
    },
    HostRule {
        prefix: "hub.jazz.net/git",
        pattern: r"^(?P<root>hub\.jazz\.net/git/[a-z0-9]+/[0-9A-Za-z_.\-]+)(/[0-9A-Za-z_.\-]+)*$",
        vcs: Vcs::Git,
        refuses_suffix: true,
    },
    HostRule {
        prefix: "git.apache.org",
        pattern: r"^(?P<root>git\.apache\.org/[a-z0-9_.\-]+\.git)(/[0-9A-Za-z_.\-]+)*$",
        vcs: Vcs::Git,
        refuses_suffix: false,
    },
    HostRule {
        prefix: "git.openstack.org",
        pattern: r"^(?P<root>git\.openstack\.org/[0-9A-Za-z_.\-]+/[0-9A-Za-z_.\-]+)(\.git)?(/[0-9A-Za-z_.\-]+)*$",
        vcs: Vcs::Git,
        refuses_suffix: false,
    },
    HostRule {
        prefix: "chiselapp.com",
        pattern: r"^(?P<root>chiselapp\.com/user/[A-Za-z0-9]+/repository/[0-9A-Za-z_.\-]+)$",
        vcs: Vcs::Fossil,
        refuses_suffix: false,
    },
];

/// Any host, with a suffix somewhere. Go does not anchor it at the beginning.
const SUFFIX: &str = r"(?P<root>(?P<repo>([a-z0-9.\-]+\.)+[a-z0-9.\-]+(:[0-9]+)?(/~?[0-9A-Za-z_.\-]+)+?)\.(?P<vcs>bzr|fossil|git|hg|svn))(/~?[0-9A-Za-z_.\-]+)*$";
/// As above, without Bazaar: since Go 1.27.
const SUFFIX_27: &str = r"(?P<root>(?P<repo>([a-z0-9.\-]+\.)+[a-z0-9.\-]+(:[0-9]+)?(/~?[0-9A-Za-z_.\-]+)+?)\.(?P<vcs>fossil|git|hg|svn))(/~?[0-9A-Za-z_.\-]+)*$";
const LAUNCHPAD: &str = r"^(?P<root>launchpad\.net/(([0-9A-Za-z_.\-]+)(/[0-9A-Za-z_.\-]+)?|~[0-9A-Za-z_.\-]+/(\+junk|[0-9A-Za-z_.\-]+)/[0-9A-Za-z_.\-]+))(/[0-9A-Za-z_.\-]+)*$";

static HOST_PATTERNS: LazyLock<Vec<Option<Regex>>> =
    LazyLock::new(|| HOST_RULES.iter().map(|rule| Regex::new(rule.pattern).ok()).collect());
static SUFFIX_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(SUFFIX).ok());
static SUFFIX_27_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(SUFFIX_27).ok());
static LAUNCHPAD_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(LAUNCHPAD).ok());

fn group(captures: &Captures<'_>, name: &str) -> String {
    captures.name(name).map(|found| found.as_str().to_owned()).unwrap_or_default()
}

fn find<'t>(pattern: &LazyLock<Option<Regex>>, text: &'t str) -> Option<Captures<'t>> {
    pattern.as_ref().and_then(|pattern| pattern.captures(text))
}

/// Where the repository of an import path is, as far as go knows without asking.
///
/// # Errors
///
/// [`RepoPathError`] where go gives up without asking.
pub fn repo_path(path: &str, go: &GoVersion) -> Result<RepoPath, RepoPathError> {
    if has_path_prefix(path, "example.net") {
        return Err(RepoPathError::ExampleNet);
    }
    if path == "rsc.io" {
        return Err(RepoPathError::RscIo);
    }
    if let Some(scheme) = ["http:", "https:"].into_iter().find(|scheme| path.starts_with(scheme)) {
        return Err(RepoPathError::Scheme { scheme: scheme.to_owned() });
    }
    for (rule, pattern) in HOST_RULES.iter().zip(HOST_PATTERNS.iter()) {
        if has_path_prefix(path, rule.prefix) {
            return by_host(path, rule, pattern.as_ref(), go);
        }
    }
    let suffix = if go.is_at_least(27) { &SUFFIX_27_PATTERN } else { &SUFFIX_PATTERN };
    if let Some(captures) = find(suffix, path) {
        let name = group(&captures, "vcs");
        let Some(vcs) = Vcs::by_name(&name, go) else {
            return Err(RepoPathError::UnknownVcs { name });
        };
        return Ok(RepoPath::Suffix { root: group(&captures, "root"), vcs, repo: group(&captures, "repo") });
    }
    if !go.is_at_least(27)
        && has_path_prefix(path, "launchpad.net")
        && let Some(captures) = find(&LAUNCHPAD_PATTERN, path)
    {
        let root = group(&captures, "root");
        return Ok(RepoPath::VanityOr { url: format!("https://{root}"), root });
    }
    Ok(RepoPath::Vanity)
}

fn by_host(path: &str, rule: &HostRule, pattern: Option<&Regex>, go: &GoVersion) -> Result<RepoPath, RepoPathError> {
    let host = rule.prefix.to_owned();
    let Some(captures) = pattern.and_then(|pattern| pattern.captures(path)) else {
        return Err(RepoPathError::HostPath { host, path: path.to_owned() });
    };
    let root = group(&captures, "root");
    let has_suffix = |vcs: &Vcs| root.strip_suffix(vcs.name()).is_some_and(|stem| stem.ends_with('.'));
    if rule.refuses_suffix && known(go).iter().any(has_suffix) {
        return Err(RepoPathError::VcsSuffix { host });
    }
    Ok(RepoPath::Host { url: format!("https://{root}"), root, vcs: rule.vcs })
}

#[cfg(test)]
mod tests;
