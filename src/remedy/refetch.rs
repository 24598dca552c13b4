//! Pieces of one module brought anew, as go guards it: moved away under its lock, fetched into the empty places,
//! verified, and put back where that fails.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::entry::Entry;
use super::error::RemedyError;
use super::fetch::Fetch;
use super::journal::Journal;
use crate::cachescan::{self, Limits, Order, Sums, Wanted};
use crate::disk::{Follow, read_text_capped};
use crate::golang::module_cache::{ModuleFiles, Piece};
use crate::golang::module_path::ModuleVersion;
use crate::model::Damage;
use crate::model::pieces::to_refetch;

/// `h1:` and 44 characters.
const MAX_HASH: u64 = 1024;

/// Brings `pieces` of `module` in the cache at `cache` anew; `sums` is what the go.sum files at hand record of it.
///
/// Where nothing is recorded, the stored hash of the zip that goes has to be that of the one that comes: a module
/// of which nobody else keeps the hash could become another one otherwise.
///
/// # Errors
/// Where it cannot be done. Then the old pieces stand where they stood, unless another go command has filled
/// their places meanwhile.
pub async fn refetch(
    journal: &mut Journal,
    fetch: &Fetch<'_>,
    cache: &Path,
    module: &ModuleVersion,
    pieces: &[Piece],
    sums: &[Sums],
) -> Result<(), RemedyError> {
    let Ok(files) = ModuleFiles::of(module) else {
        return Err(RemedyError::StillDamaged { module: module.clone() });
    };
    let entry = Entry::new(cache, Some(&files.lock));
    entry.is_ours()?;
    let mut recorded = Sums {
        zip: sums.iter().flat_map(|sums| sums.zip.clone()).collect(),
        go_mod: sums.iter().flat_map(|sums| sums.go_mod.clone()).collect(),
    };
    if recorded.zip.is_empty() && !pieces.contains(&Piece::Ziphash) {
        recorded.zip.extend(stored_hash(&cache.join(&files.ziphash)));
    }
    let since = journal.len();
    let fetched = async {
        set_aside(journal, &entry, cache, &files, pieces)?;
        fetch.module(module, &recorded).await
    }
    .await;
    // What came is noted only where it is known to be ours: where go failed, another go command may have
    // filled a place meanwhile, which then stays.
    let whole = fetched.and_then(|()| {
        let _lock = entry.lock()?;
        note(journal, &places(cache, &files))?;
        is_whole(cache, module, pieces, sums)
    });
    match &whole {
        Ok(()) if pieces.contains(&Piece::Folder) => fetch.forget_index(&files),
        Ok(()) => {}
        Err(_) => journal.take_back(since)?,
    }
    whole
}

/// What go makes.
const PIECES: [Piece; 5] = [Piece::Folder, Piece::Info, Piece::GoMod, Piece::Zip, Piece::Ziphash];

fn places(cache: &Path, files: &ModuleFiles) -> Vec<PathBuf> {
    PIECES.map(|piece| cache.join(files.of_piece(piece))).to_vec()
}

fn set_aside(
    journal: &mut Journal,
    entry: &Entry,
    cache: &Path,
    files: &ModuleFiles,
    pieces: &[Piece],
) -> Result<(), RemedyError> {
    let _lock = entry.lock()?;
    for piece in pieces {
        entry.set_aside(journal, &cache.join(files.of_piece(*piece)))?;
    }
    // go makes these as well where they are missing.
    for piece in PIECES.iter().filter(|piece| !pieces.contains(piece)) {
        entry.awaits(journal, &cache.join(files.of_piece(*piece)))?;
    }
    Ok(())
}

/// Notes what now stands in each place: what is to be found there when all is taken back.
fn note(journal: &mut Journal, places: &[PathBuf]) -> Result<(), RemedyError> {
    places.iter().filter(|place| std::fs::symlink_metadata(place).is_ok()).try_for_each(|place| journal.note(place))
}

/// The hash that go kept of the zip, where it is one.
fn stored_hash(path: &Path) -> Option<String> {
    let text = read_text_capped(path, MAX_HASH, Follow::No).ok()?;
    let hash = text.trim();
    crate::golang::module_hash::is_h1(hash).then(|| hash.to_owned())
}

fn is_whole(cache: &Path, module: &ModuleVersion, pieces: &[Piece], sums: &[Sums]) -> Result<(), RemedyError> {
    let never = AtomicBool::new(false);
    let wanted = [Wanted { module: module.clone(), sums: sums.to_vec() }];
    let scan = cachescan::scan(cache, &wanted, &Order::full(Limits::cancelled_by(&never)));
    let damages: Vec<&Damage> = scan.modules.iter().flat_map(|seen| &seen.damages).collect();
    if to_refetch(module, &damages).iter().any(|piece| pieces.contains(piece)) {
        return Err(RemedyError::StillDamaged { module: module.clone() });
    }
    Ok(())
}
