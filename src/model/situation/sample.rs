//! Situations that only the tests of the formats meet.

use serde::{Deserialize, Serialize};

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// A netrc line names a port that GOPROXY does not.
    NetrcPort,
    /// The module proxy answers 401.
    Unauthorized {
        /// The host.
        host: String,
    },
    /// A pattern with a scheme.
    PatternScheme,
    /// A comma keeps go from the next entry.
    Comma,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Delete the port.
    DropPort,
    /// Write the pattern without its scheme.
    DropScheme,
    /// Log in.
    LogIn,
    /// Take the database away.
    NoDatabase,
}
