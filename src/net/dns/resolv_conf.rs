//! resolv.conf as go reads it (net/dnsconfig_unix.go, Go 1.21 to 1.27).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use crate::net::read::read_capped;

/// More than this of resolv.conf is not read.
const MAX_BYTES: u64 = 1 << 20;
/// Go takes any number of suffixes; nobody needs to be asked more often than this.
const MAX_SEARCH: usize = 6;

/// Whom go asks, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvConf {
    /// The servers, at most three; this machine where none is named.
    pub servers: Vec<SocketAddr>,
    /// Suffixes to try, each with a final dot.
    pub search: Vec<String>,
    /// A name with at least so many dots is tried as it is first.
    pub ndots: usize,
    /// How long go waits for one answer.
    pub timeout: Duration,
    /// How often go asks each server.
    pub attempts: u32,
    /// Whether go asks over TCP only.
    pub use_tcp: bool,
}

impl Default for ResolvConf {
    fn default() -> Self {
        Self {
            servers: [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)]
                .map(|address| SocketAddr::new(address, 53))
                .to_vec(),
            search: Vec::new(),
            ndots: 1,
            timeout: Duration::from_secs(5),
            attempts: 2,
            use_tcp: false,
        }
    }
}

impl ResolvConf {
    /// Reads the file. Where it cannot be read, go asks this machine itself.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        let text = read_capped(path, MAX_BYTES).unwrap_or_default();
        let host_name = dns_lookup::get_hostname().unwrap_or_default();
        Self::parse(&String::from_utf8_lossy(&text), &host_name)
    }

    /// Parses the text of the file; `host_name` gives the search list where the file has none.
    #[must_use]
    pub fn parse(text: &str, host_name: &str) -> Self {
        let mut conf = Self { servers: Vec::new(), ..Self::default() };
        for line in text.lines().filter(|line| !line.starts_with([';', '#'])) {
            let mut fields = line.split_whitespace();
            match fields.next() {
                Some("nameserver") if conf.servers.len() < 3 => {
                    conf.servers.extend(fields.next().and_then(server));
                }
                Some("domain") => {
                    if let Some(domain) = fields.next() {
                        conf.search = vec![rooted(domain)];
                    }
                }
                Some("search") => {
                    conf.search = fields.map(rooted).filter(|name| name != ".").take(MAX_SEARCH).collect();
                }
                Some("options") => fields.for_each(|option| conf.option(option)),
                _ => {}
            }
        }
        if conf.servers.is_empty() {
            conf.servers = Self::default().servers;
        }
        if conf.search.is_empty()
            && let Some((_, domain)) = host_name.split_once('.').filter(|(_, domain)| !domain.is_empty())
        {
            conf.search = vec![rooted(domain)];
        }
        conf
    }

    fn option(&mut self, option: &str) {
        let number = |text: &str| text.parse::<u32>().unwrap_or(0);
        match option.split_once(':') {
            Some(("ndots", n)) => self.ndots = number(n).min(15) as usize,
            Some(("timeout", n)) => self.timeout = Duration::from_secs(u64::from(number(n).max(1))),
            Some(("attempts", n)) => self.attempts = number(n).max(1),
            None if matches!(option, "use-vc" | "usevc" | "tcp") => self.use_tcp = true,
            _ => {}
        }
    }

    /// The full names that go asks for, in order, until one has an address. Names of Tor's `.onion`
    /// are never asked for (RFC 7686).
    #[must_use]
    pub fn names(&self, host: &str) -> Vec<String> {
        let allowed =
            |name: &String| name.len() <= 254 && !name.trim_end_matches('.').to_ascii_lowercase().ends_with(".onion");
        if host.ends_with('.') {
            return Some(host.to_owned()).filter(allowed).into_iter().collect();
        }
        let as_it_is = rooted(host);
        let with_suffixes = self.search.iter().map(|suffix| format!("{as_it_is}{suffix}"));
        let first = host.matches('.').count() >= self.ndots;
        let mut names: Vec<_> = with_suffixes.collect();
        names.insert(if first { 0 } else { names.len() }, as_it_is);
        names.retain(allowed);
        names
    }
}

/// A server is an address, perhaps with a zone.
fn server(field: &str) -> Option<SocketAddr> {
    field.split('%').next().and_then(|address| address.parse().ok()).map(|address| SocketAddr::new(address, 53))
}

fn rooted(name: &str) -> String {
    if name.ends_with('.') { name.to_owned() } else { format!("{name}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_and_servers_are_read() {
        let conf = ResolvConf::parse(
            "# x\nnameserver 10.0.0.1\nnameserver name.is.no.address\nnameserver ::1\nnameserver 10.0.0.3\nnameserver 10.0.0.4\n\
             search corp.example . lab\noptions ndots:99 timeout:0 attempts:3 use-vc rotate\nunknown x",
            "box.other.example",
        );
        let servers: Vec<_> = conf.servers.iter().map(ToString::to_string).collect();
        assert_eq!(servers, ["10.0.0.1:53", "[::1]:53", "10.0.0.3:53"]);
        assert_eq!(conf.search, ["corp.example.", "lab."]);
        assert_eq!((conf.ndots, conf.timeout, conf.attempts, conf.use_tcp), (15, Duration::from_secs(1), 3, true));
    }

    #[test]
    fn an_empty_file_means_this_machine_and_its_domain() {
        let conf = ResolvConf::parse("", "box.corp.example");
        assert_eq!(conf.servers, ResolvConf::default().servers);
        assert_eq!(conf.search, ["corp.example."]);
        assert_eq!(ResolvConf::parse("", "box").search, [""; 0]);
    }

    #[test]
    fn the_search_list_comes_before_or_after_by_the_dots() {
        let conf = ResolvConf::parse("search a b\noptions ndots:2", "x");
        assert_eq!(conf.names("proxy.corp"), ["proxy.corp.a.", "proxy.corp.b.", "proxy.corp."]);
        assert_eq!(
            conf.names("proxy.corp.example"),
            ["proxy.corp.example.", "proxy.corp.example.a.", "proxy.corp.example.b."]
        );
        assert_eq!(conf.names("proxy."), ["proxy."]);
        assert_eq!(conf.names("x.onion"), ["x.onion.a.", "x.onion.b."]);
    }
}
