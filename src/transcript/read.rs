//! Lines become facts.

use std::collections::VecDeque;

use super::commands::Commands;
use super::exchange::{Exchange, Heard};
use super::failures::{At, Failures};
use super::flood::{Below, Flood, Kind, Outcome};
use super::frame::{self, Frame, frame};
use super::kept::Kept;
use super::named::{module_named, named, said, shown};
use super::served::{self, Served};
use super::signs::is_progress;
use super::{releases, settings};
use crate::catalog::messages::{self, GoSays, Message, Tells};
use crate::facts::Observation;
use crate::facts::transcript::{Failure, Host, Package, Release, Said, Setting, Speaker, TranscriptFacts};
use crate::foreign::redact;
use crate::golang::module_path::ModuleVersion;
use crate::golang::request_url::{Asked, asked, stored};
use crate::golang::toolchain::MODULE_PATH as TOOLCHAIN;
use crate::model::Foreign;

/// The most mentions of one kind that are kept; a log with more of them repeats itself.
pub const MAX_MENTIONS: usize = 1_000;
/// The most characters of a failure, a host or a folder.
const MAX_TEXT: usize = 400;
/// Below this folder Go's public module mirror works; its paths are in what the mirror says.
const MIRRORS_FOLDER: &str = "/tmp/gopath/";
const SERVER_RESPONSE: &str = "server response:";
/// Lines that say only that a program failed whose words stand above.
const FRAMES_WHAT_STANDS_ABOVE: &[&str] = &["go/package-exit-status", "go/loading-requirements", "go/confirm-path"];
/// Lines after which more is said although they do not end in a colon.
const WAIT: &[&str] =
    &["go/status", "go/clone", "go/checksum-mismatch", "go/database-mismatch", "go/cannot-find-package"];
/// How many lines above that may be.
const FAR_ABOVE: usize = 30;
/// How many lines a server's account of its own failure has at most.
const MAX_QUOTED: usize = 6;
/// How much is kept of what may belong to a later line.
const MAX_LOOSE: usize = 16;

/// What was found, and where in a message the next line is.
#[derive(Default)]
pub(super) struct Reader {
    /// The member of the ticket that is read.
    pub(super) member: Option<Foreign>,
    /// Whose own log the line stands in, where that is a module proxy.
    pub(super) server: Option<Served>,
    /// A request that somebody made by hand.
    exchange: Exchange,
    /// Commands of which the log may show only that they failed.
    commands: Commands,
    /// What counts only where nothing else is told: an answer that go takes calmly, a command without words.
    calm: Option<Failure>,
    culprits: Kept<ModuleVersion>,
    packages: Kept<Package>,
    hosts: Kept<Host>,
    folders: Kept<Foreign>,
    variables: Kept<Setting>,
    releases: Kept<Release>,
    failures: Failures,
    notices: Failures,
    /// What comes of lines once there are many failures.
    flood: Flood,
    /// What the lines after it belong to.
    above: Above,
    /// The line of the last failure.
    line: usize,
    /// The last line that may be a server's although it stands no further in.
    quoted_until: usize,
    /// How far in the line stands to which deeper lines belong.
    indent: usize,
    /// What was said lately outside of any failure: git's words may stand before the line that frames them.
    loose: VecDeque<(usize, String, Speaker)>,
    /// How many lines were kept so.
    loose_lines: usize,
}

/// What a line belongs to that stands further in than the one before.
#[derive(Default)]
enum Above {
    #[default]
    Nothing,
    /// `A requires`: the next line says what.
    Chain { line: usize, text: String },
    /// A failure: what git or the system said follows. Some logs have lost the indentation of what
    /// `waits` for more.
    Failure { at: Option<At>, waits: bool },
    /// What another machine said.
    Remote { at: Option<At> },
}

impl Above {
    /// What the next line stands below, as far as that is alike for many lines.
    fn below(&self) -> Option<Below> {
        match self {
            Self::Nothing => Some(Below::Nothing),
            Self::Failure { waits, .. } => Some(Below::Failure(*waits)),
            Self::Chain { .. } => Some(Below::Chain),
            Self::Remote { .. } => None,
        }
    }

    /// What comes of a line that is like many others.
    fn usual(then: Below, line: usize, text: &str) -> Self {
        match then {
            Below::Nothing => Self::Nothing,
            Below::Failure(waits) => Self::Failure { at: None, waits },
            Below::Chain => Self::Chain { line, text: text.to_owned() },
        }
    }
}

