//! NO_PROXY, as Go and as curl read it.

use std::net::IpAddr;

use super::address::{Target, ascii};

#[derive(Debug, PartialEq, Eq)]
enum Rule<'a> {
    Everything,
    Network {
        address: IpAddr,
        bits: u32,
    },
    Address {
        address: IpAddr,
        port: Option<&'a str>,
    },
    /// `name` begins with a dot; `itself` says whether the name without it matches too.
    Domain {
        name: String,
        itself: bool,
        port: Option<&'a str>,
    },
}

/// The entries of a NO_PROXY list that can match anything.
#[derive(Debug)]
pub(super) struct Exceptions<'a> {
    rules: Vec<(&'a str, Rule<'a>)>,
}

impl<'a> Exceptions<'a> {
    /// Go: parted at commas; `*`, addresses, networks, `name`, `.name`, `*.name`, each but networks
    /// with an optional port. Entries that are malformed match nothing.
    pub(super) fn as_go(list: &'a str) -> Self {
        let mut rules = Vec::new();
        for entry in list.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            if entry == "*" {
                return Self { rules: vec![(entry, Rule::Everything)] };
            }
            if let Some(rule) = go_rule(entry) {
                rules.push((entry, rule));
            }
        }
        Self { rules }
    }

    /// curl 7.86 and later (networks of IPv6 since 8): parted at commas and blanks; a lone `*`, addresses, networks, and names
    /// (with or without a leading dot) that match themselves and what is below. No ports, and no
    /// `*.name`.
    pub(super) fn as_curl(list: &'a str) -> Self {
        let entries = list.split([',', ' ', '\t']).filter(|entry| !entry.is_empty());
        let rules = entries.filter_map(|entry| Some((entry, curl_rule(entry, list)?))).collect();
        Self { rules }
    }

    /// The first entry that matches `target`, as written.
    pub(super) fn find(&self, target: &Target) -> Option<&'a str> {
        let ip = target.ip();
        let host = target.host.trim().to_lowercase();
        self.rules.iter().find(|(_, rule)| rule.matches(&host, &target.port, ip)).map(|(entry, _)| *entry)
    }
}

impl Rule<'_> {
    fn matches(&self, host: &str, port: &str, ip: Option<IpAddr>) -> bool {
        let same_port = |wanted: &Option<&str>| wanted.is_none_or(|wanted| wanted == port);
        match (self, ip) {
            (Self::Everything, _) => true,
            (Self::Network { address, bits }, Some(ip)) => contains(*address, *bits, ip),
            (Self::Address { address, port: wanted }, Some(ip)) => {
                address.to_canonical() == ip.to_canonical() && same_port(wanted)
            }
            (Self::Domain { name, itself, port: wanted }, None) => {
                let matches = host.ends_with(name.as_str()) || (*itself && name.strip_prefix('.') == Some(host));
                matches && same_port(wanted)
            }
            _ => false,
        }
    }
}

fn go_rule(entry: &str) -> Option<Rule<'_>> {
    if let Some(network) = network(entry) {
        return Some(network);
    }
    let (host, port) = split_port(entry);
    let host =
        if port.is_some() { host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host) } else { host };
    if host.is_empty() {
        return None;
    }
    if let Ok(address) = host.parse() {
        return Some(Rule::Address { address, port: port.filter(|port| !port.is_empty()) });
    }
    let host = host.strip_prefix('*').filter(|rest| rest.starts_with('.')).unwrap_or(host).to_lowercase();
    let itself = !host.starts_with('.');
    let name = ascii(&if itself { format!(".{host}") } else { host });
    Some(Rule::Domain { name, itself, port: port.filter(|port| !port.is_empty()) })
}

fn curl_rule<'a>(entry: &'a str, list: &str) -> Option<Rule<'a>> {
    if entry == "*" {
        return (list.trim() == "*").then_some(Rule::Everything);
    }
    match network(entry) {
        // curl takes no bits for all bits.
        Some(Rule::Network { address, bits: 0 }) => return Some(Rule::Address { address, port: None }),
        Some(network) => return Some(network),
        None => {}
    }
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(entry);
    if let Ok(address) = bare.parse() {
        return Some(Rule::Address { address, port: None });
    }
    let name = entry.strip_prefix('.').unwrap_or(entry);
    let name = name.strip_suffix('.').unwrap_or(name);
    (!name.is_empty()).then(|| Rule::Domain { name: format!(".{}", name.to_lowercase()), itself: true, port: None })
}

/// `address/bits`, with no more bits than the address has.
fn network(entry: &str) -> Option<Rule<'static>> {
    let (address, bits) = entry.split_once('/')?;
    let address: IpAddr = address.parse().ok()?;
    let all_digits = !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit());
    let bits: u32 = bits.parse().ok().filter(|_| all_digits)?;
    (bits <= if address.is_ipv4() { 32 } else { 128 }).then_some(Rule::Network { address, bits })
}

fn contains(network: IpAddr, bits: u32, ip: IpAddr) -> bool {
    match (network.to_canonical(), ip.to_canonical()) {
        (IpAddr::V4(network), IpAddr::V4(ip)) => {
            (network.to_bits() ^ ip.to_bits()).checked_shr(32 - bits.min(32)).unwrap_or(0) == 0
        }
        (IpAddr::V6(network), IpAddr::V6(ip)) => {
            (network.to_bits() ^ ip.to_bits()).checked_shr(128 - bits.min(128)).unwrap_or(0) == 0
        }
        _ => false,
    }
}

/// Parts `host:port` and `[host]:port`; an entry with two or more colons outside brackets has no
/// port.
fn split_port(entry: &str) -> (&str, Option<&str>) {
    match entry.rsplit_once(':') {
        Some((host, port)) if host.ends_with(']') || !host.contains(':') => (host, Some(port)),
        _ => (entry, None),
    }
}
