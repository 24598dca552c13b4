//! What lies in the extracted folder of a module, listed.

use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::file::Failure;
use super::limits::{Limits, Stopped};
use super::stamp::{FileStamp, Stamping};
use super::tree::{FileNames, Folder, Named, Tree, leaves, os_path, unreadable};
use crate::model::damage::Damage;

/// No module has more files than that, nor more bytes in their names.
const MAX_FILES: usize = 500_000;
const MAX_NAMES: usize = 32 << 20;

/// What something in a folder is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    Link,
    Special,
}

/// How a folder is listed.
#[derive(Clone, Copy)]
pub(super) struct Listing<'a> {
    /// The module cache.
    pub cache: &'a Path,
    pub limits: &'a Limits<'a>,
    /// Makes a stamp of what the system tells of each file, where that is wanted.
    pub stamping: Option<&'a Stamping>,
}

/// What was found so far.
struct Found<'a> {
    listing: Listing<'a>,
    root: &'a Path,
    tree: Tree,
    names: FileNames,
    stamps: Vec<FileStamp>,
    links: Named,
    special: Named,
    leave_the_cache: bool,
    damages: &'a mut Vec<Damage>,
}

impl Listing<'_> {
    /// Lists a folder, and says what in it go has not put there.
    pub(super) fn of(self, folder: &Path, damages: &mut Vec<Damage>) -> Result<Folder, Stopped> {
        let Ok(metadata) = std::fs::symlink_metadata(folder) else { return Ok(Folder::Absent) };
        if !metadata.is_dir() {
            let link = metadata.is_symlink();
            damages.push(Damage::NotAFolder { link, leaves_the_cache: link && leaves(self.cache, folder) });
            return Ok(Folder::Unusable);
        }
        let mut found = Found {
            listing: self,
            root: folder,
            tree: Tree::at(folder),
            names: FileNames::default(),
            stamps: Vec::new(),
            links: Named::default(),
            special: Named::default(),
            leave_the_cache: false,
            damages,
        };
        let mut folders = vec![Vec::new()];
        while let Some(name) = folders.pop() {
            if self.limits.are_over() {
                return Err(Stopped);
            }
            if let Err(error) = found.folder(&name, &mut folders) {
                found.tree.plain = false;
                let path = folder.join(os_path(&name));
                found.damages.push(unreadable(self.cache, &path, &Failure::Other(error)));
            }
            if found.is_too_large(&folders) {
                found.damages.push(Damage::TooLarge);
                return Ok(Folder::Unusable);
            }
        }
        Ok(Folder::Tree(found.end()))
    }
}

impl Found<'_> {
    /// Adds what a folder holds, by its name relative to the root; `folders` are still to be listed.
    fn folder(&mut self, name: &[u8], folders: &mut Vec<Vec<u8>>) -> io::Result<()> {
        let mut whole = name.to_vec();
        if !whole.is_empty() {
            whole.push(b'/');
        }
        let start = whole.len();
        self.each(name, &mut |found, name, kind, stamp| {
            whole.truncate(start);
            whole.extend_from_slice(name);
            match kind {
                Kind::Folder => folders.push(whole.clone()),
                Kind::File => {
                    found.names.push(&whole);
                    found.stamps.extend(found.listing.stamping.map(|stamping| stamp(stamping, &whole)));
                }
                Kind::Link => {
                    found.leave_the_cache |= leaves(found.listing.cache, &found.root.join(os_path(&whole)));
                    found.links.add(&whole);
                }
                Kind::Special => found.special.add(&whole),
            }
            !found.is_too_large(folders)
        })
    }

    fn is_too_large(&self, folders: &[Vec<u8>]) -> bool {
        let (count, bytes) = self.names.extent();
        count + self.links.count + self.special.count + folders.len() > MAX_FILES || bytes > MAX_NAMES
    }

    fn end(mut self) -> Tree {
        let order = self.names.sort();
        if self.listing.stamping.is_some() {
            let mut hash = Sha256::new();
            let stamps = order.into_iter().filter_map(|number| self.stamps.get(number as usize));
            stamps.for_each(|stamp| hash.update(stamp));
            self.tree.stamp = Some(hash.finalize().into());
        }
        self.tree.plain &= self.links.count == 0 && self.special.count == 0;
        if self.links.count > 0 {
            let leave_the_cache = self.leave_the_cache;
            self.damages.push(Damage::Links { files: self.links.into_files(), leave_the_cache });
        }
        if self.special.count > 0 {
            self.damages.push(Damage::SpecialFiles(self.special.into_files()));
        }
        self.tree.with(self.names)
    }
}

/// Takes what is found in a folder: its name there, its kind, and what makes its stamp from its whole name. It says
/// whether it wants more.
type Take<'t, 'f> = &'t mut dyn FnMut(&mut Found<'f>, &[u8], Kind, &dyn Fn(&Stamping, &[u8]) -> FileStamp) -> bool;

impl<'f> Found<'f> {
    #[cfg(unix)]
    fn each(&mut self, folder: &[u8], take: Take<'_, 'f>) -> io::Result<()> {
        use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, openat, statat};
        let Some(root) = self.tree.handle() else { return Err(io::ErrorKind::PermissionDenied.into()) };
        let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::RDONLY;
        let here = if folder.is_empty() { Path::new(".") } else { os_path(folder) };
        let mut entries = Dir::new(openat(root, here, flags, Mode::empty())?)?;
        while let Some(entry) = entries.read() {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if matches!(name, b"." | b"..") {
                continue;
            }
            let look = || statat(entries.fd()?, os_path(name), AtFlags::SYMLINK_NOFOLLOW);
            let kind = match entry.file_type() {
                // Some file systems do not say.
                FileType::Unknown => FileType::from_raw_mode(look()?.st_mode),
                kind => kind,
            };
            let kind = match kind {
                FileType::Directory => Kind::Folder,
                FileType::RegularFile => Kind::File,
                FileType::Symlink => Kind::Link,
                _ => Kind::Special,
            };
            if !take(self, name, kind, &|stamping, whole| stamping.file(whole, look().ok())) {
                break;
            }
        }
        Ok(())
    }

    #[cfg(not(unix))]
    fn each(&mut self, folder: &[u8], take: Take<'_, 'f>) -> io::Result<()> {
        for entry in std::fs::read_dir(self.root.join(os_path(folder)))? {
            let entry = entry?;
            let kind = match entry.file_type()? {
                kind if kind.is_dir() => Kind::Folder,
                kind if kind.is_file() => Kind::File,
                kind if kind.is_symlink() => Kind::Link,
                _ => Kind::Special,
            };
            let name = entry.file_name().to_string_lossy().into_owned();
            if !take(self, name.as_bytes(), kind, &|stamping, whole| stamping.file(whole)) {
                break;
            }
        }
        Ok(())
    }
}
