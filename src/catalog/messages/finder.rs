//! Which formats a line speaks in: first by their literals, all at once, then by their patterns.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::{LazyLock, OnceLock};

use super::literals::Literals;
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
        let pattern = self.wording.pattern;
        self.regex.get_or_init(|| Regex::new(pattern).or_else(|_| Regex::unicode(pattern)).ok()).as_ref()
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
    literals: Literals,
}

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let entry = |format, wording: &Wording| Entry { format, wording: *wording, regex: OnceLock::new() };
    let mut entries: Vec<Entry> = Vec::new();
    for format in formats() {
        entries.extend(format.wordings.iter().map(|wording| entry(format, wording)));
        let others = translated::WORDINGS.iter().filter(|(id, _)| *id == format.id);
        entries.extend(others.map(|(_, wording)| entry(format, wording)));
    }
    let literals = Literals::new(entries.iter().map(|entry| entry.wording.literal));
    Finder { entries, literals }
});

/// Whether a line holds the literal of any format.
pub(super) fn holds_literal(line: &str) -> bool {
    !FINDER.literals.held(line).is_empty()
}

/// A number that is equal for lines that hold the same literals.
pub(super) fn kinship(line: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    FINDER.literals.held(line).hash(&mut hasher);
    hasher.finish()
}

/// The entries that a line speaks in, in their order, one for each format; `None` where it holds no literal.
pub(super) fn spoken(line: &str) -> Option<Vec<&'static Entry>> {
    let held = FINDER.literals.held(line);
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
    use super::super::literals::SHORTEST;
    use super::*;

    #[test]
    fn each_pattern_compiles_and_its_literal_is_plain() {
        for entry in &FINDER.entries {
            assert!(entry.regex().is_some(), "{}: {}", entry.format.id, entry.wording.pattern);
            assert!(entry.wording.literal.len() > SHORTEST, "{}: a literal that is everywhere", entry.format.id);
        }
    }
}
