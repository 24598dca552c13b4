//! The settings of the go command here.

use super::World;
use crate::facts::Observation;
use crate::facts::environment::{EnvironmentFacts, variable_id};

/// Hands on the settings that the world was made with.
#[must_use]
pub fn probe(world: &World) -> EnvironmentFacts {
    let environment = world.environment.clone();
    let observations =
        environment.variables.iter().map(|variable| Observation::seen(variable_id(&variable.name), &variable.name));
    EnvironmentFacts {
        observations: observations.collect(),
        environment,
        unreadable_file: None,
        candidates: Vec::new(),
        clocks: Vec::new(),
    }
}
