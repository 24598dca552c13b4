//! Why something is not known.

use serde::{Deserialize, Serialize};

use super::Foreign;

/// Why something was not looked at, or does not tell.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Reason {
    /// `--offline`.
    Offline,
    /// `--only` or `--skip` left it out.
    NotWanted,
    /// The run's deadline came first.
    Deadline,
    /// The step's own limit came first; the go command would have waited longer.
    CutOff {
        /// The limit, in milliseconds.
        after_ms: u64,
    },
    /// More modules than `--max-modules`.
    MaxModules,
    /// The server refused requests as too many; asking on would make it worse.
    RateLimited,
    /// The go command would not come this far: something before it decides.
    NotReached,
    /// What it needs failed.
    NeedFailed,
    /// It would run a program of the user's (a credential helper, GOAUTH, `Match exec`); `--run-helpers` allows it.
    HelperNotRun,
    /// A private-looking name is sent to no public host.
    Private,
    /// Only a log names it, and what a log names is sent nowhere unless `--module` names it too.
    OnlyInLog,
    /// A program is missing.
    ProgramMissing {
        /// Its name.
        program: String,
    },
    /// The mirror answers only from what it holds when asked so as not to fetch; it might fetch for go.
    OnlyFromStore,
    /// A file could not be read.
    Unreadable {
        /// The file.
        path: Foreign,
        /// What the system said.
        error: Foreign,
    },
    /// A file or an answer is larger than what is read.
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// This platform has no way to tell.
    Platform,
    /// The probe itself broke; the others went on.
    ProbeBroke {
        /// What broke.
        error: Foreign,
    },
    /// Somebody ended the run.
    Interrupted,
    /// `--quick` leaves it out.
    Quick,
    /// go.mod files that the module graph needs are not in the cache.
    GraphLacks {
        /// How many.
        go_mods: usize,
    },
    /// A file or folder belongs to another user.
    OtherOwner,
    /// Nothing here calls for it.
    NotNeeded,
}
