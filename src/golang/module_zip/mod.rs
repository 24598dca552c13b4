//! What a module zip may contain, and a reader for it that trusts nothing.
//!
//! The reader takes the same files for zips as Go's archive/zip and names the broken entry. It is
//! bounded: by the size of the source, by [`MAX_ENTRIES`], and by the sizes that the zip declares,
//! which [`check`] holds against Go's limits.

mod collisions;
mod content;
mod directory;
mod names;
mod record;
mod rules;
mod source;
#[cfg(test)]
mod tests;

pub use content::{EntryError, Inflater, SMALL};
pub use directory::{Archive, Entry, MAX_ENTRIES, ZipError, directory_size};
pub use rules::{Problem, Violation, check, check_each};
pub use source::ByteSource;

/// The most that a module zip, and all its files together, may hold: 500 MiB
/// (golang.org/x/mod/zip.MaxZipFile).
pub const MAX_TOTAL: u64 = 500 << 20;
/// The most that a go.mod in a module zip may hold: 16 MiB (MaxGoMod).
pub const MAX_GO_MOD: u64 = 16 << 20;
/// The most that a LICENSE at the root of a module zip may hold: 16 MiB (MaxLICENSE).
pub const MAX_LICENSE: u64 = 16 << 20;
