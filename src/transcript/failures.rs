//! The failures of a log: each once, and no more of them than can be read.

use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher};

use super::named::MAX_NAME;
use super::read::MAX_MENTIONS;
use crate::facts::transcript::{Failure, Said};
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// A failure of which the log says more belongs to it no longer.
const MAX_SAID: usize = 32;
/// So many of those that are kept say what no other says.
const RESERVED: usize = 200;
/// The most lines that are recognised without being looked at.
const MAX_LINES: usize = 4 * MAX_MENTIONS;

/// What was found so far.
#[derive(Default)]
pub(super) struct Failures {
    items: Vec<Failure>,
    /// Failures by what their line says, without secrets.
    known: HashMap<u64, At>,
    /// Failures by their lines, and whether those wait for more.
    lines: HashMap<u64, (At, bool)>,
    /// The first failure of each format that leads one.
    says: HashMap<Option<String>, At>,
    /// The failure that was added or counted last.
    last: Option<At>,
}

/// Which failure something belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At(usize);

impl Failures {
    /// Adds a failure. `None` where it was told before, or where there are too many that say the same.
    pub(super) fn add(&mut self, failure: Failure) -> Option<At> {
        let says = failure.said.first().map(|said| said.format.clone());
        let alike = self.says.get(&says).copied();
        let room = if alike.is_some() { MAX_MENTIONS - RESERVED } else { MAX_MENTIONS };
        let at = At(self.items.len());
        match self.known.entry(fingerprint(failure.text.as_str())) {
            Entry::Occupied(known) => {
                let known = *known.get();
                self.count(known);
                None
            }
            Entry::Vacant(_) if at.0 >= room => {
                alike.into_iter().for_each(|alike| self.count(alike));
                None
            }
            Entry::Vacant(vacant) => {
                vacant.insert(at);
                self.says.entry(says).or_insert(at);
                self.items.push(failure);
                self.last = Some(at);
                Some(at)
            }
        }
    }

    /// Counts a failure once more.
    pub(super) fn count(&mut self, at: At) {
        if let Some(failure) = self.items.get_mut(at.0) {
            failure.count += 1;
            self.last = Some(at);
        }
    }

    /// The failure that was added or counted last, told once.
    pub(super) fn take_last(&mut self) -> Option<At> {
        self.last.take()
    }

    /// Remembers the line of the failure that was added or counted last.
    pub(super) fn remember_line(&mut self, line: &str, waits: bool) {
        if let Some(at) = self.last.filter(|_| self.lines.len() < MAX_LINES) {
            self.lines.insert(fingerprint(line), (at, waits));
        }
    }

    /// Counts the failure of a line that was there before, and says whether it waits for more.
    pub(super) fn again(&mut self, line: &str) -> Option<bool> {
        let (at, waits) = *self.lines.get(&fingerprint(line))?;
        self.count(at);
        Some(waits)
    }

    /// Adds what else is said of a failure.
    pub(super) fn say(&mut self, at: At, said: impl IntoIterator<Item = Said>) {
        if let Some(failure) = self.items.get_mut(at.0) {
            let room = MAX_SAID.saturating_sub(failure.said.len());
            failure.said.extend(said.into_iter().take(room));
        }
    }

    /// Names what a failure is about, where its first line did not.
    pub(super) fn name(&mut self, at: At, module: Option<&ModuleVersion>, package: Option<&str>) {
        if let Some(failure) = self.items.get_mut(at.0).filter(|failure| failure.module.is_none()) {
            failure.module = module.cloned();
            failure.package =
                failure.package.take().or_else(|| package.map(|package| Foreign::capped(package, MAX_NAME)));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn into_items(self) -> Vec<Failure> {
        self.items
    }
}

fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
