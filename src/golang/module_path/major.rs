//! The major version in a module path (`/v2`, gopkg.in's `.v2`) and the versions it admits.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::{quote, semver};

/// A version whose major number does not fit the module path; the text is go's
/// (`version "v2.0.0" invalid: should be v0 or v1, not v2`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[error("version {} invalid: {}", quote::quote(version), self.reason())]
pub struct PathMajorError {
    /// The version.
    pub version: String,
    /// What the path asks for: `v0 or v1`, or one major version.
    pub expected: String,
    /// The version's major version; empty where it is no version.
    pub actual: String,
}

impl PathMajorError {
    /// The second half of go's text: `should be v0 or v1, not v2`.
    #[must_use]
    pub fn reason(&self) -> String {
        format!("should be {}, not {}", self.expected, self.actual)
    }
}

/// Splits a module path into what is before its major version and the major version with its
/// separator: `("a.b/c", "/v2")`, `("gopkg.in/yaml", ".v3")`, or an empty second part. `None` where
/// the last element looks like a major version but is none (`/v1`, `/v02`, `/v1.2`), or where a
/// gopkg.in path has none.
#[must_use]
pub fn split_path_version(path: &str) -> Option<(&str, &str)> {
    if path.starts_with("gopkg.in/") {
        return split_gopkg_in(path);
    }
    let stem = path.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = path.get(stem.len()..).unwrap_or_default();
    let Some(prefix) = stem.strip_suffix("/v").filter(|_| !number.is_empty()) else {
        return Some((path, ""));
    };
    let valid = !number.contains('.') && !number.starts_with('0') && number != "1";
    valid.then(|| path.split_at(prefix.len()))
}

fn split_gopkg_in(path: &str) -> Option<(&str, &str)> {
    let stable = path.strip_suffix("-unstable").unwrap_or(path);
    let stem = stable.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = stable.get(stem.len()..).unwrap_or_default();
    let prefix = stem.strip_suffix(".v")?;
    let (before, major) = path.split_at(prefix.len());
    let valid = !number.is_empty() && (!number.starts_with('0') || major == ".v0");
    valid.then_some((before, major))
}

/// Checks that a version fits the major version of a module path, as [`split_path_version`] gives
/// it.
///
/// # Errors
///
/// [`PathMajorError`] if it does not.
pub fn check_path_major(version: &str, path_major: &str) -> Result<(), PathMajorError> {
    let path_major = without_unstable(path_major);
    // gopkg.in once made pseudo-versions with v0 for `.v1` modules; they are still required.
    if path_major == ".v1" && version.starts_with("v0.0.0-") {
        return Ok(());
    }
    let actual = semver::major(version).unwrap_or_default();
    let expected = if path_major.is_empty() {
        if matches!(actual, "v0" | "v1") || semver::is_incompatible(version) {
            return Ok(());
        }
        "v0 or v1"
    } else {
        let major = path_major.strip_prefix(['/', '.']).unwrap_or(path_major);
        if actual == major && major.len() < path_major.len() {
            return Ok(());
        }
        major
    };
    Err(PathMajorError { version: version.to_owned(), expected: expected.to_owned(), actual: actual.to_owned() })
}

/// The major version that tags of a module must begin with (`v2` for `/v2` and `.v2-unstable`);
/// empty where v0 and v1 are both allowed.
#[must_use]
pub fn path_major_prefix(path_major: &str) -> &str {
    let path_major = without_unstable(path_major);
    path_major.strip_prefix(['/', '.']).unwrap_or(path_major)
}

fn without_unstable(path_major: &str) -> &str {
    path_major.strip_suffix("-unstable").filter(|major| major.starts_with(".v")).unwrap_or(path_major)
}
