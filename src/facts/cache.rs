//! The module cache: its place, whether it can be used, and what in it is damaged.

use serde::{Deserialize, Serialize};

use super::{Observation, Observed};
use crate::golang::module_path::ModuleVersion;
use crate::model::{CloneTrouble, Damage, Foreign};

/// The module cache and the other folders that a sync writes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CacheFacts {
    /// The folders, each with its file system.
    pub folders: Vec<Folder>,
    /// Locks that a live process holds.
    pub locks: Vec<HeldLock>,
    /// The look at modules.
    pub scan: Option<Scan>,
    /// Files and folders that bear the name of no module.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misnamed: Vec<Misnamed>,
    /// The clones of repositories.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clones: Vec<CloneState>,
}

/// What a folder is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FolderUse {
    /// GOMODCACHE.
    ModuleCache,
    /// GOPATH/pkg/sumdb.
    ChecksumDatabase,
    /// GOCACHE.
    BuildCache,
    /// GOTMPDIR or the system's folder for temporary files.
    Temporary,
    /// The repository, where go.mod and go.sum are written.
    Repository,
}

/// A folder that a sync writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    /// `cache/module-cache` and the like.
    pub observation: Observation,
    /// What it is for.
    pub used_for: FolderUse,
    /// The folder.
    pub path: Foreign,
    /// Whether it exists; where it does not, the rest is said of the nearest folder above that does.
    pub exists: bool,
    /// The nearest folder that exists.
    pub nearest: Foreign,
    /// Whether this user may write in it.
    pub writable: bool,
    /// What stands there is no folder.
    pub not_a_folder: bool,
    /// The user id of the owner, and ours.
    pub owner: Option<u32>,
    /// The user id that runs this program.
    pub user: Option<u32>,
    /// The file system is mounted read-only.
    pub read_only: bool,
    /// Free bytes for this user.
    pub free_bytes: Option<u64>,
    /// Free inodes; `None` where the file system does not count them.
    pub free_inodes: Option<u64>,
    /// Files in it that this user cannot write although a sync must: the first few.
    pub unwritable_inside: Vec<Foreign>,
}

/// A lock that a live process holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldLock {
    /// The observation.
    pub observation: Observation,
    /// The lock file.
    pub path: Foreign,
    /// The process that holds it, where the system tells.
    pub pid: Option<u32>,
    /// Its command, where the system tells.
    pub command: Option<Foreign>,
}

/// A file or folder in the module cache that bears the name of no module, so that go never finds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misnamed {
    /// `cache/misnamed/PATH`.
    pub observation: Observation,
    /// It, relative to the module cache.
    pub path: Foreign,
}

/// A clone of a repository in the module cache.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloneState {
    /// `cache/vcs/HASH`.
    pub observation: Observation,
    /// It, relative to the module cache.
    pub path: Foreign,
    /// The URL that it is a clone of, where its `.info` tells.
    pub url: Option<Foreign>,
    /// What is wrong with it; none where it is whole, as far as was looked.
    pub trouble: Option<CloneTrouble>,
}

/// A look at the modules of the build list that the cache holds, or at all that it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scan {
    /// `cache/modules`; inconclusive where the time did not suffice.
    pub observation: Observation,
    /// Modules that were looked at.
    pub scanned: usize,
    /// Modules that were not reached in time.
    pub not_reached: usize,
    /// What is damaged.
    pub damages: Vec<ModuleDamage>,
    /// Modules of which the cache has neither zip nor folder: there was nothing to hash.
    #[serde(default)]
    pub absent: usize,
    /// Modules that were left alone, since nothing has changed since they were last found to be whole.
    #[serde(default)]
    pub unchanged: usize,
    /// Bytes of content that were hashed.
    #[serde(default)]
    pub bytes: u64,
    /// Whether the contents of zips were left out (`--quick`).
    #[serde(default)]
    pub quick: bool,
    /// What else is to be said of how far the look went: the build list is not known to its end, say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Observation>,
}

/// One damage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModuleDamage {
    /// `cache/PATH@VERSION`.
    pub observation: Observation,
    /// The module.
    pub module: ModuleVersion,
    /// What is damaged.
    pub damage: Damage,
    /// Whether the module is extracted to its end, so that go does not look into the zip.
    #[serde(default)]
    pub extracted: bool,
}

impl Observed for CacheFacts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        self.folders.iter().for_each(|folder| visit(&folder.observation));
        self.locks.iter().for_each(|lock| visit(&lock.observation));
        if let Some(scan) = &self.scan {
            visit(&scan.observation);
            scan.limits.iter().for_each(&mut *visit);
            // One module may be damaged in several ways; it was looked at once.
            let mut last = None;
            for damage in scan.damages.iter().filter(|damage| last.replace(&damage.module) != Some(&damage.module)) {
                visit(&damage.observation);
            }
        }
        self.misnamed.iter().for_each(|misnamed| visit(&misnamed.observation));
        self.clones.iter().for_each(|clone| visit(&clone.observation));
    }
}
