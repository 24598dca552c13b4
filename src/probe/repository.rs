//! The repository: its module files, what they require, what its sources import.

use super::World;
use crate::facts::repository::{Mode, RepositoryFacts};
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// Reads the repository, with the go.mod files that the cache has and those fetched in this run.
#[must_use]
pub fn probe(world: &World) -> RepositoryFacts {
    RepositoryFacts {
        observations: Vec::new(),
        directory: Foreign::new(&world.directory.display().to_string()),
        mode: Mode::NoModule,
        main_modules: Vec::new(),
        work: None,
        sums: Vec::new(),
        vendor: None,
        build_list: Vec::new(),
        graph_lacks: Vec::new(),
        missing_sums: Vec::new(),
        missing_imports: Vec::new(),
        ambiguous_imports: Vec::new(),
        broken_replaces: Vec::new(),
        needs_update: Vec::new(),
        conflicts: Vec::new(),
        newer_go: Vec::new(),
        notices: Vec::new(),
        own_remotes: Vec::new(),
    }
}

/// The go.mod files that the module graph needs and that are still not at hand.
#[must_use]
pub fn lacking(world: &World) -> Vec<ModuleVersion> {
    probe(world).graph_lacks
}
