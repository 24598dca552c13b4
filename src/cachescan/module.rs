//! One module: its parts opened, worked on piece by piece, and held against each other.

use std::ops::Range;
use std::path::Path;

use super::limits::Stopped;
use super::listing::Listing;
use super::order::{Order, Strength};
use super::pieces::{self, Beside, Worker, entry_name};
use super::small_files::{self, Ziphash, h1_only};
use super::stamp::{self, Stamp, Stamping};
use super::sum::{Parts, Sum, Tally};
use super::tree::{Folder, Tree};
use super::zip::{self, Window, Zip};
use super::{Scanned, Wanted};
use crate::golang::module_cache::ModuleFiles;
use crate::model::Damage;

/// A module at its beginning.
pub(super) enum Start<'a> {
    /// There is nothing to work on.
    Done(Scanned),
    /// Its zip has a very large directory, and that may not be opened now.
    PutOff,
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
    is_large: bool,
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
        may_be_large: &dyn Fn() -> bool,
    ) -> Result<Start<'a>, Stopped> {
        let nothing = Scanned { module: wanted.module.clone(), ..Scanned::default() };
        // A path or version that cannot be escaped cannot be in a cache.
        let Ok(files) = ModuleFiles::of(&wanted.module) else { return Ok(Start::Done(nothing)) };
        let mut damages = Vec::new();
        let stamping = Stamping::begin();
        let partial = small_files::is_partial(cache, &files);
        let folder = if partial {
            // go extracts it again: what is in it now does not matter.
            damages.push(Damage::Partial);
            Folder::Unusable
        } else {
            let stamping = order.verified.map(|_| &stamping);
            Listing { cache, limits: &order.limits, stamping }.of(&cache.join(&files.folder), &mut damages)?
        };
        let tree = if let Folder::Tree(tree) = &folder { Some(tree) } else { None };
        let mut stamp = None;
        if let Some(verified) = order.verified {
            stamp = stamping.end(cache, &files, tree, wanted, order);
            if stamp.is_some_and(|stamp| verified.holds(&wanted.module, &stamp)) && damages.is_empty() {
                (order.progress)(stamp::zip_size(cache, &files));
                let present = tree.is_some() || cache.join(&files.zip).exists();
                return Ok(Start::Done(Scanned { unchanged: true, present, stamp, ..nothing }));
            }
        }
        let zip = zip::File::open(&cache.join(&files.zip), order.strength);
        let is_large = zip.has_large_directory();
        if is_large && !may_be_large() {
            return Ok(Start::PutOff);
        }
        let zip = zip.read(cache, &cache.join(&files.zip), &wanted.module, &mut damages);
        let prefix = format!("{}@{}/", wanted.module.path, wanted.module.version).into_bytes();
        let pieces = match (&zip, tree) {
            (Zip::Readable(archive), _) => pieces::cut(archive.entries.iter().map(|entry| entry.size)),
            (Zip::Missing, Some(tree)) => pieces::of_folder(tree),
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
            is_large,
            pieces,
            stamp,
            damages,
        })))
    }

    pub(super) fn pieces(&self) -> usize {
        self.pieces.len()
    }

    /// Whether it is one that may be open only by itself.
    pub(super) fn is_large(&self) -> bool {
        self.is_large
    }

    fn tree(&self) -> Option<&Tree> {
        if let Folder::Tree(tree) = &self.folder { Some(tree) } else { None }
    }

    fn parts(&self) -> Parts<'_> {
        Parts { cache: self.cache, prefix: &self.prefix, tree: self.tree(), owner: self.owner }
    }

    fn beside(&self) -> Beside<'_> {
        Beside { tree: self.tree(), owner: self.owner, limits: &self.order.limits }
    }

    /// Works on a piece.
    pub(super) fn work(&self, piece: usize, worker: &mut Worker) -> Tally {
        let mut tally = Tally::default();
        let Some(piece) = self.pieces.get(piece) else { return tally };
        let Zip::Readable(archive) = &self.zip else { return self.read_files(piece, worker) };
        let (beside, parts) = (self.beside(), self.parts());
        let entries = archive.entries.get(piece.clone()).unwrap_or_default();
        let mut buffer = std::mem::take(&mut worker.window);
        let span = pieces::span(archive, piece).filter(|_| self.order.strength == Strength::Full);
        let window = Window::over(&archive.source, span, &mut buffer);
        for (number, entry) in entries.iter().enumerate() {
            let name = entry_name(entry, &self.prefix);
            let outcome = match self.order.strength {
                Strength::Quick => worker.check(number, entry, name, beside),
                Strength::Full => worker.inflate(&window, number, entry, name, beside),
            };
            tally.add(name.unwrap_or(&entry.name), outcome, parts);
        }
        tally.set(worker.held.hash());
        worker.window = buffer;
        (self.order.progress)(entries.iter().fold(0, |sum, entry| sum.saturating_add(entry.compressed)));
        tally
    }

    /// Reads a piece of the folder by itself.
    fn read_files(&self, piece: &Range<usize>, worker: &mut Worker) -> Tally {
        let mut tally = Tally::default();
        for (number, index) in piece.clone().enumerate() {
            let name = self.tree().map_or(&b""[..], |tree| tree.name(index));
            tally.add(name, worker.read(number, name, self.beside()), self.parts());
        }
        tally.set(worker.held.hash());
        tally
    }

    /// Holds the parts against each other, after all pieces have been worked on.
    pub(super) fn finish(&self, tallies: impl Iterator<Item = Tally>) -> Result<Scanned, Stopped> {
        let mut tally = Tally::default();
        tallies.for_each(|next| tally.append(next));
        let mut sum = match (&self.zip, self.tree()) {
            (Zip::Readable(archive), _) => tally.of_zip(self.parts(), &archive.entries, self.order.strength)?,
            (Zip::Missing, Some(tree)) => tally.of_folder(self.parts(), tree)?,
            _ => Sum::default(),
        };
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
        let mut tally = Tally::default();
        for piece in pieces::of_folder(tree) {
            tally.append(self.read_files(&piece, &mut worker));
        }
        tally.of_folder(self.parts(), tree)
    }
}
