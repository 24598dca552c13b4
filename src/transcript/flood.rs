//! What is only counted: a log that has said the same of a thousand things goes on to say it of others.

use std::collections::HashMap;

use super::failures::At;
use crate::catalog::messages::kinship;

/// After so many lines of a kind, what comes of the next one is known.
const MANY: u32 = 1_000;
/// The most kinds of lines that are remembered.
const MAX_KINDS: usize = 1_000;

/// What a line stands below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Below {
    Nothing,
    /// A failure of which no more is kept, and whether it waits for more.
    Failure(bool),
    /// The head of a chain.
    Chain,
}

/// What lines have in common that are taken for the same said of different things: the literals that they
/// hold, what may be a frame of go's, and what they stand below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    literals: u64,
    signs: [bool; 6],
    below: Below,
    deeper: bool,
}

impl Kind {
    pub(super) fn of(text: &str, below: Below, deeper: bool) -> Self {
        let signs = [
            text.starts_with("go: "),
            text.contains('@'),
            text.contains("://"),
            text.contains(".go:") || text.contains("go.mod:") || text.contains("go.sum:"),
            text.ends_with(':'),
            [" requires", " imports", " tested by"].iter().any(|verb| text.ends_with(verb)),
        ];
        Self { literals: kinship(text), signs, below, deeper }
    }
}

/// What came of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    /// The failure that it told, or was counted with.
    pub(super) counted: Option<At>,
    /// Whether it may belong to a failure that is told later.
    pub(super) is_loose: bool,
    /// What the next line stands below.
    pub(super) then: Below,
}

/// What came of lines so far, by their kinds.
#[derive(Default)]
pub(super) struct Flood {
    kinds: HashMap<Kind, (Outcome, u32)>,
}

impl Flood {
    /// What comes of each line of a kind, once there were many.
    pub(super) fn usual(&self, kind: &Kind) -> Option<Outcome> {
        self.kinds.get(kind).filter(|(_, times)| *times >= MANY).map(|(outcome, _)| *outcome)
    }

    pub(super) fn remember(&mut self, kind: Kind, outcome: Outcome) {
        if let Some((known, times)) = self.kinds.get_mut(&kind) {
            let same = known.counted.is_some() == outcome.counted.is_some()
                && (known.is_loose, known.then) == (outcome.is_loose, outcome.then);
            *times = if same { *times + 1 } else { 0 };
            *known = outcome;
        } else if self.kinds.len() < MAX_KINDS {
            self.kinds.insert(kind, (outcome, 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_a_kind_is_known_after_many_of_it() {
        let outcome = |then| Outcome { counted: None, is_loose: false, then };
        let kind = |text| Kind::of(text, Below::Nothing, false);
        let mut flood = Flood::default();
        for _ in 0..MANY {
            assert!(flood.usual(&kind("a: connection refused")).is_none());
            flood.remember(kind("b: connection refused"), outcome(Below::Nothing));
        }
        assert!(flood.usual(&kind("c: connection refused")).is_some());
        assert!(flood.usual(&kind("go: c@v1.0.0: connection refused")).is_none());
        flood.remember(kind("d: connection refused"), outcome(Below::Chain));
        assert!(flood.usual(&kind("c: connection refused")).is_none());
    }
}
