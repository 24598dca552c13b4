//! A transparent log: a Merkle tree over records (RFC 6962), served in tiles of height 8.

use sha2::{Digest, Sha256};

type Hash = [u8; 32];

/// The hashes of all complete subtrees: `levels[k][i]` covers records `i·2^k .. (i+1)·2^k`.
pub struct Tree {
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree over some records.
    pub fn new<'a>(records: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let leaves: Vec<Hash> = records
            .into_iter()
            .map(|record| Sha256::new().chain_update([0]).chain_update(record).finalize().into())
            .collect();
        let mut levels = vec![leaves];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let above = below.as_chunks::<2>().0.iter().map(|[left, right]| join(left, right)).collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// The number of records.
    pub fn len(&self) -> usize {
        self.levels[0].len()
    }

    /// The hash of the whole tree.
    pub fn root(&self) -> Hash {
        // Complete subtrees from the right: each joins the sum of all to the right of it.
        let mut sum: Option<Hash> = None;
        for (height, level) in self.levels.iter().enumerate() {
            if self.len() >> height & 1 == 1 {
                let left = level[level.len() - 1];
                sum = Some(match sum {
                    None => left,
                    Some(right) => join(&left, &right),
                });
            }
        }
        sum.unwrap_or_else(|| Sha256::digest(b"").into())
    }

    /// The hashes of a tile, `width` at most 256 of them; none if the tree has not got so many.
    pub fn tile(&self, level: usize, number: usize, width: usize) -> Option<Vec<u8>> {
        let hashes = self.levels.get(8 * level)?;
        let start = number * 256;
        Some(hashes.get(start..start + width)?.concat())
    }
}

fn join(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}
