//! The module graph, from the go.mod files that are at hand.

use std::path::Path;

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
    let workspace = files.work.as_ref().and_then(|(_, work)| work.get()).map(Workspace::from);
    let running_go = world.environment.version.as_ref().map(|version| version.as_str().to_owned());
    let input = Input { main_modules, workspace, running_go };
    let root = files.root()?.to_owned();
    Some(load(&input, |source| mod_file(world, &root, source)))
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
