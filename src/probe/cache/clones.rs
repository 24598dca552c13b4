//! The clones of repositories in the module cache: whether git could read them.
//!
//! No program is run and nothing is written. A full check as by `git fsck` would take longer than a new
//! clone: what references lead to is read, and packs are held against their indexes.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use crate::cachescan::Limits;
use crate::disk::{Follow, open_regular, read_capped};
use crate::facts::cache::CloneState;
use crate::facts::{Observation, Reason};
use crate::golang::module_cache::VCS;
use crate::golang::module_hash::{hash_content, hex};
use crate::model::damage::Files;
use crate::model::{CloneTrouble, Foreign};

/// How many files of a clone are looked at. One that go made has a few packs and loose references.
const MAX_FILES: usize = 200_000;
/// Of how many references the objects are read; that of the others is only looked up.
const READ: usize = 200;
/// The most of an `.info` that is read: a URL and a word.
const MAX_INFO: u64 = 64 << 10;

/// Looks at each clone.
pub(super) fn look(cache: &Path, limits: &Limits<'_>) -> Vec<CloneState> {
    let entries = std::fs::read_dir(cache.join(VCS)).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()));
    names.sort();
    names.iter().take_while(|_| !limits.are_over()).map(|name| clone(cache, name, limits)).collect()
}

/// Looks at what git reads first of a clone, and no further: at what go does not make anew by itself.
pub(super) fn glance(cache: &Path, name: &str) -> CloneState {
    let path = format!("{VCS}/{name}");
    let folder = cache.join(&path);
    let key = key(&folder);
    let url = key.as_deref().and_then(|key| key.split_once(':')).map(|(_, url)| Foreign::new(url));
    let shown = url.as_ref().map_or(path.as_str(), Foreign::as_str).to_owned();
    let observation = Observation::seen(format!("cache/vcs/{name}"), &shown);
    let trouble = match &key {
        Some(key) if hex(&hash_content(key.as_bytes())) != name => Some(CloneTrouble::OtherInfo),
        Some(_) if folder.join("objects").exists() && !is_head(&folder) => {
            Some(CloneTrouble::NoRepository { reason: Foreign::new("HEAD is no reference") })
        }
        Some(_) | None => None,
    };
    CloneState { observation, path: Foreign::new(&path), url, trouble }
}

/// What the `.info` beside a clone says: the version control system and the URL.
fn key(folder: &Path) -> Option<String> {
    let bytes = read_capped(&folder.with_extension("info"), MAX_INFO, Follow::No).ok()?;
    Some(String::from_utf8_lossy(&bytes).trim_end_matches('\n').to_owned())
}

fn clone(cache: &Path, name: &str, limits: &Limits<'_>) -> CloneState {
    let path = format!("{VCS}/{name}");
    let folder = cache.join(&path);
    let key = key(&folder);
    let url = key.as_deref().and_then(|key| key.split_once(':')).map(|(_, url)| Foreign::new(url));
    let id = format!("cache/vcs/{name}");
    let shown = url.as_ref().map_or(path.as_str(), Foreign::as_str).to_owned();
    let mut observation = Observation::seen(id, &shown);
    let trouble = match &key {
        _ if !std::fs::symlink_metadata(&folder).is_ok_and(|metadata| metadata.is_dir()) => {
            Some(CloneTrouble::Incomplete)
        }
        None => Some(CloneTrouble::Incomplete),
        Some(key) if hex(&hash_content(key.as_bytes())) != name => Some(CloneTrouble::OtherInfo),
        // Mercurial and the others keep their data in forms of their own.
        Some(key) if !key.starts_with("git") => None,
        Some(_) => match repository(&folder, limits) {
            Ok(trouble) => trouble,
            Err(reason) => {
                observation = Observation::inconclusive(&*observation.id, &shown, reason);
                None
            }
        },
    };
    CloneState { observation, path: Foreign::new(&path), url, trouble }
}

fn repository(folder: &Path, limits: &Limits<'_>) -> Result<Option<CloneTrouble>, Reason> {
    let packs = match plain_files(folder, limits)? {
        Ok(packs) => packs,
        Err(special) => return Ok(Some(special)),
    };
    if let Some(pack) = packs.iter().find(|pack| !belongs_to_index(pack)) {
        let name = pack.strip_prefix(folder).unwrap_or(pack);
        return Ok(Some(CloneTrouble::PackDamaged { pack: Foreign::new(&name.to_string_lossy()) }));
    }
    let reason = |error: &git2::Error| Foreign::new(error.message());
    let repository = match git2::Repository::open_bare(folder) {
        Ok(repository) => repository,
        Err(error) if error.code() == git2::ErrorCode::Owner => return Err(Reason::OtherOwner),
        Err(error) => return Ok(Some(CloneTrouble::NoRepository { reason: reason(&error) })),
    };
    if !is_head(folder) {
        return Ok(Some(CloneTrouble::NoRepository { reason: Foreign::new("HEAD is no reference") }));
    }
    match references(&repository, limits) {
        Ok(trouble) => Ok(trouble),
        Err(error) => Ok(Some(CloneTrouble::NoRepository { reason: reason(&error) })),
    }
}

