//! Loading a build list, and what is wrong with the requirements that it begins with.

use std::collections::HashSet;

use super::graph::ModuleGraph;
use super::replacement::{ReplaceConflict, Replacements};
use super::summary::{Input, ModFile, Source};
use super::version;
use super::walk::{DEFAULT_GO_MOD, Loader, pruning_of};
use crate::golang::module_path::ModuleVersion;

/// How far a graph reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pruning {
    /// go ≥ 1.17: the requirements of the main module, their go.mod files, and all below those of
    /// them that say less than go 1.17.
    Pruned,
    /// Everything that is reachable.
    Unpruned,
    /// As pruned, from all modules of a workspace.
    Workspace,
}

/// Why the go.mod of a module in the graph tells nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModFileProblem {
    /// It is not at hand; a sync asks for it.
    Missing,
    /// It cannot be parsed.
    Broken,
    /// It has no `module` line.
    NoModuleLine,
    /// It is that of another module.
    OtherModule {
        /// The path that it declares.
        declared: String,
    },
    /// It needs a newer go. Its requirements are in the graph all the same.
    NeedsGo {
        /// At least this version.
        version: String,
    },
}

/// A module of the graph whose go.mod is a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphProblem {
    /// The module as it is required.
    pub module: ModuleVersion,
    /// Where its go.mod is looked for.
    pub source: Source,
    /// What is wrong.
    pub problem: ModFileProblem,
    /// The shortest chain of requirements that leads to it, from a main module.
    pub chain: Vec<ModuleVersion>,
}

/// A requirement that is not at the selected version: go says `updates to go.mod needed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleRequirement {
    /// The line as it stands. For the `go` line, the path is `go`.
    pub listed: ModuleVersion,
    /// The version that the graph selects.
    pub selected: String,
    /// The chain of requirements that raises it.
    pub chain: Vec<ModuleVersion>,
}

/// A loaded graph.
#[derive(Debug, Clone)]
pub struct BuildList {
    /// How far it reaches.
    pub pruning: Pruning,
    /// The main modules, without version.
    pub main_modules: Vec<ModuleVersion>,
    /// The requirements that the graph begins with, `go` and `toolchain` among them, sorted. Where
    /// the go.mod is stale, at the versions that go would write.
    pub roots: Vec<ModuleVersion>,
    /// The graph.
    pub graph: ModuleGraph,
    /// The replacements in effect.
    pub replacements: Replacements,
    /// `replace` lines that contradict each other: go stops at them.
    pub conflicts: Vec<ReplaceConflict>,
    /// Requirements of main modules that an `exclude` line removes.
    pub excluded: Vec<ModuleVersion>,
    /// Requirements of the main module that are not at the selected version. Empty for workspaces,
    /// whose go.mod files go leaves alone.
    pub stale: Vec<StaleRequirement>,
    /// Modules whose go.mod could not be taken into account, in the order of the graph. While this
    /// holds a [`ModFileProblem::Missing`], versions may turn out higher than they are here.
    pub problems: Vec<GraphProblem>,
    /// Whether the graph was too large to be loaded to its end.
    pub truncated: bool,
}

impl BuildList {
    /// The selected modules without `go` and `toolchain`: main modules first, the others by path;
    /// what `go list -m all` prints.
    #[must_use]
    pub fn modules(&self) -> Vec<ModuleVersion> {
        let mut list = self.graph.build_list();
        list.retain(|module| !version::is_toolchain(&module.path));
        list
    }

    /// The version of `path` among the roots: empty for a main module, `None` if it is no root.
    #[must_use]
    pub fn root_version(&self, path: &str) -> Option<&str> {
        if self.is_main(path) {
            return Some("");
        }
        let of_path = self.roots.iter().filter(|root| root.path == path).map(|root| root.version.as_str());
        of_path.max_by(|a, b| version::compare(path, a, b))
    }

    /// Whether `path` is that of a main module.
    #[must_use]
    pub fn is_main(&self, path: &str) -> bool {
        self.main_modules.iter().any(|main| main.path == path)
    }

    /// Whether a command that may not change go.mod stops with `updates to go.mod needed`: some
    /// requirement is stale or excluded. Workspaces leave the go.mod files of their modules alone.
    #[must_use]
    pub fn needs_update(&self) -> bool {
        self.pruning != Pruning::Workspace && (!self.stale.is_empty() || !self.excluded.is_empty())
    }

