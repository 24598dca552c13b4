//! What the outcomes for single entries and files come to.

use std::path::Path;

use super::limits::Stopped;
use super::order::Strength;
use super::owner::Odd;
use super::pieces::{Compared, Outcome, entry_name};
use super::tree::{Named, Tree, unreadable};
use super::zip;
use crate::golang::module_hash::{FileHash, h1_of};
use crate::golang::module_zip::{Entry, EntryError};
use crate::model::Foreign;
use crate::model::damage::{Damage, Files};

/// The module whose outcomes are summed up.
#[derive(Clone, Copy)]
pub(super) struct Parts<'a> {
    /// The module cache.
    pub cache: &'a Path,
    /// `module@version/`.
    pub prefix: &'a [u8],
    /// Its folder; none where there is none that can be used.
    pub tree: Option<&'a Tree>,
    /// Whose the cache is.
    pub owner: Option<u32>,
}

/// What the outcomes of consecutive entries or files come to. Of each no more is kept than its hash: there may
/// be half a million.
#[derive(Default)]
pub(super) struct Tally {
    hashes: Vec<FileHash>,
    bytes: u64,
    go_mod: Option<Vec<u8>>,
    stopped: bool,
    /// The first entry that cannot be read.
    broken: Option<Box<Damage>>,
    /// The first file that cannot.
    unread: Option<Box<Damage>>,
    missing: Named,
    changed: Named,
    odd: OddFiles,
}

impl Tally {
    /// Adds the next entry or file.
    pub(super) fn add(&mut self, name: &[u8], outcome: Outcome, parts: Parts<'_>) {
        self.bytes += outcome.bytes;
        self.odd.add(name, outcome.odd);
        self.go_mod = outcome.go_mod.or(self.go_mod.take());
        match outcome.hash {
            Ok(hash) => self.hashes.push(hash.unwrap_or_default()),
            Err(EntryError::Stopped) => {
                self.stopped = true;
                return;
            }
            Err(error) => {
                self.hashes.push(FileHash::default());
                self.broken.get_or_insert_with(|| {
                    let entry = Foreign::from_bytes(name);
                    Box::new(Damage::ZipEntry { entry, problem: zip::problem(&error) })
                });
                return;
            }
        }
        match (outcome.compared, parts.tree) {
            (Compared::Missing, _) => self.missing.add(name),
            (Compared::Changed, _) => self.changed.add(name),
            (Compared::Unreadable(failure), Some(tree)) => {
                let told = || Box::new(unreadable(parts.cache, &tree.path(name), &failure));
                self.unread.get_or_insert_with(told);
            }
            _ => {}
        }
    }

    /// Sets the hashes of contents that were held, by their numbers.
    pub(super) fn set(&mut self, hashes: impl Iterator<Item = (usize, FileHash)>) {
        for (number, hash) in hashes {
            self.hashes.get_mut(number).into_iter().for_each(|place| *place = hash);
        }
    }

    /// Adds what follows.
    pub(super) fn append(&mut self, mut next: Self) {
        self.hashes.append(&mut next.hashes);
        self.bytes += next.bytes;
        self.go_mod = next.go_mod.or(self.go_mod.take());
        self.stopped |= next.stopped;
        self.broken = self.broken.take().or(next.broken);
        self.unread = self.unread.take().or(next.unread);
        self.missing.append(next.missing);
        self.changed.append(next.changed);
        self.odd.append(next.odd);
    }

    /// The files of a folder that is not compared with a zip, in order.
    pub(super) fn of_folder(self, parts: Parts<'_>, tree: &Tree) -> Result<Sum, Stopped> {
        if self.stopped {
            return Err(Stopped);
        }
        let whole = tree.plain && self.unread.is_none();
        let h1 = || h1_of(parts.prefix, self.hashes.len(), |index| (tree.name(index), self.hashes.get(index).copied()));
        let folder_h1 = if whole { h1().ok() } else { None };
        let mut folder_damages: Vec<Damage> =
            self.unread.filter(|_| tree.plain).map(|told| *told).into_iter().collect();
        folder_damages.extend(self.odd.damages(parts.owner));
        Ok(Sum { folder_h1, bytes: self.bytes, folder_damages, ..Sum::default() })
    }

