//! Which import paths belong to the standard library.

use std::collections::BTreeSet;

/// Whether `path` is reserved for the standard library: no dot in its first element. Such a path is
/// never looked up on the network; only a main module or a `replace` can provide it.
#[must_use]
pub fn is_standard_path(path: &str) -> bool {
    !path.split('/').next().unwrap_or(path).contains('.')
}

/// The packages of GOROOT/src, if they are known.
#[derive(Debug, Clone, Default)]
pub enum StandardLibrary {
    /// Not known: every path without a dot in its first element that no module of the build list
    /// could hold counts as standard.
    #[default]
    Assumed,
    /// Exactly these packages, `cmd/…` included.
    Listed(BTreeSet<String>),
}

impl StandardLibrary {
    /// Whether GOROOT/src has the package; `None` where that is not known.
    #[must_use]
    pub fn has(&self, path: &str) -> Option<bool> {
        if path == "unsafe" {
            return Some(true);
        }
        if !is_standard_path(path) {
            return Some(false);
        }
        match self {
            Self::Assumed => None,
            Self::Listed(packages) => Some(packages.contains(path)),
        }
    }
}
