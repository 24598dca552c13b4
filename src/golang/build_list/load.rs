//! Loading the module graph: graph pruning, exclusions, workspaces.

use std::collections::{HashMap, HashSet, VecDeque};

use super::graph::ModuleGraph;
use super::replacement::{ReplaceConflict, Replacements};
use super::summary::{Input, ModFile, ModSummary, Source};
use super::version;
use crate::golang::go_version;
use crate::golang::module_path::ModuleVersion;

/// The go version of a go.mod without a `go` line.
const DEFAULT_GO_MOD: &str = "1.16";
/// The go version of a go.work without a `go` line.
const DEFAULT_GO_WORK: &str = "1.18";
/// From this version a go.mod lists all that its packages need, so that the rest may be pruned.
const PRUNING: &str = "1.17";
/// From this version `go` lines are requirements.
const STRICT: &str = "1.21";
/// More module versions than any real graph has.
const MAX_MODULES: usize = 200_000;

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
    let mut loader = Loader {
        input,
        excluded: &excluded,
        replacements: Replacements::new(input),
        mod_file: &mut mod_file,
        known: HashMap::new(),
    };
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

fn pruning_of(go: &str) -> Pruning {
    if go_version::compare(go, PRUNING).is_lt() { Pruning::Unpruned } else { Pruning::Pruned }
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

struct Walk {
    graph: ModuleGraph,
    /// Modules whose go.mod was wanted, in order.
    visited: Vec<ModuleVersion>,
    incomplete: bool,
    truncated: bool,
}

impl Walk {
    fn is_complete(&self) -> bool {
        !self.incomplete && !self.truncated
    }
}

/// The requirements of one module after replacement and exclusion.
#[derive(Clone)]
struct Loaded {
    requirements: Vec<ModuleVersion>,
    pruning: Pruning,
    problem: Option<ModFileProblem>,
}

struct Loader<'a> {
    input: &'a Input,
    excluded: &'a HashSet<&'a ModuleVersion>,
    replacements: Replacements,
    mod_file: &'a mut dyn FnMut(&Source) -> ModFile,
    known: HashMap<ModuleVersion, Loaded>,
}

