//! A temporary folder that goes with all that is in it.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::LabError;

/// A folder that is removed when this is dropped, with a module cache in it too, whose folders go makes
/// read-only.
#[derive(Debug)]
pub struct Folder(TempDir);

impl Folder {
    /// A new one whose name begins so.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where none can be made.
    pub fn new(prefix: &str) -> Result<Self, LabError> {
        let made = tempfile::Builder::new().prefix(prefix).tempdir();
        made.map(Self).map_err(LabError::io("make a temporary folder"))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file inside that only its owner may read, and the folders above it. Returns its path.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where it cannot be written.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> Result<PathBuf, LabError> {
        let path = self.path().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(LabError::io("make a folder"))?;
        }
        let written = std::fs::write(&path, content).and_then(|()| restrict(&path));
        written.map_err(LabError::io(format!("write {name}")))?;
        Ok(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        #[cfg(unix)]
        for entry in walkdir::WalkDir::new(self.path()).into_iter().flatten() {
            use std::os::unix::fs::PermissionsExt;
            if entry.file_type().is_dir() {
                // What cannot be opened cannot be removed either.
                let _ = std::fs::set_permissions(entry.path(), std::fs::Permissions::from_mode(0o755));
            }
        }
    }
}

#[cfg(unix)]
fn restrict(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn restrict(_: &Path) -> std::io::Result<()> {
    Ok(())
}
