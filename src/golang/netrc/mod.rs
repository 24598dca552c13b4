//! The .netrc file by Go's parser, and where curl reads it differently.
//!
//! Go reads it line by line as pairs of key and value; curl (and so git) reads tokens across
//! lines, with quotes and a default entry. What people write is nearer to what curl reads, so
//! each entry that curl would see is listed together with the reason why Go does not use it.

mod curl;
mod explain;
mod go;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::platform::Os;
use super::secret::Secret;

/// The releases between which Go's use of a .netrc file changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rules {
    /// Go 1.23 and earlier: the machine must equal the URL's host (with its port).
    UpTo1_23,
    /// Go 1.24: a leading `https://` is dropped; the machine must equal the whole URL or its host.
    Go1_24,
    /// Go 1.25 and later: the machine may also be a path prefix of the URL.
    From1_25,
}

impl Rules {
    /// The rules of Go 1.`minor`.
    #[must_use]
    pub const fn of(minor: u32) -> Self {
        match minor {
            0..=23 => Self::UpTo1_23,
            24 => Self::Go1_24,
            _ => Self::From1_25,
        }
    }
}

/// Login and password for one machine, and where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The line of its `machine` key, counted from 1.
    pub line: usize,
    /// The machine as written; empty for the default entry.
    pub machine: String,
    /// The login, if there is one.
    pub login: Option<Secret>,
    /// The password, if there is one.
    pub password: Option<Secret>,
}

impl Entry {
    /// The value of the `Authorization` header that is sent, where both parts are present.
    #[must_use]
    pub fn authorization(&self) -> Option<Secret> {
        Some(Secret::basic(self.login.as_ref()?, self.password.as_ref()?))
    }
}

/// Why Go makes no use of an entry, or not the use that was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Trouble {
    /// It is a `default` entry, which Go never uses.
    Default,
    /// A line that ends in a lone `default` stands before it: Go stops reading there.
    AfterDefault {
        /// That line.
        line: usize,
    },
    /// It stands in the body of a macro, which ends only at a fully empty line. A file with CRLF
    /// line ends has none.
    InMacro {
        /// The line with `macdef`.
        line: usize,
    },
    /// The file begins with a byte order mark, so that its first word is not `machine`.
    ByteOrderMark,
    /// A key is not in lower case.
    UpperCaseKey,
    /// The value of a key stands on the next line.
    ValueOnNextLine,
    /// A word too many shifts the pairs of key and value on that line.
    OddToken,
    /// It has no machine name.
    NoMachine,
    /// It has no login.
    NoLogin,
    /// It has no password.
    NoPassword,
    /// Login, password or machine is quoted; Go keeps the quotes and cuts at white space.
    Quotes,
    /// The machine begins with a scheme, which no host equals before Go 1.24.
    Scheme,
    /// The machine holds a path: never used before 1.24, with 1.24 only for exactly that URL.
    Path,
    /// The machine names a port: it is used only for URLs that write the same port.
    Port,
    /// The machine has letters in upper case; Go compares hosts as written.
    MachineCase,
    /// An earlier entry for the same machine wins.
    Shadowed {
        /// The line of that entry.
        line: usize,
    },
    /// It stands in a comment that Go reads nevertheless, because Go knows no comments.
    Commented,
}

/// One entry as a person (or curl) reads the file, and what Go makes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineLine {
    /// The line of its `machine` or `default` key, counted from 1.
    pub line: usize,
    /// The machine as written, empty for a default entry. It may hold anything: show it only
    /// through the gate for foreign text.
    pub machine: String,
    /// Whether there is a login.
    pub login: bool,
    /// Whether there is a password.
    pub password: bool,
    /// Whether Go takes it up as an entry at all.
    pub read_by_go: bool,
    /// Why Go does not use it, or not as it was meant.
    pub trouble: Option<Trouble>,
}

