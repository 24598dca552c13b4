//! What the sources import, and which imports nothing provides.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::files::{Files, MainFiles};
use super::trees::{Trees, entries};
use crate::facts::Observation;
use crate::facts::repository::{AmbiguousImport, MissingImport, RepositoryFacts};
use crate::golang::build_list::{BuildList, Source};
use crate::golang::imports::{
    IgnorePatterns, ImportLookup, Loaded, LoadedPackage, Lookup, Scope, StandardLibrary, Tags, load, package_dirs,
};
use crate::golang::module_path::{ModuleVersion, has_path_prefix};
use crate::model::Foreign;

/// Imports without a module that are told; more of them tell nothing new.
const MAX_TOLD: usize = 50;

/// The packages of a build.
pub struct Packages {
    loaded: Loaded,
    /// Modules that provide a package, or may.
    needed: BTreeSet<ModuleVersion>,
    /// The folder of each main module's packages, by module path.
    mains: Vec<(String, std::path::PathBuf)>,
    /// What sources of the main modules import on this platform, of what nothing provides, and whether more
    /// than tests do. What the standard library lacks may elsewhere be meant for another compiler
    /// (`appengine`), and go mod tidy passes over it.
    lacked: BTreeMap<String, bool>,
}

impl Packages {
    /// Follows the imports of the main modules as `go mod tidy` does.
    pub fn load(files: &Files, list: &BuildList, trees: &Trees, standard: &StandardLibrary, here: &Tags) -> Self {
        let has_package = |source: &Source, dir: &str| trees.has_package(source, dir);
        let lookup = ImportLookup { build_list: list, standard, has_package: &has_package };
        let read = |source: &Source, dir: &str| trees.imports(source, dir, &Tags::Any);
        let mut named = Vec::new();
        let mut tools = Vec::new();
        let mut mains = Vec::new();
        for main in &files.mains {
            let Some(file) = main.go_mod.get() else { continue };
            named.extend(package_paths(main, file.module_path()));
            tools.extend(file.tool.iter().map(|tool| tool.path.clone()));
            mains.push((file.module_path().to_owned(), main.dir.clone()));
        }
        let loaded = load(lookup, &read, &named, &tools, Scope::tidy(list.go()));
        let mut needed = BTreeSet::new();
        for package in loaded.packages.values() {
            match &package.lookup {
                Lookup::Module(module) => {
                    needed.insert(module.clone());
                }
                Lookup::Ambiguous(modules) => needed.extend(modules.iter().cloned()),
                Lookup::Undecided { unknown, found } => needed.extend(unknown.iter().chain(found).cloned()),
                Lookup::Standard | Lookup::Missing(_) | Lookup::NotInStandardLibrary(_) | Lookup::Invalid(_) => {}
            }
        }
        let lacks = |path: &str| {
            let package = loaded.packages.get(path);
            package
                .is_some_and(|package| matches!(package.lookup, Lookup::NotInStandardLibrary(_) | Lookup::Missing(_)))
        };
        let mut lacked = BTreeMap::new();
        if loaded.packages.keys().any(|path| lacks(path)) {
            for (index, (module, _)) in mains.iter().enumerate() {
                for path in named.iter().filter(|path| has_path_prefix(path, module)) {
                    let dir = path.get(module.len()..).unwrap_or_default().trim_start_matches('/');
                    let imports = trees.imports(&Source::Main(index), dir, here).unwrap_or_default();
                    let of_tests = imports.test_imports.into_keys().map(|path| (path, false));
                    for (path, built) in imports.imports.into_keys().map(|path| (path, true)).chain(of_tests) {
                        if lacks(&path) {
                            *lacked.entry(path).or_default() |= built;
                        }
                    }
                }
            }
        }
        Self { loaded, needed, mains, lacked }
    }

    /// Whether a module provides a package of the build, or may.
    pub fn needs(&self, module: &ModuleVersion) -> bool {
        self.needed.contains(module)
    }

    /// Each package that a module provides, and the module. Where its sources are not at hand, it is the one
    /// that may: go looks into it, and needs its hash for that.
    pub fn provided(&self) -> impl Iterator<Item = (&str, &ModuleVersion)> {
        self.loaded.packages.iter().filter_map(|(path, package)| {
            let by = match &package.lookup {
                Lookup::Undecided { unknown, .. } => unknown.first(),
                _ => package.module(),
            };
            Some((path.as_str(), by?))
        })
    }

