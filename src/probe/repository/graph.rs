//! The module graph, from the go.mod files that are at hand.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use rayon::prelude::*;

use super::files::Files;
use crate::disk::{Follow, read_capped};
use crate::golang::build_list::{BuildList, Input, MainModule, ModFile, Source, Workspace, load};
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_path::ModuleVersion;
use crate::golang::module_zip::MAX_GO_MOD;
use crate::probe::World;

/// Loads the graph. `None` where no main module has a go.mod that can be read.
pub fn build_list(world: &World, files: &Files) -> Option<BuildList> {
    let mains = files.mains.iter().filter_map(|main| {
        let dir = if files.work.is_some() { main.listed_as.as_str() } else { "" };
        main.go_mod.get().map(|file| MainModule::new(file, dir))
    });
    let main_modules: Vec<MainModule> = mains.collect();
    if main_modules.is_empty() {
        return None;
    }
    let workspace = files.work.as_ref().and_then(|work| work.go_work.get()).map(Workspace::from);
    let running_go = world.environment.version.as_ref().map(|version| version.as_str().to_owned());
    let input = Input { main_modules, workspace, running_go };
    let root = files.root()?.to_owned();
    let mut ahead = read_ahead(world, files);
    Some(load(&input, |source| {
        let read = if let Source::Module(module) = source { ahead.remove(module) } else { None };
        read.unwrap_or_else(|| mod_file(world, &root, source))
    }))
}

/// The go.mod files of which go.sum has a hash, read by all processors: most likely those of the graph.
fn read_ahead(world: &World, files: &Files) -> HashMap<ModuleVersion, ModFile> {
    /// Of more than any real graph has, the rest is read when it is wanted.
    const MOST: usize = 20_000;
    let lines = files.sums().flat_map(|sums| &sums.lines).filter(|line| line.go_mod);
    let modules: BTreeSet<&ModuleVersion> = lines.map(|line| &line.module).take(MOST).collect();
    let modules: Vec<&ModuleVersion> = modules.into_iter().collect();
    let read = |module: &&ModuleVersion| {
        let path = cached_file(world, module).filter(|_| world.kept(module).is_none())?;
        Some(((*module).clone(), from_disk(world, &path)))
    };
    modules.par_iter().filter_map(read).collect()
}

/// The go.mod file of a module, as far as it is at hand.
pub fn mod_file(world: &World, root: &Path, source: &Source) -> ModFile {
    match source {
        // Main modules are part of the input.
        Source::Main(_) => ModFile::Missing,
        Source::Directory(dir) => from_disk(world, &root.join(dir).join("go.mod")),
        Source::Module(module) => match world.kept(module) {
            Some(file) => ModFile::Known((&*file).into()),
            None => cached_file(world, module).map_or(ModFile::Missing, |path| from_disk(world, &path)),
        },
    }
}

/// Where the cache keeps the go.mod file of a module.
pub fn cached_file(world: &World, module: &ModuleVersion) -> Option<std::path::PathBuf> {
    let files = ModuleFiles::of(module).ok()?;
    Some(Path::new(world.environment.gomodcache()?).join(files.go_mod))
}

fn from_disk(world: &World, path: &Path) -> ModFile {
    match read_capped(path, MAX_GO_MOD, Follow::Yes) {
        Ok(bytes) => ModFile::read(&bytes, world.os),
        Err(error) if error.is_not_found() => ModFile::Missing,
        Err(_) => ModFile::Broken,
    }
}
