//! Rules of the family `environment`.

use crate::facts::Facts;
use crate::model::Finding;

/// Looks at the facts and emits what it finds.
pub fn rules(_facts: &Facts, _findings: &mut Vec<Finding>) {}
