//! The go command, and the toolchain that it selects.

use std::path::Path;

use super::{GoCommand, World, on_path};
use crate::facts::environment::variable_id;
use crate::facts::repository::{Mode, RepositoryFacts};
use crate::facts::toolchain::{SelectionFacts, ToolchainFacts};
use crate::facts::{Observation, Reason};
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_path::ModuleVersion;
use crate::golang::toolchain::{FileLines, MODULE_PATH, Situation, Switch, module_version, select};
use crate::model::Foreign;

/// The go command alone: nothing is to be selected.
#[must_use]
pub fn release(world: &World) -> ToolchainFacts {
    ToolchainFacts { selection: None, ..probe(world, None) }
}

/// Looks at the go command and what it selects for `repository`. Without a go command nothing is
/// selected.
#[must_use]
pub fn probe(world: &World, repository: Option<&RepositoryFacts>) -> ToolchainFacts {
    match &world.go {
        Ok(go) => ToolchainFacts {
            observation: Observation::seen("toolchain/go", &go.version),
            path: Some(Foreign::new(&go.path.display().to_string())),
            version: Some(Foreign::new(&go.version)),
            goroot: Some(Foreign::new(&go.goroot)),
            selection: Some(selection(world, go, repository)),
        },
        Err(_) => ToolchainFacts {
            observation: Observation::skipped("toolchain/go", "go", Reason::ProgramMissing { program: "go".into() }),
            path: None,
            version: None,
            goroot: None,
            selection: None,
        },
    }
}

/// What the go command selects, and whether that is at hand.
fn selection(world: &World, go: &GoCommand, repository: Option<&RepositoryFacts>) -> SelectionFacts {
    // Experiments follow after a blank: `go1.26.8 X:rangefunc`.
    let running = go.version.split(' ').next().unwrap_or_default();
    let platform = (go.goos.as_str(), go.goarch.as_str());
    let lines = repository.and_then(lines);
    let situation = Situation {
        running,
        platform,
        gotoolchain: world.environment.value("GOTOOLCHAIN"),
        modules_off: world.environment.modules_off(),
        file: lines.as_ref().map(Lines::as_file),
    };
    let file = lines.as_ref().map(|lines| Foreign::new(&lines.file));
    let selected = match select(&situation) {
        Ok(selected) => selected,
        Err(problem) => {
            return SelectionFacts {
                observation: Observation::seen("toolchain/selected", situation.gotoolchain),
                file,
                choice: Err(Foreign::new(&problem.to_string())),
                on_path: false,
                in_cache: false,
            };
        }
    };
    let other = selected.toolchain != running;
    let on_path = other && on_path(&selected.toolchain, &world.process).is_some();
    let in_cache = other && is_cached(world, &module_version(&selected.toolchain, platform));
    let mut observation = Observation::seen("toolchain/selected", &selected.toolchain);
    if matches!(selected.switch, Switch::PathOrDownload { .. }) && !on_path {
        // The checksum database vouches for a cached toolchain too, each time.
        observation = observation.needing([variable_id("GOSUMDB")]);
        if !in_cache {
            observation = observation.needing([variable_id("GOPROXY")]);
        }
    }
    SelectionFacts { observation, file, choice: Ok(selected), on_path, in_cache }
}

/// Whether the module cache holds an extracted toolchain with a go command in it.
fn is_cached(world: &World, version: &str) -> bool {
    let files = ModuleFiles::of(&ModuleVersion::new(MODULE_PATH, version));
    let (Some(cache), Ok(files)) = (world.environment.gomodcache(), files) else { return false };
    let cache = Path::new(cache);
    let go = if cfg!(windows) { "bin/go.exe" } else { "bin/go" };
    cache.join(files.folder).join(go).is_file() && !cache.join(files.partial).exists()
}

/// The lines that ask for a release, and where they stand.
struct Lines {
    file: String,
    go: Option<String>,
    toolchain: Option<String>,
}

impl Lines {
    fn as_file(&self) -> FileLines<'_> {
        FileLines { name: &self.file, go: self.go.as_deref(), toolchain: self.toolchain.as_deref() }
    }
}

/// The lines of go.work, or where none applies those of go.mod.
fn lines(repository: &RepositoryFacts) -> Option<Lines> {
    let text = |line: &Option<Foreign>| line.as_ref().map(ToString::to_string);
    match (&repository.work, repository.mode) {
        (Some(work), _) => {
            Some(Lines { file: work.file.to_string(), go: text(&work.go), toolchain: text(&work.toolchain) })
        }
        (None, Mode::Module) => repository.main_modules.first().map(|main| Lines {
            file: main.file.to_string(),
            go: text(&main.go),
            toolchain: text(&main.toolchain),
        }),
        (None, _) => None,
    }
}
