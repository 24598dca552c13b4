//! The GOPROXY list.
//!
//! Parsed as `proxyList` of the go command does (Go 1.21 to 1.27): commas and bars separate
//! entries, `off` and `direct` end the list, a missing scheme becomes https, and one malformed
//! entry spoils the whole list at the first lookup of a module.

mod candidate;
mod mirrors;
mod problem;
mod proxy_url;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::platform::Os;
pub use candidate::{Candidate, NotMeasurable};
pub use mirrors::{Region, mirrors};
pub use problem::{GoproxyError, GoproxyProblem};
pub use proxy_url::{HostSuspicion, ProxyUrl, RequestRefusal};

/// When the entry after this one is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fallback {
    /// A comma follows: only if the module does not exist here (404, 410, "not found").
    NotExist,
    /// A bar follows: after any error.
    AnyError,
    /// Nothing follows.
    None,
}

/// Where an entry sends go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provider {
    /// A module proxy.
    Proxy(ProxyUrl),
    /// The version control system that the module path names.
    Direct,
    /// Nowhere: `module lookup disabled by GOPROXY=off`.
    Off,
    /// The element that go puts before the list where GONOPROXY is set: modules that GONOPROXY
    /// matches are fetched as by `direct`, for others it counts as "does not exist".
    NoProxy,
}

/// One element of the list that go walks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Where it sends go.
    pub provider: Provider,
    /// When the next one is asked.
    pub fallback: Fallback,
    /// Its place in the value as written, from 0, empty items counted; none for [`Provider::NoProxy`].
    pub position: Option<usize>,
}

/// An item after `direct` or `off`, which go never reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ignored {
    /// Its place in the value as written, from 0, empty items counted.
    pub position: usize,
    /// The item, trimmed, without its user part.
    pub written: String,
}

/// The list that go walks for each module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProviderList {
    /// In the order of asking, at least one.
    pub entries: Vec<Entry>,
    /// What stands after `direct` or `off`.
    pub ignored: Vec<Ignored>,
}

/// Parses GOPROXY. `gonoproxy` is the effective GONOPROXY, which falls back to GOPRIVATE; the system
/// decides what an absolute path looks like.
///
/// # Errors
/// The first malformed item, as go reports it for the first module that it looks up.
pub fn parse(goproxy: &str, gonoproxy: &str, os: Os) -> Result<ProviderList, GoproxyError> {
    let mut list = ProviderList { entries: Vec::new(), ignored: Vec::new() };
    if !gonoproxy.is_empty() && goproxy != "direct" {
        list.entries.push(Entry { provider: Provider::NoProxy, fallback: Fallback::NotExist, position: None });
    }
    let mut ended = false;
    let mut rest = Some(goproxy);
    let mut position = 0;
    while let Some(text) = rest {
        let (item, fallback) = match text.find([',', '|']) {
            Some(at) => {
                rest = text.get(at + 1..);
                let fallback = if text[at..].starts_with('|') { Fallback::AnyError } else { Fallback::NotExist };
                (&text[..at], fallback)
            }
            None => {
                rest = None;
                (text, Fallback::None)
            }
        };
        let item = item.trim();
        if item.is_empty() {
            // As in go, two separators in a row are no entry.
        } else if ended {
            list.ignored.push(Ignored { position, written: proxy_url::redacted_item(item) });
        } else {
            ended = matches!(item, "off" | "direct");
            let provider = match item {
                "off" => Provider::Off,
                "direct" => Provider::Direct,
                _ => Provider::Proxy(ProxyUrl::parse(item, os).map_err(|problem| GoproxyError {
                    position: Some(position),
                    written: proxy_url::redacted_item(item),
                    problem: match rest {
                        Some(rest) if rest.contains('@') => problem.without_cut_off_password(),
                        _ => problem,
                    },
                })?),
            };
            list.entries.push(Entry { provider, fallback, position: Some(position) });
        }
        position += 1;
    }
    if list.entries.iter().all(|entry| entry.provider == Provider::NoProxy) {
        return Err(GoproxyError { position: None, written: String::new(), problem: GoproxyProblem::NoEntries });
    }
    if let Some(last) = list.entries.last_mut() {
        last.fallback = Fallback::None;
    }
    Ok(list)
}

/// The value without any user part, for showing it.
#[must_use]
pub fn redacted(goproxy: &str) -> String {
    let mut out = String::with_capacity(goproxy.len());
    for piece in goproxy.split_inclusive([',', '|']) {
        let (item, separator) = match piece.strip_suffix([',', '|']) {
            Some(item) => (item, piece.get(item.len()..).unwrap_or_default()),
            None => (piece, ""),
        };
        out.push_str(&proxy_url::redacted_item(item));
        out.push_str(separator);
    }
    out
}

impl ProviderList {
    /// The module proxies, in order.
    pub fn proxies(&self) -> impl Iterator<Item = &ProxyUrl> {
        self.entries.iter().filter_map(|entry| match &entry.provider {
            Provider::Proxy(url) => Some(url),
            _ => None,
        })
    }

    /// Whether the list is one `file://` URL only: go then trusts it for toolchains without the
    /// checksum database.
    #[must_use]
    pub fn is_single_file(&self) -> bool {
        matches!(self.entries.as_slice(), [Entry { provider: Provider::Proxy(url), .. }] if url.is_file())
    }
}

#[cfg(test)]
mod tests;
