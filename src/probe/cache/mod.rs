//! The module cache and the other folders that a sync writes: looked at, never written.

mod clones;
mod folders;
mod in_use;
mod inside;
mod locks;
mod scan;
pub mod verify;

use std::path::Path;

use super::World;
use crate::facts::cache::CacheFacts;
use crate::facts::repository::RepositoryFacts;
use crate::golang::module_path::ModuleVersion;

pub use scan::scan;

/// Looks at the folders that a sync writes, at the locks in the module cache, and at the clones that it will use.
#[must_use]
pub fn folders(world: &World, repository: Option<&RepositoryFacts>) -> CacheFacts {
    let to_fetch = to_fetch(repository);
    let cache = world.environment.gomodcache().map(Path::new);
    let wanted: Vec<ModuleVersion> = to_fetch.iter().chain(&world.wishes.modules).cloned().collect();
    CacheFacts {
        folders: folders::folders(world, repository, &to_fetch),
        locks: locks::held(world, &to_fetch),
        clones: cache.map(|cache| in_use::unusable(cache, &world.environment, &wanted)).unwrap_or_default(),
        ..CacheFacts::default()
    }
}

/// Modules whose go.mod or source go has still to write into the module cache.
fn to_fetch(repository: Option<&RepositoryFacts>) -> Vec<ModuleVersion> {
    let Some(repository) = repository else { return Vec::new() };
    let lacking = repository
        .build_list
        .iter()
        .filter(|module| !module.mod_in_cache || (module.needed && !module.source_in_cache));
    let mut modules: Vec<ModuleVersion> = lacking.filter_map(|module| module.fetched().cloned()).collect();
    modules.extend(repository.graph_lacks.iter().cloned());
    modules
}