impl Reader {
    /// Whether no line is waited for that would say more of what was read.
    pub(super) fn is_settled(&self) -> bool {
        matches!(self.above, Above::Nothing) && !self.exchange.is_open()
    }

    pub(super) fn line(&mut self, number: usize, line: &str) {
        let text = line.trim_start();
        let text = if self.server.is_some() { served::without_fields(text) } else { text };
        if text.is_empty() {
            return;
        }
        let indent = line.len() - text.len();
        let (ours, theirs) = match text.split_once(SERVER_RESPONSE) {
            Some((ours, theirs)) => (ours.trim_end(), Some(theirs.trim_start())),
            None => (text, None),
        };
        let deeper = indent > self.indent || number == self.line + 1;
        let above = self.above(number, text, indent);
        self.above = match above {
            Above::Remote { at } => {
                self.remote(number, text, at);
                Above::Remote { at }
            }
            above if ours.is_empty() => above,
            above => self.message(number, ours, above, deeper),
        };
        if matches!(self.above, Above::Failure { .. }) && !deeper {
            self.line = number;
        }
        if let Some(theirs) = theirs {
            let at = match self.above {
                Above::Failure { at, .. } | Above::Remote { at } => at,
                _ => None,
            };
            self.remote(number, theirs, at);
            // What it quotes stands below, and further in unless the log has lost its indentation.
            self.quoted_until = if theirs.is_empty() { number + MAX_QUOTED } else { 0 };
            self.above = Above::Remote { at };
        }
    }

    /// What the line belongs to.
    fn above(&mut self, number: usize, text: &str, indent: usize) -> Above {
        let deeper = indent > self.indent;
        match std::mem::take(&mut self.above) {
            above if deeper => {
                self.quoted_until = 0;
                above
            }
            Above::Failure { at, waits: true } if frame::continues(text) || number == self.line + 1 => {
                Above::Failure { at, waits: true }
            }
            Above::Remote { at } if frame::continues(text) || number <= self.quoted_until => Above::Remote { at },
            Above::Chain { line, text: head }
                if number == line + 1 && (frame(text, true).is_element() || messages::read(text).next().is_some()) =>
            {
                Above::Chain { line, text: head }
            }
            Above::Chain { line, text } => {
                // The log was cut: the head is all that there is.
                self.indent = indent;
                self.fail(line, &text, &frame(&text, false), Vec::new(), &[]);
                Above::Nothing
            }
            _ => {
                self.indent = indent;
                Above::Nothing
            }
        }
    }

    fn remote(&mut self, number: usize, text: &str, at: Option<At>) {
        let said = messages::read(text).map(|message| said(number, &message, Speaker::Server));
        if let Some(at) = at {
            self.failures.say(at, said.collect::<Vec<_>>());
        }
    }

    /// What somebody found who made a request by hand.
    fn exchange(&mut self, number: usize, text: &str) {
        let (said, module, usual) = match self.exchange.hear(number, text) {
            Some(Heard::Failure { said, module, usual }) => (said, module, usual),
            Some(Heard::Variable(variable)) => return self.variables.add(variable, number),
            None => return,
        };
        let text = Foreign::capped(text, MAX_TEXT);
        let member = self.member.clone();
        let failure = Failure { member, line: number, text, count: 1, module, said, ..Failure::default() };
        if usual {
            self.calm.get_or_insert(failure);
        } else {
            self.failures.add(failure);
        }
    }

    fn settings(&mut self, number: usize, text: &str) {
        if !self.variables.is_full()
            && let Some(variable) = settings::variable(text)
        {
            self.variables.add(variable, number);
        }
        if !self.folders.is_full()
            && let Some(folder) = settings::module_cache(text)
        {
            self.folders.add(Foreign::capped(folder, MAX_TEXT), number);
        }
        if let Some(release) = releases::release(text) {
            self.releases.add(release, number);
        }
    }

