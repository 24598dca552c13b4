//! The packages that a command loads: those of the main modules and what they import.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::lookup::{ImportLookup, Lookup};
use super::package::{PackageImports, Position};
use crate::golang::build_list::{BuildList, Pruning, Source};
use crate::golang::module_path::ModuleVersion;

/// More packages than any real build has.
const MAX_PACKAGES: usize = 200_000;

/// Which tests belong to the packages that are loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// `go list -deps`, `go build`; with `tests` also `-test`: tests of the named packages only.
    Packages {
        /// Whether the tests of the named packages are loaded.
        tests: bool,
    },
    /// `go mod tidy`: the tests of the main modules, what they import, and the tests of that, but
    /// not what those import in turn.
    Tidy {
        /// Whether tests of dependencies count like those of the main module (go < 1.16).
        tests_of_all: bool,
    },
}

impl Scope {
    /// What `go mod tidy` loads for a main module of this go version.
    #[must_use]
    pub fn tidy(go: &str) -> Self {
        Self::Tidy { tests_of_all: crate::golang::go_version::compare(go, "1.16").is_lt() }
    }
}

/// Reads the imports of a package in a module's tree; `None` where it is not at hand.
pub type ReadPackage<'a> = &'a dyn Fn(&Source, &str) -> Option<PackageImports>;

/// Who imports a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedBy {
    /// The importing package.
    pub package: String,
    /// Whether its test imports it.
    pub test: bool,
    /// Where, within the importing package's directory.
    pub position: Position,
}

/// A package that the command loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedPackage {
    /// Where it comes from.
    pub lookup: Lookup,
    /// The first importer that was met on the shortest way from a main module; `None` for the
    /// packages that were named.
    pub imported_by: Option<ImportedBy>,
    /// Whether a package or test of a main module imports it, directly or not.
    pub in_all: bool,
    /// Its imports; `None` for the standard library and where they could not be read.
    pub imports: Option<PackageImports>,
    named: bool,
    tested: bool,
}

/// The packages of a command, by import path.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// All of them, the standard library's included but not what those import.
    pub packages: BTreeMap<String, LoadedPackage>,
    /// Whether there were too many.
    pub truncated: bool,
}

impl Loaded {
    /// The packages that do not come from exactly one module or the standard library: what nothing
    /// provides, what several modules provide, what cannot be told, and invalid paths.
    pub fn unresolved(&self) -> impl Iterator<Item = (&str, &LoadedPackage)> {
        let packages = self.packages.iter().map(|(path, package)| (path.as_str(), package));
        packages.filter(|(_, package)| !matches!(package.lookup, Lookup::Standard | Lookup::Module(_)))
    }

    /// How a package comes to be loaded: from a named package to itself.
    #[must_use]
    pub fn chain(&self, path: &str) -> Vec<String> {
        let mut chain = vec![path.to_owned()];
        let mut at = path;
        while let Some(by) = self.packages.get(at).and_then(|package| package.imported_by.as_ref()) {
            // The first importer of each package was loaded before it, so the chain ends.
            if chain.len() > MAX_PACKAGES {
                break;
            }
            chain.push(by.package.clone());
            at = &by.package;
        }
        chain.reverse();
        chain
    }

    /// Packages whose module is in the graph but not among the requirements where it must be. With
    /// graph pruning that is every package in "all", and go says `updates to go.mod needed`; without,
    /// or in a workspace, it is what a main module imports itself, and go says `imports … from
    /// implicitly required module`. `go mod tidy` mends both.
    #[must_use]
    pub fn implicitly_required(&self, build_list: &BuildList) -> Vec<(&str, &LoadedPackage)> {
        let is_unlisted = |package: &LoadedPackage| match (package.module(), build_list.pruning) {
            (None, _) => false,
            (Some(module), Pruning::Pruned) => build_list.root_version(&module.path).is_none(),
            (Some(module), Pruning::Unpruned) => build_list.root_version(&module.path) != Some(&module.version),
            (Some(module), Pruning::Workspace) => {
                !build_list.is_main(&module.path) && build_list.graph.requirements(module).is_none()
            }
        };
        let direct = self.imported_by_main(build_list);
        let concerned = |(path, package): &(&String, &LoadedPackage)| match build_list.pruning {
            Pruning::Pruned => package.in_all,
            Pruning::Unpruned | Pruning::Workspace => direct.contains(path.as_str()),
        };
        let packages = self.packages.iter().filter(concerned);
        packages.filter(|(_, package)| is_unlisted(package)).map(|(path, package)| (path.as_str(), package)).collect()
    }

