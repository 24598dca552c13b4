//! Situations of the family `checksum`.

use serde::{Deserialize, Serialize};

use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// Of what a hash is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HashOf {
    /// The module zip.
    Zip,
    /// The go.mod file.
    GoMod,
}

/// What is wrong with a signed note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteTrouble {
    /// No note at all.
    Malformed,
    /// Another key signed it.
    OtherKey,
    /// The signature is wrong.
    BadSignature,
    /// It is signed for another tree than the one seen before.
    OtherTree,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// GOSUMDB is no database.
    Misconfigured {
        /// The value.
        value: Foreign,
        /// Go's words for it.
        error: Foreign,
    },
    /// The protection is off.
    Off {
        /// The variable.
        variable: Foreign,
        /// Its value.
        value: Foreign,
    },
    /// The database cannot be reached.
    Unreachable {
        /// Its name.
        name: Foreign,
        /// Where it was asked.
        host: Foreign,
        /// How it failed, in technical words.
        how: Foreign,
        /// Whether a module proxy stands in between.
        through_proxy: bool,
        /// Whether a sync here has something to ask it.
        needed: bool,
    },
    /// The database (or what stands for it) refuses.
    Refuses {
        /// Whether a sync here has something to ask it.
        needed: bool,
        /// Its name.
        name: Foreign,
        /// Where it was asked.
        host: Foreign,
        /// The status.
        status: u16,
    },
    /// It does not know the module.
    NotFound {
        /// Its name.
        name: Foreign,
        /// The module.
        module: ModuleVersion,
    },
    /// What answers does not speak the protocol, or signs with another key.
    BadAnswer {
        /// Its name.
        name: Foreign,
        /// Where it was asked.
        host: Foreign,
        /// What is wrong.
        trouble: NoteTrouble,
    },
    /// It records another hash than the download has.
    Mismatch {
        /// The module.
        module: ModuleVersion,
        /// Of what.
        of: HashOf,
        /// What the database records.
        recorded: Foreign,
        /// What the download has.
        got: Foreign,
    },
    /// go.sum records another hash than the download has.
    SumMismatch {
        /// The module.
        module: ModuleVersion,
        /// Of what.
        of: HashOf,
        /// What go.sum records.
        recorded: Foreign,
        /// What the download has.
        got: Foreign,
        /// Who sent it.
        host: Foreign,
    },
    /// go.sum lacks lines that a read-only command needs.
    SumMissing {
        /// The first of the modules.
        module: ModuleVersion,
        /// How many lines are missing.
        count: usize,
        /// Whether the file is missing altogether.
        no_file: bool,
    },
    /// A stored piece of the database is damaged.
    StoredDamaged {
        /// The file.
        path: Foreign,
        /// How.
        how: Foreign,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Go back to the default database.
    UseDefault,
    /// Switch the protection on again.
    SwitchOn,
    /// Use the database's address for China.
    UseChinaAddress,
    /// Have the module proxy pass requests on, or open the way.
    OpenTheWay {
        /// The host.
        host: Foreign,
    },
    /// Try again later.
    Retry,
    /// Exclude private modules.
    ExcludePrivate {
        /// The pattern.
        pattern: Foreign,
    },
    /// See whether the version exists and is public.
    CheckVersion {
        /// The module.
        module: ModuleVersion,
    },
    /// Correct the key in GOSUMDB.
    CheckKey,
    /// Do not use the download; ask who changed it.
    DoNotUse {
        /// The module.
        module: ModuleVersion,
    },
    /// Fetch one module again.
    Refetch {
        /// The module.
        module: ModuleVersion,
    },
    /// Take the recorded hash away, knowing that the content has changed.
    AcceptNew {
        /// The module.
        module: ModuleVersion,
    },
    /// Let go add the lines.
    AddLines,
    /// Take the damaged file away; go makes it anew.
    RemoveStored,
}
