//! Chinese sentences of the family `toolchain`.

use crate::model::situation::toolchain::{Advice, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match *situation {}
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match *advice {}
}
