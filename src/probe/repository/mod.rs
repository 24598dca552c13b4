//! The repository: its module files, what they require, what its sources import.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

mod files;
mod graph;
mod modules;
mod notices;
mod packages;
mod remotes;
mod standard;
mod trees;
mod vendored;
mod work;

use self::files::{FileState, Files, MainFiles};
use self::modules::Modules;
use self::packages::Packages;
use self::trees::Trees;
use super::module_proxy::body::Recorded;
use super::{House, World};
use crate::facts::Observation;
use crate::facts::repository::{MainModule, Mode, RepositoryFacts, SumFile, Vendor, VendorDifference};
use crate::golang::build_list::{BuildList, ModFileProblem, Source, is_toolchain};
use crate::golang::go_version;
use crate::golang::modfile::{GoMod, GoSum, VendorOwner, vendor_differences};
use crate::golang::module_path::ModuleVersion;
use crate::golang::platform::Os;
use crate::model::Foreign;

/// Reads the repository, with the go.mod files that the cache has and those fetched in this run.
#[must_use]
pub fn probe(world: &World) -> RepositoryFacts {
    let files = Files::find(world);
    let mode = match (&files.work, files.mains.is_empty()) {
        _ if files.modules_off => Mode::ModulesOff,
        (Some(_), _) => Mode::Workspace,
        (None, false) => Mode::Module,
        (None, true) => Mode::NoModule,
    };
    let show = |path: &Path| shown(world, path);
    let mut facts = RepositoryFacts::empty(Foreign::new(&world.directory.display().to_string()), mode);
    facts.main_modules = files.mains.iter().map(|main| main_module(main, &show)).collect();
    facts.mod_file_error = mod_file_error(world, &files);
    facts.work = work::work(&files, &show);
    facts.sums = sums(&files, &show);
    facts.vendor = vendor(world, &files, &show);
    facts.broken_replaces = work::broken_replaces(&files, &show);
    facts.own_remotes = remotes::remotes(&world.directory);
    keep(world, &files, &facts);
    if mode == Mode::NoModule {
        facts.observations.push(Observation::seen("repository/go.mod", facts.directory.as_str()));
    }
    if let Some(list) = graph::build_list(world, &files) {
        let trees = Trees::new(world, &files);
        let standard = standard::standard(world, list.go());
        let packages = Packages::load(&files, &list, &trees, &standard, &standard::tags(world));
        let modules = Modules { world, files: &files, list: &list, trees: &trees, packages: &packages };
        modules.tell(&mut facts, &show);
        if let Some(root) = files.root() {
            facts.notices = notices::notices(world, root, &list, &facts.build_list);
        }
        packages.tell(&mut facts, &show);
        if let Some(vendor) = facts.vendor.as_mut().filter(|vendor| vendor.used) {
            let go = vendor_go_line(&files).unwrap_or_default();
            vendor.lacks = vendored::lacks(&files, &trees, &standard, &standard::tags(world), &go, &show);
        }
    }
    *world.wanted_packages.lock().unwrap_or_else(PoisonError::into_inner) =
        facts.missing_imports.iter().map(|import| import.import.to_string()).collect();
    facts
}

/// The go.mod files that the module graph needs and that are still not at hand.
#[must_use]
pub fn lacking(world: &World) -> Vec<ModuleVersion> {
    graph::build_list(world, &Files::find(world)).map(|list| graph_lacks(&list)).unwrap_or_default()
}

/// The go.mod, go.sum, go.work and go.work.sum that the go command may write here, by the names that GOFLAGS and
/// GOWORK give them.
#[must_use]
pub fn written_by_go(world: &World) -> Vec<PathBuf> {
    Files::find(world).written_by_go()
}

/// The modules that go would verify here, and what is to be said of how they were found.
pub struct Listed {
    /// The build list without the main modules, and the modules that replace some of it.
    pub modules: Vec<ModuleVersion>,
    /// What go.sum and go.work.sum record, by module.
    pub recorded: HashMap<ModuleVersion, Recorded>,
    /// How many go.mod files the graph needs that are not at hand: it may have more modules then.
    pub lacks: usize,
}

/// Reads the build list and nothing else. `None` where no go.mod applies that can be read.
#[must_use]
pub fn listed(world: &World) -> Option<Listed> {
    let files = Files::find(world);
    let list = graph::build_list(world, &files)?;
    let modules = list.modules().into_iter().filter(|module| !list.is_main(&module.path));
    let with_replacement = modules.flat_map(|module| match list.replacements.source(&module) {
        Source::Module(actual) if actual != module => vec![module, actual],
        _ => vec![module],
    });
    // `go` and `toolchain` are versions of the language, not modules.
    let modules = with_replacement.filter(|module| !is_toolchain(&module.path)).collect();
    Some(Listed { modules, recorded: recorded(&files), lacks: graph_lacks(&list).len() })
}

fn recorded(files: &Files) -> HashMap<ModuleVersion, Recorded> {
    let mut recorded: HashMap<ModuleVersion, Recorded> = HashMap::new();
    for line in files.sums().flat_map(|sums| &sums.lines) {
        let of = recorded.entry(line.module.clone()).or_default();
        if line.go_mod { of.go_mod.push(line.hash.clone()) } else { of.zip.push(line.hash.clone()) }
    }
    recorded
}

