//! Rules of the family `version-control`.

use crate::facts::Facts;
use crate::model::Finding;

pub mod hidden;
pub mod remote;

/// Looks at the facts and emits what it finds.
pub fn rules(_facts: &Facts, _findings: &mut Vec<Finding>) {}
