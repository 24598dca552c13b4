//! Situations of the family `private`.

use serde::{Deserialize, Serialize};

use crate::golang::pattern::Suspicion;
use crate::golang::route::PrivateReason;
use crate::model::Foreign;

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// A private-looking module is asked of servers that do not know it.
    NotConfigured {
        /// The module path.
        path: Foreign,
        /// Who is asked.
        hosts: Vec<Foreign>,
        /// Why it looks private, the strongest reason.
        because: Option<PrivateReason>,
        /// Where it is imported, if no requirement lists it.
        imported_at: Option<(Foreign, usize)>,
        /// The variable that keeps it from module proxies but not from the checksum database.
        only_gonoproxy: bool,
    },
    /// An item of a pattern list can never match, or not what was meant.
    BadPattern {
        /// The variable.
        variable: Foreign,
        /// The item.
        item: Foreign,
        /// What is wrong with it.
        suspicion: Suspicion,
        /// Whether it can match no module at all.
        never_matches: bool,
    },
    /// An item nearly matches a module that fails here.
    NearMiss {
        /// The variable.
        variable: Foreign,
        /// The item.
        item: Foreign,
        /// The module that it was meant for.
        path: Foreign,
    },
    /// A list matches no module of this repository.
    MatchesNothing {
        /// The variable.
        variable: Foreign,
        /// The list.
        list: Foreign,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Add a pattern to the list.
    AddPattern {
        /// The variable.
        variable: Foreign,
        /// The pattern.
        pattern: Foreign,
    },
    /// Add patterns to the list, so that the paths are told to nobody outside.
    KeepInHouse {
        /// The variable.
        variable: Foreign,
        /// The patterns, separated by commas.
        patterns: Foreign,
    },
    /// Correct the list.
    CorrectList {
        /// The variable.
        variable: Foreign,
    },
    /// See whether the path is right.
    CheckPath {
        /// The path.
        path: Foreign,
    },
}