    /// Looks at a line, and says what deeper lines after it belong to.
    fn message(&mut self, number: usize, text: &str, above: Above, deeper: bool) -> Above {
        if is_progress(text.as_bytes()) {
            self.commands.goes_on(number);
            return Above::Nothing;
        }
        let apart =
            matches!(above, Above::Nothing) || (matches!(above, Above::Failure { .. }) && text.starts_with("go: "));
        if apart
            && self.server.is_none()
            && let Some(waits) = self.failures.again(text)
        {
            return Above::Failure { at: None, waits };
        }
        // A public mirror's own folder: it quotes itself.
        let mirrors = text.contains(MIRRORS_FOLDER);
        // More may be said of a failure that is kept.
        let says_more = matches!(above, Above::Failure { at: Some(_), .. }) && !apart;
        let ours = self.server.is_none() && !mirrors;
        let kind = above.below().filter(|_| ours && !says_more).map(|below| Kind::of(text, below, deeper));
        let usual = kind.as_ref().and_then(|kind| self.flood.usual(kind));
        if let Some(Outcome { counted: Some(at), then, .. }) = usual {
            self.failures.count(at);
            return Above::usual(then, number, text);
        }
        if ours {
            self.settings(number, text);
            self.exchange(number, text);
            if self.commands.failed(number, text) {
                let (member, text) = (self.member.clone(), Foreign::capped(text, MAX_TEXT));
                self.calm.get_or_insert(Failure { member, line: number, text, count: 1, ..Failure::default() });
            }
        }
        if let Some(outcome) = usual {
            if outcome.is_loose {
                self.keep_loose(number, text, Speaker::Here);
            }
            return Above::usual(outcome.then, number, text);
        }
        self.failures.take_last();
        let loose = self.loose_lines;
        let above = self.look_at(number, text, above, deeper, mirrors);
        if let (Some(kind), Some(then)) = (kind, above.below()) {
            let outcome = Outcome { counted: self.failures.take_last(), is_loose: self.loose_lines > loose, then };
            self.flood.remember(kind, outcome);
        }
        above
    }

    /// Keeps what may belong to a later line.
    fn keep_loose(&mut self, number: usize, text: &str, speaker: Speaker) {
        self.loose_lines += 1;
        self.loose.push_back((number, text.to_owned(), speaker));
        if self.loose.len() > MAX_LOOSE {
            self.loose.pop_front();
        }
    }

    fn look_at(&mut self, number: usize, text: &str, above: Above, deeper: bool, mirrors: bool) -> Above {
        let in_chain = matches!(above, Above::Chain { .. });
        let whole = text;
        let safe;
        let mut heard = messages::heard(text, 1).map(Iterator::collect::<Vec<_>>);
        let (mut text, mut frame) = if heard.is_some() || text.contains("go: ") {
            frame::of_line(text, in_chain)
        } else {
            (text, frame(text, in_chain))
        };
        if text.len() < whole.len() {
            let shown = redact(whole);
            // Where go seems to speak from within a secret, what is left would not look like one.
            if !shown.ends_with(&*redact(text)) {
                safe = shown.into_owned();
                (text, frame) = frame::of_line(&safe, in_chain);
            }
            heard = messages::heard(text, 1).map(Iterator::collect);
        }
        let messages = heard.unwrap_or_default();
        let says = |wanted| messages.iter().any(|message| message.format.tells == Tells::Go(wanted));
        let speaker = if mirrors { Speaker::Server } else { Speaker::Here };
        let said = || messages.iter().map(|message| said(number, message, speaker)).collect::<Vec<Said>>();
        if says(GoSays::Notice) {
            let module =
                messages.iter().find_map(|message| module_named(named(message, "module")?, named(message, "version")));
            self.notices.add(Failure {
                member: self.member.clone(),
                line: number,
                text: Foreign::capped(text, MAX_TEXT),
                count: 1,
                module,
                said: said(),
                ..Failure::default()
            });
            return Above::Nothing;
        }
        if says(GoSays::Progress) || says(GoSays::Warning) {
            self.commands.goes_on(number);
            return Above::Nothing;
        }
        let asks = messages.iter().filter_map(|message| message.get("url")).any(|url| asked(url).is_some());
        let fails = frame.go
            || in_chain
            || says(GoSays::Failure)
            || (says(GoSays::Part) && (asks || frame.position || frame.module.is_some() || frame.package.is_some()))
            || (says(GoSays::Library) && (asks || frame.module.is_some()))
            || (self.server.is_some() && !messages.is_empty() && !says(GoSays::Request));
        let below_failure = matches!(above, Above::Failure { .. });
        if !mirrors && (fails || below_failure || says(GoSays::Request)) {
            messages.iter().for_each(|message| self.hosts.add_of(message, number));
        }
        if fails && frame.opens {
            return Above::Chain { line: number, text: text.to_owned() };
        }
        if let Above::Failure { at, waits } = above
            && (!fails || frame.is_part_of_failure(&messages) || (waits && deeper && !frame.go && !frame.position))
        {
            if let Some(at) = at {
                self.failures.say(at, said());
                self.failures.name(at, frame.module.as_ref(), frame.package);
            }
            return Above::Failure { at, waits: waits && frame::continues(text) };
        }
        if fails {
            let above = self.fail(number, text, &frame, said(), &messages);
            if let Above::Failure { waits, .. } = above
                && (!below_failure || whole.starts_with("go: "))
                && !mirrors
            {
                self.failures.remember_line(whole, waits);
            }
            return match above {
                Above::Failure { at, .. } if mirrors => Above::Remote { at },
                above => above,
            };
        }
        if !messages.is_empty() && !says(GoSays::Request) {
            self.keep_loose(number, text, speaker);
        }
        above
    }

