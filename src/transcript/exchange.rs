//! What `curl -v` shows of a request that the go command makes as well.
//!
//! Source: curl 7.29 to 8.17. Only what asks a module proxy, a checksum database or a page of an import path
//! counts: people try many other addresses.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::named::names;
use crate::ascii::Regex;
use crate::catalog::messages::{self, Tells};
use crate::facts::transcript::{Said, Setting, Speaker};
use crate::golang::module_path::ModuleVersion;
use crate::golang::request_url::{Asked, asked};
use crate::golang::route::is_public_proxy;
use crate::model::Foreign;

/// One of these stands in each line that begins or answers a request.
pub(super) const SIGNS: &[&str] = &["curl ", " HTTP/", "HTTP/1", "HTTP/2", "Host: ", "host: ", "proxy env variable"];
/// What is no answer to what go would ask is forgotten after so many lines.
const MAX_LINES: usize = 200;
/// The most characters of a URL or a host.
const MAX_TEXT: usize = 400;

static COMMAND: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?:^|[\s$#>%;&|])curl(?:\.exe)? .*?(?P<url>https?://[^\s'"]+)"#).ok());
static REQUEST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:> )?(?:GET|HEAD) (?P<path>/\S+) HTTP/").ok());
static HOST: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(?:> )?[Hh]ost: (?P<host>[^\s/]+)$").ok());
static ANSWER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:< )?HTTP/[12](?:\.[01])? (?P<status>\d{3})(?: |$)").ok());
static VARIABLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\* Uses proxy env variable (?P<name>\w+) == '(?P<value>[^']*)'").ok());

/// The request that is made.
#[derive(Default)]
pub(super) struct Exchange {
    url: Option<String>,
    /// The path of a request whose host is not known yet.
    path: Option<String>,
    line: usize,
}

/// What a line tells of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// The HTTP proxy that curl goes through.
    Variable(Setting),
    /// It failed.
    Failure {
        /// Why.
        said: Vec<Said>,
        /// What was asked for.
        module: Option<ModuleVersion>,
        /// Whether go takes such an answer calmly and asks the next one.
        usual: bool,
    },
}

impl Exchange {
    /// Whether a request is under way, so that the next lines may answer it.
    pub(super) fn is_open(&self) -> bool {
        self.url.is_some() || self.path.is_some()
    }

    pub(super) fn hear(&mut self, number: usize, text: &str) -> Option<Heard> {
        let may_begin = SIGNS.iter().any(|sign| text.contains(sign));
        if !may_begin && !self.is_open() {
            return None;
        }
        if number > self.line + MAX_LINES {
            *self = Self::default();
        }
        if may_begin && self.begins(number, text) {
            return None;
        }
        if let Some(setting) = VARIABLE.as_ref().filter(|_| may_begin).and_then(|regex| variable(regex, text)) {
            return Some(Heard::Variable(setting));
        }
        let url = self.url.as_deref()?;
        let status = ANSWER.as_ref().filter(|_| may_begin).and_then(|answer| answer.captures(text)?.name("status"));
        if let Some(status) = status.map(|status| status.as_str()) {
            let refused = status.starts_with(['4', '5']);
            let said = said("go/status", number, url, [("status".to_owned(), status.into())]);
            return refused.then(|| failure(url, vec![said], matches!(status, "404" | "410")));
        }
        if !text.starts_with("* ") && !text.starts_with("curl: (") {
            return None;
        }
        let said: Vec<Said> = messages::read(text)
            .filter(|message| matches!(message.format.tells, Tells::Git(..)))
            .map(|message| said(message.format.id, number, url, names(&message)))
            .collect();
        (!said.is_empty()).then(|| failure(url, said, false))
    }

    /// Whether the line begins a request, or says more of one that begins.
    fn begins(&mut self, number: usize, text: &str) -> bool {
        let group = |regex: &LazyLock<Option<Regex>>, name| {
            regex.as_ref().and_then(|regex| Some(regex.captures(text)?.name(name)?.as_str().to_owned()))
        };
        if let Some(url) = group(&COMMAND, "url") {
            self.line = number;
            self.path = None;
            self.url = Some(url).filter(|url| is_gos(url));
            return true;
        }
        if let Some(path) = group(&REQUEST, "path") {
            self.line = number;
            self.path = Some(path);
            return true;
        }
        let Some(path) = self.path.take() else { return false };
        match group(&HOST, "host") {
            Some(host) => {
                let url = format!("https://{host}{path}");
                self.url = Some(url).filter(|url| is_gos(url)).or(self.url.take());
                true
            }
            None => {
                self.path = Some(path);
                false
            }
        }
    }
}

/// Whether the go command asks for such a URL.
fn is_gos(url: &str) -> bool {
    let host = url.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    asked(url).is_some() || is_public_proxy(host)
}

fn variable(regex: &Regex, text: &str) -> Option<Setting> {
    let found = regex.captures(text)?;
    super::settings::variable(&format!("{}={}", &found["name"], &found["value"]))
}

fn said(format: &str, line: usize, url: &str, names: impl IntoIterator<Item = (String, Foreign)>) -> Said {
    let mut names: BTreeMap<String, Foreign> = names.into_iter().collect();
    names.insert("url".to_owned(), Foreign::capped(url, MAX_TEXT));
    Said { format: format.to_owned(), line, text: None, at: Speaker::Here, names }
}

fn failure(url: &str, said: Vec<Said>, usual: bool) -> Heard {
    let module = match asked(url) {
        Some(Asked::ModuleProxy(module) | Asked::ChecksumDatabase(module)) => module,
        _ => None,
    };
    Heard::Failure { said, module, usual }
}
