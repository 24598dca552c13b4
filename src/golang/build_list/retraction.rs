//! What the author of a module says about its versions, in the go.mod of the latest one.

use super::replacement::Replacements;
use super::summary::ModSummary;
use super::version;
use crate::golang::module_path::ModuleVersion;

/// What is said about one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorNotice {
    /// The version is retracted.
    Retracted {
        /// The reasons of all lines that cover it; may be empty.
        rationales: Vec<String>,
    },
    /// The whole module is deprecated.
    Deprecated {
        /// The message.
        message: String,
    },
}

/// What `latest`, the go.mod of the latest version of the module (retracted or not), says about
/// `module`. Nothing where a `replace` line stands in for all versions: go does not look then.
#[must_use]
pub fn author_notices(module: &ModuleVersion, latest: &ModSummary, replacements: &Replacements) -> Vec<AuthorNotice> {
    let all_replaced = replacements.of(&ModuleVersion::new(module.path.as_str(), "")).is_some();
    if module.version.is_empty() || all_replaced {
        return Vec::new();
    }
    let not_above = |low: &str, high: &str| version::compare(&module.path, low, high).is_le();
    let covering = latest
        .retract
        .iter()
        .filter(|line| not_above(&line.low, &module.version) && not_above(&module.version, &line.high));
    let mut retracted = false;
    let mut rationales = Vec::new();
    for line in covering {
        retracted = true;
        rationales.extend(Some(line.rationale.clone()).filter(|text| !text.is_empty()));
    }
    let mut notices = Vec::new();
    if retracted {
        notices.push(AuthorNotice::Retracted { rationales });
    }
    if let Some(message) = &latest.deprecated {
        notices.push(AuthorNotice::Deprecated { message: message.clone() });
    }
    notices
}
