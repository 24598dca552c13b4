//! How full a file system is.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::read::ReadError;

/// What a file system has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// Bytes that the user may still write.
    pub free_bytes: u64,
    /// Its size in bytes.
    pub total_bytes: u64,
    /// Files that may still be made; `None` where the file system does not count them.
    pub free_files: Option<u64>,
    /// Whether it is mounted read-only.
    pub read_only: bool,
}

/// Asks the file system that `path` stands on. `None` where the platform has no such call.
///
/// # Errors
///
/// [`ReadError`]: nothing stands at `path`, or it may not be looked at.
#[cfg(unix)]
pub fn space(path: &Path) -> Result<Option<Space>, ReadError> {
    use rustix::fs::StatVfsMountFlags;
    let answer = rustix::fs::statvfs(path).map_err(|error| ReadError::new(path, error.into()))?;
    Ok(Some(Space {
        free_bytes: answer.f_bavail.saturating_mul(answer.f_frsize),
        total_bytes: answer.f_blocks.saturating_mul(answer.f_frsize),
        // File systems that make inodes as they need them (btrfs) report none at all.
        free_files: (answer.f_files > 0).then_some(answer.f_favail),
        read_only: answer.f_flag.contains(StatVfsMountFlags::RDONLY),
    }))
}

/// The most bytes that a file name may have on the file system that `path` stands on: 255 on most, 143 where
/// names are encrypted. `None` where that is not to be had.
#[cfg(unix)]
#[must_use]
pub fn longest_name(path: &Path) -> Option<usize> {
    let answer = rustix::fs::statvfs(path).ok()?;
    usize::try_from(answer.f_namemax).ok().filter(|most| *most > 0)
}

/// The most bytes that a file name may have. `None` where that is not to be had.
#[cfg(not(unix))]
#[must_use]
pub fn longest_name(_path: &Path) -> Option<usize> {
    None
}

/// Asks the file system that `path` stands on. `None` where the platform has no such call.
///
/// # Errors
///
/// None on this platform.
#[cfg(not(unix))]
pub fn space(_path: &Path) -> Result<Option<Space>, ReadError> {
    Ok(None)
}
