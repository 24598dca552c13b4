//! What is wrong with a go.mod or go.work file.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::conflict::Conflict;
use super::position::Position;
use crate::foreign::Foreign;

/// The most problems of one file that are kept.
pub const MAX_PROBLEMS: usize = 100;

/// A problem and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Where go says that it is.
    pub position: Position,
    /// What it is.
    #[serde(flatten)]
    pub kind: ProblemKind,
}

/// The verb of a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "each is the word that stands in the file")]
pub enum Verb {
    Module,
    Go,
    Toolchain,
    Godebug,
    Require,
    Exclude,
    Replace,
    Retract,
    Tool,
    Ignore,
    Use,
}

impl Verb {
    /// The verb as it stands in the file.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Go => "go",
            Self::Toolchain => "toolchain",
            Self::Godebug => "godebug",
            Self::Require => "require",
            Self::Exclude => "exclude",
            Self::Replace => "replace",
            Self::Retract => "retract",
            Self::Tool => "tool",
            Self::Ignore => "ignore",
            Self::Use => "use",
        }
    }

    /// The minor version of Go 1 that first knew the directive, where it is one of those younger than
    /// go.mod itself. An older go that reads it in a main module reports an unknown directive.
    #[must_use]
    pub const fn since(self) -> Option<u32> {
        match self {
            Self::Retract => Some(16),
            Self::Toolchain => Some(21),
            Self::Godebug => Some(23),
            Self::Tool => Some(24),
            Self::Ignore => Some(25),
            _ => None,
        }
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum ProblemKind {
    /// A merge that nobody has finished; what go reports within its lines is below it.
    MergeConflict {
        /// Its lines.
        conflict: Conflict,
        /// What go reports about these lines, in go's order; at least one.
        reported: Vec<Problem>,
    },
    /// The file begins with (or holds) a byte order mark.
    ByteOrderMark,
    /// A character that no token has.
    UnexpectedCharacter {
        /// The character.
        character: char,
    },
    /// A comment that begins with `/*`.
    BlockComment,
    /// A quoted string without its closing quote on the line.
    NewlineInString,
    /// A quoted string without its closing quote in the file.
    EndOfFileInString,
    /// A block without its closing parenthesis.
    UnterminatedBlock {
        /// Where the block begins.
        start: Position,
    },
    /// Something follows a block's closing parenthesis.
    TextAfterBlock,
    /// A directive that the go command does not know (or this version not yet).
    UnknownDirective {
        /// The first word of the line.
        directive: Foreign,
    },
    /// A block of a kind that does not exist.
    UnknownBlock {
        /// The words before its parenthesis.
        directive: Foreign,
    },
    /// A second `module`, `go` or `toolchain` line.
    Repeated {
        /// The directive.
        verb: Verb,
    },
    /// None or several arguments where there must be one.
    ArgumentCount {
        /// The directive.
        verb: Verb,
    },
    /// Arguments that do not have the directive's form.
    Usage {
        /// The directive.
        verb: Verb,
    },
    /// The `go` line holds no Go version.
    InvalidGoVersion {
        /// What it holds.
        version: Foreign,
    },
    /// The `toolchain` line holds no toolchain name.
    InvalidToolchain {
        /// What it holds.
        name: Foreign,
    },
    /// A path is badly quoted.
    InvalidString {
        /// How.
        reason: StringProblem,
    },
    /// A version that is none, or not one of this module.
    InvalidVersion {
        /// The directive.
        verb: Verb,
        /// The module path; empty in a `retract` line.
        path: Foreign,
        /// The version.
        version: Foreign,
        /// Why.
        reason: VersionProblem,
    },
    /// The module path ends in something that looks like a major version but is none.
    InvalidModulePath {
        /// The directive.
        verb: Verb,
        /// The module path.
        path: Foreign,
    },
    /// A replacement without version that is not written as a directory.
    ReplacementNotDirectory,
    /// A replacement written `path@version`.
    ReplacementPathAtVersion,
    /// A replacement directory with backslashes, on a system other than Windows.
    ReplacementWindowsPath,
    /// A replacement directory with a version.
    ReplacementDirectoryWithVersion {
        /// The directory.
        path: Foreign,
    },
    /// A `retract` line that holds neither a version nor an interval.
    InvalidInterval {
        /// What was expected where.
        reason: IntervalProblem,
    },
    /// Something follows the version or interval of a `retract` line.
    TextAfterInterval {
        /// The first token of it.
        token: Foreign,
    },
    /// `retract` in a file without `module`.
    RetractWithoutModule,
    /// No `module` line in the go.mod of a main module.
    MissingModule,
    /// No `module` line in the go.mod of a dependency.
    MissingModuleLine,
    /// The module is called `go` or `toolchain`, which are reserved.
    ReservedModulePath {
        /// The path.
        path: Foreign,
    },
    /// A directory stands twice in go.work.
    RepeatedUse {
        /// The directory as it stands in the file.
        path: Foreign,
    },
}

/// What is wrong with a quoted string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StringProblem {
    /// The escapes in the double quotes are wrong.
    Syntax,
    /// A quote in text that is not in double quotes.
    StrayQuote,
}

