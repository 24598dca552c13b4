//! Situations of the family `cache`.

use serde::{Deserialize, Serialize};

use crate::golang::module_path::ModuleVersion;
use crate::model::{CloneTrouble, Damage, Foreign};

/// What a folder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// The module cache (GOMODCACHE).
    ModuleCache,
    /// What is known of checksum databases (GOPATH/pkg/sumdb).
    ChecksumDatabase,
    /// The build cache (GOCACHE).
    BuildCache,
    /// Temporary files (GOTMPDIR).
    Temporary,
    /// The repository, where go.mod and go.sum are written.
    Repository,
}

impl Use {
    /// The variable that names the folder, where one does.
    #[must_use]
    pub const fn variable(self) -> Option<&'static str> {
        match self {
            Self::ModuleCache => Some("GOMODCACHE"),
            Self::ChecksumDatabase => Some("GOPATH"),
            Self::BuildCache => Some("GOCACHE"),
            Self::Temporary => Some("GOTMPDIR"),
            Self::Repository => None,
        }
    }
}

/// Why something cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum Obstacle {
    /// What stands there, or above it, is no folder.
    NotAFolder,
    /// The file system is mounted read-only.
    ReadOnly,
    /// This user has no right to write.
    Denied {
        /// The user id of the owner, where the system knows such.
        owner: Option<u32>,
        /// The user id that runs this program.
        user: Option<u32>,
    },
}

/// What go makes of a damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It stops.
    Stops,
    /// It builds from what is there and does not notice.
    Unnoticed,
    /// It does not look at it until it has to extract the module again.
    Latent,
    /// It mends it by itself.
    Heals,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// There is no room left.
    Full {
        /// The folder.
        path: Foreign,
        /// What it is for.
        used_for: Use,
        /// Free bytes; none where it is the number of files that is used up.
        free_bytes: Option<u64>,
    },
    /// A folder or file cannot be written.
    CannotWrite {
        /// What cannot be written.
        path: Foreign,
        /// What the folder is for.
        used_for: Use,
        /// Why not.
        because: Obstacle,
    },
    /// Another process holds a lock.
    Locked {
        /// The lock file.
        path: Foreign,
        /// The process.
        pid: Option<u32>,
        /// Its command.
        command: Option<Foreign>,
    },
    /// A module has a name that go allows in none.
    NameNotAllowed {
        /// The module.
        module: ModuleVersion,
        /// The entry and the rule, in Go's words.
        problem: Foreign,
    },
    /// A module has a name that cannot be written here.
    NameTooLong {
        /// The module.
        module: ModuleVersion,
        /// The entry.
        entry: Foreign,
        /// Its length in bytes.
        length: u32,
        /// The most that there may be.
        limit: u32,
        /// Whether it is the whole path that is too long.
        whole_path: bool,
    },
    /// A module in the cache is damaged.
    Damaged {
        /// The module.
        module: ModuleVersion,
        /// How.
        damage: Damage,
        /// What go makes of it.
        effect: Effect,
    },
    /// A clone of a repository in the cache is damaged.
    CloneDamaged {
        /// It, relative to the module cache.
        path: Foreign,
        /// What it is a clone of.
        url: Option<Foreign>,
        /// How.
        trouble: CloneTrouble,
    },
    /// A file or folder in the cache bears the name of no module.
    Misnamed {
        /// It, relative to the module cache.
        path: Foreign,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Fetch one module again.
    Refetch {
        /// The module.
        module: ModuleVersion,
    },
    /// If the new copy has the same hash, it is go.sum that is wrong: see who changed its lines.
    CompareGoSum {
        /// The module.
        module: ModuleVersion,
    },
    /// Mend the server or the login, then fetch one module again.
    RefetchPage {
        /// The module.
        module: ModuleVersion,
    },
    /// Let the folder or file belong to this user again.
    GiveBack {
        /// It.
        path: Foreign,
    },
    /// Use the default folder.
    DefaultFolder {
        /// The variable that names another one.
        variable: Foreign,
    },
    /// Name a folder that can be written.
    OtherFolder {
        /// The variable.
        variable: Foreign,
    },
    /// Take a version of the module without such a name.
    OtherNames {
        /// The module.
        module: ModuleVersion,
    },
    /// Name a shorter folder, or one on another file system.
    OtherDisk,
    /// Remove what stands in the place of the folder.
    MakeWay {
        /// It.
        path: Foreign,
    },
    /// Make room on the disk.
    MakeRoom {
        /// The folder.
        path: Foreign,
    },
    /// Empty the build cache.
    EmptyBuildCache,
    /// Empty the module cache.
    EmptyModuleCache,
    /// Let a process end, or end it.
    LetEnd {
        /// The process.
        pid: Option<u32>,
    },
    /// Remove a clone; go makes it anew.
    RemoveClone,
    /// Remove what go never finds.
    RemoveMisnamed,
    /// Remove what downloads left behind, while no go command runs.
    RemoveLeftovers,
    /// Remove the extracted folder alone: go extracts it again from the zip, which is whole.
    ExtractAgain {
        /// The module.
        module: ModuleVersion,
    },
    /// The same, and empty the build cache, which has an index of the folder as it was.
    ExtractAndIndexAgain {
        /// The module.
        module: ModuleVersion,
    },
    /// Remove a folder that has the name of a lock file.
    RemoveLockFolder,
}
