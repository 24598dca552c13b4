//! One module: its parts opened, worked on piece by piece, and held against each other.

use std::ops::Range;
use std::path::Path;

use super::limits::Stopped;
use super::order::{Order, Strength};
use super::pieces::{self, Beside, Outcome, Worker, entry_name};
use super::small_files::{self, Ziphash, h1_only};
use super::stamp::{self, Stamp};
use super::sum::{Parts, Sum};
use super::tree::{self, Folder, Tree};
use super::zip::{self, Window, Zip};
use super::{Scanned, Wanted};
use crate::golang::module_cache::ModuleFiles;
use crate::model::Damage;

/// A module at its beginning.
pub(super) enum Start<'a> {
    /// There is nothing to work on.
    Done(Scanned),
    /// There are pieces to be worked on.
    Open(Box<Opened<'a>>),
}

/// A module whose zip and folder are open.
pub(super) struct Opened<'a> {
    cache: &'a Path,
    owner: Option<u32>,
    wanted: &'a Wanted,
    order: &'a Order<'a>,
    files: ModuleFiles,
    /// `module@version/`.
    prefix: Vec<u8>,
    partial: bool,
    folder: Folder,
    zip: Zip,
    /// The files of the folder, where they are what is worked on.
    names: Vec<Vec<u8>>,
    pieces: Vec<Range<usize>>,
    stamp: Option<Stamp>,
    damages: Vec<Damage>,
}

