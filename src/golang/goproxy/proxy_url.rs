//! The URL of a module proxy.

use std::fmt;

use serde::{Serialize, Serializer};

use super::GoproxyProblem;
use crate::foreign::redact;
use crate::golang::file_path::is_abs;
use crate::golang::go_url::{GoUrl, UrlProblem, UserInfo};
use crate::golang::platform::Os;

/// The URL of a module proxy, accepted by go. Its user part and the secrets of its query are never
/// displayed nor serialised.
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyUrl {
    url: Box<GoUrl>,
    scheme_added: bool,
}

/// Why go will refuse to send any request to a URL that it accepted. Displayed in Go's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RequestRefusal {
    /// `https:/host` or `https://`: there is no host.
    #[error("http: no Host in request URL")]
    NoHost,
    /// A user part in an http URL.
    #[error("refusing to pass credentials to insecure URL")]
    CredentialsOverHttp,
}

/// Something about the host that was hardly meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HostSuspicion {
    /// A semicolon in it: `https://a;direct`. Entries are separated by commas or bars.
    WrongSeparator,
    /// The host is `http` or `https`: the colon after the scheme is missing.
    SchemeAsHost,
    /// `<…>`: a placeholder of some documentation.
    Placeholder,
}

impl ProxyUrl {
    /// Parses one item, trimmed already and neither `direct` nor `off`.
    pub(super) fn parse(item: &str, os: Os) -> Result<Self, GoproxyProblem> {
        let scheme_added = item.contains(['.', ':', '/']) && !item.contains(":/") && !is_absolute(item, os);
        let text = if scheme_added { format!("https://{item}") } else { item.to_owned() };
        let url = GoUrl::parse(&text).map_err(|problem| GoproxyProblem::Url {
            url: redacted_text(text.split('#').next().unwrap_or(&text)),
            problem,
        })?;
        let shown = || redacted_text(&url.redacted());
        match url.scheme.as_str() {
            "http" | "https" => {}
            "file" => {
                let plain = GoUrl {
                    scheme: url.scheme.clone(),
                    path: url.path.clone(),
                    raw_path: url.raw_path.clone(),
                    ..GoUrl::default()
                };
                if url != plain {
                    return Err(GoproxyProblem::FileWithNonPath { url: shown() });
                }
            }
            "" => return Err(GoproxyProblem::MissingScheme { url: shown() }),
            scheme => return Err(GoproxyProblem::Scheme { scheme: scheme.to_owned(), url: shown() }),
        }
        Ok(Self { url: Box::new(url), scheme_added })
    }

    /// Its parts. Showing a part is the caller's care.
    #[must_use]
    pub fn url(&self) -> &GoUrl {
        &self.url
    }

    /// Whether go put `https://` before the item.
    #[must_use]
    pub fn scheme_was_added(&self) -> bool {
        self.scheme_added
    }

    /// Whether it names a folder of this machine.
    #[must_use]
    pub fn is_file(&self) -> bool {
        self.url.scheme == "file"
    }

    /// The host as go dials it, without port and brackets; empty for a file URL.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.hostname()
    }

    /// The port, given or implied by the scheme. None for a file URL, or a number beyond 65535.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        match (self.url.port(), self.url.scheme.as_str()) {
            (Some(port), "http" | "https") => port.parse().ok(),
            (None, "http") => Some(80),
            (None, "https") => Some(443),
            _ => None,
        }
    }

    /// The credentials in the URL itself.
    #[must_use]
    pub fn user(&self) -> Option<&UserInfo> {
        self.url.user.as_ref()
    }

    /// The folder of a file URL, in the system's own spelling.
    #[must_use]
    pub fn file_path(&self, os: Os) -> Option<String> {
        if !self.is_file() {
            return None;
        }
        if os != Os::Windows {
            return Some(self.url.path.clone());
        }
        let path = self.url.path.strip_prefix('/').unwrap_or(&self.url.path);
        Some(path.replace('/', "\\"))
    }

    /// Why go will not send a request there, if it will not.
    #[must_use]
    pub fn refusal(&self) -> Option<RequestRefusal> {
        if self.is_file() {
            None
        } else if self.url.scheme == "http" && self.url.user.is_some() {
            Some(RequestRefusal::CredentialsOverHttp)
        } else if self.url.host.is_empty() {
            Some(RequestRefusal::NoHost)
        } else {
            None
        }
    }

    /// Whether the host was hardly meant.
    #[must_use]
    pub fn suspicion(&self) -> Option<HostSuspicion> {
        let host = self.host();
        if host.contains(';') {
            Some(HostSuspicion::WrongSeparator)
        } else if matches!(host, "http" | "https") {
            Some(HostSuspicion::SchemeAsHost)
        } else if host.contains(['<', '>']) {
            Some(HostSuspicion::Placeholder)
        } else {
            None
        }
    }

    /// The URL of a request, without user part: `module` is the escaped module path, `file` what
    /// follows it (`@v/list`, `@v/v1.0.0.zip`, `@latest`).
    #[must_use]
    pub fn request(&self, module: &str, file: &str) -> String {
        self.url.with_module(module, file).without_user()
    }

    /// The URL below which the proxy passes requests on to the checksum database `name`.
    #[must_use]
    pub fn checksum_database(&self, name: &str) -> String {
        self.url.with_module("sumdb", name).without_user()
    }

    /// The URL for showing it.
    #[must_use]
    pub fn redacted(&self) -> String {
        redact(&self.url.redacted()).into_owned()
    }
}

impl fmt::Display for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.redacted())
    }
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProxyUrl({})", self.redacted())
    }
}

impl Serialize for ProxyUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.redacted())
    }
}

/// An item of the list without its user part, whether it parses or not. What looks like a user part
/// cut off by a comma in its password goes too.
pub(super) fn redacted_item(item: &str) -> String {
    // What is stored is redacted again when it is read, and must not change by that.
    let once = redacted_once(item);
    let twice = redacted_once(&once);
    if once == twice { once } else { twice }
}

fn redacted_once(item: &str) -> String {
    let shown = redacted_text(item);
    match item.split_once("://") {
        Some((scheme, rest)) if shown == item && looks_like_a_user(rest) => format!("{scheme}://REDACTED"),
        _ => shown,
    }
}

/// A text that is more or less a URL, without its user part.
fn redacted_text(text: &str) -> String {
    match text.rsplit_once('@') {
        // Without a scheme go puts https:// before it, so that `user:password@host` is one too.
        Some((_, host)) if !text.contains("://") => format!("REDACTED@{}", redact(host)),
        _ => redact(text).into_owned(),
    }
}

fn looks_like_a_user(rest: &str) -> bool {
    let authority = rest.split('/').next().unwrap_or_default();
    !authority.starts_with('[')
        && authority.split_once(':').is_some_and(|(_, port)| !port.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

impl GoproxyProblem {
    /// The problem without what may be the beginning of a password, for an item that a comma in the
    /// password cut off.
    pub(super) fn without_cut_off_password(self) -> Self {
        match self {
            Self::Url { url, problem: UrlProblem::Port(_) } => {
                Self::Url { url: redacted_item(&url), problem: UrlProblem::Port(":REDACTED".to_owned()) }
            }
            problem => problem,
        }
    }
}

/// `filepath.IsAbs` of the system or `path.IsAbs`.
fn is_absolute(item: &str, os: Os) -> bool {
    item.starts_with('/') || is_abs(os, item)
}
