//! Whose a file is, and who may do what with it.

use std::path::Path;

use super::file::About;

/// What is odd about the permissions of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Odd {
    /// Its owner cannot read it, or everybody can write it. go makes no such files.
    pub mode: bool,
    /// It belongs to this user, and the cache to another.
    pub owner: Option<u32>,
}

/// The owner of the cache itself; none where the system knows no such.
#[cfg(unix)]
pub(super) fn of_cache(cache: &Path) -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(cache).ok().map(|metadata| metadata.uid())
}

#[cfg(not(unix))]
pub(super) fn of_cache(_cache: &Path) -> Option<u32> {
    None
}

pub(super) fn look(about: &About, cache: Option<u32>) -> Odd {
    let other = |owner: &u32| cache.is_some_and(|cache| cache != *owner);
    Odd { mode: about.odd_mode, owner: about.owner.filter(other) }
}
