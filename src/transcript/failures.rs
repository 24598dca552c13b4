//! The failures of a log: each once, and no more of them than can be read.

use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash, Hasher};

use super::read::MAX_MENTIONS;
use crate::facts::transcript::{Failure, Said};
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// A failure of which the log says more belongs to it no longer.
const MAX_SAID: usize = 32;
/// Of how many a failure beyond the limit is compared with, to be counted with one that is alike.
const MAX_COMPARED: usize = 32;
/// The most characters of a name.
const MAX_NAME: usize = 400;

/// What was found so far.
#[derive(Default)]
pub(super) struct Failures {
    items: Vec<Failure>,
    /// Failures by what their line says.
    known: HashMap<u64, usize>,
}

/// Which failure something belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At(usize);

impl Failures {
    /// Adds a failure. `None` where it was told before, or where there are too many.
    pub(super) fn add(&mut self, failure: Failure) -> Option<At> {
        let next = self.items.len();
        match self.known.entry(fingerprint(failure.text.as_str())) {
            Entry::Occupied(known) => {
                if let Some(known) = self.items.get_mut(*known.get()) {
                    known.count += 1;
                }
                None
            }
            Entry::Vacant(_) if next >= MAX_MENTIONS => {
                let first = |failure: &Failure| failure.said.first().map(|said| said.format.clone());
                let kind = first(&failure);
                if let Some(known) = self.items.iter_mut().take(MAX_COMPARED).find(|known| first(known) == kind) {
                    known.count += 1;
                }
                None
            }
            Entry::Vacant(vacant) => {
                vacant.insert(next);
                self.items.push(failure);
                Some(At(next))
            }
        }
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
