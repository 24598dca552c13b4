//! What a file or folder is, in one word, to see whether it is still the same.

use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::golang::module_hash::hex;

/// A file's content, or all that a folder holds: names, modes, contents, targets of links. What is neither
/// has its kind only: a FIFO is never opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// Nothing is there.
    #[must_use]
    pub fn absent() -> Self {
        Self("absent".to_owned())
    }

    /// Of a file with this content.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(format!("file {}", hex(&Sha256::digest(bytes))))
    }

    /// Of what stands at `path`. Links are not followed.
    ///
    /// # Errors
    /// Where something cannot be read.
    pub fn of(path: &Path) -> io::Result<Self> {
        let metadata = match std::fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::absent()),
            metadata => metadata?,
        };
        if metadata.is_file() {
            return Ok(Self(format!("file {}", hex(&content(path)?))));
        }
        if !metadata.is_dir() {
            return Ok(Self(special(path, &metadata)));
        }
        let mut all = Sha256::new();
        for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
            let entry = entry?;
            let metadata = entry.metadata()?;
            let name = entry.path().strip_prefix(path).unwrap_or(entry.path());
            all.update(name.as_os_str().as_encoded_bytes());
            all.update([0]);
            all.update(mode(&metadata).to_be_bytes());
            if metadata.is_file() {
                all.update(content(entry.path())?);
            } else if !metadata.is_dir() {
                all.update(special(entry.path(), &metadata));
            }
            all.update([0]);
        }
        Ok(Self(format!("folder {}", hex(&all.finalize()))))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn content(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hash.finalize().into()),
            read => hash.update(block.get(..read).unwrap_or_default()),
        }
    }
}

fn special(path: &Path, metadata: &std::fs::Metadata) -> String {
    match std::fs::read_link(path) {
        Ok(target) => format!("link {}", hex(&Sha256::digest(target.as_os_str().as_encoded_bytes()))),
        Err(_) => format!("special {:o}", mode(metadata)),
    }
}

#[cfg(unix)]
fn mode(metadata: &std::fs::Metadata) -> u32 {
    std::os::unix::fs::MetadataExt::mode(metadata)
}

#[cfg(not(unix))]
fn mode(metadata: &std::fs::Metadata) -> u32 {
    metadata.permissions().readonly().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_all_that_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let tree = folder.path().join("tree");
        assert_eq!(Digest::of(&tree).unwrap(), Digest::absent());
        std::fs::create_dir_all(tree.join("a/b")).unwrap();
        std::fs::write(tree.join("a/x"), "1").unwrap();
        let mut seen = vec![Digest::of(&tree).unwrap()];
        std::fs::write(tree.join("a/x"), "2").unwrap();
        seen.push(Digest::of(&tree).unwrap());
        std::fs::rename(tree.join("a/x"), tree.join("a/y")).unwrap();
        seen.push(Digest::of(&tree).unwrap());
        std::fs::remove_dir(tree.join("a/b")).unwrap();
        seen.push(Digest::of(&tree).unwrap());
        assert!((1..seen.len()).all(|at| !seen[..at].contains(&seen[at])), "{seen:?}");
        assert_eq!(Digest::of(&tree.join("a/y")).unwrap(), Digest::of_bytes(b"2"));
    }
}
