//! What a log tells of a machine that cannot be looked at.

use serde::{Deserialize, Serialize};

use crate::catalog::Code;
use crate::foreign::Foreign;

/// What was met.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "situation", rename_all = "kebab-case")]
pub enum Situation {
    /// The log tells of such a failure.
    Told {
        /// The error type.
        code: Code,
        /// What it is about; empty where the log names nothing.
        named: Foreign,
        /// Whether it happened on the machine of a server, which told of it.
        on_server: bool,
    },
}

/// What to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "advice", rename_all = "kebab-case")]
pub enum Advice {
    /// Look on the machine where the command failed.
    CheckThere,
}
