//! Marks and colours. Colour is never the only sign: a mark or a word stands beside it.

use colored::{Color, Colorize};

use crate::catalog::Severity;
use crate::model::CheckStatus;

/// What is used to draw a report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paint {
    color: bool,
    ascii: bool,
}

/// How good or bad the thing is that a mark or a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Bad,
    Doubtful,
    Plain,
}

impl Paint {
    pub(super) fn new(color: bool, ascii: bool) -> Self {
        Self { color, ascii }
    }

    /// The mark of a severity, in one column.
    pub(super) fn severity(self, severity: Severity) -> (&'static str, Tone) {
        match severity {
            Severity::Error => (self.either("✗", "x"), Tone::Bad),
            Severity::Warning => ("!", Tone::Doubtful),
            Severity::Note => (self.either("·", "-"), Tone::Plain),
        }
    }

    /// The mark of what came of a check, in one column.
    pub(super) fn status(self, status: CheckStatus) -> (&'static str, Tone) {
        match status {
            CheckStatus::Passed => (self.either("✓", "+"), Tone::Good),
            CheckStatus::Failed => (self.either("✗", "x"), Tone::Bad),
            CheckStatus::Warned => ("!", Tone::Doubtful),
            CheckStatus::Skipped => (self.either("–", "-"), Tone::Plain),
            CheckStatus::Inconclusive => ("?", Tone::Doubtful),
        }
    }

    /// The mark of something that was done, or could not be.
    pub(super) fn done(self, done: bool) -> (&'static str, Tone) {
        if done { (self.either("✓", "+"), Tone::Good) } else { (self.either("✗", "x"), Tone::Bad) }
    }

    /// What stands before a symptom.
    pub(super) fn branch(self) -> &'static str {
        self.either("└ ", "`-")
    }

    /// What stands between the parts of a line.
    pub(super) fn between(self) -> &'static str {
        self.either(" · ", " - ")
    }

    /// What stands for the middle that was cut out.
    pub(super) fn ellipsis(self) -> &'static str {
        self.either("…", "...")
    }

    fn either(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        if self.ascii { ascii } else { unicode }
    }

    pub(super) fn tone(self, text: &str, tone: Tone) -> String {
        let color = match tone {
            Tone::Good => Color::Green,
            Tone::Bad => Color::Red,
            Tone::Doubtful => Color::Yellow,
            Tone::Plain => return text.to_owned(),
        };
        if self.color { text.color(color).bold().to_string() } else { text.to_owned() }
    }

    pub(super) fn strong(self, text: &str) -> String {
        if self.color { text.bold().to_string() } else { text.to_owned() }
    }

    pub(super) fn faint(self, text: &str) -> String {
        if self.color { text.dimmed().to_string() } else { text.to_owned() }
    }

    pub(super) fn command(self, text: &str) -> String {
        if self.color { text.cyan().to_string() } else { text.to_owned() }
    }
}
