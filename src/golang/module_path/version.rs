//! A module at a version: what everything in module mode is about.

use std::cmp::Ordering;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::semver;

/// A module path and a version.
///
/// The version is empty for main modules and for directories of replacements. For keys of go.sum it
/// may end in `/go.mod`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct ModuleVersion {
    /// The module path, unescaped.
    pub path: String,
    /// The version, unescaped, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version: String,
}

impl ModuleVersion {
    /// Joins a path and a version; neither is checked.
    #[must_use]
    pub fn new(path: impl Into<String>, version: impl Into<String>) -> Self {
        Self { path: path.into(), version: version.into() }
    }

    /// The key of the module's go.mod in go.sum and in the checksum database.
    #[must_use]
    pub fn go_mod_key(&self) -> Self {
        Self::new(&*self.path, format!("{}/go.mod", self.version))
    }
}

/// As go writes it: `path@version`, or only the path where there is no version.
impl fmt::Display for ModuleVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if self.version.is_empty() { Ok(()) } else { write!(f, "@{}", self.version) }
    }
}

/// As go sorts go.sum (x/mod/module.Sort): by path, then by version in the order of precedence, then
/// by what follows a slash. The text decides where versions are equal in precedence, so that the
/// order is total and agrees with equality.
impl Ord for ModuleVersion {
    fn cmp(&self, other: &Self) -> Ordering {
        let split = |version: &str| version.find('/').unwrap_or(version.len());
        let (a, a_file) = self.version.split_at(split(&self.version));
        let (b, b_file) = other.version.split_at(split(&other.version));
        self.path.cmp(&other.path).then_with(|| semver::compare_total(a, b)).then_with(|| a_file.cmp(b_file))
    }
}

impl PartialOrd for ModuleVersion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
