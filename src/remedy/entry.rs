//! An entry of the module cache whose pieces are moved away, to be brought anew.

use std::path::{Path, PathBuf};

use super::change::Change;
use super::error::RemedyError;
use super::journal::Journal;
use super::lock::Lock;
use crate::disk;

/// Where what was damaged lies, in the folder `cache` of a module cache, so that it is on the same file system and
/// goes when the cache is emptied (`go clean -modcache`). go looks at no such name (Go 1.21 to 1.27).
const QUARANTINE: &str = "cache/gomoddoc";

/// Where the run of a journal puts what it moves out of the cache at `cache`.
#[must_use]
pub fn quarantine(cache: &Path, journal: &str) -> PathBuf {
    cache.join(QUARANTINE).join(journal)
}

/// What go guards with one lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    cache: PathBuf,
    lock: Option<PathBuf>,
}

impl Entry {
    /// An entry of the cache at `cache`; `lock` is the lock file, relative to it. What go never looks at has
    /// none.
    #[must_use]
    pub fn new(cache: &Path, lock: Option<&str>) -> Self {
        Self { cache: cache.to_owned(), lock: lock.map(|lock| cache.join(lock)) }
    }

    /// Refuses to work on the cache of another user: what is made there would belong to this one.
    ///
    /// # Errors
    /// [`RemedyError::OtherOwner`].
    pub fn is_ours(&self) -> Result<(), RemedyError> {
        owner::check(&self.cache)
    }

    /// Waits for the lock.
    ///
    /// # Errors
    /// Where it cannot be had.
    pub(super) fn lock(&self) -> Result<Option<Lock>, RemedyError> {
        self.lock.as_deref().map(Lock::take).transpose()
    }

    /// Moves away what stands at `place`, under the lock that the caller holds. What is not there is
    /// awaited: what comes there is taken away when all is taken back.
    pub(super) fn set_aside(&self, journal: &mut Journal, place: &Path) -> Result<(), RemedyError> {
        let Ok(there) = std::fs::symlink_metadata(place) else { return self.awaits(journal, place) };
        if let Some(mode) = disk::mode(place).filter(|mode| there.is_dir() && mode & 0o200 == 0) {
            // go makes folders read-only, which the system moves for nobody.
            journal.make(Change::Mode { path: place.to_owned(), from: mode, to: mode | 0o200 })?;
        }
        let to = journal.place_in(&self.cache.join(QUARANTINE), place);
        journal.make(Change::Moved { from: place.to_owned(), to, lock: self.lock.clone() })
    }

    /// Notes that nothing stands at `place` yet, where that is so.
    pub(super) fn awaits(&self, journal: &mut Journal, place: &Path) -> Result<(), RemedyError> {
        if std::fs::symlink_metadata(place).is_ok() {
            return Ok(());
        }
        let aside = journal.place_in(&self.cache.join(QUARANTINE), place);
        journal.make(Change::Awaited { place: place.to_owned(), aside, lock: self.lock.clone() })
    }

    /// Moves away a file or folder that go makes anew when it needs it, or never misses.
    ///
    /// # Errors
    /// Where the lock cannot be had or it cannot be moved.
    pub fn remove(&self, journal: &mut Journal, path: &Path) -> Result<(), RemedyError> {
        self.is_ours()?;
        let _lock = self.lock()?;
        if std::fs::symlink_metadata(path).is_ok() { self.set_aside(journal, path) } else { Ok(()) }
    }
}

#[cfg(unix)]
mod owner {
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    use super::RemedyError;

    pub(super) fn check(cache: &Path) -> Result<(), RemedyError> {
        let owner = std::fs::metadata(cache).map_err(RemedyError::io(cache))?.uid();
        let user = rustix::process::geteuid().as_raw();
        if owner == user {
            return Ok(());
        }
        Err(RemedyError::OtherOwner { path: cache.to_owned(), owner, user })
    }
}

#[cfg(not(unix))]
mod owner {
    use std::path::Path;

    use super::RemedyError;

    /// A file belongs to whoever may write its folder.
    pub(super) fn check(_: &Path) -> Result<(), RemedyError> {
        Ok(())
    }
}
