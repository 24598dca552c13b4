//! How a report for people is to look.

use std::time::Duration;

use super::Shell;
use crate::catalog::Lang;

/// How a report for people is to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The language.
    pub lang: Lang,
    /// The columns that a line may take. Commands may take more.
    pub width: usize,
    /// Whether to colour.
    pub color: bool,
    /// Whether to keep to ASCII for marks and lines.
    pub ascii: bool,
    /// How much to say.
    pub verbosity: Verbosity,
    /// The shell for which commands are written.
    pub shell: Shell,
    /// How long the run took.
    pub elapsed: Option<Duration>,
}

/// How much to say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Only the first line.
    Quiet,
    /// What is wrong and what to do.
    #[default]
    Normal,
    /// All checks and all evidence too.
    Verbose,
}
