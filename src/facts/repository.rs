//! The repository: its module files, what they require, and what its sources import.

use serde::{Deserialize, Serialize};

use super::checksum_database::HashOf;
use super::{Observation, Observed};
use crate::golang::modfile;
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// The repository.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RepositoryFacts {
    /// `repository/go.mod`, `repository/go.sum`, `repository/imports` and the like.
    pub observations: Vec<Observation>,
    /// The folder that was looked at.
    pub directory: Foreign,
    /// Which rules apply.
    pub mode: Mode,
    /// The main modules; more than one in a workspace.
    pub main_modules: Vec<MainModule>,
    /// What go objects to in the file that `-modfile` of GOFLAGS names in place of go.mod; every command that
    /// looks at the module stops.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mod_file_error: Option<Foreign>,
    /// The go.work file.
    pub work: Option<Work>,
    /// Each go.sum (and go.work.sum).
    pub sums: Vec<SumFile>,
    /// The vendor folder.
    pub vendor: Option<Vendor>,
    /// The selected version of every module, as far as the go.mod files at hand tell.
    pub build_list: Vec<BuildModule>,
    /// go.mod files that the module graph needs and that are not at hand.
    pub graph_lacks: Vec<ModuleVersion>,
    /// Keys that a sync needs and go.sum lacks.
    pub missing_sums: Vec<MissingSum>,
    /// Imports that no requirement provides.
    pub missing_imports: Vec<MissingImport>,
    /// Imports that more than one module provides.
    pub ambiguous_imports: Vec<AmbiguousImport>,
    /// Replacements by a folder that do not lead to a module.
    pub broken_replaces: Vec<BrokenReplace>,
    /// Changes that go.mod needs and that a read-only command may not make.
    pub needs_update: Vec<NeededUpdate>,
    /// Modules of the graph whose go.mod file tells nothing, or something wrong.
    #[serde(default)]
    pub graph_troubles: Vec<GraphTrouble>,
    /// Requirements that another rule of the same file contradicts.
    pub conflicts: Vec<Conflict>,
    /// Requirements whose go.mod asks for a newer Go than runs here.
    pub newer_go: Vec<NewerGo>,
    /// Required versions that their author has taken back, and modules that are deprecated.
    pub notices: Vec<Notice>,
    /// The host and organisation of this repository's own remote, as a hint of what is private.
    pub own_remotes: Vec<Foreign>,
}

impl RepositoryFacts {
    /// A folder of which nothing is known yet.
    #[must_use]
    pub fn empty(directory: Foreign, mode: Mode) -> Self {
        Self {
            observations: Vec::new(),
            directory,
            mode,
            main_modules: Vec::new(),
            mod_file_error: None,
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
            graph_troubles: Vec::new(),
            conflicts: Vec::new(),
            newer_go: Vec::new(),
            notices: Vec::new(),
            own_remotes: Vec::new(),
        }
    }
}

/// Which rules apply in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// A go.mod applies.
    Module,
    /// A go.work applies.
    Workspace,
    /// No go.mod here or above.
    NoModule,
    /// GO111MODULE=off.
    ModulesOff,
}

/// A main module.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MainModule {
    /// `repository/go.mod` or `repository/DIR/go.mod`.
    pub observation: Observation,
    /// Its go.mod, relative to the folder looked at where it lies in it.
    pub file: Foreign,
    /// Its module path, where it can be read.
    pub path: Option<Foreign>,
    /// Its go line.
    pub go: Option<Foreign>,
    /// Its toolchain line.
    pub toolchain: Option<Foreign>,
    /// What is wrong with the file.
    pub problems: Vec<modfile::Problem>,
    /// It could not be read.
    pub unreadable: Option<Foreign>,
}

/// The go.work file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// `repository/go.work`.
    pub observation: Observation,
    /// The file.
    pub file: Foreign,
    /// Its go line.
    pub go: Option<Foreign>,
    /// Its toolchain line.
    #[serde(default)]
    pub toolchain: Option<Foreign>,
    /// What is wrong with the file.
    pub problems: Vec<modfile::Problem>,
    /// It could not be read.
    pub unreadable: Option<Foreign>,
    /// What does not fit between it and the modules that it names.
    pub mismatches: Vec<WorkMismatch>,
}

