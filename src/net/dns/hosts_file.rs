//! The hosts file as go reads it (net/hosts.go).

use std::collections::HashMap;
use std::net::IpAddr;
use std::path::Path;

use crate::net::read::read_capped;

/// More than this of a hosts file is not read.
const MAX_BYTES: u64 = 4 << 20;

/// Names and their addresses, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostsFile {
    names: HashMap<String, Vec<IpAddr>>,
}

impl HostsFile {
    /// Reads the file; one that cannot be read knows no name.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        read_capped(path, MAX_BYTES)
            .map_or_else(|_| Self::default(), |text| Self::parse(&String::from_utf8_lossy(&text)))
    }

    /// Lines of an address and names; `#` begins a comment, a line without a valid address is
    /// nothing, case and a final dot do not matter.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut names: HashMap<String, Vec<IpAddr>> = HashMap::new();
        for line in text.lines() {
            let mut fields = line.split('#').next().unwrap_or_default().split_whitespace();
            let Some(address) = fields.next().and_then(address) else { continue };
            for name in fields {
                names.entry(canonical(name)).or_default().push(address);
            }
        }
        Self { names }
    }

    /// The addresses of a name.
    #[must_use]
    pub fn addresses(&self, name: &str) -> Option<Vec<IpAddr>> {
        self.names.get(&canonical(name)).cloned()
    }
}

/// A zone (`fe80::1%lo`) is no part of what one connects to here.
fn address(field: &str) -> Option<IpAddr> {
    field.split('%').next().and_then(|address| address.parse().ok())
}

fn canonical(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_go_finds_them() {
        let hosts = HostsFile::parse(
            "# comment\n127.0.0.1\tlocalhost Proxy.Corp. # x\nnonsense a\n::1 localhost\nfe80::1%lo0 link\n127.0.0.2",
        );
        let addresses =
            |name: &str| hosts.addresses(name).map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(addresses("LOCALHOST"), Some(vec!["127.0.0.1".into(), "::1".into()]));
        assert_eq!(addresses("proxy.corp"), Some(vec!["127.0.0.1".into()]));
        assert_eq!(addresses("link."), Some(vec!["fe80::1".into()]));
        assert_eq!(addresses("a"), None);
        assert_eq!(addresses("x"), None);
    }
}
