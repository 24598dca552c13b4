//! The build list as facts: what go would fetch, what the cache has of it, what go.sum lacks.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use super::files::Files;
use super::graph::{cached_file, mod_file};
use super::graph_lacks;
use super::packages::Packages;
use super::trees::Trees;
use crate::disk::{Follow, read_capped};
use crate::facts::Observation;
use crate::facts::checksum_database::HashOf;
use crate::facts::repository::{
    BuildModule, Conflict, GraphTrouble, GraphTroubleKind, MissingSum, NeededUpdate, NewerGo, ReplacedBy,
    RepositoryFacts,
};
use crate::golang::build_list::{BuildList, ModFile, ModFileProblem, Source, is_toolchain, needed_sums};
use crate::golang::modfile::{GoMod, Problem, ReadAs, Replace};
use crate::golang::module_path::ModuleVersion;
use crate::golang::module_zip::MAX_GO_MOD;
use crate::model::Foreign;
use crate::probe::World;

/// Everything that the build list is told from.
pub struct Modules<'a> {
    /// The settings.
    pub world: &'a World,
    /// The files.
    pub files: &'a Files,
    /// The graph.
    pub list: &'a BuildList,
    /// The trees.
    pub trees: &'a Trees,
    /// The packages.
    pub packages: &'a Packages,
}