/// What does not fit in a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mismatch", rename_all = "kebab-case")]
pub enum WorkMismatch {
    /// A `use` leads to a folder without go.mod.
    NoModule {
        /// The folder as written.
        dir: Foreign,
        /// The line, from 1.
        line: usize,
    },
    /// The folder that was looked at lies in a module that go.work does not name.
    NotListed {
        /// The folder of that module.
        dir: Foreign,
    },
    /// A module asks for a newer Go than go.work does.
    GoTooLow {
        /// The module's folder.
        dir: Foreign,
        /// Its go line.
        wants: Foreign,
        /// The go line of go.work.
        has: Foreign,
    },
    /// Two folders hold the same module.
    Twice {
        /// The module path.
        path: Foreign,
    },
    /// Two modules replace the same module differently.
    ConflictingReplace {
        /// The module path.
        path: Foreign,
    },
}

/// A go.sum file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SumFile {
    /// `repository/go.sum`.
    pub observation: Observation,
    /// The file.
    pub file: Foreign,
    /// Whether it exists.
    pub exists: bool,
    /// What is wrong with it.
    pub problems: Vec<modfile::SumProblem>,
    /// It could not be read.
    pub unreadable: Option<Foreign>,
}

/// The vendor folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vendor {
    /// `repository/vendor`.
    pub observation: Observation,
    /// Whether go builds from it here.
    pub used: bool,
    /// Where it does not agree with go.mod, in Go's words.
    pub differences: Vec<VendorDifference>,
    /// Packages that a build here imports and that it does not hold.
    #[serde(default)]
    pub lacks: Vec<VendorLack>,
}

/// A package that the vendor folder should hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorLack {
    /// The import path.
    pub import: Foreign,
    /// The file that imports it, relative to the repository.
    pub file: Foreign,
    /// The line, from 1.
    pub line: usize,
    /// Whether vendor/modules.txt names it all the same.
    pub named: bool,
}

/// Where vendor/modules.txt and go.mod do not agree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorDifference {
    /// The module.
    pub module: ModuleVersion,
    /// Go's words for it.
    pub text: Foreign,
}

/// A module of the build list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildModule {
    /// The module, at the selected version.
    pub module: ModuleVersion,
    /// Whether a main module requires it directly (not `// indirect`).
    pub direct: bool,
    /// The file that requires it, and the line, where a main module does.
    pub required_at: Option<(Foreign, usize)>,
    /// What is fetched in its place.
    pub replaced_by: Option<ReplacedBy>,
    /// Whether a package of it is imported, as far as can be told.
    pub needed: bool,
    /// Whether the module cache has its go.mod file.
    pub mod_in_cache: bool,
    /// Whether the module cache has its source.
    pub source_in_cache: bool,
}

impl BuildModule {
    /// What is fetched: the replacement, or the module itself. `None` for a folder.
    #[must_use]
    pub fn fetched(&self) -> Option<&ModuleVersion> {
        match &self.replaced_by {
            None => Some(&self.module),
            Some(ReplacedBy::Module(module)) => Some(module),
            Some(ReplacedBy::Folder(_)) => None,
        }
    }
}

/// What is fetched in a module's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReplacedBy {
    /// Another module.
    Module(ModuleVersion),
    /// A folder.
    Folder(Foreign),
}

/// A key that go.sum lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingSum {
    /// The module.
    pub module: ModuleVersion,
    /// Whether it is the zip's or the go.mod's line.
    pub of: HashOf,
}

/// An import that no requirement provides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingImport {
    /// `repository/import/PATH`.
    pub observation: Observation,
    /// The import path.
    pub import: Foreign,
    /// The file, relative to the repository.
    pub file: Foreign,
    /// The line, from 1.
    pub line: usize,
    /// Whether only a test imports it.
    pub in_test: bool,
    /// Whether a build on this platform meets it: a source of a main module imports it that is no test.
    #[serde(default)]
    pub built_here: bool,
    /// The module of the build list that should have it by its path, and has not.
    pub lacking_in: Option<ModuleVersion>,
    /// The module paths that go asks for, the longest first.
    pub candidates: Vec<Foreign>,
    /// Why the path is no import path that go could look up.
    pub malformed: Option<Foreign>,
}

