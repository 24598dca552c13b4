//! The zip of a module, and the extracted folder held against it.

use std::collections::HashSet;
use std::fs::{File, Metadata};
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::file::{Failure, ZipFile, open_listed};
use super::limits::{Limits, Stopped};
use super::tree::{Named, Tree, unreadable};
use crate::golang::module_hash::{FileHash, Files as Hashes};
use crate::golang::module_path::ModuleVersion;
use crate::golang::module_zip::{self, Archive, Entry, EntryError, Inflater, MAX_GO_MOD, MAX_TOTAL, Problem};
use crate::model::Foreign;
use crate::model::damage::{Damage, EntryProblem};

/// How many entries a thread takes at once.
const CHUNK: usize = 32;

/// What a zip tells.
#[derive(Default)]
pub(super) struct Zip {
    /// Its h1, if every entry could be read.
    pub h1: Option<String>,
    /// The go.mod at its root.
    pub go_mod: Option<Vec<u8>>,
    /// How many bytes were inflated.
    pub bytes: u64,
    /// What is wrong with the zip itself.
    pub damages: Vec<Damage>,
    /// How the folder differs from it; to be believed only if there is an h1.
    pub folder_damages: Vec<Damage>,
}

/// What became of one entry.
struct Outcome {
    hash: Result<FileHash, EntryError>,
    compared: Compared,
    bad_mode: bool,
    go_mod: Option<Vec<u8>>,
}

enum Compared {
    /// There is no folder to compare with, or the entry is none of its files.
    Not,
    Same,
    Changed,
    Missing,
    Unreadable(Failure),
}

/// Reads the zip at `path`. `None` if there is none.
pub(super) fn check(
    cache: &Path,
    path: &Path,
    module: &ModuleVersion,
    tree: Option<&Tree>,
    limits: &Limits<'_>,
) -> Result<Option<Zip>, Stopped> {
    let mut zip = Zip::default();
    let archive = match ZipFile::open(path).map(Archive::read) {
        Err(Failure::Missing) => return Ok(None),
        Err(failure) => {
            zip.damages.push(unreadable(cache, path, &failure.reason()));
            return Ok(Some(zip));
        }
        Ok(Err(error)) => {
            zip.damages.push(Damage::ZipUnreadable { reason: Foreign::new(&error.to_string()) });
            return Ok(Some(zip));
        }
        Ok(Ok(archive)) => archive,
    };
    if limits.are_over() {
        return Err(Stopped);
    }
    if !check_rules(&archive, module, &mut zip) {
        return Ok(Some(zip));
    }
    let prefix = format!("{}@{}/", module.path, module.version).into_bytes();
    let outcomes: Vec<Vec<Outcome>> = archive
        .entries
        .par_chunks(CHUNK)
        .map_init(Worker::default, |worker, entries| {
            let read = |entry| worker.read(&archive, entry, entry_name(entry, &prefix), tree, limits);
            entries.iter().map(read).collect()
        })
        .collect();
    sum_up(cache, &archive.entries, outcomes.into_iter().flatten().collect(), &prefix, tree, &mut zip)?;
    Ok(Some(zip))
}

fn entry_name<'e>(entry: &'e Entry, prefix: &[u8]) -> Option<&'e [u8]> {
    if entry.is_folder() { None } else { entry.name.strip_prefix(prefix) }
}

/// Whether the contents may be read.
fn check_rules(archive: &Archive<ZipFile>, module: &ModuleVersion, zip: &mut Zip) -> bool {
    let violations = module_zip::check(archive, module);
    let Some(first) = violations.first() else { return true };
    zip.damages.push(Damage::ZipRule {
        entry: first.entry.as_deref().map(Foreign::new),
        rule: Foreign::new(&first.problem.to_string()),
        count: violations.len(),
    });
    let declared = archive.entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    declared <= MAX_TOTAL
        && !violations.iter().any(|violation| matches!(violation.problem, Problem::ZipTooLarge { .. }))
}

