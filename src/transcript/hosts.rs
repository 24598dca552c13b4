//! The hosts of which a log complains.

use super::kept::Kept;
use super::named::{MAX_NAME, named};
use crate::catalog::messages::Message;
use crate::facts::transcript::{Host, HostRole};
use crate::foreign::redact;
use crate::golang::go_url::written_host;
use crate::golang::http_proxy::Target;
use crate::golang::request_url::{Asked, asked};
use crate::model::Foreign;

impl Kept<Host> {
    /// Adds the host that a message names.
    pub(super) fn add_of(&mut self, message: &Message<'_>, line: usize) {
        if let Some(url) = named(message, "url").map(redact) {
            let url = &*url;
            let Some(target) = Target::parse(url).filter(|target| !target.host.is_empty()) else { return };
            let name = written_host(url).unwrap_or(&target.host);
            let host = Host { host: Foreign::capped(name, MAX_NAME), role: role(url) };
            self.add(host, line);
        } else if let Some(name) = named(message, "host") {
            // A name that failed to resolve stands behind its URL: the URL says more.
            let known = self.items.iter().any(|known| bare(known.what.host.as_str()) == name);
            if !known {
                self.add(Host { host: Foreign::capped(name, MAX_NAME), role: HostRole::Other }, line);
            }
        }
    }
}

fn bare(host: &str) -> &str {
    host.rsplit_once(':').map_or(host, |(host, _)| host)
}

/// What a host is there for, by what its URL asks for. A module proxy passes a checksum database on.
fn role(url: &str) -> HostRole {
    match asked(url) {
        Some(Asked::ModuleProxy(_)) => HostRole::ModuleProxy,
        Some(Asked::ChecksumDatabase(_)) if url.contains("/sumdb/") => HostRole::ModuleProxy,
        Some(Asked::ChecksumDatabase(_)) => HostRole::ChecksumDatabase,
        Some(Asked::VanityPage(_)) | None => HostRole::Other,
    }
}
