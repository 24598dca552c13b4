//! Host names and addresses.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::{Captures, Regex};
use serde_json::Value;

use super::each_text;
use crate::golang::checksum_database::VerifierKey;
use crate::golang::route::{HostKind, host_kind, is_public_checksum_database, is_public_module_host, is_public_proxy};

/// Domains of which every host is everybody's.
const PUBLIC_DOMAINS: [&str; 9] = [
    "golang.org",
    "google.cn",
    "go.dev",
    "googleapis.com",
    "github.com",
    "githubusercontent.com",
    "gitlab.com",
    "bitbucket.org",
    "sigstore.dev",
];
/// Settings that list hosts or paths that begin with one.
const LISTS: [&str; 8] =
    ["GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOVCS", "NO_PROXY", "no_proxy", "GOSUMDB"];
/// Keys under which a text is a host, with a port or without.
const HOST_KEYS: [&str; 6] = ["host", "hosts", "hostname", "names", "machine", "next"];
/// Keys under which a text is a module or import path.
const PATH_KEYS: [&str; 9] =
    ["path", "import", "module", "prefix", "candidates", "declared", "module_path", "target", "item"];
/// Endings of files, which look like top-level domains.
const FILE_ENDINGS: [&str; 8] = ["go", "mod", "sum", "work", "env", "txt", "json", "lock"];

static URL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)\b[a-z][a-z0-9+.-]*://(?:[^\s/@"'<>]*@)?([a-z0-9][a-z0-9._-]*)"#).ok());
static LOGIN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)[a-z0-9._+-]+@([a-z0-9-]+(?:\.[a-z0-9-]+)*)").ok());
static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?i)[a-z0-9_-]+(?:\.[a-z0-9_-]+)+").ok());
static ADDRESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.]*").ok());
static KEY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"([a-zA-Z0-9._-]+)\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+").ok());

/// The hosts of a document and their pseudonyms.
pub(super) struct Hosts {
    /// In the order in which they stand in the document.
    names: Vec<String>,
    pseudonyms: HashMap<String, String>,
    addresses: HashMap<IpAddr, String>,
    search: Option<AhoCorasick>,
}

impl Hosts {
    pub(super) fn of(document: &Value) -> Self {
        let mut found = Found::default();
        each_text(None, document, None, &mut |key, text, owner| {
            let variable = owner.and_then(|owner| owner.get("name").or_else(|| owner.get("variable")));
            let variable = variable.and_then(Value::as_str);
            found.in_text(key, text);
            if key == Some("value") && variable.is_some_and(|variable| LISTS.contains(&variable)) {
                found.in_list(text);
            }
            if let (Some("name"), Some(owner)) = (key, owner)
                && LISTS.contains(&text)
            {
                let shadowed = owner.get("shadowed").and_then(Value::as_array);
                let values = shadowed.into_iter().flatten().filter_map(|setting| setting.get("value")?.as_str());
                values.for_each(|value| found.in_list(value));
            }
        });
        // Others of the same house, wherever they are named.
        let sites: Vec<String> = found.names.iter().map(|name| site(name)).collect();
        each_text(None, document, None, &mut |_, text, _| {
            for name in NAME.iter().flat_map(|regex| regex.find_iter(text)) {
                let name = name.as_str().to_ascii_lowercase();
                if is_host(&name) && sites.contains(&site(&name)) {
                    found.add(&name);
                }
            }
        });
        found.named()
    }

