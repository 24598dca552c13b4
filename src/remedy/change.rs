//! One step of a fix: it happens as a whole or not at all, and knows how it is taken back.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::error::RemedyError;
use super::lock::Lock;
use crate::disk;

/// A file that is edited is one that people write.
const MAX_FILE: u64 = 64 << 20;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// A piece of a file is replaced. No piece holds a secret.
    Edited(Edit),
    /// A file or folder gets other permission bits.
    Mode {
        /// The file.
        path: PathBuf,
        /// They were these.
        from: u32,
        /// They are these.
        to: u32,
    },
    /// A folder is made.
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// A file or folder is moved within its file system.
    Moved {
        /// From here.
        from: PathBuf,
        /// To here, where nothing stood.
        to: PathBuf,
        /// The lock of the entry of the module cache that it belongs to.
        lock: Option<PathBuf>,
    },
    /// Nothing stands in a place that the go command is about to fill. Nothing is done.
    Awaited {
        /// The place.
        place: PathBuf,
        /// Where what comes goes when it is taken back.
        aside: PathBuf,
        /// The lock of the entry of the module cache that it belongs to.
        lock: Option<PathBuf>,
    },
    /// The go command is about to write a file, of which a copy is made.
    Saved {
        /// The file.
        path: PathBuf,
        /// The copy; none where there was no file.
        copy: PathBuf,
        /// The file before.
        before: Digest,
    },
}

/// A piece of a file that is replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The file, with links resolved.
    pub path: PathBuf,
    /// Where the piece begins, in bytes.
    pub offset: usize,
    /// What stood there.
    pub removed: String,
    /// What stands there now.
    pub inserted: String,
    /// The file before; absent where it is new.
    pub before: Digest,
    /// The file after.
    pub after: Digest,
}

impl Edit {
    /// The edit that makes `new` of the file at `path`, in which `old` stands; of all that could be said to
    /// have changed, the shortest piece. None where nothing changes.
    #[must_use]
    pub fn between(path: &Path, old: Option<&str>, new: &str) -> Option<Self> {
        let before = digest(old.map(str::as_bytes));
        let old = old.unwrap_or_default();
        let shared = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
            a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
        };
        let offset = shared(&mut old.chars(), &mut new.chars());
        let (rest, added) = (old.get(offset..)?, new.get(offset..)?);
        let tail = shared(&mut rest.chars().rev(), &mut added.chars().rev());
        let removed = rest.get(..rest.len() - tail)?.to_owned();
        let inserted = added.get(..added.len() - tail)?.to_owned();
        let after = Digest::of_bytes(new.as_bytes());
        (before != after).then(|| Self { path: path.to_owned(), offset, removed, inserted, before, after })
    }

    fn make(&self) -> Result<(), RemedyError> {
        self.splice(&self.removed, &self.inserted, &self.before, &self.after)
    }

    pub(super) fn take_back(&self) -> Result<(), RemedyError> {
        if self.before == Digest::absent() {
            return std::fs::remove_file(&self.path).map_err(RemedyError::io(&self.path));
        }
        self.splice(&self.inserted, &self.removed, &self.after, &self.before)
    }

    fn splice(&self, old: &str, new: &str, before: &Digest, after: &Digest) -> Result<(), RemedyError> {
        let changed = || RemedyError::Changed { path: self.path.clone() };
        let text = read(&self.path)?;
        if digest(text.as_deref()) != *before {
            return Err(changed());
        }
        let text = text.unwrap_or_default();
        let (head, rest) = text.split_at_checked(self.offset).ok_or_else(changed)?;
        let rest = rest.strip_prefix(old.as_bytes()).ok_or_else(changed)?;
        let text = [head, new.as_bytes(), rest].concat();
        if Digest::of_bytes(&text) != *after {
            return Err(changed());
        }
        disk::replace(&self.path, &text).map_err(RemedyError::io(&self.path))
    }
}

fn digest(text: Option<&[u8]>) -> Digest {
    text.map_or_else(Digest::absent, Digest::of_bytes)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, RemedyError> {
    match disk::read_capped(path, MAX_FILE, disk::Follow::No) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(disk::ReadError::NotFound { .. }) => Ok(None),
        Err(error) => Err(RemedyError::io(path)(io::Error::other(error))),
    }
}

