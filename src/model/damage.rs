//! What can be wrong with one module in the module cache.
//!
//! It stands on this floor because the scan of a cache yields it and facts store it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::foreign::Foreign;

/// One thing that is wrong with a module version in the cache.
///
/// What go heals by itself (a missing zip, a missing folder) is no damage.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Damage {
    /// The zip is none: `zip: not a valid zip file`.
    ZipUnreadable {
        /// What is wrong, in go's words.
        reason: Foreign,
    },
    /// An entry of the zip cannot be read.
    ZipEntry {
        /// The entry.
        entry: Foreign,
        /// What is wrong with it.
        problem: EntryProblem,
    },
    /// The zip breaks a rule for module zips, so that go does not extract it.
    ZipRule {
        /// The first entry that breaks one; none for what concerns the whole zip.
        entry: Option<Foreign>,
        /// What is wrong, in go's words.
        rule: Foreign,
        /// How many entries break rules.
        count: usize,
    },
    /// The zip has another h1 than its `.ziphash` holds: `zip has been modified`.
    ZipModified {
        /// The h1 of the zip.
        actual: String,
        /// What `.ziphash` holds.
        ziphash: String,
    },
    /// Zip or folder are there, and `.ziphash` is not.
    ZiphashMissing,
    /// `.ziphash` holds no h1.
    ZiphashMalformed {
        /// What it holds.
        text: Foreign,
    },
    /// The `.ziphash` is none of the hashes in go.sum: go reports a checksum mismatch.
    ZiphashNotInGoSum {
        /// What `.ziphash` holds (or, where that is missing, the h1 of the zip).
        ziphash: String,
        /// The h1 of the zip as it is, if that could be computed.
        actual: Option<String>,
        /// What go.sum lists.
        go_sum: Vec<String>,
    },
    /// The extracted folder lacks files of the zip.
    FilesMissing(Files),
    /// The extracted folder has files that the zip lacks.
    FilesAdded(Files),
    /// Files in the extracted folder are not what the zip holds.
    FilesChanged(Files),
    /// There is no zip to compare with, and the folder has another h1 than `.ziphash` holds: `dir has
    /// been modified`.
    FolderModified {
        /// The h1 of the folder.
        actual: String,
        /// What `.ziphash` holds.
        ziphash: String,
    },
    /// Files in the extracted folder cannot be read by their owner, or can be written by everybody.
    FileModes(Files),
    /// Files that belong to another user than the cache does, as after a go command under sudo.
    OtherOwner {
        /// The files.
        files: Files,
        /// The user id of the first of them.
        owner: u32,
        /// The user id of the cache's owner.
        cache: u32,
    },
    /// Symbolic links in the extracted folder, where go makes none.
    Links {
        /// The links.
        files: Files,
        /// Whether one of them leads out of the module cache.
        leave_the_cache: bool,
    },
    /// FIFOs, sockets or devices in the extracted folder.
    SpecialFiles(Files),
    /// What should be the extracted folder is no folder.
    NotAFolder {
        /// Whether it is a symbolic link (which go follows); else it is a file, which go replaces.
        link: bool,
        /// Whether that link leads out of the module cache.
        leaves_the_cache: bool,
    },
    /// `.partial` is there: the folder was not extracted to its end, and go does it again.
    Partial,
    /// Downloaded files that are symbolic links. go follows them.
    LinkedDownloads {
        /// The links, by their names in the folder `@v`.
        files: Files,
        /// Whether one of them leads out of the module cache.
        leave_the_cache: bool,
    },
    /// Temporary files of downloads that did not come to their end. go never looks at them again.
    Leftovers(Files),
    /// `.lock` is a folder, so that go cannot lock.
    LockIsFolder,
    /// The `.mod` has none of the hashes in go.sum: go reports a checksum mismatch again and again.
    GoModNotInGoSum {
        /// Its h1.
        actual: String,
        /// What go.sum lists.
        go_sum: Vec<String>,
        /// Whether it is an HTML page.
        html: bool,
    },
    /// The `.mod` is no go.mod.
    GoModInvalid {
        /// What go says of it.
        reason: Foreign,
        /// Whether it is an HTML page.
        html: bool,
        /// Whether go.sum records this very content: then its author wrote it so.
        #[serde(default)]
        recorded: bool,
    },
    /// The `.mod` is not the go.mod in the zip.
    GoModNotInZip,
    /// The `.info` is no JSON that names a version.
    InfoInvalid {
        /// Whether it is an HTML page.
        html: bool,
    },
    /// The `.info` is about another version.
    InfoOtherVersion {
        /// That version.
        version: Foreign,
    },
    /// A file or folder could not be read.
    Unreadable {
        /// Which one, relative to the module cache.
        path: Foreign,
        /// Why.
        reason: Foreign,
        /// Whether a folder, FIFO or device stands where a file should be.
        #[serde(default)]
        not_regular: bool,
    },
    /// More content or more files than a module may have.
    TooLarge,
}

/// Some files of a module: how many, and the first few.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Files {
    /// How many there are.
    pub count: usize,
    /// The first few by name, relative to the module's root.
    pub first: Vec<Foreign>,
}

/// What is wrong with an entry of a zip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EntryProblem {
    /// No header stands where the directory of the zip says.
    Header,
    /// A compression method that go does not know.
    Method,
    /// The compressed data is damaged.
    Corrupt,
    /// There is less content than declared.
    TooShort,
    /// There is more content than declared.
    TooLong,
    /// The checksum of the content differs from the declared one.
    Checksum,
    /// It could not be read from the disk.
    Unreadable,
}

/// What is wrong with a clone of a repository.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum CloneTrouble {
    /// Its `.info` names another repository than the clone's name stands for: go refuses it.
    OtherInfo,
    /// It has no `.info`, or is no folder: go makes it anew.
    Incomplete,
    /// git cannot open it.
    NoRepository {
        /// What git says.
        reason: Foreign,
    },
    /// An object that a reference leads to is missing or damaged.
    ObjectDamaged {
        /// The reference.
        reference: Foreign,
        /// What git says.
        reason: Foreign,
    },
    /// A pack and its index do not belong together, or one of them was cut.
    PackDamaged {
        /// The pack.
        pack: Foreign,
    },
    /// Links, FIFOs or devices among its files.
    SpecialFiles(Files),
}
