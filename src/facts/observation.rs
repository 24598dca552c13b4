//! An observation: one thing that was looked at, and what it needed to be looked at.

use serde::{Deserialize, Serialize};

use crate::model::Foreign;
pub use crate::model::Reason;
use crate::model::transport::{NotAsked, TransportError};

/// The name of an observation: `probe/what/about`, unique in a facts document.
pub type ObservationId = String;

/// One thing that was looked at. What was seen stands beside it, in the section of its probe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// Its name, such as `endpoint/goproxy.corp.example:443/tls`. It begins with the name of the
    /// probe, so that `--only` and `--skip` can name one observation or all of a probe.
    pub id: ObservationId,
    /// What was looked at: a host, a file, a module.
    pub subject: Foreign,
    /// The observations without which this one could not be made: a request needs TLS, TLS needs
    /// TCP, the checksum database through a module proxy needs that proxy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<ObservationId>,
    /// Whether it could be made.
    #[serde(default)]
    pub state: State,
    /// How long it took, in milliseconds.
    #[serde(default)]
    pub elapsed_ms: u64,
    /// How often it was made, where that was more than once (`--repeat`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tries: Option<Tries>,
}

/// How often something was asked, and how often it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tries {
    /// How often it was asked.
    pub asked: usize,
    /// How often that failed.
    pub failed: usize,
}

impl Observation {
    /// An observation that was made.
    pub fn seen(id: impl Into<String>, subject: impl AsRef<str>) -> Self {
        Self {
            id: id.into(),
            subject: Foreign::new(subject.as_ref()),
            needs: Vec::new(),
            state: State::Seen,
            elapsed_ms: 0,
            tries: None,
        }
    }

    /// One that was not made.
    pub fn skipped(id: impl Into<String>, subject: impl AsRef<str>, reason: Reason) -> Self {
        Self { state: State::Skipped(reason), ..Self::seen(id, subject) }
    }

    /// One that was made and does not tell.
    pub fn inconclusive(id: impl Into<String>, subject: impl AsRef<str>, reason: Reason) -> Self {
        Self { state: State::Inconclusive(reason), ..Self::seen(id, subject) }
    }

    /// Names what it needed.
    #[must_use]
    pub fn needing(mut self, needs: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.needs.extend(needs.into_iter().map(Into::into));
        self
    }

    /// Says how long it took.
    #[must_use]
    pub fn took(mut self, elapsed: std::time::Duration) -> Self {
        self.elapsed_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        self
    }

    /// Whether it was made and tells something.
    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.state == State::Seen
    }
}

/// Whether an observation could be made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", content = "reason", rename_all = "kebab-case")]
pub enum State {
    /// It was made; whether what was seen is good or bad is for the rules to say.
    #[default]
    Seen,
    /// It was not made.
    Skipped(Reason),
    /// It was made and does not tell.
    Inconclusive(Reason),
}

impl State {
    /// What an observation comes to whose request failed so: what was not sent was not made, and our own
    /// limit says nothing of the server.
    #[must_use]
    pub fn after(error: &TransportError) -> Self {
        match error {
            TransportError::Request { reason: NotAsked::RateLimited } => Self::Skipped(Reason::RateLimited),
            TransportError::Request { reason: NotAsked::NoTime } => Self::Skipped(Reason::Deadline),
            TransportError::CutOff { after_ms, .. } => Self::Inconclusive(Reason::CutOff { after_ms: *after_ms }),
            _ => Self::Seen,
        }
    }
}

/// What a probe found out, or why there is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section<T> {
    content: Option<T>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    not_collected: Option<Reason>,
}

impl<T> Default for Section<T> {
    fn default() -> Self {
        Self::without(Reason::NotNeeded)
    }
}

impl<T> Section<T> {
    /// What a probe found out.
    pub fn of(content: T) -> Self {
        Self { content: Some(content), not_collected: None }
    }

    /// Nothing, and why.
    pub fn without(reason: Reason) -> Self {
        Self { content: None, not_collected: Some(reason) }
    }

    /// What was found out, if anything.
    pub fn get(&self) -> Option<&T> {
        self.content.as_ref()
    }

    /// What was found out, to be added to.
    pub fn get_mut(&mut self) -> Option<&mut T> {
        self.content.as_mut()
    }

    /// What was found out, to be added to; begun where there is nothing yet.
    pub fn begin(&mut self) -> &mut T
    where
        T: Default,
    {
        self.not_collected = None;
        self.content.get_or_insert_default()
    }

    /// Why there is nothing.
    pub fn not_collected(&self) -> Option<&Reason> {
        self.not_collected.as_ref()
    }
}

/// Whatever holds observations.
pub trait Observed {
    /// Hands each observation to `visit`, in the order in which people should read them.
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation));
}

impl<T: Observed> Observed for Section<T> {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        self.content.each(visit);
    }
}

impl<T: Observed> Observed for Vec<T> {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        for item in self {
            item.each(visit);
        }
    }
}

impl<T: Observed> Observed for Option<T> {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        if let Some(item) = self {
            item.each(visit);
        }
    }
}

impl Observed for Observation {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        visit(self);
    }
}
