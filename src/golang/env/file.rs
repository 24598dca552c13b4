//! The user's env file and `$GOROOT/go.env`.
//!
//! Read to the letter of `cfg.readEnvFile`: a line counts if its first byte is an upper-case ASCII
//! letter and it holds an equals sign; name and value are taken verbatim. Nothing is trimmed,
//! unquoted or expanded, and nothing is ever reported.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::super::go_version::GoVersion;
use super::known::{Source, is_foreign, known};
use super::unknown::suggestion;

/// The most problems that are noted of one file.
const MAX_PROBLEMS: usize = 100;

/// Which of the two files: they differ in which of several lines for one name counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The user's env file: the last line counts.
    User,
    /// `$GOROOT/go.env`: the first line counts.
    Goroot,
}

/// A line that sets something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// What stands before the first equals sign.
    pub name: &'a str,
    /// What stands after it.
    pub value: &'a str,
}

/// The lines of a file that set something, and what is probably not meant as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnvFile<'a> {
    /// In the order of the file.
    pub lines: Vec<Line<'a>>,
    /// In the order of the file.
    pub problems: Vec<FileProblem>,
}

/// A line that does not do what its author probably thinks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileProblem {
    /// Its number, from 1.
    pub line: usize,
    /// The variable that it means to set, where that can be told.
    pub name: Option<String>,
    /// What is wrong.
    pub problem: LineProblem,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum LineProblem {
    /// The file begins with a byte order mark: its first line is ignored.
    ByteOrderMark,
    /// The line holds NUL or is no UTF-8: a file in UTF-16, say.
    Encoding,
    /// White space at the beginning: the line is ignored.
    LeadingSpace,
    /// `export`, `set` or `$env:` before the name: the line is ignored.
    ShellSyntax,
    /// The name does not begin with an upper-case letter: the line is ignored.
    LowerCaseName,
    /// No equals sign: the line is ignored.
    NoEqualsSign,
    /// White space around the name's end: it belongs to the name, which go does not know.
    SpaceInName,
    /// Quotes around the value, which belong to it.
    Quotes,
    /// White space before the value, which belongs to it.
    SpaceBeforeValue,
    /// White space after the value, which belongs to it.
    SpaceAfterValue,
    /// A carriage return at the end, which belongs to the value.
    CarriageReturn,
    /// `$NAME`, `${NAME}` or `%NAME%`, which nothing expands.
    Expansion,
    /// `# …` after the value, which belongs to it.
    TrailingComment,
    /// Nothing after the equals sign: it hides `$GOROOT/go.env`.
    Empty,
    /// Another line for the same name counts.
    Repeated {
        /// The line that counts.
        effective: usize,
    },
    /// go takes this variable from the process environment only.
    ProcessOnly,
    /// go computes this variable.
    Computed,
    /// The Go version in use does not know this variable.
    NotYetKnown {
        /// The N of the first Go 1.N that does.
        since: u32,
    },
    /// No Go version knows this variable.
    UnknownName {
        /// The variable that was probably meant.
        suggestion: Option<String>,
    },
}

impl<'a> EnvFile<'a> {
    /// Reads a file's text. Problems of `go.env` are noted as of the user's file.
    #[must_use]
    pub fn parse(text: &'a str, kind: Kind, version: Option<&GoVersion>) -> Self {
        let mut file = Self::default();
        for (index, line) in text.split('\n').enumerate() {
            let number = index + 1;
            match line.split_once('=') {
                Some((name, value)) if line.starts_with(|c: char| c.is_ascii_uppercase()) => {
                    let line = Line { number, name, value };
                    file.judge(&line, version);
                    file.lines.push(line);
                }
                _ => file.judge_ignored(number, line),
            }
        }
        file.judge_repeated(kind);
        file.problems.sort_by_key(|problem| problem.line);
        file
    }