    /// The entries of a zip, in the order of its directory, each with its extracted file.
    pub(super) fn of_zip(self, parts: Parts<'_>, entries: &[Entry], strength: Strength) -> Result<Sum, Stopped> {
        if self.stopped {
            return Err(Stopped);
        }
        let name = |index| entries.get(index).map_or(&b""[..], |entry: &Entry| &entry.name);
        let h1 = || h1_of(b"", entries.len(), |index| (name(index), self.hashes.get(index).copied()));
        let h1 = if self.broken.is_none() { h1().ok() } else { None };
        let added =
            parts.tree.map(|tree| added(tree, entries, parts.prefix, self.missing.count > 0)).unwrap_or_default();
        let mut sum = Sum { bytes: self.bytes, go_mod: self.go_mod, ..Sum::default() };
        sum.zip_damages.extend(self.broken.map(|told| *told));
        sum.folder_damages.extend(self.unread.map(|told| *told));
        type Make = fn(Files) -> Damage;
        let kinds: [(Named, Make); 3] =
            [(self.missing, Damage::FilesMissing), (added, Damage::FilesAdded), (self.changed, Damage::FilesChanged)];
        for (named, make) in kinds {
            if named.count > 0 {
                sum.folder_damages.push(make(named.into_files()));
            }
        }
        sum.folder_damages.extend(self.odd.damages(parts.owner));
        match strength {
            Strength::Full => sum.zip_h1 = h1,
            Strength::Quick => sum.folder_h1 = h1.filter(|_| parts.tree.is_some_and(|tree| tree.plain)),
        }
        Ok(sum)
    }
}

/// The files of the folder that the zip has not.
fn added(tree: &Tree, entries: &[Entry], prefix: &[u8], some_are_missing: bool) -> Named {
    let mut added = Named::default();
    let mut known: Vec<&[u8]> = entries.iter().filter_map(|entry| entry_name(entry, prefix)).collect();
    known.sort_unstable();
    known.dedup();
    if tree.len() != known.len() || some_are_missing {
        tree.names().filter(|name| known.binary_search(name).is_err()).for_each(|name| added.add(name));
    }
    added
}

/// What all outcomes come to.
#[derive(Default)]
pub(super) struct Sum {
    /// The h1 of the zip, if every entry could be inflated.
    pub zip_h1: Option<String>,
    /// The h1 of the folder, if every file of it could be read.
    pub folder_h1: Option<String>,
    /// The go.mod at the root of the zip.
    pub go_mod: Option<Vec<u8>>,
    pub bytes: u64,
    /// What is wrong with the zip itself.
    pub zip_damages: Vec<Damage>,
    /// How the folder differs from it; to be believed only if the zip is whole.
    pub folder_damages: Vec<Damage>,
}

/// Files with odd permissions.
#[derive(Default)]
struct OddFiles {
    modes: Named,
    owners: Named,
    owner: Option<u32>,
}

impl OddFiles {
    fn add(&mut self, name: &[u8], odd: Odd) {
        if odd.mode {
            self.modes.add(name);
        }
        if let Some(owner) = odd.owner {
            self.owners.add(name);
            self.owner.get_or_insert(owner);
        }
    }

    fn append(&mut self, other: Self) {
        self.modes.append(other.modes);
        self.owners.append(other.owners);
        self.owner = self.owner.or(other.owner);
    }

    fn damages(self, cache: Option<u32>) -> Vec<Damage> {
        let mut damages = Vec::new();
        if self.modes.count > 0 {
            damages.push(Damage::FileModes(self.modes.into_files()));
        }
        if let (Some(owner), Some(cache)) = (self.owner, cache) {
            damages.push(Damage::OtherOwner { files: self.owners.into_files(), owner, cache });
        }
        damages
    }
}
