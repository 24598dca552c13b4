//! Which lines of go.sum a build needs.

use std::collections::BTreeSet;

use super::load::{BuildList, Pruning};
use super::summary::Source;
use super::version::{NONE, is_toolchain};
use crate::golang::module_path::ModuleVersion;

/// The keys that go looks up in go.sum. Versions end in `/go.mod` for the go.mod of a module.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NeededSums {
    /// For the graph: the go.mod of each module version whose requirements are in it, selected or
    /// not.
    pub graph: BTreeSet<ModuleVersion>,
    /// For the packages: the zip of each module that provides one or, by its path, could.
    pub packages: BTreeSet<ModuleVersion>,
}

impl NeededSums {
    /// Those that `has` finds nowhere in go.sum or go.work.sum, in go's order.
    #[must_use]
    pub fn missing(&self, has: impl Fn(&ModuleVersion) -> bool) -> Vec<ModuleVersion> {
        let all: BTreeSet<&ModuleVersion> = self.graph.iter().chain(&self.packages).collect();
        all.into_iter().filter(|key| !has(key)).cloned().collect()
    }
}

/// The keys for loading the graph of `list` and the packages with the given import paths, each with
/// the module that provides it. Nothing is needed for main modules, directories and the standard
/// library.
#[must_use]
pub fn needed_sums<'a>(
    list: &BuildList,
    packages: impl IntoIterator<Item = (&'a str, &'a ModuleVersion)>,
) -> NeededSums {
    let mut sums = NeededSums::default();
    let cached = |module: &ModuleVersion| match list.replacements.source(module) {
        Source::Module(actual) if !is_toolchain(&actual.path) => Some(actual),
        _ => None,
    };
    for module in list.graph.breadth_first() {
        if list.graph.requirements(module).is_some()
            && let Some(actual) = cached(module)
        {
            sums.graph.insert(actual.go_mod_key());
        }
    }
    for (path, module) in packages {
        let from_root = list.pruning == Pruning::Pruned
            && list.root_version(&module.path).is_some_and(|version| version == module.version);
        // The go version of the module decides how its packages are compiled.
        sums.packages.extend(cached(module).map(|actual| actual.go_mod_key()));
        for prefix in std::iter::successors(Some(path), |path| path.rfind('/').and_then(|end| path.get(..end))) {
            let version = match (from_root, list.root_version(prefix)) {
                (true, Some(version)) => version,
                (true, None) => continue,
                (false, _) => list.graph.selected(prefix),
            };
            if version != NONE && !is_toolchain(prefix) {
                sums.packages.extend(cached(&ModuleVersion::new(prefix, version)));
            }
        }
    }
    sums
}
