//! What a server was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Asked;

/// The most requests that are kept whole; the rest are only counted.
const MOST: usize = 20_000;

/// The requests that a server has seen.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    asked: Vec<Asked>,
    paths: BTreeMap<String, usize>,
    connections: usize,
}

impl Log {
    /// The requests so far in order of arrival, at most the first 20,000.
    #[must_use]
    pub fn all(&self) -> Vec<Asked> {
        self.seen().asked.clone()
    }

    /// How many requests there were whose path the predicate accepts.
    #[must_use]
    pub fn count(&self, path: impl Fn(&str) -> bool) -> usize {
        self.seen().paths.iter().filter(|(asked, _)| path(asked)).map(|(_, times)| times).sum()
    }

    /// How often each path was asked.
    #[must_use]
    pub fn paths(&self) -> BTreeMap<String, usize> {
        self.seen().paths.clone()
    }

    /// How many connections were accepted.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.seen().connections
    }

    pub(super) fn accepted(&self) {
        self.seen().connections += 1;
    }

    /// Keeps a request, and gives it back with the number of those that came before.
    pub(super) fn push(&self, mut asked: Asked) -> Asked {
        let mut seen = self.seen();
        let times = seen.paths.entry(asked.path.clone()).or_default();
        asked.before = *times;
        *times += 1;
        if seen.asked.len() < MOST {
            seen.asked.push(asked.clone());
        }
        asked
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
