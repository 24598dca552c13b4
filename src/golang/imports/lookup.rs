//! Which module of the build list provides a package.

use super::standard::{StandardLibrary, is_standard_path};
use crate::golang::build_list::{self, BuildList, Pruning, Source};
use crate::golang::module_path::{InvalidPath, ModuleVersion, check_import_path, check_path, split_path_version};

/// What an import path comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// A package of the standard library, or `C`.
    Standard,
    /// Exactly one module provides it.
    Module(ModuleVersion),
    /// Several modules provide it, the shortest path first; an empty path is the standard library.
    Ambiguous(Vec<ModuleVersion>),
    /// No module of the build list provides it.
    Missing(Candidates),
    /// It cannot be told, because the packages of some modules are not at hand.
    Undecided {
        /// The modules that may hold it, the longest path first.
        unknown: Vec<ModuleVersion>,
        /// A module that does.
        found: Option<ModuleVersion>,
    },
    /// Its path is reserved for the standard library, which lacks it: `package X is not in std`.
    NotInStandardLibrary(Candidates),
    /// No package can have this path.
    Invalid(InvalidImport),
}

/// What go tries for a package that no module of the build list provides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    /// Replaced modules outside the build list, tried first, the longest path first. A version of
    /// `v0.0.0-00010101000000-000000000000` stands for a replacement without version.
    pub replaced: Vec<ModuleVersion>,
    /// Module paths that go asks for their latest version, all at the same time; the longest that
    /// has the package wins. Empty for a path of the standard library.
    pub modules: Vec<String>,
    /// Whether the module graph was loaded whole. Otherwise go stops before it asks for new modules,
    /// and the missing part may provide the package.
    pub graph_complete: bool,
}

/// Why an import path is no package path in module mode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidImport {
    /// It has a version.
    #[error("import path should not have @version")]
    Version,
    /// It is relative.
    #[error("relative import paths are not supported in module mode")]
    Relative,
    /// It is a file path.
    #[error("not a package path")]
    Absolute,
    /// It is a pattern, such as `all`.
    #[error("not an importable package")]
    Pattern,
    /// It breaks the rules for import paths.
    #[error(transparent)]
    Malformed(#[from] InvalidPath),
}

/// Whether a module's tree has Go files in a directory (relative to its root, empty for the root):
/// any `.go` file counts, whatever its constraint. For main modules and replacement directories, a
/// directory that belongs to a nested module does not count. `None` where the tree is not at hand.
pub type HasPackage<'a> = &'a dyn Fn(&Source, &str) -> Option<bool>;

/// Finds modules for imports.
#[derive(Clone, Copy)]
pub struct ImportLookup<'a> {
    /// The build list.
    pub build_list: &'a BuildList,
    /// The standard library.
    pub standard: &'a StandardLibrary,
    /// The packages of its modules.
    pub has_package: HasPackage<'a>,
}

impl ImportLookup<'_> {
    /// Finds the module of the package `path`: first among the roots where the graph is pruned, then
    /// in the whole build list, as `importFromModules` of the go command.
    #[must_use]
    pub fn find(&self, path: &str) -> Lookup {
        if let Err(invalid) = check(path) {
            return Lookup::Invalid(invalid);
        }
        if path == "C" {
            return Lookup::Standard;
        }
        let in_standard = self.standard.has(path);
        let rounds: &[bool] = if self.build_list.pruning == Pruning::Unpruned { &[false] } else { &[true, false] };
        for roots_only in rounds {
            let mut found: Vec<ModuleVersion> = Vec::new();
            let mut unknown: Vec<ModuleVersion> = Vec::new();
            for prefix in prefixes(path) {
                let Some(module) = self.selected(prefix, *roots_only) else { continue };
                let dir = path.get(prefix.len()..).unwrap_or_default().trim_start_matches('/');
                match (self.has_package)(&self.build_list.replacements.source(&module), dir) {
                    Some(true) => found.push(module),
                    Some(false) => {}
                    None => unknown.push(module),
                }
            }
            if in_standard == Some(true) {
                found.push(ModuleVersion::default());
            }
            match (found.len(), unknown.is_empty()) {
                (2.., _) => {
                    found.reverse();
                    return Lookup::Ambiguous(found);
                }
                (_, false) => return Lookup::Undecided { unknown, found: found.pop() },
                (1, true) => {
                    return found
                        .pop()
                        .filter(|module| !module.path.is_empty())
                        .map_or(Lookup::Standard, Lookup::Module);
                }
                (0, true) => {}
            }
        }
        if !is_standard_path(path) {
            return Lookup::Missing(self.candidates(path));
        }
        match in_standard {
            Some(_) => Lookup::NotInStandardLibrary(self.candidates(path)),
            None => Lookup::Standard,
        }
    }

    fn selected(&self, path: &str, roots_only: bool) -> Option<ModuleVersion> {
        if build_list::is_toolchain(path) {
            return None;
        }
        let version =
            if roots_only { self.build_list.root_version(path)? } else { self.build_list.graph.selected(path) };
        (version != build_list::NONE).then(|| ModuleVersion::new(path, version))
    }

    /// What go tries for a missing package, as `queryImport` of the go command.
    #[must_use]
    pub fn candidates(&self, path: &str) -> Candidates {
        let replaced = self.build_list.replacements.highest_replaced();
        let within = |module: &ModuleVersion| prefixes(path).any(|prefix| prefix == module.path);
        let mut replaced: Vec<ModuleVersion> = replaced
            .into_iter()
            .filter(within)
            .map(|mut module| {
                if module.version.is_empty() {
                    module.version = zero_version(&module.path);
                }
                module
            })
            .filter(|module| {
                let selected = self.build_list.graph.selected(&module.path);
                build_list::compare(&module.path, selected, &module.version).is_lt()
            })
            .collect();
        replaced.sort_by_key(|module| std::cmp::Reverse(module.path.len()));
        let modules = if is_standard_path(path) {
            Vec::new()
        } else {
            let mains = &self.build_list.main_modules;
            let asked = prefixes(path).filter(|prefix| mains.iter().all(|main| main.path != **prefix));
            asked.filter(|prefix| check_path(prefix).is_ok()).map(str::to_owned).collect()
        };
        Candidates { replaced, modules, graph_complete: self.build_list.is_complete() }
    }
}

/// The version that go makes up for a replacement without version: before every real one.
fn zero_version(path: &str) -> String {
    let major = split_path_version(path).map_or("", |(_, major)| major).trim_start_matches(['/', '.']);
    let major = if major.is_empty() { "v0" } else { major };
    format!("{}.0.0-00010101000000-000000000000", major.trim_end_matches("-unstable"))
}

/// `path` and all that it lies in, the longest first.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rfind('/').and_then(|end| path.get(..end)))
}

fn check(path: &str) -> Result<(), InvalidImport> {
    if path.contains('@') {
        return Err(InvalidImport::Version);
    }
    if matches!(path, "." | "..") || path.starts_with("./") || path.starts_with("../") {
        return Err(InvalidImport::Relative);
    }
    if path.starts_with('/') {
        return Err(InvalidImport::Absolute);
    }
    if matches!(path, "std" | "cmd" | "all" | "work" | "tool") {
        return Err(InvalidImport::Pattern);
    }
    if path != "C" {
        check_import_path(path)?;
    }
    Ok(())
}
