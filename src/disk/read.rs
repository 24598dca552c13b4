//! Reading regular files, and nothing else.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::facts::Kind;

/// Whether the last element of a path may be a symbolic link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follow {
    /// A link is followed, as for files that people place (`.netrc`, `go/env`).
    Yes,
    /// A link is an error, as for files inside a module cache.
    No,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such file, or a folder on the way is missing.
    #[error("{}: no such file", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// It is a folder, FIFO, device, socket or a link that was not to be followed.
    #[error("{}: not a regular file but a {kind}", path.display())]
    NotRegular {
        /// The file.
        path: PathBuf,
        /// What it is.
        kind: Kind,
    },
    /// It holds more than the reader was ready to take.
    #[error("{}: more than {limit} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// The user may not read it.
    #[error("{}: permission denied", path.display())]
    Denied {
        /// The file.
        path: PathBuf,
    },
    /// It is no text in UTF-8.
    #[error("{}: not UTF-8", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// The operating system reported something else.
    #[error("{}: {source}", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What it reported.
        source: io::Error,
    },
}

impl ReadError {
    pub(crate) fn new(path: &Path, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound { path },
            io::ErrorKind::PermissionDenied => Self::Denied { path },
            _ => Self::Other { path, source },
        }
    }

    /// Whether the file is simply not there.
    #[must_use]
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound { .. })
    }
}

/// Opens a regular file for reading.
///
/// The type is looked at before and after opening: before, because opening a device may act on it;
/// after, because the file may have been exchanged meanwhile. The open itself never waits for a
/// writer of a FIFO.
///
/// # Errors
///
/// [`ReadError`], without having opened anything that is no regular file.
pub fn open_regular(path: &Path, follow: Follow) -> Result<File, ReadError> {
    let failed = |error| ReadError::new(path, error);
    let before = match follow {
        Follow::Yes => std::fs::metadata(path),
        Follow::No => std::fs::symlink_metadata(path),
    };
    check(path, &before.map_err(failed)?)?;
    let file = open(path, follow).map_err(failed)?;
    check(path, &file.metadata().map_err(failed)?)?;
    Ok(file)
}

fn check(path: &Path, metadata: &std::fs::Metadata) -> Result<(), ReadError> {
    match Kind::of(metadata.file_type()) {
        Kind::File => Ok(()),
        kind => Err(ReadError::NotRegular { path: path.to_path_buf(), kind }),
    }
}

#[cfg(unix)]
fn open(path: &Path, follow: Follow) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let mut flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    if follow == Follow::No {
        flags |= OFlags::NOFOLLOW;
    }
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open(path: &Path, _follow: Follow) -> io::Result<File> {
    File::open(path)
}

/// Reads a regular file of at most `limit` bytes.
///
/// # Errors
///
/// [`ReadError`]; one of [`ReadError::TooLarge`] never holds a part of the file.
pub fn read_capped(path: &Path, limit: u64, follow: Follow) -> Result<Vec<u8>, ReadError> {
    let file = open_regular(path, follow)?;
    let mut data = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut data).map_err(|error| ReadError::new(path, error))?;
    if data.len() as u64 > limit {
        return Err(ReadError::TooLarge { path: path.to_path_buf(), limit });
    }
    Ok(data)
}

/// Reads a regular file of at most `limit` bytes that must be text.
///
/// # Errors
///
/// [`ReadError`].
pub fn read_text_capped(path: &Path, limit: u64, follow: Follow) -> Result<String, ReadError> {
    String::from_utf8(read_capped(path, limit, follow)?).map_err(|_| ReadError::NotText { path: path.to_path_buf() })
}
