//! A transparent log: a Merkle tree over records (RFC 6962), served in tiles of height 8.

use sha2::{Digest, Sha256};

use crate::golang::checksum_database::{Hash, node_hash, record_hash};

/// The hashes of all complete subtrees: `levels[k][i]` covers records `i·2^k .. (i+1)·2^k`.
pub(super) struct Tree {
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree over some records.
    pub(super) fn new<'a>(records: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut levels = vec![records.into_iter().map(record_hash).collect::<Vec<_>>()];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let above = below.as_chunks::<2>().0.iter().map(|[left, right]| node_hash(left, right)).collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// The number of records.
    pub(super) fn len(&self) -> usize {
        self.levels.first().map_or(0, Vec::len)
    }

    /// The hash of the whole tree.
    pub(super) fn root(&self) -> Hash {
        // Complete subtrees from the right: each joins the sum of all to the right of it.
        let mut sum: Option<Hash> = None;
        for (height, level) in self.levels.iter().enumerate() {
            if self.len() >> height & 1 == 1
                && let Some(left) = level.last()
            {
                sum = Some(match sum {
                    None => *left,
                    Some(right) => node_hash(left, &right),
                });
            }
        }
        sum.unwrap_or_else(|| Hash(Sha256::digest(b"").into()))
    }

    /// The hashes of a tile, `width` at most 256 of them; none if the tree has not got so many.
    pub(super) fn tile(&self, level: usize, number: usize, width: usize) -> Option<Vec<u8>> {
        let hashes = self.levels.get(level.checked_mul(8)?)?;
        let start = number.checked_mul(256)?;
        Some(hashes.get(start..start.checked_add(width)?)?.iter().flat_map(|hash| hash.0).collect())
    }
}