/// The packs, if everything in the folder is a regular file or a folder: git would wait for the writer of a
/// FIFO, and follow a link.
fn plain_files(folder: &Path, limits: &Limits<'_>) -> Result<Result<Vec<PathBuf>, CloneTrouble>, Reason> {
    let mut packs = Vec::new();
    let mut special = Files::default();
    for (count, entry) in walkdir::WalkDir::new(folder).min_depth(1).into_iter().enumerate() {
        if limits.are_over() {
            return Err(Reason::Interrupted);
        }
        if count > MAX_FILES {
            return Err(Reason::TooLarge { limit: MAX_FILES as u64 });
        }
        let Ok(entry) = entry else { continue };
        let kind = entry.file_type();
        if !kind.is_file() && !kind.is_dir() {
            special.count += 1;
            if special.first.len() < 5 {
                let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                special.first.push(Foreign::new(&name.to_string_lossy()));
            }
        } else if entry.path().extension().is_some_and(|end| end == "pack") {
            packs.push(entry.into_path());
        }
    }
    Ok(if special.count > 0 { Err(CloneTrouble::SpecialFiles(special)) } else { Ok(packs) })
}

/// Whether a pack begins as one, and ends with the sum that its index has of it (gitformat-pack(5)).
fn belongs_to_index(pack: &Path) -> bool {
    let read = |path: &Path| -> std::io::Result<(File, u64)> {
        let file = open_regular(path, Follow::No).map_err(std::io::Error::other)?;
        let len = file.metadata()?.len();
        Ok((file, len))
    };
    let sums = || -> std::io::Result<bool> {
        let (mut pack_file, pack_len) = read(pack)?;
        let (mut index, index_len) = read(&pack.with_extension("idx"))?;
        // The objects' names are 20 bytes long, or 32 where the repository says so.
        let mut head = [0; 4];
        pack_file.read_exact(&mut head)?;
        if &head != b"PACK" {
            return Ok(false);
        }
        for width in [20_u64, 32] {
            let (Some(end), Some(inner)) = (pack_len.checked_sub(width), index_len.checked_sub(2 * width)) else {
                return Ok(false);
            };
            let (mut at_end, mut in_index) = (vec![0; 32], vec![0; 32]);
            at_end.truncate(usize::try_from(width).unwrap_or(0));
            in_index.truncate(usize::try_from(width).unwrap_or(0));
            pack_file.seek(SeekFrom::Start(end))?;
            pack_file.read_exact(&mut at_end)?;
            index.seek(SeekFrom::Start(inner))?;
            index.read_exact(&mut in_index)?;
            if at_end == in_index {
                return Ok(true);
            }
        }
        Ok(false)
    };
    sums().unwrap_or(false)
}

/// Whether HEAD is one for git, which looks at it before anything else: a reference or an object's name.
fn is_head(folder: &Path) -> bool {
    let head = read_capped(&folder.join("HEAD"), MAX_INFO, Follow::No).unwrap_or_default();
    let head = String::from_utf8_lossy(&head);
    let name = head.trim_end();
    match name.strip_prefix("ref:") {
        Some(reference) => reference.trim_start().starts_with("refs/"),
        None => matches!(name.len(), 40 | 64) && name.bytes().all(|byte| byte.is_ascii_hexdigit()),
    }
}

/// What the references lead to.
fn references(repository: &git2::Repository, limits: &Limits<'_>) -> Result<Option<CloneTrouble>, git2::Error> {
    let objects = repository.odb()?;
    for (count, reference) in repository.references()?.enumerate() {
        if limits.are_over() {
            break;
        }
        let reference = reference?;
        let Some(target) = reference.target() else { continue };
        let name = Foreign::new(reference.name().unwrap_or_default());
        let damaged = |error: &git2::Error| {
            Some(CloneTrouble::ObjectDamaged { reference: name.clone(), reason: Foreign::new(error.message()) })
        };
        if count >= READ {
            if !objects.exists(target) {
                return Ok(damaged(&git2::Error::from_str("object not found")));
            }
            continue;
        }
        // Reading an object compares it with its name.
        let tree = repository.find_object(target, None).and_then(|object| object.peel(git2::ObjectType::Tree));
        if let Err(error) = tree {
            // A reference to a blob or the like has no tree.
            if error.code() != git2::ErrorCode::InvalidSpec && error.code() != git2::ErrorCode::Peel {
                return Ok(damaged(&error));
            }
        }
    }
    Ok(None)
}