impl MissingImport {
    /// The module that go would take for it, of those whose highest version is known: the longest path.
    #[must_use]
    pub fn holder<'a>(&self, listed: &'a [ModuleVersion]) -> Option<&'a ModuleVersion> {
        self.holders(listed).next()
    }

    /// The modules that may have it, of those whose highest version is known, the longest path first: only
    /// those whose path is longer than that of the module of the build list which should have it.
    pub fn holders<'a>(&self, listed: &'a [ModuleVersion]) -> impl Iterator<Item = &'a ModuleVersion> {
        let known = self.lacking_in.as_ref().map_or(0, |module| module.path.len());
        let longer = self.candidates.iter().filter(move |path| path.as_str().len() > known);
        longer.filter_map(|path| listed.iter().find(|module| module.path == path.as_str()))
    }
}

/// An import that more than one module provides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmbiguousImport {
    /// `repository/import/PATH`.
    pub observation: Observation,
    /// The import path.
    pub import: Foreign,
    /// The file, relative to the repository.
    pub file: Foreign,
    /// The line, from 1.
    pub line: usize,
    /// The modules that have it.
    pub modules: Vec<ModuleVersion>,
}

/// A replacement by a folder that leads to no module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrokenReplace {
    /// The module that is replaced.
    pub path: Foreign,
    /// The folder as written.
    pub target: Foreign,
    /// The file with the replacement, and the line, from 1.
    pub file: Foreign,
    /// The line, from 1.
    pub line: usize,
    /// Whether the folder exists (and then has no go.mod).
    pub exists: bool,
}

/// A change that go.mod needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "update", rename_all = "kebab-case")]
pub enum NeededUpdate {
    /// The selected version is higher than the required one.
    Higher {
        /// As required.
        required: ModuleVersion,
        /// As selected.
        selected: Foreign,
    },
    /// A module that provides a package is not listed.
    NotListed {
        /// The module.
        module: ModuleVersion,
    },
    /// A required version is a branch, a tag or a commit, which go.mod may hold only until go replaces it.
    NotCanonical {
        /// As written.
        required: ModuleVersion,
        /// The line, from 1.
        line: usize,
    },
}

/// A module of the graph whose go.mod file tells nothing, or something wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphTrouble {
    /// `repository/graph/PATH@VERSION`.
    pub observation: Observation,
    /// The module.
    pub module: ModuleVersion,
    /// What is wrong.
    pub kind: GraphTroubleKind,
    /// The first thing that go does not accept in a file that cannot be parsed.
    #[serde(default)]
    pub problem: Option<modfile::Problem>,
    /// The requirements that lead to it, from a main module.
    pub chain: Vec<ModuleVersion>,
}

/// What is wrong with the go.mod file of a dependency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "trouble", rename_all = "kebab-case")]
pub enum GraphTroubleKind {
    /// It cannot be parsed.
    Broken,
    /// It has no `module` line.
    NoModuleLine,
    /// It is that of another module.
    OtherModule {
        /// The path that it declares.
        declared: Foreign,
    },
}

/// Requirements that contradict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "conflict", rename_all = "kebab-case")]
pub enum Conflict {
    /// A required version is excluded.
    Excluded {
        /// The requirement.
        module: ModuleVersion,
        /// The line of the exclusion, from 1.
        line: usize,
    },
    /// Two modules of the build are fetched as one and the same version.
    SameSource {
        /// What is fetched for both.
        source: ModuleVersion,
        /// The path of the one that is replaced.
        path: Foreign,
        /// The path of the other one.
        other: Foreign,
        /// The line of the replacement, from 1.
        line: usize,
    },
}

/// A requirement that asks for a newer Go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewerGo {
    /// The module.
    pub module: ModuleVersion,
    /// The go version that it asks for.
    pub wants: Foreign,
}

/// What a module's author has to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "kebab-case")]
pub enum Notice {
    /// The required version is retracted.
    Retracted {
        /// The requirement.
        module: ModuleVersion,
        /// The reason given.
        rationale: Foreign,
    },
    /// The module is deprecated.
    Deprecated {
        /// The requirement.
        module: ModuleVersion,
        /// The message given.
        message: Foreign,
    },
}

impl Observed for RepositoryFacts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        self.main_modules.iter().for_each(|module| visit(&module.observation));
        self.work.iter().for_each(|work| visit(&work.observation));
        self.sums.iter().for_each(|sums| visit(&sums.observation));
        self.vendor.iter().for_each(|vendor| visit(&vendor.observation));
        self.observations.iter().for_each(&mut *visit);
        self.graph_troubles.iter().for_each(|trouble| visit(&trouble.observation));
        self.missing_imports.iter().for_each(|import| visit(&import.observation));
        self.ambiguous_imports.iter().for_each(|import| visit(&import.observation));
    }
}
