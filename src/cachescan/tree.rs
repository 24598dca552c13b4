//! What lies in the extracted folder of a module.

use std::collections::HashSet;
use std::fs::{File, Metadata};
use std::path::{Path, PathBuf};

use super::file::{Failure, regular};
use super::limits::{Limits, Stopped};
use crate::model::Foreign;
use crate::model::damage::{Damage, Files};

/// No module has more files than that.
const MAX_FILES: usize = 500_000;
/// How many files a damage names.
const NAMED: usize = 5;

/// The regular files of an extracted folder.
pub(super) struct Tree {
    pub root: PathBuf,
    /// Opened, so that the way to it is gone once.
    #[cfg(unix)]
    handle: Option<rustix::fd::OwnedFd>,
    /// Their names relative to the root, with `/`.
    pub files: HashSet<Vec<u8>>,
    /// Whether everything in it could be listed and is a regular file or folder.
    pub plain: bool,
}

/// What stands where the extracted folder should be.
pub(super) enum Folder {
    Absent,
    Tree(Tree),
    Unusable,
}

/// Lists a folder, and says what in it go has not put there.
pub(super) fn list(
    cache: &Path,
    folder: &Path,
    limits: &Limits<'_>,
    damages: &mut Vec<Damage>,
) -> Result<Folder, Stopped> {
    let Ok(metadata) = std::fs::symlink_metadata(folder) else { return Ok(Folder::Absent) };
    if !metadata.is_dir() {
        let link = metadata.is_symlink();
        damages.push(Damage::NotAFolder { link, leaves_the_cache: link && leaves(cache, folder) });
        return Ok(Folder::Unusable);
    }
    let mut tree = Tree::at(folder);
    let (mut links, mut special) = (Named::default(), Named::default());
    let mut leave_the_cache = false;
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        if limits.are_over() {
            return Err(Stopped);
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder);
                let reason = error.io_error().map_or_else(|| "cannot be listed".to_owned(), ToString::to_string);
                damages.push(unreadable(cache, path, &reason));
                tree.plain = false;
                continue;
            }
        };
        let kind = entry.file_type();
        if kind.is_dir() {
            continue;
        }
        let Some(name) = relative(folder, entry.path()) else { continue };
        if kind.is_file() {
            tree.files.insert(name);
        } else if kind.is_symlink() {
            leave_the_cache |= leaves(cache, entry.path());
            links.add(&name);
        } else {
            special.add(&name);
        }
        if tree.files.len() + links.count + special.count > MAX_FILES {
            damages.push(Damage::TooLarge);
            return Ok(Folder::Unusable);
        }
    }
    tree.plain &= links.count == 0 && special.count == 0;
    if links.count > 0 {
        damages.push(Damage::Links { files: links.into_files(), leave_the_cache });
    }
    if special.count > 0 {
        damages.push(Damage::SpecialFiles(special.into_files()));
    }
    Ok(Folder::Tree(tree))
}

impl Tree {
    fn at(folder: &Path) -> Self {
        Self {
            root: folder.to_path_buf(),
            #[cfg(unix)]
            handle: {
                use rustix::fs::{Mode, OFlags, open};
                open(folder, OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::RDONLY, Mode::empty())
                    .ok()
            },
            files: HashSet::new(),
            plain: true,
        }
    }

    /// Opens one of the files. Whatever stands there now, a link is not followed and a FIFO not waited for.
    #[cfg(unix)]
    pub(super) fn open(&self, name: &[u8]) -> Result<(File, Metadata), Failure> {
        use rustix::fs::{Mode, OFlags, open, openat};
        let flags = super::file::FLAGS | OFlags::NOFOLLOW;
        let opened = match &self.handle {
            Some(folder) => openat(folder, os_path(name), flags, Mode::empty()),
            None => open(self.path(name), flags, Mode::empty()),
        };
        regular(File::from(opened.map_err(std::io::Error::from)?))
    }

    /// Opens one of the files.
    #[cfg(not(unix))]
    pub(super) fn open(&self, name: &[u8]) -> Result<(File, Metadata), Failure> {
        regular(File::open(self.path(name))?)
    }

    /// What the system tells of one of the files, without following a link.
    #[cfg(unix)]
    pub(super) fn stat(&self, name: &[u8]) -> Option<rustix::fs::Stat> {
        use rustix::fs::{AtFlags, lstat, statat};
        match &self.handle {
            Some(folder) => statat(folder, os_path(name), AtFlags::SYMLINK_NOFOLLOW).ok(),
            None => lstat(self.path(name)).ok(),
        }
    }

    /// The names in order.
    pub(super) fn sorted(&self) -> Vec<&[u8]> {
        let mut names: Vec<&[u8]> = self.files.iter().map(Vec::as_slice).collect();
        names.sort_unstable();
        names
    }

    pub(super) fn path(&self, name: &[u8]) -> PathBuf {
        self.root.join(os_path(name))
    }
}

/// Whether a link leads out of the cache, or nowhere.
pub(super) fn leaves(cache: &Path, link: &Path) -> bool {
    match (std::fs::canonicalize(cache), std::fs::canonicalize(link)) {
        (Ok(cache), Ok(target)) => !target.starts_with(cache),
        _ => true,
    }
}

pub(super) fn unreadable(cache: &Path, path: &Path, reason: &str) -> Damage {
    let path = path.strip_prefix(cache).unwrap_or(path);
    Damage::Unreadable { path: Foreign::new(&path.to_string_lossy()), reason: Foreign::new(reason) }
}

/// Counts files and keeps the names of the first few.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub count: usize,
    first: Vec<Foreign>,
}

impl Named {
    pub(super) fn add(&mut self, name: &[u8]) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(Foreign::from_bytes(name));
        }
    }

    pub(super) fn into_files(self) -> Files {
        Files { count: self.count, first: self.first }
    }
}

#[cfg(unix)]
fn relative(root: &Path, path: &Path) -> Option<Vec<u8>> {
    use std::os::unix::ffi::OsStrExt as _;
    Some(path.strip_prefix(root).ok()?.as_os_str().as_bytes().to_vec())
}

#[cfg(not(unix))]
fn relative(root: &Path, path: &Path) -> Option<Vec<u8>> {
    Some(path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/").into_bytes())
}

#[cfg(unix)]
fn os_path(name: &[u8]) -> &Path {
    use std::os::unix::ffi::OsStrExt as _;
    Path::new(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn os_path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}