    pub(super) fn replaced(&self, key: Option<&str>, text: &str) -> String {
        let named = self.names_replaced(key, text);
        let named = match ADDRESS.as_ref().filter(|_| !self.addresses.is_empty()) {
            Some(regex) => regex.replace_all(&named, |found: &Captures<'_>| self.address(&found[0])).into_owned(),
            None => named,
        };
        match KEY.as_ref().filter(|_| named != text) {
            Some(regex) => regex.replace_all(&named, |found: &Captures<'_>| with_fitting_hash(found)).into_owned(),
            None => named,
        }
    }

    fn names_replaced(&self, key: Option<&str>, text: &str) -> String {
        let Some(search) = &self.search else { return text.to_owned() };
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for found in search.find_iter(text) {
            let (before, after) = (&text[..found.start()], &text[found.end()..]);
            let whole = before.is_empty() && after.is_empty();
            let name = &text[found.start()..found.end()];
            let stands_alone = !before.ends_with(is_label) && !continues(after);
            let meant = name.contains('.')
                || before.ends_with(['/', '@'])
                || after.strip_prefix(':').is_some_and(|port| port.starts_with(|c: char| c.is_ascii_digit()))
                || (whole && key.is_some_and(|key| HOST_KEYS.contains(&key)));
            let Some(pseudonym) = self.pseudonyms.get(&name.to_ascii_lowercase()) else { continue };
            if !(stands_alone && meant) {
                continue;
            }
            out.push_str(text.get(done..found.start()).unwrap_or_default());
            // Capitals decide whether a pattern matches.
            match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
                true => out.push_str(&capitalised(pseudonym)),
                false => out.push_str(pseudonym),
            }
            done = found.end();
        }
        out.push_str(text.get(done..).unwrap_or_default());
        out
    }

    fn address(&self, text: &str) -> String {
        let trimmed = text.trim_end_matches('.');
        let known = trimmed.parse().ok().and_then(|address| self.addresses.get(&address));
        known.map_or_else(|| text.to_owned(), |pseudonym| format!("{pseudonym}{}", &text[trimmed.len()..]))
    }
}

#[derive(Default)]
struct Found {
    names: Vec<String>,
    addresses: Vec<IpAddr>,
}

impl Found {
    fn in_text(&mut self, key: Option<&str>, text: &str) {
        for regex in [&*URL, &*LOGIN].into_iter().flatten() {
            for host in regex.captures_iter(text).filter_map(|found| found.get(1)) {
                // `path@v1.2.3` is no login.
                let version =
                    host.as_str().starts_with('v') && host.as_str()[1..].starts_with(|c: char| c.is_ascii_digit());
                if !version || text.contains("://") {
                    self.add(host.as_str());
                }
            }
        }
        for address in ADDRESS.iter().flat_map(|regex| regex.find_iter(text)) {
            let before = text[..address.start()].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-');
            if let Some(address) = address.as_str().trim_end_matches('.').parse().ok().filter(|_| !before) {
                self.add_address(address);
            }
        }
        match key {
            Some(key) if HOST_KEYS.contains(&key) => self.add(without_port(text)),
            Some(key) if PATH_KEYS.contains(&key) => {
                let first = text.split(['/', '@']).next().unwrap_or(text).to_ascii_lowercase();
                let ending = first.rsplit('.').next().unwrap_or_default();
                if is_host(&first) && !FILE_ENDINGS.contains(&ending) {
                    self.add(&first);
                }
            }
            _ => {}
        }
    }

    /// The hosts of a list of patterns, of NO_PROXY or of GOSUMDB.
    fn in_list(&mut self, text: &str) {
        for item in text.split([',', '|', ' ', '\t', '\r', '\n']) {
            let item = item.trim_matches(['"', '\'']).trim_start_matches("*.").trim_start_matches('.');
            let first = item.split(['/', ':', '+']).next().unwrap_or(item).to_ascii_lowercase();
            if is_host(&first) {
                self.add(&first);
            }
        }
    }

    fn add(&mut self, name: &str) {
        let name = name.trim_start_matches("*.").trim_matches('.').to_ascii_lowercase();
        if name.parse::<IpAddr>().is_ok() || !name.bytes().all(|byte| is_label(byte.into()) || byte == b'.') {
            return;
        }
        if name.len() < 2 || is_everybodys(&name) || self.names.contains(&name) || looks_like_a_version(&name) {
            return;
        }
        self.names.push(name);
    }

    fn add_address(&mut self, address: IpAddr) {
        if !address.is_loopback() && !address.is_unspecified() && !self.addresses.contains(&address) {
            self.addresses.push(address);
        }
    }

    fn named(self) -> Hosts {
        let mut pseudonyms = HashMap::new();
        // A parent is named before what lies below it.
        let mut by_depth: Vec<(usize, &String)> = self.names.iter().enumerate().collect();
        by_depth.sort_by_key(|(_, name)| name.matches('.').count());
        for (at, name) in by_depth {
            let pseudonym = pseudonym(at + 1, name, &pseudonyms);
            pseudonyms.insert(name.clone(), pseudonym);
        }
        let addresses = self.addresses.iter().enumerate().map(|(at, address)| (*address, documented(at + 1, address)));
        let search = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&self.names)
            .ok()
            .filter(|_| !self.names.is_empty());
        Hosts { addresses: addresses.collect(), pseudonyms, search, names: self.names }
    }
}