impl Change {
    /// Whether what it is to change is still as it was when it was planned.
    ///
    /// # Errors
    /// [`RemedyError::Changed`] or [`RemedyError::Occupied`].
    pub(super) fn is_possible(&self) -> Result<(), RemedyError> {
        let stands = |path: &Path| std::fs::symlink_metadata(path).is_ok();
        let is = |as_planned: bool, path: &Path| {
            if as_planned { Ok(()) } else { Err(RemedyError::Changed { path: path.to_owned() }) }
        };
        let free = |path: &Path| match stands(path) {
            true => Err(RemedyError::Occupied { path: path.to_owned() }),
            false => Ok(()),
        };
        match self {
            Self::Edited(Edit { path, before, .. }) | Self::Saved { path, before, .. } => {
                is(digest(read(path)?.as_deref()) == *before, path)
            }
            Self::Mode { path, from, .. } => is(disk::mode(path) == Some(*from), path),
            Self::Folder { path } => free(path),
            Self::Moved { from, to, .. } => is(stands(from), from).and_then(|()| free(to)),
            Self::Awaited { place, .. } => free(place),
        }
    }

    /// Makes it.
    ///
    /// # Errors
    /// Where it cannot be made; then nothing has changed.
    pub fn make(&self) -> Result<(), RemedyError> {
        match self {
            Self::Edited(edit) => edit.make(),
            Self::Mode { path, from, to } => disk::set_mode(path, *from, *to).map_err(RemedyError::io(path)),
            Self::Folder { path } => std::fs::create_dir(path).map_err(RemedyError::io(path)),
            Self::Moved { from, to, .. } => move_to(from, to),
            Self::Awaited { .. } => Ok(()),
            Self::Saved { path, copy, before } => save(path, copy, before),
        }
    }

    /// The lock under which it is made and taken back.
    ///
    /// # Errors
    /// Where it cannot be had.
    pub(super) fn lock(&self) -> Result<Option<Lock>, RemedyError> {
        match self {
            Self::Moved { lock: Some(lock), .. } | Self::Awaited { lock: Some(lock), .. } => Lock::take(lock).map(Some),
            _ => Ok(None),
        }
    }
}

/// Moves a file or folder within its file system to a place where nothing stands; the folder of that place is
/// made where it is missing.
pub(super) fn move_to(from: &Path, to: &Path) -> Result<(), RemedyError> {
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder).map_err(RemedyError::io(folder))?;
    }
    disk::move_to(from, to).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => RemedyError::Occupied { path: to.to_owned() },
        _ => RemedyError::Io { path: from.to_owned(), source },
    })
}

fn save(path: &Path, copy: &Path, before: &Digest) -> Result<(), RemedyError> {
    let text = read(path)?;
    if digest(text.as_deref()) != *before {
        return Err(RemedyError::Changed { path: path.to_owned() });
    }
    text.map_or(Ok(()), |text| write_copy(copy, &text))
}

/// Keeps beside the copy of a file what now stands in its place: somebody else may have written it while go ran.
pub(super) fn keep_what_stands(path: &Path, copy: &Path, before: &Digest) -> Result<(), RemedyError> {
    match read(path)? {
        Some(text) if Digest::of_bytes(&text) != *before => write_copy(&after(copy), &text),
        _ => Ok(()),
    }
}

/// The name of what came after the thing that is kept as `kept`.
pub(super) fn after(kept: &Path) -> PathBuf {
    let mut name = kept.to_owned().into_os_string();
    name.push(".after");
    name.into()
}

fn write_copy(copy: &Path, text: &[u8]) -> Result<(), RemedyError> {
    if let Some(folder) = copy.parent() {
        std::fs::create_dir_all(folder).map_err(RemedyError::io(folder))?;
    }
    disk::replace(copy, text).map_err(RemedyError::io(copy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_no_longer_than_what_changes() {
        let path = Path::new("/home/u/.netrc");
        let old = "machine a:8443 login u password s3cret\n";
        let edit = Edit::between(path, Some(old), "machine a login u password s3cret\n").unwrap();
        assert_eq!((edit.offset, &*edit.removed, &*edit.inserted), (9, ":8443", ""));
        let edit = Edit::between(path, Some("ä=1\n"), "ö=1\n").unwrap();
        assert_eq!((&*edit.removed, &*edit.inserted), ("ä", "ö"));
        assert_eq!(Edit::between(path, Some("a"), "a"), None);
        assert_eq!(Edit::between(path, None, "x").unwrap().before, Digest::absent());
    }
}
