//! What a path is, whose it is, and who may do what with it.

use std::fmt;
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::read::ReadError;

/// What kind of file stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A FIFO.
    Fifo,
    /// A socket.
    Socket,
    /// A block or character device.
    Device,
    /// Something else.
    Other,
}

impl Kind {
    /// The kind of a file type.
    #[must_use]
    pub fn of(of: std::fs::FileType) -> Self {
        if of.is_file() {
            return Self::File;
        }
        if of.is_dir() {
            return Self::Folder;
        }
        if of.is_symlink() {
            return Self::Link;
        }
        special(of)
    }
}

#[cfg(unix)]
fn special(of: std::fs::FileType) -> Kind {
    use std::os::unix::fs::FileTypeExt as _;
    if of.is_fifo() {
        Kind::Fifo
    } else if of.is_socket() {
        Kind::Socket
    } else if of.is_block_device() || of.is_char_device() {
        Kind::Device
    } else {
        Kind::Other
    }
}

#[cfg(not(unix))]
fn special(_of: std::fs::FileType) -> Kind {
    Kind::Other
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "file",
            Self::Folder => "folder",
            Self::Link => "symbolic link",
            Self::Fifo => "FIFO",
            Self::Socket => "socket",
            Self::Device => "device",
            Self::Other => "special file",
        })
    }
}

/// What `lstat` tells: a symbolic link is not followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// What it is.
    pub kind: Kind,
    /// Its size in bytes.
    pub size: u64,
    /// When its content last changed, where the file system says so.
    pub modified: Option<SystemTime>,
    /// The owner's user id (Unix).
    pub owner: Option<u32>,
    /// The group id (Unix).
    pub group: Option<u32>,
    /// The twelve permission bits (Unix).
    pub mode: Option<u32>,
    /// Whether the owner is the user that this program runs as (Unix).
    pub mine: Option<bool>,
}

/// Looks at a path without following a link at its end and without opening anything.
///
/// # Errors
///
/// [`ReadError`]: not there, or a folder on the way may not be searched.
pub fn facts(path: &Path) -> Result<FileFacts, ReadError> {
    let metadata = std::fs::symlink_metadata(path).map_err(|error| ReadError::new(path, error))?;
    let (owner, group, mode, mine) = owner(&metadata);
    Ok(FileFacts {
        kind: Kind::of(metadata.file_type()),
        size: metadata.len(),
        modified: metadata.modified().ok(),
        owner,
        group,
        mode,
        mine,
    })
}

/// Whether `path` leads to a file that may be executed (on Windows, to any file).
#[must_use]
pub fn is_executable_file(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && executable(&metadata))
}

#[cfg(unix)]
fn executable(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn executable(_metadata: &std::fs::Metadata) -> bool {
    true
}

type Owner = (Option<u32>, Option<u32>, Option<u32>, Option<bool>);

#[cfg(unix)]
fn owner(metadata: &std::fs::Metadata) -> Owner {
    use std::os::unix::fs::MetadataExt as _;
    let mine = metadata.uid() == rustix::process::geteuid().as_raw();
    (Some(metadata.uid()), Some(metadata.gid()), Some(metadata.mode() & 0o7777), Some(mine))
}

#[cfg(not(unix))]
fn owner(_metadata: &std::fs::Metadata) -> Owner {
    (None, None, None, None)
}
