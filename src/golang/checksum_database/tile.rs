//! Tiles: the tree cut into pieces of eight levels, as servers store and caches keep it.

use std::fmt;

use super::tree::{Hash, node_hash};

/// The height of the tiles that go asks for.
pub(super) const HEIGHT: u32 = 8;
/// The hashes in a full tile.
pub(super) const WIDTH: u64 = 1 << HEIGHT;

/// Which level a tile stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// The records themselves.
    Data,
    /// Hashes of level `8 * n` of the tree; 0 holds the hashes of records.
    Hashes(u32),
}

/// The coordinates of a tile of height 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    /// Its level.
    pub level: Level,
    /// Its number on the level.
    pub number: u64,
    /// How many hashes it holds: 256 if it is full.
    pub width: u16,
}

impl Tile {
    /// The same tile when it is full. Where a server has no partial tile any more, it has this one.
    #[must_use]
    pub fn full(self) -> Self {
        Self { width: 1 << HEIGHT, ..self }
    }

    /// Whether it is full.
    #[must_use]
    pub fn is_full(self) -> bool {
        u64::from(self.width) == WIDTH
    }

    /// How many bytes it has.
    #[must_use]
    pub fn len(self) -> usize {
        usize::from(self.width) * 32
    }

    /// Never: a tile holds at least one hash.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.width == 0
    }

    /// Reads coordinates from a path such as `tile/8/0/x001/234.p/17`, of height 8.
    #[must_use]
    pub fn parse_path(path: &str) -> Option<Self> {
        let rest = path.strip_prefix("tile/8/")?;
        let (level, rest) = rest.split_once('/')?;
        let level = if level == "data" { Level::Data } else { Level::Hashes(level.parse().ok().filter(|l| *l < 64)?) };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok().filter(|width| (1..1 << HEIGHT).contains(width))?),
            None => (rest, 1 << HEIGHT),
        };
        let number = number.split('/').try_fold(0_u64, |number, part| {
            let digits = part.strip_prefix('x').unwrap_or(part);
            number.checked_mul(1000)?.checked_add(digits.parse::<u64>().ok().filter(|part| *part < 1000)?)
        })?;
        let tile = Self { level, number, width };
        // One tile has one path.
        (tile.to_string() == path).then_some(tile)
    }
}

/// The path relative to the database's address, also the name in the cache.
impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{HEIGHT}/")?;
        match self.level {
            Level::Data => f.write_str("data")?,
            Level::Hashes(level) => write!(f, "{level}")?,
        }
        let mut groups = vec![self.number % 1000];
        let mut rest = self.number / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for (left, group) in (0..groups.len()).rev().zip(groups.iter().rev()) {
            write!(f, "/{}{group:03}", if left > 0 { "x" } else { "" })?;
        }
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

/// A node of the tree: the `number`-th of its level, over `2^level` records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    pub level: u32,
    pub number: u64,
}

impl Node {
    /// Level and number of the tile that holds it.
    pub(super) const fn place(self) -> (u32, u64) {
        let within = self.level % HEIGHT;
        (self.level / HEIGHT, self.number >> (HEIGHT - within))
    }

    /// Its hash, from the content of the tile at [`Node::place`]. `None` if that is too narrow.
    pub(super) fn hash_in(self, data: &[u8]) -> Option<Hash> {
        let within = self.level % HEIGHT;
        let first = usize::try_from((self.number << within) % WIDTH).ok()?;
        let leaves = data.get(first * 32..(first + (1 << within)) * 32)?;
        subtree_hash(leaves)
    }
}

/// The hash over a power of two of hashes.
pub(super) fn subtree_hash(leaves: &[u8]) -> Option<Hash> {
    let (leaves, odd) = leaves.as_chunks::<32>();
    if !odd.is_empty() || !leaves.len().is_power_of_two() {
        return None;
    }
    let mut level: Vec<Hash> = leaves.iter().copied().map(Hash).collect();
    while level.len() > 1 {
        let (pairs, _) = level.as_chunks::<2>();
        level = pairs.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
    level.first().copied()
}
