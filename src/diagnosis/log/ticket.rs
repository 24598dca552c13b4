//! What a ticket shows beside its failures: settings, the HTTP proxy, the release of Go.

use crate::facts::transcript::{Mention, Release, TranscriptFacts};
use crate::golang::http_proxy::ProxyAddress;

/// The first value of a variable that the ticket shows.
pub(super) fn setting<'a>(log: &'a TranscriptFacts, name: &str) -> Option<&'a str> {
    log.variables.iter().find(|mention| mention.what.name == name).map(|mention| mention.what.value.as_str())
}

/// The lists of private modules that the ticket shows, by name.
pub(super) fn private_lists(log: &TranscriptFacts) -> impl Iterator<Item = (&str, &str)> {
    ["GOPRIVATE", "GONOPROXY", "GONOSUMDB"].into_iter().filter_map(|name| {
        let list = setting(log, name).filter(|list| !list.is_empty())?;
        Some((name, list))
    })
}

/// The list that decides whether a module is asked for at a module proxy or at the checksum database: each has
/// one of its own, and GOPRIVATE counts where that is not set (Go 1.13).
pub(super) fn private_list(log: &TranscriptFacts, database: bool) -> Option<(&'static str, &str)> {
    let own = if database { "GONOSUMDB" } else { "GONOPROXY" };
    [own, "GOPRIVATE"].into_iter().find_map(|name| Some((name, setting(log, name).filter(|list| !list.is_empty())?)))
}

/// The HTTP proxy that the ticket's environment names, with the variable.
pub(super) fn http_proxy(log: &TranscriptFacts) -> Option<(&str, &str)> {
    ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"].into_iter().find_map(|name| {
        let value = setting(log, name).filter(|value| !value.is_empty())?;
        Some((name, value))
    })
}

/// Whether a host, perhaps with a port, is the HTTP proxy of the ticket.
pub(super) fn is_http_proxy(log: &TranscriptFacts, named: &str) -> bool {
    let Some(proxy) = http_proxy(log).and_then(|(_, value)| ProxyAddress::parse_as_go(value).ok()) else {
        return false;
    };
    match named.rsplit_once(':') {
        Some((host, port)) => proxy.host == host.trim_matches(['[', ']']) && proxy.port == port,
        None => proxy.host == named,
    }
}

/// The release of Go, where the ticket shows but one.
pub(super) fn release(log: &TranscriptFacts) -> Option<&Mention<Release>> {
    let (first, others) = log.releases.split_first()?;
    others.is_empty().then_some(first)
}
