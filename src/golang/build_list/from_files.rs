//! From parsed go.mod and go.work files to what the build list needs of them.

use super::summary::{MainModule, ModFile, ModSummary, Replace, Requirement, Retraction, Workspace};
use crate::golang::modfile::{self, GoMod, GoWork, ReadAs};
use crate::golang::platform::Os;

impl From<&GoMod> for ModSummary {
    fn from(file: &GoMod) -> Self {
        Self {
            module_path: file.module.as_ref().map(|line| line.path.clone()),
            go: file.go_version().map(str::to_owned),
            toolchain: file.toolchain.as_ref().map(|line| line.name.clone()),
            // A branch in the place of a version is none yet: go.mod says so elsewhere.
            require: file
                .require
                .iter()
                .filter(|line| !line.unresolved)
                .map(|line| Requirement { module: line.module.clone(), indirect: line.indirect })
                .collect(),
            replace: file.replace.iter().map(Replace::from).collect(),
            exclude: file.exclude.iter().map(|line| line.module.clone()).collect(),
            retract: file
                .retract
                .iter()
                .map(|line| Retraction {
                    low: line.low.clone(),
                    high: line.high.clone(),
                    rationale: line.rationale.clone(),
                })
                .collect(),
            deprecated: file.module.as_ref().map(|line| line.deprecated.clone()).filter(|text| !text.is_empty()),
        }
    }
}

impl From<&modfile::Replace> for Replace {
    fn from(line: &modfile::Replace) -> Self {
        Self { old: line.old.clone(), new: line.new.clone() }
    }
}

impl From<&GoWork> for Workspace {
    fn from(file: &GoWork) -> Self {
        Self {
            go: file.go_version().map(str::to_owned),
            toolchain: file.toolchain.as_ref().map(|line| line.name.clone()),
            replace: file.replace.iter().map(Replace::from).collect(),
        }
    }
}

impl MainModule {
    /// The module whose go.mod is `file`, in `dir` (relative to that of go.work; empty outside a
    /// workspace).
    #[must_use]
    pub fn new(file: &GoMod, dir: &str) -> Self {
        Self { file: file.into(), dir: dir.to_owned() }
    }
}

impl ModFile {
    /// Reads the go.mod of a dependency, as leniently as go does.
    #[must_use]
    pub fn read(content: &[u8], os: Os) -> Self {
        let file = GoMod::parse(content, ReadAs::Dependency, os);
        // A missing module line is judged where it is known what the file is of: in a replacement
        // directory it does no harm.
        let harmless = |problem: &modfile::Problem| matches!(problem.kind, modfile::ProblemKind::MissingModuleLine);
        if file.reported_by_go().iter().all(harmless) { Self::Known((&file).into()) } else { Self::Broken }
    }
}
