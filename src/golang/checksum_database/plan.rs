//! Which tiles prove something about a tree, and the proof.

use super::tile::{HEIGHT, Level, Node, Tile, WIDTH, subtree_hash};
use super::tree::{Hash, TreeHead, node_hash, record_hash};

/// The tiles that are needed to prove a statement about a tree: that it holds a record, or that an
/// older tree is its beginning. They are the ones that go asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    tree: TreeHead,
    /// Together they make the hash of the tree, from the largest to the smallest.
    roots: Vec<Node>,
    /// What is to be proved.
    wanted: Vec<Node>,
    tiles: Vec<Tile>,
}

/// Why a proof fails. The text is go's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The record would come after the end of the tree.
    #[error("cannot validate record {id} in tree of size {size}")]
    NotInTree {
        /// The record's number.
        id: u64,
        /// The records in the tree.
        size: u64,
    },
    /// A tile has another length than it should: it was cut, or is an HTML page.
    #[error("TileReader returned bad result slice ({tile} len={len}, want {})", tile.len())]
    TileLength {
        /// The tile.
        tile: Tile,
        /// How long it is.
        len: usize,
    },
    /// Not as many tiles as the plan names.
    #[error("TileReader returned bad result slice (len={len}, want {wanted})")]
    TileCount {
        /// How many there are.
        len: usize,
        /// How many there should be.
        wanted: usize,
    },
    /// The tiles do not belong to the tree: one of them is damaged or comes from elsewhere.
    #[error("downloaded inconsistent tile")]
    InconsistentTile,
    /// The record is not the one in the tree.
    #[error("cannot authenticate record data in server response")]
    RecordDiffers,
    /// The older tree is not the beginning of the newer one: the database has changed its past.
    #[error("go.sum database server misbehavior detected!")]
    Fork,
}

impl Plan {
    /// To prove that `tree` holds a record with the number `id`.
    ///
    /// # Errors
    ///
    /// [`ProofError::NotInTree`].
    pub fn for_record(tree: TreeHead, id: u64) -> Result<Self, ProofError> {
        if id >= tree.size {
            return Err(ProofError::NotInTree { id, size: tree.size });
        }
        Ok(Self::new(tree, vec![Node { level: 0, number: id }]))
    }

    /// To prove that the tree of `older` records is the beginning of `tree`.
    ///
    /// # Errors
    ///
    /// [`ProofError::NotInTree`] if it is larger.
    pub fn for_older(tree: TreeHead, older: u64) -> Result<Self, ProofError> {
        if older > tree.size {
            return Err(ProofError::NotInTree { id: older, size: tree.size });
        }
        Ok(Self::new(tree, roots(older)))
    }

    /// To prove that a tile of hashes belongs to `tree`. `None` where the tree has no such tile, or one of
    /// another width.
    #[must_use]
    pub fn for_tile(tree: TreeHead, tile: Tile) -> Option<Self> {
        let Level::Hashes(level) = tile.level else { return None };
        // Its first hash leads to it, and so to those above it.
        let plan =
            Self::new(tree, vec![Node { level: level.checked_mul(HEIGHT)?, number: tile.number.checked_mul(WIDTH)? }]);
        plan.tiles.contains(&tile).then_some(plan)
    }

    /// Checks that the tiles belong to the tree.
    ///
    /// # Errors
    ///
    /// [`ProofError`].
    pub fn check_tiles<T: AsRef<[u8]>>(&self, tiles: &[T]) -> Result<(), ProofError> {
        self.prove(tiles).map(drop)
    }

    fn new(tree: TreeHead, wanted: Vec<Node>) -> Self {
        let roots = roots(tree.size);
        let mut plan = Self { tree, roots, wanted, tiles: Vec::new() };
        for node in plan.roots.clone() {
            let (level, number) = node.place();
            plan.need(level, number);
        }
        for node in plan.wanted.clone() {
            // Every tile up to one that is needed anyway; the upper ones authenticate the lower.
            let (mut level, mut number) = node.place();
            let mut missing = Vec::new();
            while plan.find(level, number).is_none() && plan.width(level, number) > 0 {
                missing.push((level, number));
                (level, number) = (level + 1, number >> HEIGHT);
            }
            for (level, number) in missing.into_iter().rev() {
                plan.need(level, number);
            }
        }
        plan
    }

