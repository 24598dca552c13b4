//! Walking the requirements of go.mod files: graph pruning, exclusions, workspaces.

use std::collections::{HashMap, HashSet, VecDeque};

use super::graph::ModuleGraph;
use super::load::{GraphProblem, ModFileProblem, Pruning};
use super::replacement::Replacements;
use super::summary::{Input, ModFile, ModSummary, Source};
use super::version;
use crate::golang::go_version;
use crate::golang::module_path::ModuleVersion;

/// The go version of a go.mod without a `go` line.
pub(super) const DEFAULT_GO_MOD: &str = "1.16";
/// The go version of a go.work without a `go` line.
const DEFAULT_GO_WORK: &str = "1.18";
/// From this version a go.mod lists all that its packages need, so that the rest may be pruned.
const PRUNING: &str = "1.17";
/// From this version `go` lines are requirements.
const STRICT: &str = "1.21";
/// More module versions than any real graph has.
const MAX_MODULES: usize = 200_000;

/// How far a graph reaches below a go.mod of this go version.
pub(super) fn pruning_of(go: &str) -> Pruning {
    if go_version::compare(go, PRUNING).is_lt() { Pruning::Unpruned } else { Pruning::Pruned }
}

/// A graph and how it was loaded.
pub(super) struct Walk {
    pub graph: ModuleGraph,
    /// Modules whose go.mod was wanted, in order.
    pub visited: Vec<ModuleVersion>,
    incomplete: bool,
    pub truncated: bool,
}

impl Walk {
    pub fn is_complete(&self) -> bool {
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

/// Reads go.mod files, each once, and walks the requirements in them.
pub(super) struct Loader<'a> {
    input: &'a Input,
    excluded: &'a HashSet<&'a ModuleVersion>,
    pub replacements: Replacements,
    mod_file: &'a mut dyn FnMut(&Source) -> ModFile,
    known: HashMap<ModuleVersion, Loaded>,
}

impl<'a> Loader<'a> {
    pub fn new(
        input: &'a Input,
        excluded: &'a HashSet<&'a ModuleVersion>,
        mod_file: &'a mut dyn FnMut(&Source) -> ModFile,
    ) -> Self {
        Self { input, excluded, replacements: Replacements::new(input), mod_file, known: HashMap::new() }
    }

    /// What the graph begins with: the requirements of the main module, or the modules of the
    /// workspace, and the go version.
    pub fn roots(&self, pruning: Pruning, main_modules: &[ModuleVersion]) -> Vec<ModuleVersion> {
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

    /// Loads the graph of these roots.
    pub fn walk(&mut self, pruning: Pruning, main_modules: &[ModuleVersion], roots: &[ModuleVersion]) -> Walk {
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

    /// What was wrong with the go.mod files of the graph.
    pub fn problems(&self, walk: &Walk) -> Vec<GraphProblem> {
        let mut seen = HashSet::new();
        let troubled = walk.visited.iter().filter(|module| seen.insert(*module)).filter_map(|module| {
            let problem = self.known.get(module)?.problem.clone()?;
            let chain = walk.graph.path_to(|other| other == module).unwrap_or_default();
            Some(GraphProblem { source: self.replacements.source(module), module: module.clone(), problem, chain })
        });
        troubled.collect()
    }
}
