//! The one kind of file that is written for the user: private, whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::facts::Kind;

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Something other than a regular file stands there.
    #[error("{}: will not be replaced, since it is a {kind} and no regular file", path.display())]
    NotRegular {
        /// The file.
        path: PathBuf,
        /// What it is.
        kind: Kind,
    },
    /// The operating system reported something.
    #[error("cannot write {}: {source}", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What it reported.
        source: io::Error,
    },
}

/// Writes a file that only its owner may read (mode 0600 on Unix). Whoever looks sees the old file or
/// the new one whole. A link, folder, FIFO or device is left alone.
///
/// # Errors
///
/// [`WriteError`]; then the old file, if any, is untouched.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let failed = |source| WriteError::Other { path: path.to_path_buf(), source };
    match std::fs::symlink_metadata(path) {
        Ok(there) if Kind::of(there.file_type()) != Kind::File => {
            return Err(WriteError::NotRegular { path: path.to_path_buf(), kind: Kind::of(there.file_type()) });
        }
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Such files have mode 0600 from the start.
    let mut file = tempfile::Builder::new().prefix(".gomoddoc-").tempfile_in(folder).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(path).map(drop).map_err(|error| failed(error.error))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("facts.json");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        write_private(&path, b"new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
    }

    #[test]
    fn what_is_no_regular_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("target"), folder.path().join("link"));
        std::fs::write(&target, "kept").unwrap();
        symlink(&target, &link).unwrap();
        assert!(matches!(write_private(&link, b"x"), Err(WriteError::NotRegular { .. })));
        assert!(matches!(write_private(folder.path(), b"x"), Err(WriteError::NotRegular { .. })));
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "kept");
        assert!(matches!(write_private(&folder.path().join("no/such"), b"x"), Err(WriteError::Other { .. })));
    }
}
