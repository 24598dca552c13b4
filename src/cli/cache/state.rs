//! Where `--changed-since-last` keeps what was found to be whole.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cachescan::Verified;
use crate::disk::{Follow, read_text_capped, write_private};
use crate::golang::module_hash::{hash_content, hex};

/// A line has some 120 bytes, so that this holds more than any cache has modules.
const MAX_STATE: u64 = 256 << 20;

/// The file for one module cache, in the user's cache folder.
pub(super) struct StateFile(PathBuf);

impl StateFile {
    /// # Errors
    /// When the user has no such folder.
    pub(super) fn of(cache: &Path) -> anyhow::Result<Self> {
        let folder = dirs::cache_dir().context("--changed-since-last: this user has no cache folder")?;
        let name = hex(&hash_content(cache.as_os_str().as_encoded_bytes()));
        let name = name.get(..16).unwrap_or(&name);
        Ok(Self(folder.join("gomoddoc").join(format!("verified-{name}"))))
    }

    /// What is there; nothing where it is missing or broken.
    pub(super) fn read(&self) -> Verified {
        read_text_capped(&self.0, MAX_STATE, Follow::No).map(|text| Verified::parse(&text)).unwrap_or_default()
    }

    /// Replaces it whole.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, verified: &Verified) -> anyhow::Result<()> {
        if let Some(folder) = self.0.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        write_private(&self.0, verified.to_text().as_bytes()).context("cannot keep what was verified")
    }
}
