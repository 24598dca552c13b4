//! The locks of the module cache, as the go command takes them.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::error::RemedyError;

/// A go command that downloads a large module over a slow line holds a lock for so long.
const PATIENCE: Duration = Duration::from_mins(2);
const BETWEEN: Duration = Duration::from_millis(50);

/// A lock that is held until it is dropped. Its file stays: another process may wait for it.
///
/// On Unix it is `flock`, as in cmd/go/internal/lockedfile (Go 1.21 to 1.27).
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for the lock, for some minutes at most. The file and its folder are made where they are missing,
    /// as go makes them.
    ///
    /// # Errors
    /// [`RemedyError::Locked`] where another process does not give it back.
    pub fn take(path: &Path) -> Result<Self, RemedyError> {
        Self::take_within(path, PATIENCE)
    }

    fn take_within(path: &Path, patience: Duration) -> Result<Self, RemedyError> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(RemedyError::io(folder))?;
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(path).map_err(RemedyError::io(path))?;
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if started.elapsed() < patience => std::thread::sleep(BETWEEN),
                Err(TryLockError::WouldBlock) => return Err(RemedyError::Locked { path: PathBuf::from(path) }),
                Err(TryLockError::Error(source)) => return Err(RemedyError::io(path)(source)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_at_a_time_and_its_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("@v/v1.0.0.lock");
        let held = Lock::take(&path).unwrap();
        let waited = Lock::take_within(&path, Duration::ZERO);
        assert!(matches!(waited, Err(RemedyError::Locked { .. })), "{waited:?}");
        drop(held);
        drop(Lock::take_within(&path, Duration::ZERO).unwrap());
        assert!(path.is_file());
    }
}
