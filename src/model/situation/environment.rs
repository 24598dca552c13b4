//! Situations of the family `environment`.

use serde::{Deserialize, Serialize};

use crate::model::Foreign;

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// A value stops commands.
    Stops {
        /// The variable.
        variable: Foreign,
        /// The value.
        value: Foreign,
        /// Go's words for it.
        error: Foreign,
    },
    /// GO111MODULE=off.
    ModulesOff,
    /// A value of the go env file is hidden by the process environment.
    Shadowed {
        /// The variable.
        variable: Foreign,
        /// The value that counts.
        value: Foreign,
        /// The value that is hidden.
        hidden: Foreign,
        /// Whether the hidden one would have worked.
        would_work: bool,
    },
    /// A name that go does not know.
    UnknownName {
        /// It.
        name: Foreign,
        /// What was meant.
        suggestion: Option<Foreign>,
    },
    /// A line of the go env file does not do what it seems to.
    OddLine {
        /// The file.
        file: Foreign,
        /// The line.
        line: usize,
        /// How, in a technical word.
        how: Foreign,
    },
    /// The clock is wrong.
    Clock {
        /// The server that it is compared with.
        host: Foreign,
        /// How far ahead this machine is, in seconds; behind where it is negative.
        ahead_seconds: i64,
    },
    /// The log comes from other settings.
    Elsewhere {
        /// What the log names.
        named: Foreign,
        /// What it is: a host, a folder, a variable.
        what: ElsewhereKind,
    },
}

/// What a log names that is not to be found in this environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ElsewhereKind {
    /// A host.
    Host,
    /// A folder.
    Folder,
    /// A value of a variable.
    Variable,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Unset or correct the variable.
    Correct {
        /// The variable.
        variable: Foreign,
    },
    /// Switch modules on.
    ModulesOn,
    /// Take the value out of the process environment.
    Unshadow {
        /// The variable.
        variable: Foreign,
    },
    /// Use the name that go knows.
    UseName {
        /// The name that go knows.
        name: Foreign,
    },
    /// Correct the line.
    CorrectLine,
    /// Set the clock.
    SetClock,
    /// Run gomoddoc where the command failed.
    RunThere,
}
