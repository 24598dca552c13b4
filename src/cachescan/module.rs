//! One module: its parts held against each other.

use std::path::Path;

use super::limits::{Limits, Stopped};
use super::small_files::{self, Ziphash, h1_only};
use super::tree::{self, Folder, Tree};
use super::{Scanned, Wanted, folder, zip};
use crate::golang::module_cache::ModuleFiles;
use crate::model::Damage;

/// `None` if the limits ended it.
pub(super) fn scan(cache: &Path, wanted: &Wanted, limits: &Limits<'_>) -> Option<Scanned> {
    if limits.are_over() {
        return None;
    }
    let mut scanned =
        Scanned { module: wanted.module.clone(), present: false, zip_h1: None, bytes: 0, damages: Vec::new() };
    // A path or version that cannot be escaped cannot be in a cache.
    if let Ok(files) = ModuleFiles::of(&wanted.module) {
        fill(cache, &files, wanted, limits, &mut scanned).ok()?;
    }
    Some(scanned)
}

fn fill(
    cache: &Path,
    files: &ModuleFiles,
    wanted: &Wanted,
    limits: &Limits<'_>,
    scanned: &mut Scanned,
) -> Result<(), Stopped> {
    let damages = &mut scanned.damages;
    let partial = small_files::is_partial(cache, files);
    let folder = if partial {
        // go extracts it again: what is in it now does not matter.
        damages.push(Damage::Partial);
        Folder::Unusable
    } else {
        tree::list(cache, &cache.join(&files.folder), limits, damages)?
    };
    let tree = if let Folder::Tree(tree) = &folder { Some(tree) } else { None };
    let zip = zip::check(cache, &cache.join(&files.zip), &wanted.module, tree, limits)?;
    scanned.present = zip.is_some() || !matches!(folder, Folder::Absent);
    let ziphash = small_files::ziphash(cache, files, damages);
    if matches!(ziphash, Ziphash::Missing) && scanned.present && !partial {
        damages.push(Damage::ZiphashMissing);
    }
    let ziphash = if let Ziphash::Good(ziphash) = ziphash { Some(ziphash) } else { None };
    let mut zip = zip.unwrap_or_default();
    damages.append(&mut zip.damages);
    scanned.bytes = zip.bytes;
    if let (Some(actual), Some(ziphash)) = (&zip.h1, &ziphash)
        && actual != ziphash
    {
        damages.push(Damage::ZipModified { actual: actual.clone(), ziphash: ziphash.clone() });
    }
    let sums = h1_only(&wanted.zip_sums);
    if let Some(stored) = ziphash.as_ref().or(zip.h1.as_ref())
        && !sums.is_empty()
        && !sums.contains(stored)
    {
        let (ziphash, actual) = (stored.clone(), zip.h1.clone());
        damages.push(Damage::ZiphashNotInGoSum { ziphash, actual, go_sum: sums });
    }
    if let Some(tree) = tree {
        scanned.bytes += compare_folder(cache, tree, wanted, limits, &mut zip, ziphash.as_deref(), damages)?;
    }
    small_files::go_mod(cache, files, wanted, zip.go_mod.as_deref(), damages);
    small_files::info(cache, files, wanted, damages);
    if small_files::is_lock_a_folder(cache, files) {
        damages.push(Damage::LockIsFolder);
    }
    scanned.zip_h1 = zip.h1;
    Ok(())
}

/// Says how the folder is damaged: file by file where the zip is what `.ziphash` says, else by its
/// own hash, so that a damaged zip is not blamed on the folder. Returns the bytes read again.
fn compare_folder(
    cache: &Path,
    tree: &Tree,
    wanted: &Wanted,
    limits: &Limits<'_>,
    zip: &mut zip::Zip,
    ziphash: Option<&str>,
    damages: &mut Vec<Damage>,
) -> Result<u64, Stopped> {
    let zip_is_good = zip.h1.is_some() && ziphash.is_none_or(|ziphash| zip.h1.as_deref() == Some(ziphash));
    if zip_is_good {
        damages.append(&mut zip.folder_damages);
        return Ok(0);
    }
    let Some(ziphash) = ziphash else { return Ok(0) };
    let (actual, bytes) = folder::hash(cache, tree, &wanted.module, limits, damages)?;
    if let Some(actual) = actual.filter(|actual| actual != ziphash) {
        damages.push(Damage::FolderModified { actual, ziphash: ziphash.to_owned() });
    }
    Ok(bytes)
}
