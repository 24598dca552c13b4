//! Packages that a build from the vendor folder needs, and that are not in it.
//!
//! go takes an import from a main module or from the folder, and nowhere else (modload.importFromFiles). Since
//! Go 1.23, by the go line, vendor/modules.txt must name it too; before, the files alone were enough.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::files::Files;
use super::packages::package_folders;
use super::trees::Trees;
use crate::facts::repository::VendorLack;
use crate::golang::build_list::Source;
use crate::golang::go_version;
use crate::golang::imports::{StandardLibrary, Tags, is_standard_path};
use crate::golang::modfile::GoMod;
use crate::golang::module_path::has_path_prefix;
use crate::model::Foreign;

/// How many are told.
const TOLD: usize = 20;
/// Packages that are followed; the largest known vendor folders hold fewer.
const PACKAGES: usize = 20_000;
/// How long imports are followed.
const BUDGET: Duration = Duration::from_secs(2);
/// Since this go line a package must be named in vendor/modules.txt.
const NAMED_SINCE: &str = "1.23";

/// What a build of the main modules on this platform would not find. `go` is the go line of go.mod or go.work.
pub(super) fn lacks(
    files: &Files,
    trees: &Trees,
    standard: &StandardLibrary,
    here: &Tags,
    go: &str,
    show: &dyn Fn(&Path) -> Foreign,
) -> Vec<VendorLack> {
    let Some((folder, modules)) = &files.vendor else { return Vec::new() };
    let named: HashSet<&str> = modules.modules.iter().flat_map(|module| &module.packages).map(String::as_str).collect();
    let must_be_named = go_version::compare(go, NAMED_SINCE).is_ge();
    let vendor = Source::Directory("vendor".to_owned());
    let paths: Vec<&str> =
        files.mains.iter().map(|main| main.go_mod.get().map(GoMod::module_path).unwrap_or_default()).collect();
    // A package of their own that is missing is told of elsewhere.
    let ours = |path: &str| paths.iter().any(|module| !module.is_empty() && has_path_prefix(path, module));
    let own = |path: &str| {
        let within = paths.iter().enumerate().filter(|(_, module)| has_path_prefix(path, module));
        let mut dirs = within.map(|(index, module)| (index, path.get(module.len()..).unwrap_or_default()));
        dirs.any(|(index, dir)| trees.has_package(&Source::Main(index), dir.trim_start_matches('/')) == Some(true))
    };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut lacks: Vec<VendorLack> = Vec::new();
    let mut open: Vec<(Source, String, PathBuf)> = Vec::new();
    for (index, main) in files.mains.iter().enumerate() {
        let folders = package_folders(main).into_iter();
        open.extend(folders.map(|dir| (Source::Main(index), dir.clone(), main.dir.join(dir))));
    }
    let end = Instant::now() + BUDGET;
    while let Some((source, dir, place)) = open.pop() {
        let Some(imports) = trees.imports(&source, &dir, here) else { continue };
        for (path, at) in imports.imports {
            if seen.len() > PACKAGES || Instant::now() > end {
                return lacks;
            }
            if is_standard_path(&path) || standard.has(&path) == Some(true) || !seen.insert(path.clone()) {
                continue;
            }
            if own(&path) {
                continue;
            }
            let is_named = named.contains(path.as_str());
            let has_files = trees.has_package(&vendor, &path) == Some(true);
            if has_files && (is_named || !must_be_named) {
                open.push((vendor.clone(), path.clone(), folder.join(&path)));
            } else if !ours(&path) && lacks.len() < TOLD {
                let file = show(&place.join(&at.file));
                lacks.push(VendorLack { import: Foreign::new(&path), file, line: at.line, named: is_named });
            }
        }
    }
    lacks
}