fn sum_up(
    cache: &Path,
    entries: &[Entry],
    outcomes: Vec<Outcome>,
    prefix: &[u8],
    tree: Option<&Tree>,
    zip: &mut Zip,
) -> Result<(), Stopped> {
    let mut hashes = Hashes::default();
    let (mut missing, mut changed, mut modes) = (Named::default(), Named::default(), Named::default());
    let mut broken = false;
    let mut unread = 0;
    for (entry, outcome) in entries.iter().zip(outcomes) {
        zip.bytes += entry.size;
        let name = entry_name(entry, prefix).unwrap_or(&entry.name);
        zip.go_mod = outcome.go_mod.or(zip.go_mod.take());
        match outcome.hash {
            Ok(hash) => hashes.add(&*entry.name, hash),
            Err(EntryError::Stopped) => return Err(Stopped),
            Err(error) => {
                if !broken {
                    let entry = Foreign::from_bytes(name);
                    zip.damages.push(Damage::ZipEntry { entry, problem: problem(&error) });
                }
                broken = true;
                continue;
            }
        }
        if outcome.bad_mode {
            modes.add(name);
        }
        match (outcome.compared, tree) {
            (Compared::Missing, _) => missing.add(name),
            (Compared::Changed, _) => changed.add(name),
            (Compared::Unreadable(failure), Some(tree)) => {
                unread += 1;
                if unread == 1 {
                    zip.folder_damages.push(unreadable(cache, &tree.path(name), &failure.reason()));
                }
            }
            _ => {}
        }
    }
    zip.h1 = if broken { None } else { hashes.h1().ok() };
    let mut added = Named::default();
    if let Some(tree) = tree {
        let known: HashSet<&[u8]> = entries.iter().filter_map(|entry| entry_name(entry, prefix)).collect();
        tree.files.iter().filter(|name| !known.contains(name.as_slice())).for_each(|name| added.add(name));
    }
    type Make = fn(crate::model::damage::Files) -> Damage;
    let kinds: [(Named, Make); 4] = [
        (missing, Damage::FilesMissing),
        (added, Damage::FilesAdded),
        (changed, Damage::FilesChanged),
        (modes, Damage::FileModes),
    ];
    for (named, make) in kinds {
        if named.count > 0 {
            zip.folder_damages.push(make(named.into_files()));
        }
    }
    Ok(())
}

fn problem(error: &EntryError) -> EntryProblem {
    match error {
        EntryError::Header | EntryError::FolderWithContent => EntryProblem::Header,
        EntryError::Method(_) => EntryProblem::Method,
        EntryError::Corrupt => EntryProblem::Corrupt,
        EntryError::TooShort => EntryProblem::TooShort,
        EntryError::TooLong => EntryProblem::TooLong,
        EntryError::Crc => EntryProblem::Checksum,
        EntryError::Stopped | EntryError::Read(_) => EntryProblem::Unreadable,
    }
}

/// What one thread needs for one entry after the other.
#[derive(Default)]
struct Worker {
    inflater: Inflater,
    buffer: Vec<u8>,
}

impl Worker {
    fn read(
        &mut self,
        archive: &Archive<ZipFile>,
        entry: &Entry,
        name: Option<&[u8]>,
        tree: Option<&Tree>,
        limits: &Limits<'_>,
    ) -> Outcome {
        let (mut file, mut compared, bad_mode) = match (name, tree) {
            (Some(name), Some(tree)) => extracted(tree, name, entry.size),
            _ => (None, Compared::Not, false),
        };
        let is_go_mod = name == Some(b"go.mod") && entry.size <= MAX_GO_MOD;
        let mut go_mod = is_go_mod.then(Vec::new);
        let mut hash = Sha256::new();
        let buffer = &mut self.buffer;
        let receive = &mut |data: &[u8]| {
            hash.update(data);
            if let Some(go_mod) = &mut go_mod {
                go_mod.extend_from_slice(data);
            }
            if let Some(open) = &mut file {
                match same(open, data, buffer) {
                    Ok(true) => {}
                    Ok(false) => (file, compared) = (None, Compared::Changed),
                    Err(failure) => (file, compared) = (None, Compared::Unreadable(failure)),
                }
            }
            !limits.are_over()
        };
        let read = self.inflater.read(archive, entry, receive);
        Outcome { hash: read.map(|()| hash.finalize().into()), compared, bad_mode, go_mod }
    }
}

/// The extracted file of an entry, if it is there and as long as it should be.
fn extracted(tree: &Tree, name: &[u8], size: u64) -> (Option<File>, Compared, bool) {
    if !tree.files.contains(name) {
        return (None, Compared::Missing, false);
    }
    match open_listed(&tree.path(name)) {
        Err(failure) => (None, Compared::Unreadable(failure), false),
        Ok((file, metadata)) => {
            let bad_mode = is_bad_mode(&metadata);
            if metadata.len() == size {
                (Some(file), Compared::Same, bad_mode)
            } else {
                (None, Compared::Changed, bad_mode)
            }
        }
    }
}

/// Whether the next bytes of the file are these.
fn same(file: &mut File, data: &[u8], buffer: &mut Vec<u8>) -> Result<bool, Failure> {
    if buffer.len() < data.len() {
        buffer.resize(data.len(), 0);
    }
    let room = buffer.get_mut(..data.len()).unwrap_or_default();
    match file.read_exact(room) {
        Ok(()) => Ok(room == data),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// go makes files that their owner can read and that nobody else can write.
#[cfg(unix)]
pub(super) fn is_bad_mode(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    metadata.mode() & 0o400 == 0 || metadata.mode() & 0o002 != 0
}

#[cfg(not(unix))]
pub(super) fn is_bad_mode(_metadata: &Metadata) -> bool {
    false
}
