//! Which modules a cache holds.

use std::collections::BTreeSet;
use std::path::Path;

use super::limits::Limits;
use crate::golang::module_cache::{DOWNLOAD, parse_download_name};
use crate::golang::module_path::ModuleVersion;

/// The module versions of which the cache has the source (a zip or its `.ziphash`), in order, and
/// whether the limits ended the search. Links are not followed.
#[must_use]
pub fn list(cache: &Path, limits: &Limits<'_>) -> (Vec<ModuleVersion>, bool) {
    let root = cache.join(DOWNLOAD);
    let mut found = BTreeSet::new();
    let sumdb = |entry: &walkdir::DirEntry| entry.depth() == 1 && entry.file_name() == "sumdb";
    for entry in walkdir::WalkDir::new(&root).into_iter().filter_entry(|entry| !sumdb(entry)) {
        if limits.are_over() {
            return (found.into_iter().collect(), false);
        }
        let Ok(entry) = entry else { continue };
        let name = entry.path().strip_prefix(&root).ok().and_then(Path::to_str).map(|name| name.replace('\\', "/"));
        if let Some((module, "zip" | "ziphash")) = name.as_deref().and_then(parse_download_name) {
            found.insert(module);
        }
    }
    (found.into_iter().collect(), true)
}
