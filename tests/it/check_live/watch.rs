//! Proof that a command wrote nothing: what a folder holds, before and after.

use std::collections::BTreeMap;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Mode, size and time of change of every file below a folder.
pub struct Snapshot(BTreeMap<String, (u32, u64, i64, i64)>);

impl Snapshot {
    pub fn of(root: &Path) -> Self {
        let mut files = BTreeMap::new();
        for entry in walkdir::WalkDir::new(root).into_iter().flatten() {
            let Ok(meta) = entry.path().symlink_metadata() else { continue };
            let name = entry.path().strip_prefix(root).unwrap_or(root).display().to_string();
            // The temporary folder itself is where commands may work; nothing may stay in it.
            if name == "tmp" {
                continue;
            }
            files.insert(name, (meta.mode(), meta.size(), meta.mtime(), meta.mtime_nsec()));
        }
        Self(files)
    }

    /// The paths that differ.
    pub fn changes(&self, after: &Self) -> Vec<String> {
        let mut changed: Vec<_> = self
            .0
            .keys()
            .chain(after.0.keys())
            .filter(|name| self.0.get(*name) != after.0.get(*name))
            .cloned()
            .collect();
        changed.sort();
        changed.dedup();
        changed
    }
}
