//! What is mentioned in a log: each once, and no more than can be read.

use std::collections::HashSet;
use std::hash::Hash;

use super::read::MAX_MENTIONS;
use crate::facts::transcript::Mention;

/// What was mentioned, each once and where first.
pub(super) struct Kept<T> {
    pub(super) items: Vec<Mention<T>>,
    known: HashSet<T>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { items: Vec::new(), known: HashSet::new() }
    }
}

impl<T: Clone + Eq + Hash> Kept<T> {
    /// Whether nothing more is kept.
    pub(super) fn is_full(&self) -> bool {
        self.items.len() >= MAX_MENTIONS
    }

    /// Adds what is mentioned on a line.
    pub(super) fn add(&mut self, what: T, line: usize) {
        if !self.is_full() && self.known.insert(what.clone()) {
            self.items.push(Mention { what, line });
        }
    }
}