    /// Whether every go.mod of the graph was taken into account.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.truncated && self.problems.iter().all(|problem| matches!(problem.problem, ModFileProblem::NeedsGo { .. }))
    }

    /// The go version that the graph asks for: that of the main module or go.work, or a higher one
    /// that a dependency needs.
    #[must_use]
    pub fn go(&self) -> &str {
        self.graph.selected("go")
    }
}

/// Loads the graph of `input`, asking `mod_file` for the go.mod of each dependency, each once.
///
/// If some requirement turns out to be below its selected version, the requirements are raised and
/// the graph is loaded again until they agree, as `go list -m all` and `go mod tidy` do.
pub fn load(input: &Input, mut mod_file: impl FnMut(&Source) -> ModFile) -> BuildList {
    let excluded: HashSet<&ModuleVersion> = input.main_modules.iter().flat_map(|main| &main.file.exclude).collect();
    let mut loader = Loader::new(input, &excluded, &mut mod_file);
    let main_modules: Vec<ModuleVersion> = input
        .main_modules
        .iter()
        .map(|main| ModuleVersion::new(main.file.module_path.clone().unwrap_or_default(), ""))
        .collect();
    let pruning = match (&input.workspace, input.main_modules.first()) {
        (Some(_), _) => Pruning::Workspace,
        (None, Some(main)) => pruning_of(main.file.go.as_deref().unwrap_or(DEFAULT_GO_MOD)),
        (None, None) => Pruning::Pruned,
    };
    let listed = loader.roots(pruning, &main_modules);
    // A path that stands there twice is settled before anything is loaded.
    let mut roots = if pruning == Pruning::Pruned { highest_of_each(&listed, &main_modules) } else { listed.clone() };
    let mut walk = loader.walk(pruning, &main_modules, &roots);
    let in_workspace = pruning == Pruning::Workspace;
    let stale = if in_workspace { Vec::new() } else { stale_roots(&walk.graph, &listed, &main_modules) };
    // Unpruned, raising the roots changes nothing: all that they require is in the graph already.
    while pruning == Pruning::Pruned && walk.is_complete() {
        let raised = raise(&walk.graph, &roots);
        if raised == roots {
            break;
        }
        roots = raised;
        walk = loader.walk(pruning, &main_modules, &roots);
    }
    let problems = loader.problems(&walk);
    let requirements = input.main_modules.iter().flat_map(|main| &main.file.require);
    let excluded = requirements.map(|line| &line.module).filter(|module| excluded.contains(module)).cloned().collect();
    let replacements = loader.replacements;
    let mut conflicts = replacements.conflicts().to_vec();
    conflicts.extend(walk.visited.iter().filter_map(|module| replacements.conflict_on(module)));
    let mut seen = HashSet::new();
    conflicts.retain(|conflict| seen.insert(conflict.old.clone()));
    BuildList {
        pruning,
        main_modules,
        roots,
        graph: walk.graph,
        replacements,
        conflicts,
        excluded,
        stale,
        problems,
        truncated: walk.truncated,
    }
}

/// The roots at their selected versions.
fn raise(graph: &ModuleGraph, roots: &[ModuleVersion]) -> Vec<ModuleVersion> {
    roots.iter().map(|root| ModuleVersion::new(root.path.as_str(), graph.selected(&root.path))).collect()
}

/// The roots with each path once, at its highest version, without main modules.
fn highest_of_each(roots: &[ModuleVersion], main_modules: &[ModuleVersion]) -> Vec<ModuleVersion> {
    let mut kept: Vec<ModuleVersion> = Vec::new();
    for root in roots.iter().filter(|root| main_modules.iter().all(|main| main.path != root.path)) {
        // Sorted by path and version: the last of a path is the highest.
        if kept.last().is_some_and(|last| last.path == root.path) {
            kept.pop();
        }
        kept.push(root.clone());
    }
    kept
}

fn stale_roots(graph: &ModuleGraph, roots: &[ModuleVersion], main_modules: &[ModuleVersion]) -> Vec<StaleRequirement> {
    let of_others = roots.iter().filter(|root| main_modules.iter().all(|main| main.path != root.path));
    of_others
        .filter(|root| graph.selected(&root.path) != root.version)
        .map(|root| {
            let selected = graph.selected(&root.path);
            let chain = graph.path_to(|module| module.path == root.path && module.version == selected);
            StaleRequirement { listed: root.clone(), selected: selected.to_owned(), chain: chain.unwrap_or_default() }
        })
        .collect()
}
