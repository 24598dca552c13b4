//! The module cache.

use super::World;
use crate::facts::Observation;
use crate::facts::cache::{CacheFacts, Scan};
use crate::facts::repository::RepositoryFacts;

/// Looks at the folders that a sync writes.
#[must_use]
pub fn folders(_world: &World) -> CacheFacts {
    CacheFacts::default()
}

/// Looks at the modules of the build list that the cache holds.
pub async fn scan(_world: &World, _repository: &RepositoryFacts) -> Scan {
    Scan { observation: Observation::seen("cache/modules", ""), scanned: 0, not_reached: 0, damages: Vec::new() }
}
