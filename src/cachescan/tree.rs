//! The extracted folder of a module.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::file::{About, Failure, regular};
use crate::model::Foreign;
use crate::model::damage::{Damage, Files};

/// How many files a damage names.
const NAMED: usize = 5;

/// What stands where the extracted folder should be.
pub(super) enum Folder {
    Absent,
    Tree(Tree),
    Unusable,
}

/// The regular files of an extracted folder.
pub(super) struct Tree {
    root: PathBuf,
    /// Opened, so that the way to it is gone once.
    #[cfg(unix)]
    handle: Option<rustix::fd::OwnedFd>,
    files: FileNames,
    /// A hash over what the system tells of each file, in the order of their names, where that was wanted.
    pub stamp: Option<[u8; 32]>,
    /// Whether everything in it could be listed and is a regular file or folder.
    pub plain: bool,
}

/// Names of files, one behind the other.
#[derive(Default)]
pub(super) struct FileNames {
    text: Vec<u8>,
    places: Vec<(u32, u32)>,
}

impl FileNames {
    /// How many there are, and how many bytes they have together.
    pub(super) fn extent(&self) -> (usize, usize) {
        (self.places.len(), self.text.len())
    }

    /// Adds one; it goes without saying that there is room for less than 4 GiB of them.
    pub(super) fn push(&mut self, name: &[u8]) {
        let (Ok(start), Ok(len)) = (u32::try_from(self.text.len()), u32::try_from(name.len())) else { return };
        self.text.extend_from_slice(name);
        self.places.push((start, len));
    }

    fn at(text: &[u8], (start, len): (u32, u32)) -> &[u8] {
        let (start, len) = (start as usize, len as usize);
        text.get(start..start + len).unwrap_or_default()
    }

    /// Brings them in order, and tells the numbers that they had.
    pub(super) fn sort(&mut self) -> Vec<u32> {
        let mut numbered: Vec<(u32, (u32, u32))> = (0..).zip(self.places.iter().copied()).collect();
        numbered.sort_unstable_by(|(_, a), (_, b)| Self::at(&self.text, *a).cmp(Self::at(&self.text, *b)));
        self.places.iter_mut().zip(&numbered).for_each(|(place, (_, sorted))| *place = *sorted);
        numbered.into_iter().map(|(number, _)| number).collect()
    }
}

impl Tree {
    pub(super) fn at(folder: &Path) -> Self {
        Self {
            root: folder.to_path_buf(),
            #[cfg(unix)]
            handle: {
                use rustix::fs::{Mode, OFlags, open};
                open(folder, OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::RDONLY, Mode::empty())
                    .ok()
            },
            files: FileNames::default(),
            stamp: None,
            plain: true,
        }
    }

    /// With the files that were found, in order.
    pub(super) fn with(self, files: FileNames) -> Self {
        Self { files, ..self }
    }

    #[cfg(unix)]
    pub(super) fn handle(&self) -> Option<&rustix::fd::OwnedFd> {
        self.handle.as_ref()
    }

    pub(super) fn len(&self) -> usize {
        self.files.places.len()
    }

    /// The name with this number, relative to the root, with `/`.
    pub(super) fn name(&self, index: usize) -> &[u8] {
        self.files.places.get(index).map_or(&[], |place| FileNames::at(&self.files.text, *place))
    }

    /// All names in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.len()).map(|index| self.name(index))
    }

    pub(super) fn contains(&self, name: &[u8]) -> bool {
        self.files.places.binary_search_by(|place| FileNames::at(&self.files.text, *place).cmp(name)).is_ok()
    }

    /// Opens one of the files. Whatever stands there now, a link is not followed and a FIFO not waited for.
    #[cfg(unix)]
    pub(super) fn open(&self, name: &[u8]) -> Result<(File, About), Failure> {
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
    pub(super) fn open(&self, name: &[u8]) -> Result<(File, About), Failure> {
        regular(File::open(self.path(name))?)
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

pub(super) fn unreadable(cache: &Path, path: &Path, failure: &Failure) -> Damage {
    let path = path.strip_prefix(cache).unwrap_or(path);
    Damage::Unreadable {
        path: Foreign::new(&path.to_string_lossy()),
        reason: Foreign::new(&failure.reason()),
        not_regular: matches!(failure, Failure::NotRegular),
    }
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

    /// Adds what follows.
    pub(super) fn append(&mut self, next: Self) {
        self.count += next.count;
        self.first.extend(next.first.into_iter().take(NAMED.saturating_sub(self.first.len())));
    }

    pub(super) fn into_files(self) -> Files {
        Files { count: self.count, first: self.first }
    }
}

#[cfg(unix)]
pub(super) fn os_path(name: &[u8]) -> &Path {
    use std::os::unix::ffi::OsStrExt as _;
    Path::new(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
pub(super) fn os_path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}