impl Modules<'_> {
    /// Tells it.
    pub fn tell(&self, facts: &mut RepositoryFacts, show: &dyn Fn(&Path) -> Foreign) {
        facts.build_list = self.build_list(show);
        facts.graph_lacks = graph_lacks(self.list);
        facts.missing_sums = self.missing_sums();
        facts.needs_update = self.needed_updates();
        facts.conflicts = self.conflicts();
        facts.conflicts.extend(self.same_sources(&facts.build_list));
        for problem in &self.list.problems {
            let chain = || problem.chain.clone();
            let kind = match &problem.problem {
                ModFileProblem::Missing => continue,
                ModFileProblem::NeedsGo { version } => {
                    facts.newer_go.push(NewerGo { module: problem.module.clone(), wants: Foreign::new(version) });
                    continue;
                }
                ModFileProblem::Broken => GraphTroubleKind::Broken,
                ModFileProblem::NoModuleLine => GraphTroubleKind::NoModuleLine,
                ModFileProblem::OtherModule { declared } => {
                    GraphTroubleKind::OtherModule { declared: Foreign::new(declared) }
                }
            };
            facts.graph_troubles.push(GraphTrouble {
                observation: Observation::seen(
                    format!("repository/graph/{}", problem.module),
                    problem.module.to_string(),
                ),
                module: problem.module.clone(),
                problem: self.problem_in(&problem.source).filter(|_| kind == GraphTroubleKind::Broken),
                kind,
                chain: chain(),
            });
        }
        facts.graph_troubles.extend(self.of_unlisted(&facts.needs_update));
        let observation = Observation::seen("repository/build-list", facts.directory.as_str());
        facts.observations.push(observation);
    }

    /// The first thing that go does not accept in a go.mod file.
    fn problem_in(&self, source: &Source) -> Option<Problem> {
        let Source::Module(module) = source else { return None };
        match self.world.kept(module) {
            Some(file) => file.reported_by_go().first().map(|problem| (*problem).clone()),
            None => {
                let bytes = read_capped(&cached_file(self.world, module)?, MAX_GO_MOD, Follow::Yes).ok()?;
                let file = GoMod::parse(&bytes, ReadAs::Dependency, self.world.os);
                file.reported_by_go().first().map(|problem| (*problem).clone())
            }
        }
    }

    /// Modules that go.mod does not list yet are not in a pruned graph; go reads their go.mod files when it
    /// lists them.
    fn of_unlisted(&self, updates: &[NeededUpdate]) -> Vec<GraphTrouble> {
        let unlisted = updates.iter().filter_map(|update| match update {
            NeededUpdate::NotListed { module } => Some(module),
            NeededUpdate::Higher { .. } | NeededUpdate::NotCanonical { .. } => None,
        });
        let of = |module: &ModuleVersion| {
            let known = self.list.problems.iter().any(|problem| problem.module == *module);
            let source = self.list.replacements.source(module);
            let own = matches!(&source, Source::Module(actual) if actual == module);
            let ModFile::Known(read) = mod_file(self.world, self.files.root()?, &source) else { return None };
            let declared = read.module_path.as_ref().filter(|declared| **declared != module.path)?;
            (own && !known).then(|| GraphTrouble {
                observation: Observation::seen(format!("repository/graph/{module}"), module.to_string()),
                module: module.clone(),
                kind: GraphTroubleKind::OtherModule { declared: Foreign::new(declared) },
                problem: None,
                chain: self.requirer(module).into_iter().chain([module.clone()]).collect(),
            })
        };
        unlisted.filter_map(of).collect()
    }

    /// A dependency whose go.mod asks for exactly this version.
    fn requirer(&self, module: &ModuleVersion) -> Option<ModuleVersion> {
        let mut others = self.list.modules().into_iter().filter(|other| !self.list.is_main(&other.path));
        others.find(|other| {
            let required = self.list.graph.requirements(other).unwrap_or_default();
            required.iter().any(|required| required == module)
        })
    }

    /// What a main module lists, what the graph needs the go.mod of, and what provides a package. Other
    /// modules of a pruned graph are known by name only, and go never asks for them.
    fn build_list(&self, show: &dyn Fn(&Path) -> Foreign) -> Vec<BuildModule> {
        let listed: HashSet<&str> = self.requires().map(|(module, ..)| module.path.as_str()).collect();
        let modules = self.list.modules().into_iter().filter(|module| !self.list.is_main(&module.path));
        let concerns = |module: &ModuleVersion| {
            listed.contains(module.path.as_str())
                || self.list.graph.requirements(module).is_some()
                || self.packages.needs(module)
        };
        modules.filter(concerns).map(|module| self.build_module(module, show)).collect()
    }

    fn build_module(&self, module: ModuleVersion, show: &dyn Fn(&Path) -> Foreign) -> BuildModule {
        let required = self.requires().find(|(required, ..)| required.path == module.path);
        let source = self.list.replacements.source(&module);
        let replaced_by = match &source {
            Source::Directory(dir) => Some(ReplacedBy::Folder(Foreign::new(dir))),
            Source::Module(actual) if *actual != module => Some(ReplacedBy::Module(actual.clone())),
            Source::Module(_) | Source::Main(_) => None,
        };
        let (mod_in_cache, source_in_cache) = match &source {
            Source::Module(actual) => {
                let go_mod = cached_file(self.world, actual).is_some_and(|path| path.is_file());
                (go_mod, self.trees.has_source(actual))
            }
            Source::Main(_) | Source::Directory(_) => (true, true),
        };
        BuildModule {
            direct: required.as_ref().is_some_and(|(_, indirect, ..)| !indirect),
            required_at: required.map(|(_, _, file, line)| (show(file), line)),
            needed: self.packages.needs(&module),
            module,
            replaced_by,
            mod_in_cache,
            source_in_cache,
        }
    }

    /// The requirements of the main modules: module, `// indirect`, file and line.
    fn requires(&self) -> impl Iterator<Item = (&ModuleVersion, bool, &Path, usize)> {
        self.files.mains.iter().flat_map(|main| {
            let requires = main.go_mod.get().into_iter().flat_map(|file| &file.require);
            requires.map(|line| {
                let file: &Path = &main.file;
                (&line.module, line.indirect, file, line.position.line as usize)
            })
        })
    }

    fn missing_sums(&self) -> Vec<MissingSum> {
        if self.files.sums_unknown() {
            return Vec::new();
        }
        let recorded: BTreeSet<ModuleVersion> =
            self.files.sums().flat_map(|sums| &sums.lines).map(|line| line.key()).collect();
        let mut needed = needed_sums(self.list, self.packages.provided());
        // Not in the graph yet, since they are not at hand: go looks their go.mod lines up all the same.
        needed.graph.extend(graph_lacks(self.list).iter().map(ModuleVersion::go_mod_key));
        let missing = needed.missing(|key| recorded.contains(key));
        missing
            .into_iter()
            .filter(|key| !key.path.is_empty())
            .map(|key| match key.version.strip_suffix("/go.mod") {
                Some(version) => MissingSum { module: ModuleVersion::new(&*key.path, version), of: HashOf::GoMod },
                None => MissingSum { module: key, of: HashOf::Zip },
            })
            .collect()
    }

    fn needed_updates(&self) -> Vec<NeededUpdate> {
        let stale = self.list.stale.iter().map(|stale| NeededUpdate::Higher {
            required: stale.listed.clone(),
            selected: Foreign::new(&stale.selected),
        });
        let unlisted = self.packages.implicitly_required(self.list).into_iter();
        let unlisted = unlisted.map(|module| NeededUpdate::NotListed { module });
        let lines = self.files.mains.iter().filter_map(|main| main.go_mod.get()).flat_map(|file| &file.require);
        let unresolved = lines.filter(|line| line.unresolved).map(|line| NeededUpdate::NotCanonical {
            required: line.module.clone(),
            line: line.position.line as usize,
        });
        stale.chain(unlisted).chain(unresolved).collect()
    }

    /// Modules whose replacement is fetched for another module too ("used for two different module paths").
    fn same_sources(&self, modules: &[BuildModule]) -> Vec<Conflict> {
        let lines = || self.files.mains.iter().filter_map(|main| main.go_mod.get()).flat_map(|file| &file.replace);
        // go compares folders as they are written; in a workspace it writes them anew.
        let folder = |module: &BuildModule| {
            let old = |line: &&Replace| {
                line.old.path == module.module.path
                    && (line.old.version.is_empty() || line.old.version == module.module.version)
            };
            let line = lines().filter(old).find(|line| line.directory().is_some());
            line.filter(|_| self.files.work.is_none()).map(|line| line.new.clone())
        };
        let mut fetched: HashMap<ModuleVersion, &BuildModule> = HashMap::new();
        let mut found = Vec::new();
        // Those that are not replaced come first: the replacement is what a person can change.
        let (replaced, plain): (Vec<&BuildModule>, Vec<&BuildModule>) =
            modules.iter().partition(|module| module.replaced_by.is_some());
        for module in plain.into_iter().chain(replaced) {
            let Some(source) = module.fetched().cloned().or_else(|| folder(module)) else { continue };
            match fetched.get(&source) {
                None => drop(fetched.insert(source, module)),
                Some(other) => {
                    let line = lines().find(|line| line.old.path == module.module.path);
                    found.push(Conflict::SameSource {
                        source,
                        path: Foreign::new(&module.module.path),
                        other: Foreign::new(&other.module.path),
                        line: line.map_or(0, |line| line.position.line as usize),
                    });
                }
            }
        }
        found
    }

    fn conflicts(&self) -> Vec<Conflict> {
        let excludes = || self.files.mains.iter().filter_map(|main| main.go_mod.get()).flat_map(|file| &file.exclude);
        let excluded = self.list.excluded.iter().filter(|module| !is_toolchain(&module.path));
        excluded
            .map(|module| {
                let line = excludes().find(|line| line.module == *module).map_or(0, |line| line.position.line as usize);
                Conflict::Excluded { module: module.clone(), line }
            })
            .collect()
    }
}