    /// What packages and loaded tests of main modules import.
    fn imported_by_main(&self, build_list: &BuildList) -> BTreeSet<&str> {
        let from_main =
            |package: &&LoadedPackage| package.module().is_some_and(|module| build_list.is_main(&module.path));
        let mut found = BTreeSet::new();
        for importer in self.packages.values().filter(from_main) {
            let Some(imports) = &importer.imports else { continue };
            let tests = imports.test_imports.keys().filter(|_| importer.tested);
            found.extend(imports.imports.keys().chain(tests).map(String::as_str));
        }
        found
    }
}

impl LoadedPackage {
    /// The module that provides it, if that is clear and it is not the standard library.
    #[must_use]
    pub fn module(&self) -> Option<&ModuleVersion> {
        match &self.lookup {
            Lookup::Module(module) => Some(module),
            _ => None,
        }
    }
}

/// Loads the packages `named` and what they import. Packages of the standard library are not looked
/// into. `tools` are the paths of `tool` lines, which count as imported by the main module.
#[must_use]
pub fn load(
    lookup: ImportLookup<'_>,
    read: ReadPackage<'_>,
    named: &[String],
    tools: &[String],
    scope: Scope,
) -> Loaded {
    let mut loaded = Loaded::default();
    let mut queue: VecDeque<Visit> = VecDeque::new();
    for (paths, in_all) in [(named, false), (tools, true)] {
        let visits = paths.iter().map(|path| Visit { path: path.clone(), named: true, in_all, by: None });
        queue.extend(visits);
    }
    while let Some(visit) = queue.pop_front() {
        let importer = visit.path;
        let fresh = !loaded.packages.contains_key(&importer);
        if fresh {
            if loaded.packages.len() >= MAX_PACKAGES {
                loaded.truncated = true;
                break;
            }
            loaded.packages.insert(importer.clone(), first_look(lookup, read, &importer, visit.by));
        }
        let Some(package) = loaded.packages.get_mut(&importer) else { continue };
        let main = package.module().is_some_and(|module| lookup.build_list.is_main(&module.path));
        let (was_in_all, was_tested) = (package.in_all, package.tested);
        package.named |= visit.named;
        package.in_all |= visit.in_all || main;
        // Whether what the tests import is in "all" too.
        let tests_count = match scope {
            Scope::Packages { tests } => {
                package.tested |= tests && package.named;
                main
            }
            Scope::Tidy { tests_of_all } => {
                package.tested |= package.in_all;
                main || (tests_of_all && package.in_all)
            }
        };
        let in_all = package.in_all;
        let grown = in_all != was_in_all;
        let Some(imports) = &package.imports else { continue };
        let mut visits = |paths: &BTreeMap<String, Position>, test: bool, in_all: bool| {
            for (path, position) in paths {
                let by = ImportedBy { package: importer.clone(), test, position: position.clone() };
                queue.push_back(Visit { path: path.clone(), named: false, in_all, by: Some(by) });
            }
        };
        if fresh || grown {
            visits(&imports.imports, false, in_all);
        }
        if package.tested && (!was_tested || (tests_count && grown)) {
            visits(&imports.test_imports, true, tests_count);
        }
    }
    loaded
}

struct Visit {
    path: String,
    named: bool,
    in_all: bool,
    by: Option<ImportedBy>,
}

fn first_look(lookup: ImportLookup<'_>, read: ReadPackage<'_>, path: &str, by: Option<ImportedBy>) -> LoadedPackage {
    let found = lookup.find(path);
    let imports = match &found {
        Lookup::Module(module) => {
            let dir = path.get(module.path.len()..).unwrap_or_default().trim_start_matches('/');
            read(&lookup.build_list.replacements.source(module), dir)
        }
        _ => None,
    };
    LoadedPackage { lookup: found, imported_by: by, in_all: false, imports, named: false, tested: false }
}

#[cfg(test)]
mod tests;