impl std::fmt::Debug for Hosts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.names).finish()
    }
}

/// A name that says of itself what `name` says: below which other, of one label or several, private or
/// public by its looks, in front a word by which a git server is known.
fn pseudonym(number: usize, name: &str, known: &HashMap<String, String>) -> String {
    if !name.contains('.') {
        return format!("host-{number}");
    }
    let kind = host_kind(name);
    let label = match &kind {
        Some(HostKind::GitServer { label }) => Some(label.as_str()),
        _ => None,
    };
    let parents = name.match_indices('.').map(|(at, _)| &name[at + 1..]);
    if let Some(parent) = parents.into_iter().find(|parent| parent.contains('.') && known.contains_key(*parent)) {
        let first = name.strip_suffix(parent).unwrap_or_default().trim_end_matches('.');
        let pseudonym = known.get(parent).map_or("example", String::as_str);
        return match label.or(GIT.contains(&first).then_some(first)) {
            Some(label) if label == first => format!("{label}.{pseudonym}"),
            _ => format!("host-{number}.{pseudonym}"),
        };
    }
    match (&kind, label) {
        // For documentation as well, and not reserved in a way by which a name looks private.
        (Some(_), Some(label)) => format!("{label}.host-{number}.example.edu"),
        (None, _) => format!("host-{number}.example.edu"),
        (Some(_), None) => format!("host-{number}.example"),
    }
}

/// First labels that people would give a git server.
const GIT: [&str; 3] = ["git", "gitlab", "github"];

/// An address that is kept for documentation (RFC 5737, RFC 3849).
fn documented(number: usize, address: &IpAddr) -> String {
    let number = u16::try_from(number).unwrap_or(u16::MAX);
    match address {
        IpAddr::V6(_) => Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, number).to_string(),
        IpAddr::V4(_) => match u8::try_from(number) {
            Ok(last) => Ipv4Addr::new(192, 0, 2, last).to_string(),
            // Kept for measurements within a network (RFC 2544), and larger.
            Err(_) => Ipv4Addr::from(u32::from(Ipv4Addr::new(198, 18, 0, 0)) + u32::from(number)).to_string(),
        },
    }
}

/// `name+hash+key` whose name was replaced, with the hash that belongs to the new name.
fn with_fitting_hash(found: &Captures<'_>) -> String {
    VerifierKey::renamed(&found[0], &found[1]).unwrap_or_else(|| found[0].to_owned())
}

fn is_everybodys(name: &str) -> bool {
    let within = |domain: &str| name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    name == "localhost"
        || is_public_proxy(name)
        || is_public_checksum_database(name)
        || is_public_module_host(name)
        || PUBLIC_DOMAINS.iter().any(|domain| within(domain))
}

/// Two labels or more, and an ending of letters.
fn is_host(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && name.split('.').all(|label| !label.is_empty() && label.chars().all(is_label))
        && (ending.starts_with("xn--") || (ending.len() > 1 && ending.bytes().all(|byte| byte.is_ascii_alphabetic())))
        && !looks_like_a_version(name)
}

fn looks_like_a_version(name: &str) -> bool {
    name.strip_prefix('v')
        .unwrap_or(name)
        .split('.')
        .next()
        .is_some_and(|first| !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// Whether a name goes on: `corp.example` in `corp.example.org` is another host.
fn continues(after: &str) -> bool {
    after.starts_with(is_label) || after.strip_prefix('.').is_some_and(|rest| rest.starts_with(is_label))
}

/// `corp.example` of `git.corp.example`; three labels where the last two are as those of `co.uk`.
fn site(name: &str) -> String {
    let labels: Vec<&str> = name.rsplit('.').collect();
    let of_a_country =
        labels.first().is_some_and(|top| top.len() == 2) && labels.get(1).is_some_and(|two| two.len() < 4);
    let count = if of_a_country { 3 } else { 2 };
    labels.into_iter().take(count).collect::<Vec<_>>().join(".")
}

fn without_port(text: &str) -> &str {
    match text.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => text,
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}
