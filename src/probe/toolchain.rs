//! The go command, and the toolchain that it selects.

use super::World;
use crate::facts::repository::RepositoryFacts;
use crate::facts::toolchain::ToolchainFacts;
use crate::facts::{Observation, Reason};
use crate::model::Foreign;

/// Looks at the go command and what it selects for `repository`.
#[must_use]
pub fn probe(world: &World, _repository: Option<&RepositoryFacts>) -> ToolchainFacts {
    match &world.go {
        Ok(go) => ToolchainFacts {
            observation: Observation::seen("toolchain/go", &go.version),
            path: Some(Foreign::new(&go.path.display().to_string())),
            version: Some(Foreign::new(&go.version)),
            goroot: Some(Foreign::new(&go.goroot)),
            selection: None,
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
