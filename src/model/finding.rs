//! A finding: one thing that is wrong, what it is about, and what follows from it.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Fix, Seen, Situation};
use crate::catalog::{Code, Location, Mender, Severity};

/// The part that a finding plays in a diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Mend this, and what hangs beneath it goes away.
    Cause,
    /// It follows from a cause.
    Symptom,
    /// No failure comes from it.
    Note,
}

/// How sure we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A probe saw it as the go command would.
    Confirmed,
    /// All that is known speaks for it, but not all that could be known was.
    Likely,
    /// One explanation among others.
    Possible,
}

/// What kind of thing a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// `path` or `path@version`.
    Module,
    /// An import path.
    Package,
    /// A host name, with a port where it is not the usual one.
    Host,
    /// A URL, without secrets.
    Url,
    /// An environment variable.
    Variable,
    /// A file, with `:line` where one line is meant.
    File,
    /// A directory or a file system.
    Directory,
    /// A program, such as git.
    Program,
    /// A Go toolchain or version.
    Toolchain,
    /// This machine as a whole.
    Machine,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
pub struct Subject {
    /// What kind of thing it is.
    pub kind: SubjectKind,
    /// Its name.
    pub value: String,
}

impl Subject {
    /// A subject of `kind` called `value`.
    pub fn new(kind: SubjectKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into() }
    }

    /// The module `path@version`, or just its path.
    pub fn module(value: impl Into<String>) -> Self {
        Self::new(SubjectKind::Module, value)
    }

    /// A host.
    pub fn host(value: impl Into<String>) -> Self {
        Self::new(SubjectKind::Host, value)
    }

    /// An environment variable.
    pub fn variable(value: impl Into<String>) -> Self {
        Self::new(SubjectKind::Variable, value)
    }

    /// A file, or a line of it.
    pub fn file(path: impl std::fmt::Display, line: Option<usize>) -> Self {
        let value = line.map_or_else(|| path.to_string(), |line| format!("{path}:{line}"));
        Self::new(SubjectKind::File, value)
    }
}

/// Something that was seen, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// A check id, a file, or the name of a log.
    pub source: String,
    /// The line in that file or log, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// What was seen, already redacted.
    pub seen: Seen,
}

/// One thing that is wrong (or worth knowing).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// A fingerprint that stays the same from run to run.
    pub id: String,
    /// The error type.
    pub code: Code,
    /// Its part in the diagnosis. Rules set `Cause` or `Note`; only the linking pass makes symptoms.
    pub role: Role,
    /// How bad it is.
    pub severity: Severity,
    /// How sure we are.
    pub confidence: Confidence,
    /// On whose side the trouble sits.
    pub location: Location,
    /// Who can mend it.
    pub who: Mender,
    /// Whether another try helps.
    pub retryable: bool,
    /// What it is about.
    pub subject: Subject,
    /// What was seen, in a form for sentences.
    pub situation: Situation,
    /// What was seen, in a form for programs (module, version, host, url, status, path, line).
    pub data: BTreeMap<&'static str, serde_json::Value>,
    /// How many times it was seen.
    pub count: usize,
    /// What was seen, as text.
    pub evidence: Vec<Evidence>,
    /// The observations that this finding is about, by their ids in the facts.
    pub about: Vec<String>,
    /// Observations that this finding explains although they did not need what it is about: the
    /// requests that a wrong pattern sends to the public proxy, for example.
    pub explains: Vec<String>,
    /// The findings that it follows from, by id.
    pub caused_by: Vec<String>,
    /// How to mend it, safest first.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// A cause of type `code` about `subject`, with what the page of the type says of such things.
    #[must_use]
    pub fn new(code: Code, subject: Subject, situation: Situation) -> Self {
        let page = code.page(crate::catalog::Lang::En);
        let severity = page.map_or(Severity::Error, |page| page.severity);
        Self {
            id: fingerprint(code, &subject),
            code,
            role: if severity == Severity::Error { Role::Cause } else { Role::Note },
            severity,
            confidence: Confidence::Confirmed,
            location: page.map_or(Location::Local, |page| page.location),
            who: page.map_or(Mender::Developer, |page| page.who),
            retryable: page.is_some_and(|page| page.retryable == crate::catalog::Retry::Yes),
            subject,
            situation,
            data: BTreeMap::new(),
            count: 1,
            evidence: Vec::new(),
            about: Vec::new(),
            explains: Vec::new(),
            caused_by: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Sets how sure we are.
    #[must_use]
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// Makes it a warning (which fails nothing).
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self.role = Role::Note;
        self
    }

    /// Makes it a note (which is nothing wrong).
    #[must_use]
    pub fn note(mut self) -> Self {
        self.severity = Severity::Note;
        self.role = Role::Note;
        self
    }

    /// Makes it an error that a sync fails of.
    #[must_use]
    pub fn error(mut self) -> Self {
        self.severity = Severity::Error;
        self.role = Role::Cause;
        self
    }

    /// Sets on whose side the trouble sits.
    #[must_use]
    pub fn located(mut self, location: Location) -> Self {
        self.location = location;
        self
    }

    /// Sets who can mend it.
    #[must_use]
    pub fn mended_by(mut self, who: Mender) -> Self {
        self.who = who;
        self
    }

    /// Sets whether another try helps.
    #[must_use]
    pub fn retryable(mut self, retryable: bool) -> Self {
        self.retryable = retryable;
        self
    }

    /// Names an observation that it is about.
    #[must_use]
    pub fn about(mut self, observation: impl Into<String>) -> Self {
        self.about.push(observation.into());
        self
    }

    /// Names observations that it explains beyond those that needed what it is about.
    #[must_use]
    pub fn explaining(mut self, observations: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.explains.extend(observations.into_iter().map(Into::into));
        self
    }

    /// Adds something for programs.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<serde_json::Value>) -> Self {
        self.data.insert(key, value.into());
        self
    }

    /// Adds something that was seen.
    #[must_use]
    pub fn seen(mut self, source: impl Into<String>, line: Option<usize>, seen: impl Into<Seen>) -> Self {
        self.evidence.push(Evidence { source: source.into(), line, seen: seen.into() });
        self
    }

    /// Adds a fix; they are put in order, safest first, when the diagnosis is made.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Says that it was seen `count` times.
    #[must_use]
    pub fn times(mut self, count: usize) -> Self {
        self.count = count;
        self
    }
}

/// The fingerprint of a finding: 12 hex digits over code and subject, which survive a new run,
/// another wording and another machine.
fn fingerprint(code: Code, subject: &Subject) -> String {
    let digest = Sha256::digest(format!("{code}\n{:?}\n{}", subject.kind, subject.value));
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