fn graph_lacks(list: &BuildList) -> Vec<ModuleVersion> {
    let missing = list.problems.iter().filter(|problem| problem.problem == ModFileProblem::Missing);
    missing
        .filter_map(|problem| match &problem.source {
            Source::Module(module) => Some(module.clone()),
            Source::Main(_) | Source::Directory(_) => None,
        })
        .collect()
}

/// A path as people read it: relative to the folder looked at where it lies in it.
fn shown(world: &World, path: &Path) -> Foreign {
    let inside = path.strip_prefix(&world.directory).unwrap_or(path);
    Foreign::new(&inside.display().to_string())
}

/// What go says of the file that `-modfile` of GOFLAGS names, where it stops at that.
fn mod_file_error(world: &World, files: &Files) -> Option<Foreign> {
    let named = files::mod_file(world)?;
    if files.work.is_some() {
        return Some("-modfile cannot be used in workspace mode".into());
    }
    let lacks = matches!(files.mains.first()?.go_mod, FileState::Absent);
    let error = match world.os {
        Os::Windows => "The system cannot find the file specified.",
        _ => "no such file or directory",
    };
    lacks.then(|| Foreign::new(&format!("open {named}: {error}")))
}

fn main_module(main: &MainFiles, show: &dyn Fn(&Path) -> Foreign) -> MainModule {
    let read = main.go_mod.get();
    let shown = show(&main.file);
    MainModule {
        observation: main.go_mod.observation(format!("repository/{shown}"), shown.as_str()),
        path: read.map(|read| read.module_path()).filter(|path| !path.is_empty()).map(Foreign::new),
        go: read.and_then(GoMod::go_version).map(Foreign::new),
        toolchain: read.and_then(|read| read.toolchain.as_ref()).map(|line| Foreign::new(&line.name)),
        problems: read.map(|read| read.problems.clone()).unwrap_or_default(),
        unreadable: main.go_mod.unreadable(),
        file: shown,
    }
}

fn sums(files: &Files, show: &dyn Fn(&Path) -> Foreign) -> Vec<SumFile> {
    let of = |path: &Path, state: &FileState<GoSum>| {
        let file = show(path);
        SumFile {
            observation: state.observation(format!("repository/{file}"), file.as_str()),
            file,
            exists: !matches!(state, FileState::Absent),
            problems: state.get().map(|sums| sums.problems.clone()).unwrap_or_default(),
            unreadable: state.unreadable(),
        }
    };
    let mut all: Vec<SumFile> = files.mains.iter().map(|main| of(&main.sum_file, &main.go_sum)).collect();
    let of_work = files.work.iter().filter(|work| !matches!(work.go_sum, FileState::Absent));
    all.extend(of_work.map(|work| of(&work.sum_file, &work.go_sum)));
    all
}

/// The go line that decides how go takes vendor/.
fn vendor_go_line(files: &Files) -> Option<String> {
    match &files.work {
        Some(work) => work.go_work.get().and_then(|work| work.go_version().map(str::to_owned)),
        None => files.mains.first().and_then(|main| main.go_mod.get()?.go_version().map(str::to_owned)),
    }
}

/// Whether go builds from vendor/ here, and whether it agrees with the module files.
fn vendor(world: &World, files: &Files, show: &dyn Fn(&Path) -> Foreign) -> Option<Vendor> {
    let (folder, modules) = files.vendor.as_ref()?;
    let flags = world.environment.goflags().unwrap_or_default();
    let asked = flags.iter().rev().find(|flag| flag.name == "mod").and_then(|flag| flag.value.as_deref());
    let go = vendor_go_line(files);
    // Since Go 1.14 for a module, since 1.22 for a workspace, by the go line.
    let least = if files.work.is_some() { "1.22" } else { "1.14" };
    let by_itself = go.is_some_and(|go| go_version::compare(&go, least).is_ge());
    let used = match asked {
        Some("vendor") => true,
        Some(_) => false,
        None => by_itself,
    };
    let shown: Vec<(String, &GoMod)> =
        files.mains.iter().filter_map(|main| Some((main.listed_as.clone(), main.go_mod.get()?))).collect();
    let modules_of: Vec<(&str, &GoMod)> = shown.iter().map(|(dir, file)| (dir.as_str(), *file)).collect();
    let work = files.work.as_ref().and_then(|work| work.go_work.get());
    let differences = vendor_differences(VendorOwner { modules: &modules_of, work, os: world.os }, modules);
    Some(Vendor {
        observation: Observation::seen("repository/vendor", show(folder).as_str()),
        used,
        lacks: Vec::new(),
        differences: differences
            .into_iter()
            .map(|difference| VendorDifference { text: Foreign::new(&difference.go_line()), module: difference.module })
            .collect(),
    })
}

/// Keeps for the other probes what they compare with.
fn keep(world: &World, files: &Files, facts: &RepositoryFacts) {
    *world.recorded.lock().unwrap_or_else(PoisonError::into_inner) = recorded(files);
    let text = |texts: &mut dyn Iterator<Item = &Foreign>| texts.map(ToString::to_string).collect();
    *world.house.lock().unwrap_or_else(PoisonError::into_inner) = House {
        main_modules: text(&mut facts.main_modules.iter().filter_map(|main| main.path.as_ref())),
        remotes: text(&mut facts.own_remotes.iter()),
    };
}
