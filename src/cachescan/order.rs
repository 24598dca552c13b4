//! How a cache is to be looked at.

use super::limits::Limits;
use super::stamp::Verified;

/// How much is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Strength {
    /// Everything: each entry of a zip is inflated, each extracted file compared with it.
    #[default]
    Full,
    /// The extracted files, held against the sizes and CRCs that the zip declares and, by their h1,
    /// against `.ziphash`. The contents of zips are not read.
    Quick,
}

/// How a cache is to be looked at, and when to stop.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// How much is read.
    pub strength: Strength,
    /// When it ends before it is done.
    pub limits: Limits<'a>,
    /// What was found to be whole before and is left alone where it has not changed since.
    pub verified: Option<&'a Verified>,
    /// Told of the bytes of zips that are dealt with, often and from several threads. Together they come
    /// to about the size of all zips.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

impl<'a> Order<'a> {
    /// Everything, until `limits` end it.
    #[must_use]
    pub fn full(limits: Limits<'a>) -> Self {
        Self { strength: Strength::Full, limits, verified: None, progress: &|_| {} }
    }
}
