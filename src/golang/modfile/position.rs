//! Where something stands in a file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place in a file. The default, line 0, means the file as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The character in the line, from 1. Go prints it only where it is not 1.
    pub column: u32,
    /// The byte in the file, from 0.
    pub byte: u32,
}

impl Position {
    /// The beginning of a file.
    pub(super) const START: Self = Self { line: 1, column: 1, byte: 0 };

    /// The prefix of go's error lines: `go.mod:5:2: `, `go.mod:5: `, or only the file.
    #[must_use]
    pub fn prefix(self, file: &str) -> String {
        match self {
            Self { line: 0, .. } => format!("{file}: "),
            Self { line, column: 0 | 1, .. } => format!("{file}:{line}: "),
            Self { line, column, .. } => format!("{file}:{line}:{column}: "),
        }
    }

    /// Moves past one character that takes `bytes` bytes.
    pub(super) fn advance(&mut self, newline: bool, bytes: usize) {
        self.byte = self.byte.saturating_add(u32::try_from(bytes).unwrap_or(u32::MAX));
        if newline {
            self.line = self.line.saturating_add(1);
            self.column = 1;
        } else {
            self.column = self.column.saturating_add(1);
        }
    }
}
