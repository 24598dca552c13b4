//! The h1 of an extracted folder, where there is no good zip to compare it with.

use std::io::Read as _;
use std::path::Path;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::file::{Failure, open_listed};
use super::limits::{Limits, Stopped};
use super::tree::{Named, Tree, unreadable};
use super::zip::is_bad_mode;
use crate::golang::module_hash::{FileHash, Files};
use crate::golang::module_path::ModuleVersion;
use crate::golang::module_zip::MAX_TOTAL;
use crate::model::Damage;

const PIECE: usize = 256 << 10;

enum Hashed {
    File(FileHash, u64, bool),
    Failed(Failure),
    Stopped,
}

/// The h1 of a folder and how many bytes were read; no h1 if a file could not be.
pub(super) fn hash(
    cache: &Path,
    tree: &Tree,
    module: &ModuleVersion,
    limits: &Limits<'_>,
    damages: &mut Vec<Damage>,
) -> Result<(Option<String>, u64), Stopped> {
    let names: Vec<&[u8]> = tree.files.iter().map(Vec::as_slice).collect();
    let hashed: Vec<Hashed> = names.par_iter().map(|name| hash_file(&tree.path(name), limits)).collect();
    let prefix = format!("{}@{}/", module.path, module.version).into_bytes();
    let mut files = Files::default();
    let mut bytes: u64 = 0;
    let mut modes = Named::default();
    let mut whole = tree.plain;
    for (name, hashed) in names.iter().zip(hashed) {
        match hashed {
            Hashed::Stopped => return Err(Stopped),
            Hashed::File(hash, size, bad_mode) => {
                files.add([&prefix, *name].concat(), hash);
                bytes += size;
                if bad_mode {
                    modes.add(name);
                }
            }
            Hashed::Failed(Failure::TooLarge) => {
                if whole {
                    damages.push(Damage::TooLarge);
                }
                whole = false;
            }
            Hashed::Failed(failure) => {
                if whole {
                    damages.push(unreadable(cache, &tree.path(name), &failure.reason()));
                }
                whole = false;
            }
        }
    }
    if modes.count > 0 {
        damages.push(Damage::FileModes(modes.into_files()));
    }
    Ok((if whole { files.h1().ok() } else { None }, bytes))
}

fn hash_file(path: &Path, limits: &Limits<'_>) -> Hashed {
    let (mut file, metadata) = match open_listed(path) {
        Ok(opened) => opened,
        Err(failure) => return Hashed::Failed(failure),
    };
    if metadata.len() > MAX_TOTAL {
        return Hashed::Failed(Failure::TooLarge);
    }
    let mut hash = Sha256::new();
    let mut size: u64 = 0;
    let mut buffer = vec![0; PIECE.min(usize::try_from(metadata.len()).unwrap_or(PIECE) + 1)];
    loop {
        if limits.are_over() {
            return Hashed::Stopped;
        }
        match file.read(&mut buffer) {
            Ok(0) => return Hashed::File(hash.finalize().into(), size, is_bad_mode(&metadata)),
            Ok(read) => {
                hash.update(buffer.get(..read).unwrap_or_default());
                size += read as u64;
                if size > MAX_TOTAL {
                    return Hashed::Failed(Failure::TooLarge);
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Hashed::Failed(error.into()),
        }
    }
}