/// What is wrong with a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VersionProblem {
    /// It is badly quoted.
    String(StringProblem),
    /// It is not of the form v1.2.3.
    Form,
    /// Its major version is not that of the module path.
    PathMajor {
        /// What the path asks for: `v0 or v1`, or one major version.
        expected: String,
        /// The version's major version.
        actual: String,
    },
    /// The module path is malformed, so that no version can be its.
    MalformedPath,
}

/// What was expected in a `retract` line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalProblem {
    /// `[` or a version.
    BracketOrVersion,
    /// A version after `[`.
    VersionAfterBracket,
    /// `,` after the first version.
    Comma,
    /// A version after `,`.
    VersionAfterComma,
    /// `]` after the second version.
    ClosingBracket,
}

impl ProblemKind {
    /// Whether go stops reading at it, so that it reports nothing else.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        match self {
            Self::MergeConflict { reported, .. } => reported.first().is_some_and(|problem| problem.kind.is_syntax()),
            Self::ByteOrderMark
            | Self::UnexpectedCharacter { .. }
            | Self::BlockComment
            | Self::NewlineInString
            | Self::EndOfFileInString
            | Self::UnterminatedBlock { .. }
            | Self::TextAfterBlock => true,
            _ => false,
        }
    }
}

/// Collects problems; those beyond the cap are only counted.
#[derive(Debug, Default)]
pub(super) struct Problems {
    syntax: Vec<Problem>,
    other: Vec<Problem>,
    omitted_syntax: usize,
    omitted_other: usize,
}

/// A state of [`Problems`] to which it can go back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark(usize, usize);

impl Problems {
    /// Records a problem at which go stops.
    pub(super) fn syntax(&mut self, position: Position, kind: impl FnOnce() -> ProblemKind) {
        push(&mut self.syntax, &mut self.omitted_syntax, position, kind);
    }

    /// Records a problem after which go reads on.
    pub(super) fn other(&mut self, position: Position, kind: impl FnOnce() -> ProblemKind) {
        push(&mut self.other, &mut self.omitted_other, position, kind);
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.syntax.is_empty() && self.other.is_empty()
    }

    pub(super) fn mark(&self) -> Mark {
        Mark(self.other.len(), self.omitted_other)
    }

    /// Forgets what [`Problems::other`] recorded since the mark.
    pub(super) fn forget_since(&mut self, mark: Mark) {
        self.other.truncate(mark.0);
        self.omitted_other = mark.1;
    }

    /// All problems in the order in which go would come to report them, with those within a merge
    /// conflict put together; and how many were not kept.
    pub(super) fn finish(mut self, conflicts: &[Conflict]) -> (Vec<Problem>, usize) {
        self.syntax.append(&mut self.other);
        let mut list: Vec<Problem> = Vec::with_capacity(self.syntax.len());
        for problem in self.syntax {
            let line = problem.position.line;
            let after = conflicts.partition_point(|conflict| conflict.end < line);
            let Some(conflict) = conflicts.get(after).copied().filter(|conflict| conflict.contains(line)) else {
                list.push(problem);
                continue;
            };
            let known = list.iter_mut().find_map(|other| match &mut other.kind {
                ProblemKind::MergeConflict { conflict: other, reported } if *other == conflict => Some(reported),
                _ => None,
            });
            match known {
                Some(reported) => reported.push(problem),
                None => {
                    let position = problem.position;
                    let kind = ProblemKind::MergeConflict { conflict, reported: vec![problem] };
                    list.push(Problem { position, kind });
                }
            }
        }
        (list, self.omitted_syntax + self.omitted_other)
    }
}

fn push(list: &mut Vec<Problem>, omitted: &mut usize, position: Position, kind: impl FnOnce() -> ProblemKind) {
    if list.len() < MAX_PROBLEMS {
        list.push(Problem { position, kind: kind() });
    } else {
        *omitted += 1;
    }
}