    /// The tiles to read, in the order in which [`Plan::check_record`] and [`Plan::check_older`] take
    /// them. Where one is not to be had, its [`Tile::full`] form will do, cut to [`Tile::len`].
    #[must_use]
    pub fn tiles(&self) -> &[Tile] {
        &self.tiles
    }

    /// Checks that `record` is the one in the tree.
    ///
    /// # Errors
    ///
    /// [`ProofError`].
    pub fn check_record<T: AsRef<[u8]>>(&self, tiles: &[T], record: &[u8]) -> Result<(), ProofError> {
        let proved = self.prove(tiles)?;
        if proved == [record_hash(record)] { Ok(()) } else { Err(ProofError::RecordDiffers) }
    }

    /// Checks that `older` is the beginning of the tree.
    ///
    /// # Errors
    ///
    /// [`ProofError`]; [`ProofError::Fork`] is what go calls a security error.
    pub fn check_older<T: AsRef<[u8]>>(&self, tiles: &[T], older: &TreeHead) -> Result<(), ProofError> {
        if join(&self.prove(tiles)?) == older.hash { Ok(()) } else { Err(ProofError::Fork) }
    }

    /// The hashes of the wanted nodes, proved against the hash of the tree.
    fn prove<T: AsRef<[u8]>>(&self, data: &[T]) -> Result<Vec<Hash>, ProofError> {
        if data.len() != self.tiles.len() {
            return Err(ProofError::TileCount { len: data.len(), wanted: self.tiles.len() });
        }
        for (tile, data) in self.tiles.iter().zip(data) {
            let len = data.as_ref().len();
            if len != tile.len() {
                return Err(ProofError::TileLength { tile: *tile, len });
            }
        }
        let hash_of = |node: &Node| {
            let (level, number) = node.place();
            let data = data.get(self.find(level, number)?)?;
            node.hash_in(data.as_ref())
        };
        let hashes_of = |nodes: &[Node]| -> Option<Vec<Hash>> { nodes.iter().map(hash_of).collect() };
        let roots = hashes_of(&self.roots).ok_or(ProofError::InconsistentTile)?;
        if join(&roots) != self.tree.hash {
            return Err(ProofError::InconsistentTile);
        }
        // What hangs below a full tile's parent is held against the hash there; the tiles that make
        // the hash of the tree have been proved by it.
        for (tile, data) in self.tiles.iter().zip(data) {
            let Level::Hashes(level) = tile.level else { continue };
            if self.roots.iter().any(|node| node.place() == (level, tile.number)) {
                continue;
            }
            let above = Node { level: (level + 1) * HEIGHT, number: tile.number };
            if hash_of(&above) != subtree_hash(data.as_ref()) {
                return Err(ProofError::InconsistentTile);
            }
        }
        hashes_of(&self.wanted).ok_or(ProofError::InconsistentTile)
    }

    fn find(&self, level: u32, number: u64) -> Option<usize> {
        self.tiles.iter().position(|tile| tile.level == Level::Hashes(level) && tile.number == number)
    }

    fn need(&mut self, level: u32, number: u64) {
        let width = self.width(level, number);
        if self.find(level, number).is_none() && width > 0 {
            self.tiles.push(Tile { level: Level::Hashes(level), number, width });
        }
    }

    /// How many hashes the tile has in a tree of this size.
    fn width(&self, level: u32, number: u64) -> u16 {
        let on_level = self.tree.size.checked_shr(level * HEIGHT).unwrap_or(0);
        let left = on_level.saturating_sub(number.saturating_mul(WIDTH)).min(WIDTH);
        u16::try_from(left).unwrap_or(0)
    }
}

/// The full subtrees that make a tree of `size` records, the largest first.
fn roots(size: u64) -> Vec<Node> {
    let mut start = 0;
    (0..64)
        .rev()
        .filter(|level| size >> level & 1 == 1)
        .map(|level| {
            let number = start >> level;
            start += 1 << level;
            Node { level, number }
        })
        .collect()
}

/// The hash of a tree from the hashes of its full subtrees.
fn join(roots: &[Hash]) -> Hash {
    let mut from_the_smallest = roots.iter().rev();
    let Some(smallest) = from_the_smallest.next() else { return TreeHead::empty().hash };
    from_the_smallest.fold(*smallest, |right, left| node_hash(left, &right))
}