    /// The line that counts for a name.
    #[must_use]
    pub fn get(&self, name: &str, kind: Kind) -> Option<&Line<'a>> {
        let mut lines = self.lines.iter().filter(|line| line.name == name);
        match kind {
            Kind::User => lines.next_back(),
            Kind::Goroot => lines.next(),
        }
    }

    fn note(&mut self, line: usize, name: Option<&str>, problem: LineProblem) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(FileProblem { line, name: name.map(str::to_owned), problem });
        }
    }

    fn judge_ignored(&mut self, number: usize, line: &str) {
        let text = line.strip_prefix('\u{feff}').unwrap_or(line);
        let trimmed = text.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            return;
        }
        let (head, has_sign) = match trimmed.split_once('=') {
            Some((head, _)) => (head.trim(), true),
            None => (trimmed, false),
        };
        let name = head.rsplit([' ', '\t', ':']).next().filter(|name| is_name(name));
        let problem = if text.contains(['\0', '\u{fffd}']) {
            LineProblem::Encoding
        } else if text.len() < line.len() {
            LineProblem::ByteOrderMark
        } else if !has_sign {
            LineProblem::NoEqualsSign
        } else if ["export ", "set ", "setx ", "$env:", "$Env:", "env "].iter().any(|word| trimmed.starts_with(word)) {
            LineProblem::ShellSyntax
        } else if text.starts_with([' ', '\t']) {
            LineProblem::LeadingSpace
        } else {
            LineProblem::LowerCaseName
        };
        self.note(number, name.filter(|_| has_sign), problem);
    }

    fn judge(&mut self, line: &Line<'_>, version: Option<&GoVersion>) {
        let Line { number, name, value } = *line;
        if self.problems.len() >= MAX_PROBLEMS {
            return;
        }
        if name.trim() != name {
            return self.note(number, Some(name.trim()).filter(|name| is_name(name)), LineProblem::SpaceInName);
        }
        if let Some(problem) = judge_name(name, version) {
            return self.note(number, is_name(name).then_some(name), problem);
        }
        for problem in judge_value(value) {
            self.note(number, Some(name), problem);
        }
    }

    fn judge_repeated(&mut self, kind: Kind) {
        let mut effective: HashMap<&str, usize> = HashMap::new();
        for line in &self.lines {
            match kind {
                Kind::User => _ = effective.insert(line.name, line.number),
                Kind::Goroot => _ = effective.entry(line.name).or_insert(line.number),
            }
        }
        let repeated: Vec<_> = self
            .lines
            .iter()
            .filter_map(|line| Some((line.number, line.name, *effective.get(line.name)?)))
            .filter(|(number, _, effective)| number != effective)
            .take(MAX_PROBLEMS)
            .collect();
        for (number, name, effective) in repeated {
            self.note(number, Some(name), LineProblem::Repeated { effective });
        }
    }
}

pub(super) fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 64 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn judge_name(name: &str, version: Option<&GoVersion>) -> Option<LineProblem> {
    match known(name) {
        Some(known) if known.source == Source::Computed => Some(LineProblem::Computed),
        Some(known) if known.source == Source::ProcessOnly => Some(LineProblem::ProcessOnly),
        Some(known) if !known.is_known_to(version) => Some(LineProblem::NotYetKnown { since: known.since }),
        Some(_) => None,
        None if is_foreign(name) => Some(LineProblem::ProcessOnly),
        None => Some(LineProblem::UnknownName { suggestion: suggestion(name).map(str::to_owned) }),
    }
}

fn judge_value(written: &str) -> Vec<LineProblem> {
    let mut problems = Vec::new();
    let value = written.strip_suffix('\r').unwrap_or(written);
    if value.len() < written.len() {
        problems.push(LineProblem::CarriageReturn);
    }
    if value.contains(['\0', '\u{fffd}']) {
        problems.push(LineProblem::Encoding);
    }
    if value.is_empty() {
        problems.push(LineProblem::Empty);
        return problems;
    }
    if value.trim_start() != value {
        problems.push(LineProblem::SpaceBeforeValue);
    }
    if value.trim_end() != value {
        problems.push(LineProblem::SpaceAfterValue);
    }
    let value = value.trim();
    if ['"', '\''].iter().any(|quote| value.len() > 1 && value.starts_with(*quote) && value.ends_with(*quote)) {
        problems.push(LineProblem::Quotes);
    }
    if value.contains(" #") {
        problems.push(LineProblem::TrailingComment);
    }
    let dollar = value.split('$').skip(1).any(|rest| rest.starts_with(|c: char| c == '{' || c.is_ascii_alphabetic()));
    let percent = value.split('%').nth(1).is_some_and(|inside| is_name(inside) && value.matches('%').count() > 1);
    if dollar || (percent && !value.contains("://")) {
        problems.push(LineProblem::Expansion);
    }
    problems
}

#[cfg(test)]
mod tests;
