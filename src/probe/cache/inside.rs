//! What in a folder this user cannot write although a sync must: the first few.

use std::path::{Path, PathBuf};

use crate::disk::access;
use crate::facts::repository::RepositoryFacts;
use crate::golang::module_cache::{DOWNLOAD, ModuleFiles, SIDE_LOCK};
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// How many are told.
const TOLD: usize = 5;
/// How many modules are looked at: where the first few hundred can be written, the rest can.
const MODULES: usize = 300;

/// Collects what exists and cannot be written, each once.
#[derive(Default)]
struct Unwritable(Vec<PathBuf>);

impl Unwritable {
    fn look(&mut self, path: &Path) {
        let may = access(path);
        if self.0.len() < TOLD && may.exists && !may.writable && !self.0.iter().any(|known| known == path) {
            self.0.push(path.to_owned());
        }
    }

    fn told(self) -> Vec<Foreign> {
        self.0.iter().map(|path| Foreign::new(&path.display().to_string())).collect()
    }
}

/// The folders into which go downloads and extracts `to_fetch`, and its lock files.
pub(super) fn module_cache(cache: &Path, to_fetch: &[ModuleVersion]) -> Vec<Foreign> {
    let mut found = Unwritable::default();
    found.look(&cache.join("cache"));
    found.look(&cache.join(DOWNLOAD));
    found.look(&cache.join(SIDE_LOCK));
    for module in to_fetch.iter().take(MODULES) {
        let Ok(files) = ModuleFiles::of(module) else { continue };
        found.look(&cache.join(&files.lock));
        for name in [&files.zip, &files.folder] {
            if let Some(folder) = cache.join(name).parent().and_then(|folder| nearest_in(cache, folder)) {
                found.look(&folder);
            }
        }
    }
    found.told()
}

/// The nearest folder that exists, from `folder` up to the cache itself.
fn nearest_in(cache: &Path, folder: &Path) -> Option<PathBuf> {
    folder
        .ancestors()
        .take_while(|ancestor| ancestor.starts_with(cache))
        .find(|ancestor| ancestor.exists())
        .map(Path::to_owned)
}

/// The newest tree head of each checksum database, and the folder that it lies in.
pub(super) fn checksum_database(folder: &Path) -> Vec<Foreign> {
    let mut found = Unwritable::default();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten().take(TOLD) {
        found.look(&entry.path());
        found.look(&entry.path().join("latest"));
    }
    found.told()
}

/// The folders `00` to `ff` of the build cache.
pub(super) fn build_cache(folder: &Path) -> Vec<Foreign> {
    let mut found = Unwritable::default();
    for number in 0..=u8::MAX {
        found.look(&folder.join(format!("{number:02x}")));
    }
    found.told()
}

/// The module files.
pub(super) fn repository(directory: &Path, repository: Option<&RepositoryFacts>) -> Vec<Foreign> {
    let mut found = Unwritable::default();
    let Some(repository) = repository else { return Vec::new() };
    for main in &repository.main_modules {
        found.look(&directory.join(main.file.as_str()));
    }
    for sums in repository.sums.iter().filter(|sums| sums.exists) {
        found.look(&directory.join(sums.file.as_str()));
    }
    found.told()
}
