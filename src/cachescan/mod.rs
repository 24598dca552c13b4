//! Hashing and checking the modules of a module cache.
//!
//! `go mod verify` hashes zip and folder of each module and compares both with `.ziphash`. This does
//! more (go.sum, `.mod`, `.info`, which file differs) in less time: each entry is inflated once,
//! compared with the extracted file, and hashed once, since one hash proves both where the bytes are
//! equal.
//!
//! Nothing is written. Symbolic links inside modules are not followed, FIFOs and devices not opened,
//! and what a hostile zip declares is bounded by go's own limits.

mod file;
mod folder;
mod limits;
mod list;
mod module;
mod small_files;
mod tree;
mod zip;

use std::path::Path;

use rayon::prelude::*;

use crate::golang::module_path::ModuleVersion;
use crate::model::Damage;

pub use limits::Limits;
pub use list::list;

/// A module to look at, and what go.sum says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The module.
    pub module: ModuleVersion,
    /// The hashes of its zip in go.sum; none where go.sum has no such line, or is not to be compared.
    pub zip_sums: Vec<String>,
    /// The hashes of its go.mod in go.sum.
    pub go_mod_sums: Vec<String>,
}

impl Wanted {
    /// A module about which go.sum says nothing.
    #[must_use]
    pub const fn unsummed(module: ModuleVersion) -> Self {
        Self { module, zip_sums: Vec::new(), go_mod_sums: Vec::new() }
    }
}

/// What was seen of one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanned {
    /// The module.
    pub module: ModuleVersion,
    /// Whether the cache holds its zip or its folder; else there was nothing to hash.
    pub present: bool,
    /// The h1 of its zip, if it is there and could be read.
    pub zip_h1: Option<String>,
    /// How many bytes were hashed.
    pub bytes: u64,
    /// What is wrong with it.
    pub damages: Vec<Damage>,
}

/// What was seen of a cache.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// The modules that were looked at, in the order in which they were wanted.
    pub modules: Vec<Scanned>,
    /// The modules for which there was no time.
    pub not_reached: Vec<ModuleVersion>,
}

/// Looks at modules of the cache at `cache` (GOMODCACHE), with the threads of the current rayon pool,
/// until all are done or `limits` end it.
#[must_use]
pub fn scan(cache: &Path, wanted: &[Wanted], limits: &Limits<'_>) -> Scan {
    let scanned: Vec<Option<Scanned>> =
        wanted.par_iter().with_max_len(1).map(|wanted| module::scan(cache, wanted, limits)).collect();
    let mut scan = Scan::default();
    for (wanted, scanned) in wanted.iter().zip(scanned) {
        match scanned {
            Some(scanned) => scan.modules.push(scanned),
            None => scan.not_reached.push(wanted.module.clone()),
        }
    }
    scan
}
