//! What go has stored here of a checksum database: tree heads, lookups, tiles.

use std::path::{Path, PathBuf};

use super::{MAX_ANSWER, note_state};
use crate::disk::{Follow, ReadError, read_capped};
use crate::facts::Observation;
use crate::facts::checksum_database::{ChecksumDatabaseFacts, StoredProblem, StoredState};
use crate::golang::checksum_database::{
    DEFAULT_KEY, Database, Lookup, Setting, TreeHead, VerifierKey, lookup_path, parse_gosumdb,
};
use crate::golang::module_cache::{DOWNLOAD, sumdb_cache, sumdb_latest};
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;
use crate::probe::World;

mod tiles;

/// How many files of one database are looked at.
const MAX_FILES: usize = 100_000;

/// The newest tree head that go has stored, and the stored lookups of the modules in question.
pub(super) fn of_lookups(world: &World, database: &Database, lookups: &[ModuleVersion]) -> Vec<StoredState> {
    let name = database.key.name();
    let mut found: Vec<StoredState> = latest(world, &database.key).map(|(state, _)| state).into_iter().collect();
    let Some(cache) = world.environment.gomodcache() else { return found };
    for module in lookups {
        let Ok(path) = lookup_path(module) else { continue };
        let file = Path::new(cache).join(sumdb_cache(name, &path));
        found.extend(lookup(&file, &database.key).map(|(state, _)| state));
    }
    found
}

/// All that is stored of the database that GOSUMDB names, and of the default one.
#[must_use]
pub fn everywhere(world: &World) -> ChecksumDatabaseFacts {
    let mut facts = ChecksumDatabaseFacts::default();
    let mut keys: Vec<VerifierKey> = VerifierKey::parse(DEFAULT_KEY).into_iter().collect();
    if let Ok(Setting::Database(database)) = parse_gosumdb(world.environment.value("GOSUMDB")) {
        facts.name = Some(Foreign::new(database.key.name()));
        // Another key under the default name leaves nothing of that to be verified.
        keys.retain(|key| key.name() != database.key.name());
        keys.push(database.key);
    }
    for key in keys {
        facts.stored.extend(of_database(world, &key));
    }
    facts
}

fn of_database(world: &World, key: &VerifierKey) -> Vec<StoredState> {
    let mut heads: Vec<(PathBuf, TreeHead)> = Vec::new();
    let mut found = Vec::new();
    if let Some((state, head)) = latest(world, key) {
        heads.extend(head.map(|head| (PathBuf::from(state.path.as_str()), head)));
        found.push(state);
    }
    let Some(cache) = world.environment.gomodcache() else { return found };
    let root = Path::new(cache).join(DOWNLOAD).join("sumdb").join(key.name());
    let mut lookups = Vec::new();
    let mut tiles = tiles::Tiles::default();
    let entries = walkdir::WalkDir::new(&root).min_depth(1).sort_by_file_name();
    for entry in entries.into_iter().flatten().filter(|entry| !entry.file_type().is_dir()).take(MAX_FILES) {
        let name = entry.path().strip_prefix(&root).ok().and_then(Path::to_str).map(|name| name.replace('\\', "/"));
        let Some(name) = name else { continue };
        if name.starts_with("lookup/") {
            if let Some((state, read)) = lookup(entry.path(), key) {
                if let Some((lookup, head)) = read {
                    heads.push((entry.path().to_owned(), head));
                    lookups.push((entry.path().to_owned(), lookup));
                }
                found.push(state);
            }
        } else if name.starts_with("tile/") {
            found.extend(tiles.add(&name, entry.path()));
        }
    }
    tiles::hold_together(&tiles, &heads, &lookups, &mut found);
    found
}

fn look<T>(
    path: &Path,
    check: impl FnOnce(&[u8]) -> Result<T, Option<StoredProblem>>,
) -> Option<(StoredState, Option<T>)> {
    let read = match read_capped(path, MAX_ANSWER as u64, Follow::Yes) {
        Ok(bytes) => check(&bytes),
        Err(ReadError::NotFound { .. }) => return None,
        Err(error) => Err(Some(StoredProblem::Unusable { error: Foreign::new(&error.to_string()) })),
    };
    let (problem, content) = match read {
        Ok(content) => (None, Some(content)),
        Err(problem) => (problem, None),
    };
    Some((state(path, problem), content))
}

fn state(path: &Path, problem: Option<StoredProblem>) -> StoredState {
    let shown = Foreign::new(&path.display().to_string());
    let observation = Observation::seen(format!("checksum-database/stored/{shown}"), shown.as_str());
    StoredState { observation, path: shown, problem }
}

fn latest(world: &World, key: &VerifierKey) -> Option<(StoredState, Option<TreeHead>)> {
    let path = Path::new(world.environment.gopath().first()?).join(sumdb_latest(key.name()));
    look(&path, |bytes| match TreeHead::verify(bytes, key) {
        Ok(head) => Ok(head),
        // An empty file is how go begins.
        Err(_) if bytes.is_empty() => Err(None),
        Err(error) => Err(Some(StoredProblem::Note(note_state(error)))),
    })
}

/// The newest tree head that go has seen, where it is good.
pub(super) fn seen(world: &World, key: &VerifierKey) -> Option<TreeHead> {
    latest(world, key)?.1
}

fn lookup(path: &Path, key: &VerifierKey) -> Option<(StoredState, Option<(Lookup, TreeHead)>)> {
    look(path, |bytes| {
        let lookup = Lookup::parse(bytes).map_err(|_| Some(StoredProblem::Lookup))?;
        let head = TreeHead::verify(&lookup.tree_note, key).map_err(|_| Some(StoredProblem::Lookup))?;
        Ok((lookup, head))
    })
}
