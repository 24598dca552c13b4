//! Rules of the family `toolchain`.

use crate::facts::Facts;
use crate::golang::go_version::GoVersion;
use crate::model::Finding;

/// Looks at the facts and emits what it finds.
pub fn rules(_facts: &Facts, _findings: &mut Vec<Finding>) {}

/// The release that runs a command here: the one that is selected, else that of the go command. `None`
/// where neither is known, or it is a development build.
#[must_use]
pub fn running(facts: &Facts) -> Option<GoVersion> {
    let toolchain = facts.toolchain.get();
    let selection = toolchain.and_then(|toolchain| toolchain.selection.as_ref());
    match selection.and_then(|selection| selection.choice.as_ref().ok()) {
        Some(choice) => choice.version.clone(),
        None => facts.environment.get().and_then(|settings| settings.environment.version.clone()),
    }
}
