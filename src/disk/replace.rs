//! Changes to files that are the user's own: each happens as a whole or not at all.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Replaces the content of the file at `path`, which no link leads to ([`std::fs::canonicalize`]), keeping its
/// owner and its mode; makes it, for its owner only, where it is missing. Whoever looks sees the old file or the
/// new one whole.
///
/// # Errors
/// What the system reported; then the old file is untouched. An owner that this user may not give a file to is
/// such an error.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    // Such files have mode 0600 from the start.
    let mut file = tempfile::Builder::new().prefix(".gomoddoc-").tempfile_in(&folder)?;
    file.write_all(bytes)?;
    match std::fs::symlink_metadata(path) {
        Ok(there) => imp::give(file.as_file(), &there)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync(&folder)
}

/// Gives a file or folder other permission bits, where it has the ones in `from`.
///
/// # Errors
/// What the system reported, or that the bits are others.
pub fn set_mode(path: &Path, from: u32, to: u32) -> io::Result<()> {
    imp::set_mode(path, from, to)
}

/// The permission bits of what stands at `path`; none where the system has no such thing.
#[must_use]
pub fn mode(path: &Path) -> Option<u32> {
    imp::mode(path)
}

/// Moves a file or folder within its file system to a place where nothing stands.
///
/// # Errors
/// What the system reported: [`io::ErrorKind::AlreadyExists`] where something stands there.
pub fn move_to(from: &Path, to: &Path) -> io::Result<()> {
    imp::move_to(from, to)?;
    sync(&folder_of(to))?;
    sync(&folder_of(from))
}

fn folder_of(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// Has the system write a folder: a name is on the disk only when its folder is.
///
/// # Errors
/// What the system reported.
pub fn sync(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
mod imp {
    use std::fs::{File, Metadata, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    use std::path::Path;

    pub(super) fn give(file: &File, there: &Metadata) -> io::Result<()> {
        let new = file.metadata()?;
        if (new.uid(), new.gid()) != (there.uid(), there.gid()) {
            fchown(file, Some(there.uid()), Some(there.gid()))?;
        }
        // After the owner: a change of owner takes bits away.
        file.set_permissions(Permissions::from_mode(there.mode() & 0o7777))
    }

    pub(super) fn mode(path: &Path) -> Option<u32> {
        std::fs::symlink_metadata(path).ok().map(|there| there.mode() & 0o7777)
    }

    pub(super) fn set_mode(path: &Path, from: u32, to: u32) -> io::Result<()> {
        if mode(path) != Some(from) {
            return Err(io::Error::other("its mode has changed"));
        }
        std::fs::set_permissions(path, Permissions::from_mode(to))
    }

    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    pub(super) fn move_to(from: &Path, to: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // Not each file system can; then a name that appears in between could be lost, which the lock of the
            // module and the fresh name of the place rule out.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => super::move_if_free(from, to),
            done => done.map_err(Into::into),
        }
    }

    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    pub(super) fn move_to(from: &Path, to: &Path) -> io::Result<()> {
        super::move_if_free(from, to)
    }
}

#[cfg(not(unix))]
mod imp {
    use std::fs::{File, Metadata};
    use std::io;
    use std::path::Path;

    /// A file inherits its access list from its folder.
    pub(super) fn give(_: &File, _: &Metadata) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn mode(_: &Path) -> Option<u32> {
        None
    }

    pub(super) fn set_mode(_: &Path, _: u32, _: u32) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn move_to(from: &Path, to: &Path) -> io::Result<()> {
        super::move_if_free(from, to)
    }
}

fn move_if_free(from: &Path, to: &Path) -> io::Result<()> {
    if std::fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    std::fs::rename(from, to)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_keeps_its_mode_and_a_new_one_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("env");
        replace(&path, b"old").unwrap();
        assert_eq!(mode(&path), Some(0o600));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!((mode(&path), std::fs::read(&path).unwrap()), (Some(0o644), b"new".to_vec()));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
        assert!(set_mode(&path, 0o600, 0o400).is_err());
        set_mode(&path, 0o644, 0o400).unwrap();
        assert_eq!(mode(&path), Some(0o400));
    }

    #[test]
    fn nothing_is_moved_onto_something() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
        std::fs::write(&a, "a").unwrap();
        std::fs::write(&b, "b").unwrap();
        assert_eq!(move_to(&a, &b).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        std::fs::remove_file(&b).unwrap();
        move_to(&a, &b).unwrap();
        assert_eq!((a.exists(), std::fs::read(&b).unwrap()), (false, b"a".to_vec()));
    }
}
