//! What the authors of required modules say of their versions, as far as it is at hand.
//!
//! go reads it in the go.mod file of the latest version, and asks a server which that is (`go get`,
//! `go list -m -u`). Nobody is asked for it here: the highest version whose go.mod file the cache holds, or
//! this run has fetched, is the latest that is known.

use std::path::Path;

use super::graph::{cached_file, mod_file};
use super::trees::entries;
use crate::facts::repository::{BuildModule, Notice};
use crate::golang::build_list::{AuthorNotice, BuildList, ModFile, Source, author_notices};
use crate::golang::imports::EntryKind;
use crate::golang::module_path::{ModuleVersion, unescape_version};
use crate::golang::semver;
use crate::model::Foreign;
use crate::probe::World;

/// Direct requirements that are looked at.
const MODULES: usize = 300;

/// What is said of the direct requirements among `modules`.
pub(super) fn notices(world: &World, root: &Path, list: &BuildList, modules: &[BuildModule]) -> Vec<Notice> {
    let direct = modules.iter().filter(|module| module.direct).map(|module| &module.module);
    direct.take(MODULES).flat_map(|module| of_module(world, root, list, module)).collect()
}

fn of_module(world: &World, root: &Path, list: &BuildList, module: &ModuleVersion) -> Vec<Notice> {
    let Some(latest) = latest(world, module) else { return Vec::new() };
    let ModFile::Known(latest) = mod_file(world, root, &Source::Module(latest)) else { return Vec::new() };
    let said = author_notices(module, &latest, &list.replacements);
    said.into_iter().map(|said| notice(module, said)).collect()
}

/// The highest version of a module that is at hand: a release where there is one.
fn latest(world: &World, module: &ModuleVersion) -> Option<ModuleVersion> {
    let folder = cached_file(world, module).and_then(|file| file.parent().map(Path::to_owned));
    let stored = folder.and_then(|folder| entries(&folder)).unwrap_or_default();
    let files = stored.iter().filter(|entry| entry.kind == EntryKind::File);
    let stored = files.filter_map(|entry| unescape_version(entry.name.strip_suffix(".mod")?).ok());
    let versions = stored.chain(world.kept_versions(&module.path));
    let versions = versions.filter(|version| semver::is_canonical_version(version));
    let release = |version: &str| semver::prerelease(version).is_none_or(str::is_empty);
    let highest = versions.max_by(|a, b| release(a).cmp(&release(b)).then_with(|| semver::compare(a, b)))?;
    Some(ModuleVersion::new(&*module.path, highest))
}

fn notice(module: &ModuleVersion, said: AuthorNotice) -> Notice {
    let module = module.clone();
    match said {
        AuthorNotice::Retracted { rationales } => {
            Notice::Retracted { module, rationale: Foreign::new(&rationales.join("; ")) }
        }
        AuthorNotice::Deprecated { message } => Notice::Deprecated { module, message: Foreign::new(&message) },
    }
}