impl<'a> Opened<'a> {
    pub(super) fn open(
        cache: &'a Path,
        owner: Option<u32>,
        wanted: &'a Wanted,
        order: &'a Order<'a>,
    ) -> Result<Start<'a>, Stopped> {
        let nothing = Scanned { module: wanted.module.clone(), ..Scanned::default() };
        // A path or version that cannot be escaped cannot be in a cache.
        let Ok(files) = ModuleFiles::of(&wanted.module) else { return Ok(Start::Done(nothing)) };
        let mut damages = Vec::new();
        let partial = small_files::is_partial(cache, &files);
        let folder = if partial {
            // go extracts it again: what is in it now does not matter.
            damages.push(Damage::Partial);
            Folder::Unusable
        } else {
            tree::list(cache, &cache.join(&files.folder), &order.limits, &mut damages)?
        };
        let tree = if let Folder::Tree(tree) = &folder { Some(tree) } else { None };
        let mut stamp = None;
        if let Some(verified) = order.verified {
            stamp = stamp::of(cache, &files, tree, wanted, order);
            if stamp.is_some_and(|stamp| verified.holds(&wanted.module, &stamp)) && damages.is_empty() {
                (order.progress)(stamp::zip_size(cache, &files));
                let present = tree.is_some() || cache.join(&files.zip).exists();
                return Ok(Start::Done(Scanned { unchanged: true, present, stamp, ..nothing }));
            }
        }
        let zip = zip::open(cache, &cache.join(&files.zip), &wanted.module, &mut damages);
        let prefix = format!("{}@{}/", wanted.module.path, wanted.module.version).into_bytes();
        let mut names = Vec::new();
        let pieces = match (&zip, tree) {
            (Zip::Readable(archive), _) => pieces::cut(archive.entries.iter().map(|entry| entry.size)),
            (Zip::Missing, Some(tree)) => {
                names = tree.sorted().into_iter().map(<[u8]>::to_vec).collect();
                pieces::cut(names.iter().map(|_| 64 << 10))
            }
            _ => Vec::new(),
        };
        Ok(Start::Open(Box::new(Self {
            cache,
            owner,
            wanted,
            order,
            files,
            prefix,
            partial,
            folder,
            zip,
            names,
            pieces,
            stamp,
            damages,
        })))
    }

    pub(super) fn pieces(&self) -> usize {
        self.pieces.len()
    }

    fn tree(&self) -> Option<&Tree> {
        if let Folder::Tree(tree) = &self.folder { Some(tree) } else { None }
    }

    fn parts(&self) -> Parts<'_> {
        Parts { cache: self.cache, prefix: &self.prefix, owner: self.owner }
    }

    fn beside(&self) -> Beside<'_> {
        Beside { tree: self.tree(), owner: self.owner, limits: &self.order.limits }
    }

    /// Works on a piece.
    pub(super) fn work(&self, piece: usize, worker: &mut Worker) -> Vec<Outcome> {
        let Some(piece) = self.pieces.get(piece) else { return Vec::new() };
        let beside = self.beside();
        let Zip::Readable(archive) = &self.zip else {
            let names = self.names.get(piece.clone()).unwrap_or_default();
            let Some(tree) = self.tree() else { return Vec::new() };
            return names.iter().map(|name| worker.read(tree, name, beside)).collect();
        };
        let entries = archive.entries.get(piece.clone()).unwrap_or_default();
        let name = |entry| entry_name(entry, &self.prefix);
        let outcomes = match self.order.strength {
            Strength::Quick => entries.iter().map(|entry| worker.check(entry, name(entry), beside)).collect(),
            Strength::Full => {
                let mut buffer = std::mem::take(&mut worker.window);
                let window = Window::over(&archive.source, pieces::span(archive, piece), &mut buffer);
                let outcomes =
                    entries.iter().map(|entry| worker.inflate(&window, entry, name(entry), beside)).collect();
                worker.window = buffer;
                outcomes
            }
        };
        (self.order.progress)(entries.iter().fold(0, |sum, entry| sum.saturating_add(entry.compressed)));
        outcomes
    }

    /// Holds the parts against each other, after all pieces have been worked on.
    pub(super) fn finish(&self, outcomes: &mut dyn Iterator<Item = Outcome>) -> Result<Scanned, Stopped> {
        let mut sum = self.sum_up(outcomes)?;
        let mut damages = self.damages.clone();
        damages.append(&mut sum.zip_damages);
        let present = !matches!((&self.zip, &self.folder), (Zip::Missing, Folder::Absent));
        let ziphash = small_files::ziphash(self.cache, &self.files, &mut damages);
        if matches!(ziphash, Ziphash::Missing) && present && !self.partial {
            damages.push(Damage::ZiphashMissing);
        }
        let ziphash = if let Ziphash::Good(ziphash) = ziphash { Some(ziphash) } else { None };
        if let (Some(actual), Some(ziphash)) = (&sum.zip_h1, &ziphash)
            && actual != ziphash
        {
            damages.push(Damage::ZipModified { actual: actual.clone(), ziphash: ziphash.clone() });
        }
        if let Some(stored) = ziphash.as_ref().or(sum.zip_h1.as_ref()) {
            let sums = self.wanted.sums.iter().map(|sums| h1_only(&sums.zip));
            let differs = sums.into_iter().find(|sums| !sums.is_empty() && !sums.contains(stored));
            damages.extend(differs.map(|go_sum| Damage::ZiphashNotInGoSum {
                ziphash: stored.clone(),
                actual: sum.zip_h1.clone(),
                go_sum,
            }));
        }
        let mut bytes = sum.bytes;
        if let Some(tree) = self.tree() {
            bytes += self.judge_folder(tree, &mut sum, ziphash.as_deref(), &mut damages)?;
        }
        small_files::go_mod(self.cache, &self.files, self.wanted, sum.go_mod.as_deref(), &mut damages);
        small_files::info(self.cache, &self.files, self.wanted, &mut damages);
        if small_files::is_lock_a_folder(self.cache, &self.files) {
            damages.push(Damage::LockIsFolder);
        }
        Ok(Scanned {
            module: self.wanted.module.clone(),
            present,
            zip_h1: sum.zip_h1,
            bytes,
            unchanged: false,
            stamp: self.stamp.filter(|_| damages.is_empty()),
            damages,
        })
    }

    /// Says how the folder is damaged: file by file where the zip is what `.ziphash` says, else by its
    /// own hash, so that a damaged zip is not blamed on the folder. Returns the bytes read again.
    fn judge_folder(
        &self,
        tree: &Tree,
        sum: &mut Sum,
        ziphash: Option<&str>,
        damages: &mut Vec<Damage>,
    ) -> Result<u64, Stopped> {
        let differs = |actual: &Option<String>| {
            actual.as_deref().zip(ziphash).filter(|(actual, ziphash)| actual != ziphash).map(|(actual, ziphash)| {
                Damage::FolderModified { actual: actual.to_owned(), ziphash: ziphash.to_owned() }
            })
        };
        // Nothing was inflated: the folder's own hash is what there is.
        if self.order.strength == Strength::Quick || matches!(self.zip, Zip::Missing) {
            let told = |damage: &Damage| {
                use Damage::{FilesAdded, FilesChanged, FilesMissing, Unreadable};
                matches!(damage, FilesMissing(_) | FilesAdded(_) | FilesChanged(_) | Unreadable { .. })
            };
            let named = sum.folder_damages.iter().any(told);
            damages.append(&mut sum.folder_damages);
            damages.extend(differs(&sum.folder_h1).filter(|_| !named));
            return Ok(0);
        }
        let zip_is_good = sum.zip_h1.is_some() && ziphash.is_none_or(|ziphash| sum.zip_h1.as_deref() == Some(ziphash));
        if zip_is_good {
            damages.append(&mut sum.folder_damages);
            return Ok(0);
        }
        if ziphash.is_none() {
            return Ok(0);
        }
        let again = self.hash_folder(tree)?;
        damages.extend(again.folder_damages);
        damages.extend(differs(&again.folder_h1));
        Ok(again.bytes)
    }

    fn hash_folder(&self, tree: &Tree) -> Result<Sum, Stopped> {
        let mut worker = Worker::default();
        let names = tree.sorted();
        let mut outcomes = names.iter().map(|name| worker.read(tree, name, self.beside()));
        self.parts().of_folder(tree, &names, &mut outcomes)
    }

    fn sum_up(&self, outcomes: &mut dyn Iterator<Item = Outcome>) -> Result<Sum, Stopped> {
        match (&self.zip, self.tree()) {
            (Zip::Readable(archive), tree) => {
                self.parts().of_zip(&archive.entries, tree, self.order.strength, outcomes)
            }
            (Zip::Missing, Some(tree)) => {
                let names: Vec<&[u8]> = self.names.iter().map(Vec::as_slice).collect();
                self.parts().of_folder(tree, &names, outcomes)
            }
            _ => Ok(Sum::default()),
        }
    }
}
