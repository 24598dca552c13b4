//! Lines become facts.

use std::collections::HashSet;
use std::hash::Hash;
use std::io::{self, Read};

use super::clean::clean;
use super::frame::{Frame, frame};
use super::lines::Lines;
use super::settings;
use crate::catalog::messages::{self, GoSays, Message, Tells};
use crate::facts::Observation;
use crate::facts::transcript::{Host, HostRole, Mention, Package, Setting, TranscriptFacts};
use crate::golang::http_proxy::Target;
use crate::golang::module_path::{ModuleVersion, check_path};
use crate::golang::semver;
use crate::golang::toolchain::MODULE_PATH as TOOLCHAIN;
use crate::model::Foreign;

/// The most mentions of one kind that are kept; a log with more of them repeats itself.
pub const MAX_MENTIONS: usize = 1_000;
/// The most characters of a failure, a host or a folder.
const MAX_TEXT: usize = 400;
/// Below this folder Go's public module mirror works; its paths are in what the mirror says.
const MIRRORS_FOLDER: &str = "/tmp/gopath/";
const SERVER_RESPONSE: &str = "server response:";

/// Reads a log to its end; `name` is what it is called in the facts.
///
/// # Errors
///
/// When reading fails.
pub fn read(source: impl Read, name: &str) -> io::Result<TranscriptFacts> {
    let mut lines = Lines::new(source)?;
    let mut reader = Reader::default();
    let mut number = 0;
    while let Some(line) = lines.next()? {
        number += 1;
        // What a progress bar wrote over is lines of its own.
        for part in line.split('\r').filter(|part| !part.is_empty()) {
            reader.line(number, &clean(part));
        }
    }
    Ok(reader.end(name))
}

/// What was found, and where in a message the next line is.
#[derive(Default)]
struct Reader {
    culprits: Kept<ModuleVersion>,
    packages: Kept<Package>,
    hosts: Kept<Host>,
    folders: Kept<Foreign>,
    variables: Kept<Setting>,
    failures: Kept<Foreign>,
    /// What deeper lines belong to.
    above: Above,
    /// How far in the line stands to which deeper lines belong.
    indent: usize,
}

