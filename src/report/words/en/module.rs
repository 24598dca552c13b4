//! English sentences of the family `module`.

use crate::model::situation::module::{Advice, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::NoGoMod { directory } => Said::new(format!("There is no go.mod in {directory} or above it."))
            .because("Without one the go command does not know which modules belong to this build."),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::InitModule => "Go to the folder with go.mod, or make one here.".into(),
    }
}
