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
mod held;
mod limits;
mod listing;
mod module;
mod order;
mod owner;
mod pieces;
mod schedule;
mod small_files;
mod stamp;
mod sum;
mod survey;
mod tree;
mod zip;

use crate::golang::module_path::ModuleVersion;
use crate::model::Damage;

pub use limits::Limits;
pub use order::{Order, Strength};
pub use schedule::scan;
pub use stamp::Verified;
pub use survey::{Survey, survey, survey_of};

/// What one repository records of a module: any of the hashes will do, as for go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// The hashes of its zip in go.sum; none where go.sum has no such line.
    pub zip: Vec<String>,
    /// The hashes of its go.mod in go.sum.
    pub go_mod: Vec<String>,
}

/// A module to look at, and what each go.sum says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The module.
    pub module: ModuleVersion,
    /// What each repository records of it; nothing where there is none, or it is not to be compared.
    pub sums: Vec<Sums>,
}

impl Wanted {
    /// A module about which go.sum says nothing.
    #[must_use]
    pub const fn unsummed(module: ModuleVersion) -> Self {
        Self { module, sums: Vec::new() }
    }
}

/// What was seen of one module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scanned {
    /// The module.
    pub module: ModuleVersion,
    /// Whether the cache holds its zip or its folder; else there was nothing to hash.
    pub present: bool,
    /// The h1 of its zip, if it is there and was read whole.
    pub zip_h1: Option<String>,
    /// How many bytes were hashed.
    pub bytes: u64,
    /// Whether it was left alone, since nothing of it has changed since it was last found to be whole.
    pub unchanged: bool,
    /// What is wrong with it.
    pub damages: Vec<Damage>,
    /// The state in which it was found to be whole, to be kept in [`Verified`].
    pub stamp: Option<stamp::Stamp>,
}

/// What was seen of a cache.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scan {
    /// The modules that were looked at, in the order in which they were wanted.
    pub modules: Vec<Scanned>,
    /// The modules for which there was no time.
    pub not_reached: Vec<ModuleVersion>,
}
