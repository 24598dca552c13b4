//! What the outcomes for single entries and files come to.

use std::collections::HashSet;
use std::path::Path;

use super::limits::Stopped;
use super::order::Strength;
use super::pieces::{Compared, Outcome, entry_name};
use super::tree::{Named, Tree, unreadable};
use super::zip;
use crate::golang::module_hash::Files as Hashes;
use crate::golang::module_zip::{Entry, EntryError};
use crate::model::Foreign;
use crate::model::damage::{Damage, Files};

/// The module whose outcomes are summed up.
pub(super) struct Parts<'a> {
    /// The module cache.
    pub cache: &'a Path,
    /// `module@version/`.
    pub prefix: &'a [u8],
    /// Whose the cache is.
    pub owner: Option<u32>,
}

impl Parts<'_> {
    /// The files of a folder that is not compared with a zip.
    pub(super) fn of_folder(
        &self,
        tree: &Tree,
        names: &[&[u8]],
        outcomes: &mut dyn Iterator<Item = Outcome>,
    ) -> Result<Sum, Stopped> {
        let mut sum = Sum::default();
        let mut hashes = Hashes::default();
        let mut odd = OddFiles::default();
        let mut whole = tree.plain;
        for (name, outcome) in names.iter().zip(outcomes) {
            sum.bytes += outcome.bytes;
            odd.add(name, &outcome);
            match (outcome.hash, outcome.compared) {
                (Err(EntryError::Stopped), _) => return Err(Stopped),
                (Ok(hash), Compared::Same) => hashes.add([self.prefix, *name].concat(), hash),
                (_, Compared::Unreadable(failure)) => {
                    if whole {
                        sum.folder_damages.push(unreadable(self.cache, &tree.path(name), &failure.reason()));
                    }
                    whole = false;
                }
                _ => whole = false,
            }
        }
        sum.folder_damages.extend(odd.damages(self.owner));
        sum.folder_h1 = if whole { hashes.h1().ok() } else { None };
        Ok(sum)
    }

    /// The entries of a zip, each with its extracted file.
    pub(super) fn of_zip(
        &self,
        entries: &[Entry],
        tree: Option<&Tree>,
        strength: Strength,
        outcomes: &mut dyn Iterator<Item = Outcome>,
    ) -> Result<Sum, Stopped> {
        let mut sum = Sum::default();
        let mut hashes = Hashes::default();
        let (mut missing, mut changed, mut odd) = (Named::default(), Named::default(), OddFiles::default());
        let mut broken = false;
        let mut unread = 0;
        for (entry, outcome) in entries.iter().zip(outcomes) {
            sum.bytes += outcome.bytes;
            let name = entry_name(entry, self.prefix).unwrap_or(&entry.name);
            odd.add(name, &outcome);
            sum.go_mod = outcome.go_mod.or(sum.go_mod.take());
            match outcome.hash {
                Ok(hash) => hashes.add(&*entry.name, hash),
                Err(EntryError::Stopped) => return Err(Stopped),
                Err(error) => {
                    if !broken {
                        let entry = Foreign::from_bytes(name);
                        sum.zip_damages.push(Damage::ZipEntry { entry, problem: zip::problem(&error) });
                    }
                    broken = true;
                    continue;
                }
            }
            match (outcome.compared, tree) {
                (Compared::Missing, _) => missing.add(name),
                (Compared::Changed, _) => changed.add(name),
                (Compared::Unreadable(failure), Some(tree)) => {
                    unread += 1;
                    if unread == 1 {
                        sum.folder_damages.push(unreadable(self.cache, &tree.path(name), &failure.reason()));
                    }
                }
                _ => {}
            }
        }
        let h1 = if broken { None } else { hashes.h1().ok() };
        let mut added = Named::default();
        if let Some(tree) = tree {
            let known: HashSet<&[u8]> = entries.iter().filter_map(|entry| entry_name(entry, self.prefix)).collect();
            if tree.files.len() != known.len() || missing.count > 0 {
                tree.sorted().into_iter().filter(|name| !known.contains(name)).for_each(|name| added.add(name));
            }
        }
        type Make = fn(Files) -> Damage;
        let kinds: [(Named, Make); 3] =
            [(missing, Damage::FilesMissing), (added, Damage::FilesAdded), (changed, Damage::FilesChanged)];
        for (named, make) in kinds {
            if named.count > 0 {
                sum.folder_damages.push(make(named.into_files()));
            }
        }
        sum.folder_damages.extend(odd.damages(self.owner));
        match strength {
            Strength::Full => sum.zip_h1 = h1,
            Strength::Quick => sum.folder_h1 = h1.filter(|_| tree.is_some_and(|tree| tree.plain)),
        }
        Ok(sum)
    }
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
    fn add(&mut self, name: &[u8], outcome: &Outcome) {
        if outcome.odd.mode {
            self.modes.add(name);
        }
        if let Some(owner) = outcome.odd.owner {
            self.owners.add(name);
            self.owner.get_or_insert(owner);
        }
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