impl Loader<'_> {
    fn roots(&self, pruning: Pruning, main_modules: &[ModuleVersion]) -> Vec<ModuleVersion> {
        let (mut roots, go, toolchain) = match (&self.input.workspace, self.input.main_modules.first()) {
            (Some(workspace), _) if pruning == Pruning::Workspace => {
                let go = workspace.go.as_deref().unwrap_or(DEFAULT_GO_WORK);
                (main_modules.to_vec(), go, &workspace.toolchain)
            }
            (_, Some(main)) => {
                let go = main.file.go.as_deref().unwrap_or(DEFAULT_GO_MOD);
                (self.requirements_of(&main.file), go, &main.file.toolchain)
            }
            _ => (Vec::new(), DEFAULT_GO_MOD, &None),
        };
        roots.push(ModuleVersion::new("go", go));
        if let Some(toolchain) = toolchain {
            roots.push(ModuleVersion::new("toolchain", toolchain.as_str()));
        }
        roots.sort_by(|a, b| a.path.cmp(&b.path).then_with(|| version::compare(&a.path, &a.version, &b.version)));
        roots
    }

    fn requirements_of(&self, file: &ModSummary) -> Vec<ModuleVersion> {
        let modules = file.require.iter().map(|line| &line.module);
        modules.filter(|module| !self.excluded.contains(module)).cloned().collect()
    }

    fn walk(&mut self, pruning: Pruning, main_modules: &[ModuleVersion], roots: &[ModuleVersion]) -> Walk {
        let in_workspace = pruning == Pruning::Workspace;
        let mut graph = ModuleGraph::new(if in_workspace { roots } else { main_modules });
        if !in_workspace && let Some(main) = main_modules.first() {
            graph.require(main, roots);
        }
        let mut walk = Walk { graph, visited: Vec::new(), incomplete: false, truncated: false };
        let mut queued: HashSet<(ModuleVersion, Pruning)> = HashSet::new();
        self.drain(&mut walk, &mut queued, roots.iter().cloned().map(|root| (root, pruning)).collect());
        if in_workspace {
            self.settle_workspace(&mut walk, &mut queued, main_modules);
        }
        walk
    }

    fn drain(
        &mut self,
        walk: &mut Walk,
        queued: &mut HashSet<(ModuleVersion, Pruning)>,
        mut queue: VecDeque<(ModuleVersion, Pruning)>,
    ) {
        queue.retain(|entry| entry.0.version != version::NONE && queued.insert(entry.clone()));
        while let Some((module, pruning)) = queue.pop_front() {
            if walk.visited.len() > MAX_MODULES {
                walk.truncated = true;
                return;
            }
            let loaded = self.load(&module);
            if walk.graph.requirements(&module).is_none() {
                walk.visited.push(module.clone());
                if matches!(loaded.problem, None | Some(ModFileProblem::NeedsGo { .. })) {
                    walk.graph.require(&module, &loaded.requirements);
                } else {
                    walk.incomplete = true;
                    continue;
                }
            }
            if pruning == Pruning::Pruned && loaded.pruning == Pruning::Pruned {
                continue;
            }
            let next = if pruning == Pruning::Unpruned { Pruning::Unpruned } else { loaded.pruning };
            for requirement in loaded.requirements {
                let entry = (requirement, next);
                if entry.0.version != version::NONE && !queued.contains(&entry) {
                    queued.insert(entry.clone());
                    queue.push_back(entry);
                }
            }
        }
    }

    /// In a workspace, what raises a direct dependency of a module that matters is read too: its
    /// requirements are those that the packages are built with.
    fn settle_workspace(
        &mut self,
        walk: &mut Walk,
        queued: &mut HashSet<(ModuleVersion, Pruning)>,
        main_modules: &[ModuleVersion],
    ) {
        let mut paths: HashSet<String> = main_modules.iter().map(|main| main.path.clone()).collect();
        paths.extend(["go".to_owned(), "toolchain".to_owned()]);
        let mut seen: HashSet<ModuleVersion> = HashSet::new();
        loop {
            let mut wanted: HashSet<ModuleVersion> = HashSet::new();
            for path in &paths {
                let module = ModuleVersion::new(path.as_str(), walk.graph.selected(path));
                if !seen.contains(&module) {
                    wanted.insert(module);
                    continue;
                }
                for requirement in walk.graph.requirements(&module).unwrap_or_default() {
                    let selected =
                        ModuleVersion::new(requirement.path.as_str(), walk.graph.selected(&requirement.path));
                    let higher = version::compare(&selected.path, &selected.version, &requirement.version).is_gt();
                    if higher && !seen.contains(&selected) {
                        wanted.insert(selected);
                    }
                }
            }
            if wanted.is_empty() || walk.truncated {
                return;
            }
            let mut wanted: Vec<ModuleVersion> = wanted.into_iter().collect();
            wanted.sort();
            paths.extend(wanted.iter().map(|module| module.path.clone()));
            seen.extend(wanted.iter().cloned());
            self.drain(walk, queued, wanted.into_iter().map(|module| (module, Pruning::Workspace)).collect());
        }
    }

    fn load(&mut self, module: &ModuleVersion) -> Loaded {
        if let Some(loaded) = self.known.get(module) {
            return loaded.clone();
        }
        let loaded = self.load_new(module);
        self.known.insert(module.clone(), loaded.clone());
        loaded
    }

    fn load_new(&mut self, module: &ModuleVersion) -> Loaded {
        let failed = |problem| Loaded { requirements: Vec::new(), pruning: Pruning::Unpruned, problem: Some(problem) };
        if version::is_toolchain(&module.path) {
            let strict = module.path == "go" && go_version::compare(&module.version, STRICT).is_ge();
            let toolchain = strict.then(|| ModuleVersion::new("toolchain", format!("go{}", module.version)));
            return Loaded { requirements: toolchain.into_iter().collect(), pruning: Pruning::Pruned, problem: None };
        }
        let source = self.replacements.source(module);
        let file = match &source {
            Source::Main(index) => self.input.main_modules.get(*index).map(|main| main.file.clone()),
            _ => match (self.mod_file)(&source) {
                ModFile::Known(file) => Some(file),
                ModFile::Missing => None,
                ModFile::Broken => return failed(ModFileProblem::Broken),
            },
        };
        let Some(file) = file else { return failed(ModFileProblem::Missing) };
        // In a directory anything goes.
        if let Source::Module(actual) = &source {
            match &file.module_path {
                None => return failed(ModFileProblem::NoModuleLine),
                Some(declared) if *declared != module.path && *declared != actual.path => {
                    return failed(ModFileProblem::OtherModule { declared: declared.clone() });
                }
                Some(_) => {}
            }
        }
        let mut requirements = self.requirements_of(&file);
        let mut problem = None;
        if let Some(go) = file.go.as_deref().filter(|go| go_version::compare(go, STRICT).is_ge()) {
            requirements.push(ModuleVersion::new("go", go));
            if self.input.running_go.as_deref().is_some_and(|running| go_version::compare(go, running).is_gt()) {
                problem = Some(ModFileProblem::NeedsGo { version: go.to_owned() });
            }
        }
        let pruning = file.go.as_deref().map_or(Pruning::Unpruned, pruning_of);
        Loaded { requirements, pruning, problem }
    }

    fn problems(&self, walk: &Walk) -> Vec<GraphProblem> {
        let mut seen = HashSet::new();
        let troubled = walk.visited.iter().filter(|module| seen.insert(*module)).filter_map(|module| {
            let problem = self.known.get(module)?.problem.clone()?;
            let chain = walk.graph.path_to(|other| other == module).unwrap_or_default();
            Some(GraphProblem { source: self.replacements.source(module), module: module.clone(), problem, chain })
        });
        troubled.collect()
    }
}
