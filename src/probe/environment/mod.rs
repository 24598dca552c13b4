//! The settings of the go command here, and where they may have been set.

use super::World;
use crate::facts::Observation;
use crate::facts::environment::{EnvironmentFacts, variable_id};
use crate::golang::env::{FileState, Origin};
use crate::model::Foreign;

mod candidates;

/// The settings alone: where they may have been set is not asked.
#[must_use]
pub fn settings(world: &World) -> EnvironmentFacts {
    EnvironmentFacts {
        observations: Vec::new(),
        environment: world.environment.clone(),
        unreadable_file: None,
        candidates: Vec::new(),
        clocks: Vec::new(),
    }
}

/// Hands on the settings that the world was made with.
#[must_use]
pub fn probe(world: &World) -> EnvironmentFacts {
    let environment = world.environment.clone();
    let mut observations: Vec<Observation> = environment
        .variables
        .iter()
        .map(|variable| Observation::seen(variable_id(&variable.name), &variable.name))
        .collect();
    let unreadable_file = (environment.user_file_report.state == FileState::Unreadable)
        .then(|| Foreign::new(environment.user_file.path().unwrap_or_default()));
    if let Some(path) = environment.user_file.path().filter(|_| environment.user_file_report.state != FileState::Absent)
    {
        observations.push(Observation::seen("environment/go-env-file", path));
    }
    let from_process: Vec<&str> = environment
        .variables
        .iter()
        .filter(|variable| variable.origin == Origin::Process)
        .map(|variable| variable.name.as_str())
        .collect();
    let candidates = candidates::find(world, &from_process);
    EnvironmentFacts { observations, environment, unreadable_file, candidates, clocks: Vec::new() }
}
