//! What the user could do with a path, asked of the system and not tried.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// What the user that this program runs as may do.
///
/// The answer covers permissions, access lists and read-only mounts, as the system call sees them.
/// It does not cover quotas, full disks and what a network file system refuses only when written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Whether something is there (and could be looked at).
    pub exists: bool,
    /// Whether it can be read.
    pub readable: bool,
    /// Whether it can be written; for a folder, whether files can be made in it.
    pub writable: bool,
    /// Whether it can be run; for a folder, whether it can be entered.
    pub searchable: bool,
    /// Whether writing fails because the file system is mounted read-only.
    pub read_only_mount: bool,
}

/// Asks what may be done with `path`, following links.
#[must_use]
pub fn access(path: &Path) -> Access {
    imp::access(path)
}

/// `path` itself, or the nearest folder above it that exists: where writing decides whether `path`
/// could be made. `None` for a relative path with nothing above it.
#[must_use]
pub fn nearest_existing(path: &Path) -> Option<PathBuf> {
    path.ancestors()
        .filter(|ancestor| !ancestor.as_os_str().is_empty())
        .find(|ancestor| std::fs::symlink_metadata(ancestor).is_ok())
        .map(Path::to_path_buf)
}

#[cfg(unix)]
mod imp {
    use std::path::Path;

    use rustix::fs::{Access as Wanted, AtFlags, CWD, accessat};
    use rustix::io::Errno;

    use super::Access;

    pub(super) fn access(path: &Path) -> Access {
        // As the effective user: that is who go's writes run as.
        let ask = |wanted| match accessat(CWD, path, wanted, AtFlags::EACCESS) {
            Err(Errno::NOSYS | Errno::INVAL) => accessat(CWD, path, wanted, AtFlags::empty()),
            answer => answer,
        };
        let write = ask(Wanted::WRITE_OK);
        Access {
            exists: ask(Wanted::EXISTS).is_ok(),
            readable: ask(Wanted::READ_OK).is_ok(),
            writable: write.is_ok() && !is_of_the_kernel(path),
            searchable: ask(Wanted::EXEC_OK).is_ok(),
            read_only_mount: write == Err(Errno::ROFS),
        }
    }

    /// A folder of procfs or sysfs, in which nobody can make a file: root may write there as far as the
    /// modes tell, and mkdir fails with ENOENT or EPERM.
    #[cfg(target_os = "linux")]
    fn is_of_the_kernel(path: &Path) -> bool {
        use rustix::fs::{FsWord, PROC_SUPER_MAGIC};
        const SYSFS_MAGIC: FsWord = 0x6265_6572;
        let kind = rustix::fs::statfs(path).map(|answer| answer.f_type);
        matches!(kind, Ok(PROC_SUPER_MAGIC | SYSFS_MAGIC)) && path.is_dir()
    }

    #[cfg(not(target_os = "linux"))]
    fn is_of_the_kernel(_path: &Path) -> bool {
        false
    }
}

#[cfg(not(unix))]
mod imp {
    use std::path::Path;

    use super::Access;

    /// Without access lists: a folder counts as writable where it is not marked read-only.
    pub(super) fn access(path: &Path) -> Access {
        let metadata = std::fs::metadata(path).ok();
        let exists = metadata.is_some();
        let writable = metadata.is_some_and(|metadata| metadata.is_dir() || !metadata.permissions().readonly());
        Access { exists, readable: exists, writable, searchable: exists, read_only_mount: false }
    }
}