    fn fail(
        &mut self,
        number: usize,
        text: &str,
        frame: &Frame<'_>,
        mut said: Vec<Said>,
        messages: &[Message<'_>],
    ) -> Above {
        let get = |group| messages.iter().find_map(|message| named(message, group));
        let asked = || {
            messages.iter().filter_map(|message| message.get("url")).find_map(|url| match asked(url)? {
                Asked::ModuleProxy(module) | Asked::ChecksumDatabase(module) => module,
                Asked::VanityPage(_) => None,
            })
        };
        let stored = || messages.iter().filter_map(|message| message.get("path")).find_map(stored);
        let module = frame
            .module
            .clone()
            .or_else(|| module_named(get("module")?, get("version")))
            .or_else(asked)
            .or_else(stored)
            .or_else(|| self.server.as_ref()?.module.clone())
            .map(shown)
            .filter(|module| module.path != TOOLCHAIN);
        let package = get("package").or(frame.package).map(|package| Foreign::capped(package, MAX_TEXT));
        if let Some(module) = module.clone() {
            self.culprits.add(module, number);
        }
        if let Some(import) = package.clone() {
            self.packages.add(Package { import }, number);
        }
        if messages.iter().any(|message| FRAMES_WHAT_STANDS_ABOVE.contains(&message.format.id)) {
            let near = self.loose.drain(..).filter(|(line, ..)| line + FAR_ABOVE >= number);
            let loose: Vec<Said> = near
                .flat_map(|(line, text, speaker)| {
                    messages::read(&text).map(|message| self::said(line, &message, speaker)).collect::<Vec<_>>()
                })
                .collect();
            said.splice(0..0, loose);
        }
        said.iter_mut().filter(|said| said.line == number).for_each(|said| said.text = None);
        let waits = text.ends_with(':')
            || frame::ends_in_git(text)
            || messages.iter().any(|message| WAIT.contains(&message.format.id));
        let text = Foreign::capped(text, MAX_TEXT);
        let at = self.failures.add(Failure {
            member: self.member.clone(),
            line: number,
            text,
            count: 1,
            of_server: self.server.is_some(),
            module,
            package,
            said,
        });
        Above::Failure { at, waits }
    }

    /// What is left open ends, and nothing goes on in another log.
    pub(super) fn end_of_log(&mut self) {
        if let Above::Chain { line, text } = std::mem::take(&mut self.above) {
            self.fail(line, &text, &frame(&text, false), Vec::new(), &[]);
        }
        self.above = Above::Nothing;
        self.loose.clear();
        self.exchange = Exchange::default();
        self.commands = Commands::default();
        (self.indent, self.line, self.quoted_until) = (0, 0, 0);
    }

    pub(super) fn end(mut self, name: &str) -> TranscriptFacts {
        if let Some(calm) = self.calm.take().filter(|_| self.failures.is_empty()) {
            self.failures.add(calm);
        }
        let name = Foreign::new(name);
        TranscriptFacts {
            observations: vec![Observation::seen(format!("log/{name}"), &name)],
            culprits: self.culprits.items,
            packages: self.packages.items,
            hosts: self.hosts.items,
            folders: self.folders.items,
            variables: self.variables.items,
            releases: self.releases.items,
            failures: self.failures.into_items(),
            notices: self.notices.into_items(),
        }
    }
}