    /// Modules that a main module imports from without listing them.
    pub fn implicitly_required(&self, list: &BuildList) -> BTreeSet<ModuleVersion> {
        self.loaded.implicitly_required(list).into_iter().filter_map(|(_, package)| package.module().cloned()).collect()
    }

    /// Tells what nothing provides, and what several modules do.
    pub fn tell(&self, facts: &mut RepositoryFacts, show: &dyn Fn(&Path) -> Foreign) {
        for (path, package) in self.loaded.unresolved().take(MAX_TOLD * 4) {
            let (file, line, in_test) = self.place(package, show);
            match &package.lookup {
                Lookup::Ambiguous(modules) => facts.ambiguous_imports.push(AmbiguousImport {
                    observation: Observation::seen(format!("repository/import/{path}"), path),
                    import: Foreign::new(path),
                    file,
                    line,
                    modules: modules.clone(),
                }),
                Lookup::Missing(candidates) if facts.missing_imports.len() < MAX_TOLD => {
                    let mut missing = missing(path, file, line, in_test);
                    missing.candidates = candidates.modules.iter().map(|path| Foreign::new(path)).collect();
                    missing.lacking_in = longest_listed(facts, path);
                    missing.built_here = self.lacked.get(path).is_some_and(|built| *built);
                    facts.missing_imports.push(missing);
                }
                Lookup::NotInStandardLibrary(_) if self.lacked.contains_key(path) => {
                    let mut missing = missing(path, file, line, in_test);
                    missing.malformed = Some(Foreign::new(&format!("package {path} is not in std")));
                    facts.missing_imports.push(missing);
                }
                Lookup::Invalid(invalid) => {
                    let mut missing = missing(path, file, line, in_test);
                    missing.malformed = Some(Foreign::new(&invalid.to_string()));
                    facts.missing_imports.push(missing);
                }
                _ => {}
            }
        }
        facts.observations.push(Observation::seen("repository/imports", facts.directory.as_str()));
    }

    /// The file and line of an import, and whether a test has it.
    fn place(&self, package: &LoadedPackage, show: &dyn Fn(&Path) -> Foreign) -> (Foreign, usize, bool) {
        let Some(by) = &package.imported_by else { return (Foreign::default(), 0, false) };
        let main = self.mains.iter().find(|(module, _)| has_path_prefix(&by.package, module));
        let file = match main {
            Some((module, dir)) => {
                let within = by.package.get(module.len()..).unwrap_or_default().trim_start_matches('/');
                show(&dir.join(within).join(&by.position.file))
            }
            None => Foreign::new(&format!("{}/{}", by.package, by.position.file)),
        };
        (file, by.position.line, by.test)
    }
}

fn missing(path: &str, file: Foreign, line: usize, in_test: bool) -> MissingImport {
    MissingImport {
        observation: Observation::seen(format!("repository/import/{path}"), path),
        import: Foreign::new(path),
        file,
        line,
        in_test,
        built_here: false,
        lacking_in: None,
        candidates: Vec::new(),
        malformed: None,
    }
}

/// The module of the build list that should have a package by its path.
fn longest_listed(facts: &RepositoryFacts, path: &str) -> Option<ModuleVersion> {
    let holders = facts.build_list.iter().filter(|module| has_path_prefix(path, &module.module.path));
    holders.max_by_key(|module| module.module.path.len()).map(|module| module.module.clone())
}

/// The import paths of the packages in a main module's tree.
fn package_paths(main: &MainFiles, module: &str) -> Vec<String> {
    let path = |dir: String| if dir.is_empty() { module.to_owned() } else { format!("{module}/{dir}") };
    package_folders(main).into_iter().map(path).collect()
}

/// The folders of the packages in a main module's tree, relative to it.
pub fn package_folders(main: &MainFiles) -> Vec<String> {
    let ignored = main.go_mod.get().into_iter().flat_map(|file| &file.ignore).map(|line| line.path.as_str());
    let tree = package_dirs(&IgnorePatterns::new(ignored), |dir| {
        entries(&if dir.is_empty() { main.dir.clone() } else { main.dir.join(dir) })
    });
    tree.packages.into_iter().map(|package| package.dir).collect()
}