/// What a line belongs to that stands further in than the one before.
#[derive(Default)]
enum Above {
    #[default]
    Nothing,
    /// `A requires`: the next line says what.
    Chain { line: usize, text: String },
    /// A failure: what git or the system said follows.
    Failure,
    /// What another machine said.
    Remote,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        let text = line.trim_start();
        if text.is_empty() {
            return;
        }
        if let Some(texts) = errors_in_json(text) {
            texts.split('\n').for_each(|text| self.text(number, text.trim_end()));
        } else {
            self.text(number, line);
        }
    }

    fn text(&mut self, number: usize, line: &str) {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        let above = if indent > self.indent { std::mem::take(&mut self.above) } else { self.above_ends(indent) };
        if matches!(above, Above::Remote) {
            self.above = above;
            return;
        }
        let (text, remote_follows) = match text.split_once(SERVER_RESPONSE) {
            Some((ours, _)) => (ours.trim_end(), true),
            None => (text, false),
        };
        let mirrors = text.contains(MIRRORS_FOLDER);
        if !mirrors {
            self.settings(number, text);
        }
        self.above = self.message(number, text, above, mirrors);
        if remote_follows || (mirrors && matches!(self.above, Above::Failure)) {
            self.above = Above::Remote;
        }
    }

    /// A line that stands no further in ends what was above it.
    fn above_ends(&mut self, indent: usize) -> Above {
        self.indent = indent;
        if let Above::Chain { line, text } = std::mem::take(&mut self.above) {
            // The log was cut: the head is all that there is.
            self.fail(line, &text, &frame(&text, false), &[]);
        }
        Above::Nothing
    }

    fn settings(&mut self, number: usize, text: &str) {
        if let Some(variable) = settings::variable(text) {
            self.variables.add(variable, number);
        }
        if let Some(folder) = settings::module_cache(text) {
            self.folders.add(Foreign::capped(folder, MAX_TEXT), number);
        }
    }

    /// Looks at a line, and says what deeper lines after it belong to.
    fn message(&mut self, number: usize, text: &str, above: Above, mirrors: bool) -> Above {
        let in_chain = matches!(above, Above::Chain { .. });
        let frame = frame(text, in_chain);
        let messages: Vec<Message<'_>> = messages::read(text).collect();
        let says = |wanted| messages.iter().any(|message| message.format.tells == Tells::Go(wanted));
        if says(GoSays::Progress) || says(GoSays::Warning) {
            return Above::Nothing;
        }
        let below_failure = matches!(above, Above::Failure);
        let fails = frame.go || in_chain || says(GoSays::Failure) || (frame.module.is_some() && says(GoSays::Part));
        if !mirrors && (fails || below_failure || says(GoSays::Request)) {
            messages.iter().for_each(|message| self.host(number, message));
        }
        if fails && frame.opens {
            return Above::Chain { line: number, text: text.to_owned() };
        }
        if fails {
            self.fail(number, text, &frame, &messages);
            return Above::Failure;
        }
        if below_failure && messages.iter().any(|message| matches!(message.format.tells, Tells::Git(..))) {
            self.failures.add(Foreign::capped(text, MAX_TEXT), number);
        }
        above
    }

    fn fail(&mut self, number: usize, text: &str, frame: &Frame<'_>, messages: &[Message<'_>]) {
        self.failures.add(Foreign::capped(text, MAX_TEXT), number);
        let get = |group| messages.iter().find_map(|message| message.get(group));
        let named = || {
            let (path, version) = (get("module")?, get("version")?);
            let version = if semver::is_valid(version) { version } else { "" };
            check_path(path).is_ok().then(|| ModuleVersion::new(path, version))
        };
        if let Some(module) = frame.module.clone().or_else(named).filter(|module| module.path != TOOLCHAIN) {
            self.culprits.add(module, number);
        }
        if let Some(package) = get("package").or(frame.package) {
            self.packages.add(Package { import: Foreign::capped(package, MAX_TEXT) }, number);
        }
    }

    fn host(&mut self, number: usize, message: &Message<'_>) {
        if let Some(url) = message.get("url") {
            let Some(target) = Target::parse(url).filter(|target| !target.host.is_empty()) else { return };
            let name = written_host(url).unwrap_or(&target.host);
            let host = Host { host: Foreign::capped(name, MAX_TEXT), role: role(url) };
            self.hosts.add(host, number);
        } else if let Some(name) = message.get("host") {
            // A name that failed to resolve stands behind its URL: the URL says more.
            let known = self.hosts.items.iter().any(|known| bare(known.what.host.as_str()) == name);
            if !known {
                self.hosts.add(Host { host: Foreign::capped(name, MAX_TEXT), role: HostRole::Other }, number);
            }
        }
    }

    fn end(mut self, name: &str) -> TranscriptFacts {
        self.above_ends(0);
        let name = Foreign::new(name);
        TranscriptFacts {
            observations: vec![Observation::seen(format!("log/{name}"), &name)],
            culprits: self.culprits.items,
            packages: self.packages.items,
            hosts: self.hosts.items,
            folders: self.folders.items,
            variables: self.variables.items,
            failures: self.failures.items,
        }
    }
}

/// The text of the field in which `go mod download -json` and `go list -json` say what failed.
fn errors_in_json(text: &str) -> Option<String> {
    let value = text.strip_prefix("\"Error\": ").or_else(|| text.strip_prefix("\"Err\": "))?;
    serde_json::from_str(value.strip_suffix(',').unwrap_or(value)).ok()
}

/// Host and port as a URL writes them.
fn written_host(url: &str) -> Option<&str> {
    let authority = url.split_once("://")?.1.split(['/', '?', '#']).next()?;
    Some(authority.rsplit_once('@').map_or(authority, |(_, host)| host))
}

fn bare(host: &str) -> &str {
    host.rsplit_once(':').map_or(host, |(host, _)| host)
}

/// What a host is there for, by the form of its URL.
fn role(url: &str) -> HostRole {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    if path.contains("/@v/") || path.ends_with("/@latest") || path.contains("/sumdb/") {
        HostRole::ModuleProxy
    } else if path.contains("/lookup/") || path.contains("/tile/") {
        HostRole::ChecksumDatabase
    } else {
        HostRole::Other
    }
}

/// What was mentioned, each once and where first.
struct Kept<T> {
    items: Vec<Mention<T>>,
    known: HashSet<T>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { items: Vec::new(), known: HashSet::new() }
    }
}

impl<T: Clone + Eq + Hash> Kept<T> {
    fn add(&mut self, what: T, line: usize) {
        if self.items.len() < MAX_MENTIONS && self.known.insert(what.clone()) {
            self.items.push(Mention { what, line });
        }
    }
}