/// A .netrc file, read both ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Netrc {
    /// The entries that somebody meant, in order.
    pub machines: Vec<MachineLine>,
    rules: Rules,
    go: Vec<Entry>,
    curl: Vec<Entry>,
}

impl Netrc {
    /// Reads the file's contents. There are no errors: neither Go nor curl reports any.
    #[must_use]
    pub fn parse(data: &[u8], rules: Rules) -> Self {
        let by_go = go::read(data);
        let meant = curl::read(data);
        let machines = explain::machines(rules, &by_go, &meant.entries);
        let entries = meant.entries.into_iter().filter(|meant| !meant.hidden);
        let curl = if meant.fails { Vec::new() } else { entries.map(curl::Meant::into_entry).collect() };
        Self { machines, rules, go: by_go.entries.into_iter().map(|read| read.entry).collect(), curl }
    }

    /// The entry whose login and password Go sends with a request for `url`.
    ///
    /// Only https URLs get any. `url` is taken as written: scheme, host and port are not
    /// normalised, as Go does not either. From 1.24 on a URL that carries a user name matches no
    /// entry of its host.
    #[must_use]
    pub fn for_go(&self, url: &str) -> Option<&Entry> {
        let rest = url.strip_prefix("https://")?;
        if self.rules == Rules::UpTo1_23 {
            let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
            let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
            let host = host.strip_suffix(':').unwrap_or(host);
            return self.go.iter().find(|entry| entry.machine == host);
        }
        let rest = rest.split('#').next().unwrap_or(rest);
        let mut prefix = if self.rules == Rules::From1_25 { rest.strip_suffix('/').unwrap_or(rest) } else { rest };
        loop {
            let found = self.go.iter().find(|entry| self.key(entry) == prefix);
            if found.is_some() {
                return found;
            }
            let slash = if self.rules == Rules::From1_25 { prefix.rfind('/') } else { prefix.find('/') };
            prefix = prefix.get(..slash?)?;
        }
    }

    /// The entry that curl, and git through it, uses for `host` (without port).
    ///
    /// As libcurl 7.84 and later do; earlier ones keep quotes as Go does. An entry without password
    /// counts only where no later one has one. A quote that is not closed makes curl refuse the file.
    #[must_use]
    pub fn for_curl(&self, host: &str) -> Option<&Entry> {
        let mut matching =
            self.curl.iter().filter(|entry| entry.machine.is_empty() || entry.machine.eq_ignore_ascii_case(host));
        let first = matching.clone().find(|entry| entry.password.is_some());
        first.or_else(|| matching.next_back())
    }

    /// How Go files an entry since 1.24.
    fn key<'e>(&self, entry: &'e Entry) -> &'e str {
        let machine = entry.machine.strip_prefix("https://").unwrap_or(&entry.machine);
        if self.rules == Rules::From1_25 { machine.strip_suffix('/').unwrap_or(machine) } else { machine }
    }
}

/// Where Go looks for the file, the first that exists being read.
///
/// `netrc` is the variable NETRC (an empty one counts as unset) and `home` the home folder
/// (HOME; on Windows USERPROFILE). Windows: `_netrc`, and `.netrc` only since Go 1.24.
#[must_use]
pub fn paths(os: Os, rules: Rules, netrc: Option<&str>, home: Option<&str>) -> Vec<String> {
    if let Some(path) = netrc.filter(|path| !path.is_empty()) {
        return vec![path.to_owned()];
    }
    let Some(home) = home.filter(|home| !home.is_empty()) else { return Vec::new() };
    let at = |name: &str| {
        let separator = if os == Os::Windows { '\\' } else { '/' };
        format!("{}{separator}{name}", home.trim_end_matches(['/', separator]))
    };
    match (os, rules) {
        (Os::Windows, Rules::UpTo1_23) => vec![at("_netrc")],
        (Os::Windows, _) => vec![at("_netrc"), at(".netrc")],
        _ => vec![at(".netrc")],
    }
}
