//! Which formats a line speaks in: first by their literals, all at once, then by their patterns.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;

use super::{Format, Wording, formats, translated};
use crate::ascii::Regex;

/// A wording of a format. Its pattern is compiled when a line first holds its literal.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) format: &'static Format,
    wording: Wording,
    regex: OnceLock<Option<Regex>>,
}

impl Entry {
    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| Regex::new(self.wording.pattern).ok()).as_ref()
    }

    fn matches(&self, line: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(line))
    }

    /// What the line names, as group and value.
    pub(super) fn groups<'t>(&'static self, line: &'t str) -> Vec<(&'static str, &'t str)> {
        let Some(regex) = self.regex() else { return Vec::new() };
        let Some(found) = regex.captures(line) else { return Vec::new() };
        regex.names().filter_map(|name| Some((name, found.name(name)?.as_str()))).collect()
    }
}

struct Finder {
    entries: Vec<Entry>,
    /// Absent only if the literals were too many for the automaton, which they are not.
    literals: Option<AhoCorasick>,
}

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let entry = |format, wording: &Wording| Entry { format, wording: *wording, regex: OnceLock::new() };
    let mut entries: Vec<Entry> = Vec::new();
    for format in formats() {
        entries.extend(format.wordings.iter().map(|wording| entry(format, wording)));
        let others = translated::WORDINGS.iter().filter(|(id, _)| *id == format.id);
        entries.extend(others.map(|(_, wording)| entry(format, wording)));
    }
    let literals = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(entries.iter().map(|entry| entry.wording.literal))
        .ok();
    Finder { entries, literals }
});

/// Whether a line holds the literal of any format.
pub(super) fn holds_literal(line: &str) -> bool {
    FINDER.literals.as_ref().is_none_or(|literals| literals.is_match(line))
}

/// Which literals a line holds, as positions of their entries, each once and in order.
fn held(line: &str) -> Vec<usize> {
    let Some(literals) = &FINDER.literals else { return Vec::new() };
    let mut held: Vec<usize> = literals.find_overlapping_iter(line).map(|found| found.pattern().as_usize()).collect();
    held.sort_unstable();
    held.dedup();
    held
}

/// A number that is equal for lines that hold the same literals.
pub(super) fn kinship(line: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    held(line).hash(&mut hasher);
    hasher.finish()
}

/// The entries that a line speaks in, in their order, one for each format; `None` where it holds no literal.
pub(super) fn spoken(line: &str) -> Option<Vec<&'static Entry>> {
    let held = held(line);
    let mut spoken: Vec<&'static Entry> = Vec::new();
    for entry in held.iter().filter_map(|at| FINDER.entries.get(*at)) {
        if spoken.iter().all(|known| known.format.id != entry.format.id) && entry.matches(line) {
            spoken.push(entry);
        }
    }
    (!held.is_empty()).then_some(spoken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_pattern_compiles_and_its_literal_is_plain() {
        for entry in &FINDER.entries {
            assert!(entry.regex().is_some(), "{}: {}", entry.format.id, entry.wording.pattern);
            assert!(entry.wording.literal.len() >= 5, "{}: a literal that is everywhere", entry.format.id);
        }
    }
}
