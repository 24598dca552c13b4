//! What is only counted: a log that has shown as many failures as are kept goes on in the same words.

use std::collections::HashMap;

use super::failures::At;
use crate::catalog::messages::kinship;

/// The most kinds of lines that are remembered.
const MAX_KINDS: usize = 1_000;

/// What lines have in common that are taken for the same said of different things: the literals that they
/// hold, what may be a frame of go's, and what they stand below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    literals: u64,
    signs: [bool; 5],
    /// Whether the line stands below a failure, and whether that waits for more.
    below: Option<bool>,
    deeper: bool,
}

impl Kind {
    pub(super) fn of(text: &str, below: Option<bool>, deeper: bool) -> Self {
        let signs = [
            text.starts_with("go: "),
            text.contains('@'),
            text.contains("://"),
            text.contains(".go:") || text.contains("go.mod:") || text.contains("go.sum:"),
            text.ends_with(':'),
        ];
        Self { literals: kinship(text), signs, below, deeper }
    }
}

/// What came of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    /// The failure that it told, or was counted with.
    pub(super) counted: Option<At>,
    /// Whether deeper lines belong to a failure, and whether that waits for more.
    pub(super) below: Option<bool>,
}

/// What came of lines so far, by their kinds.
#[derive(Default)]
pub(super) struct Flood {
    kinds: HashMap<Kind, Outcome>,
}

impl Flood {
    pub(super) fn outcome(&self, kind: Kind) -> Option<Outcome> {
        self.kinds.get(&kind).copied()
    }

    pub(super) fn remember(&mut self, kind: Kind, outcome: Outcome) {
        if self.kinds.len() < MAX_KINDS {
            self.kinds.insert(kind, outcome);
        }
    }
}
