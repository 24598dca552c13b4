//! Stored tiles, and whether heads, tiles and records are of one tree.
//!
//! Only what can be proved with the tiles at hand is judged. go holds what it downloads against the newest
//! head before it stores it, and trusts it ever after.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::state;
use crate::disk::{Follow, read_capped};
use crate::facts::checksum_database::{StoredProblem, StoredState};
use crate::golang::checksum_database::{Level, Lookup, Plan, ProofError, Tile, TreeHead};

/// The most of a tile of records that is read; one of hashes has 8 KiB.
const MAX_TILE: u64 = 1 << 20;
/// How many older heads are held against the newest one.
const MAX_HEADS: usize = 1000;

/// The tiles of one database that have the right size.
#[derive(Default)]
pub(super) struct Tiles {
    /// By level, number and width; the highest level last.
    at: BTreeMap<(u32, u64, u16), (PathBuf, Vec<u8>)>,
}

impl Tiles {
    /// Takes a stored tile. What has another form or size is told at once.
    pub(super) fn add(&mut self, name: &str, path: &Path) -> Option<StoredState> {
        let tile = Tile::parse_path(name)?;
        let Level::Hashes(level) = tile.level else { return None };
        match read_capped(path, MAX_TILE, Follow::Yes) {
            Ok(data) if data.len() == tile.len() => {
                self.at.insert((level, tile.number, tile.width), (path.to_owned(), data));
                None
            }
            Ok(_) => Some(state(path, Some(StoredProblem::Tile))),
            // Gone meanwhile, or not to be read: then go fetches it.
            Err(_) => None,
        }
    }

    /// The content of a tile, from its full form where that is what is stored; as go looks for it.
    fn content(&self, tile: Tile) -> Option<(&Path, &[u8])> {
        let Level::Hashes(level) = tile.level else { return None };
        let found =
            [tile.width, tile.full().width].into_iter().find_map(|width| self.at.get(&(level, tile.number, width)));
        let (path, data) = found?;
        Some((path, data.get(..tile.len())?))
    }

    /// What a plan needs, if all of it is there.
    fn all(&self, plan: &Plan) -> Option<(Vec<&Path>, Vec<&[u8]>)> {
        Some(plan.tiles().iter().map(|tile| self.content(*tile)).collect::<Option<Vec<_>>>()?.into_iter().unzip())
    }
}

/// Holds tiles, heads and records against the newest head.
pub(super) fn hold_together(
    tiles: &Tiles,
    heads: &[(PathBuf, TreeHead)],
    lookups: &[(PathBuf, Lookup)],
    found: &mut Vec<StoredState>,
) {
    let Some((_, newest)) = heads.iter().max_by_key(|(_, head)| head.size) else { return };
    let mut bad: HashSet<&Path> = HashSet::new();
    // The upper tiles first: they prove the lower ones.
    for ((level, number, width), (path, _)) in tiles.at.iter().rev() {
        let tile = Tile { level: Level::Hashes(*level), number: *number, width: *width };
        let Some(plan) = Plan::for_tile(*newest, tile) else { continue };
        let Some((paths, data)) = tiles.all(&plan) else { continue };
        if !paths.iter().any(|path| bad.contains(path)) && plan.check_tiles(&data).is_err() {
            bad.insert(path);
        }
    }
    found.extend(bad.iter().map(|path| state(path, Some(StoredProblem::Tile))));
    let mut judge = |path: &Path, problem| match found.iter_mut().find(|state| Path::new(state.path.as_str()) == path) {
        Some(state) => state.problem = Some(problem),
        None => found.push(state(path, Some(problem))),
    };
    for (path, head) in heads.iter().filter(|(_, head)| head != newest).take(MAX_HEADS) {
        let Ok(plan) = Plan::for_older(*newest, head.size) else { continue };
        let Some((paths, data)) = tiles.all(&plan) else { continue };
        let sound = !paths.iter().any(|path| bad.contains(path));
        if sound && plan.check_older(&data, head) == Err(ProofError::Fork) {
            judge(path, StoredProblem::OtherTree);
        }
    }
    for (path, lookup) in lookups {
        let Ok(plan) = Plan::for_record(*newest, lookup.id) else { continue };
        let Some((paths, data)) = tiles.all(&plan) else { continue };
        let sound = !paths.iter().any(|path| bad.contains(path));
        if sound && plan.check_record(&data, lookup.record.as_bytes()) == Err(ProofError::RecordDiffers) {
            judge(path, StoredProblem::Lookup);
        }
    }
}
