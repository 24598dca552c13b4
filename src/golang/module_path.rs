//! Module paths, import paths and file paths: what go accepts, how it escapes them, and how a path
//! and a version belong together (golang.org/x/mod/module).

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{quote, semver};

mod escape;
mod major;
mod version;

pub use escape::{EscapeError, escape, escape_path, escape_version, unescape_path, unescape_version};
pub use major::{PathMajorError, check_path_major, path_major_prefix, split_path_version};
pub use version::ModuleVersion;

/// Which kind of path is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PathKind {
    /// The path of a module.
    Module,
    /// The path of a package.
    Import,
    /// The path of a file in a module zip.
    File,
}

impl fmt::Display for PathKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Module => "module",
            Self::Import => "import",
            Self::File => "file",
        })
    }
}

/// A path that go refuses. Its text is go's: `malformed module path "a": missing dot in first path
/// element`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[error("malformed {kind} path {}: {reason}", quote::quote(path))]
pub struct InvalidPath {
    /// What the path should have been.
    pub kind: PathKind,
    /// The path.
    pub path: String,
    /// What is wrong.
    pub reason: PathProblem,
}

/// What is wrong with a path; the text is go's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum PathProblem {
    /// No text at all.
    #[error("empty string")]
    Empty,
    /// Begins with `-`.
    #[error("leading dash")]
    LeadingDash,
    /// Begins with `/` (module paths).
    #[error("leading slash")]
    LeadingSlash,
    /// `//` somewhere.
    #[error("double slash")]
    DoubleSlash,
    /// Ends with `/`.
    #[error("trailing slash")]
    TrailingSlash,
    /// An element without text: the one before a leading slash.
    #[error("empty path element")]
    EmptyElement,
    /// An element of dots only.
    #[error("invalid path element {}", quote::quote(element))]
    Dots {
        /// The element.
        element: String,
    },
    /// An element that begins with a dot (module paths).
    #[error("leading dot in path element")]
    LeadingDot,
    /// An element that ends with a dot.
    #[error("trailing dot in path element")]
    TrailingDot,
    /// A character that the kind of path does not allow.
    #[error("invalid char {}", quote::quote_char(*character))]
    Character {
        /// The first such character.
        character: char,
    },
    /// A name of a device on Windows, such as `con` or `com1.txt`.
    #[error("{} disallowed as path element component on Windows", quote::quote(name))]
    WindowsDevice {
        /// The element up to its first dot.
        name: String,
    },
    /// An element that looks like a Windows short name (`progra~1`).
    #[error("trailing tilde and digits in path element")]
    WindowsShortName,
    /// The first element of a module path is no host name.
    #[error("missing dot in first path element")]
    MissingDot,
    /// The first element of a module path has a character that host names lack.
    #[error("invalid char {} in first path element", quote::quote_char(*character))]
    HostCharacter {
        /// The first such character.
        character: char,
    },
    /// The suffix is not a major version as it must be: `/v1`, `/v02`, `/v1.2`, or none on gopkg.in.
    #[error("invalid version")]
    Version,
}

/// Checks a module path (x/mod/module.CheckPath).
///
/// # Errors
///
/// [`InvalidPath`] with the problem that go names first.
pub fn check_path(path: &str) -> Result<(), InvalidPath> {
    module_path_problem(path)
        .map_or(Ok(()), |reason| Err(InvalidPath { kind: PathKind::Module, path: path.to_owned(), reason }))
}

/// Checks an import path (x/mod/module.CheckImportPath).
///
/// # Errors
///
/// [`InvalidPath`] with the problem that go names first.
pub fn check_import_path(path: &str) -> Result<(), InvalidPath> {
    general_problem(path, PathKind::Import)
        .map_or(Ok(()), |reason| Err(InvalidPath { kind: PathKind::Import, path: path.to_owned(), reason }))
}

/// Checks the path of a file in a module zip (x/mod/module.CheckFilePath).
///
/// # Errors
///
/// [`InvalidPath`] with the problem that go names first.
pub fn check_file_path(path: &str) -> Result<(), InvalidPath> {
    general_problem(path, PathKind::File)
        .map_or(Ok(()), |reason| Err(InvalidPath { kind: PathKind::File, path: path.to_owned(), reason }))
}

fn module_path_problem(path: &str) -> Option<PathProblem> {
    if let Some(problem) = general_problem(path, PathKind::Module) {
        return Some(problem);
    }
    let host = path.split('/').next().unwrap_or(path);
    if host.is_empty() {
        return Some(PathProblem::LeadingSlash);
    }
    if !host.contains('.') {
        return Some(PathProblem::MissingDot);
    }
    let of_host = |c: char| matches!(c, '-' | '.' | '0'..='9' | 'a'..='z');
    if let Some(character) = host.chars().find(|c| !of_host(*c)) {
        return Some(PathProblem::HostCharacter { character });
    }
    split_path_version(path).is_none().then_some(PathProblem::Version)
}

fn general_problem(path: &str, kind: PathKind) -> Option<PathProblem> {
    if path.is_empty() {
        return Some(PathProblem::Empty);
    }
    if path.starts_with('-') && kind != PathKind::File {
        return Some(PathProblem::LeadingDash);
    }
    if path.contains("//") {
        return Some(PathProblem::DoubleSlash);
    }
    if path.ends_with('/') {
        return Some(PathProblem::TrailingSlash);
    }
    path.split('/').find_map(|element| element_problem(element, kind))
}

/// The names of Windows devices; an element is judged up to its first dot, whatever its case.
const WINDOWS_DEVICES: [&str; 22] = [
    "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2",
    "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
];

fn element_problem(element: &str, kind: PathKind) -> Option<PathProblem> {
    if element.is_empty() {
        return Some(PathProblem::EmptyElement);
    }
    if element.bytes().all(|b| b == b'.') {
        return Some(PathProblem::Dots { element: element.to_owned() });
    }
    if element.starts_with('.') && kind == PathKind::Module {
        return Some(PathProblem::LeadingDot);
    }
    if element.ends_with('.') {
        return Some(PathProblem::TrailingDot);
    }
    if let Some(character) = element.chars().find(|c| !is_allowed(*c, kind)) {
        return Some(PathProblem::Character { character });
    }
    let name = element.split('.').next().unwrap_or(element);
    if WINDOWS_DEVICES.iter().any(|device| device.eq_ignore_ascii_case(name)) {
        return Some(PathProblem::WindowsDevice { name: name.to_owned() });
    }
    let short_name = kind != PathKind::File
        && name
            .rsplit_once('~')
            .is_some_and(|(_, digits)| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    short_name.then_some(PathProblem::WindowsShortName)
}

fn is_allowed(c: char, kind: PathKind) -> bool {
    let in_module_path = c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
    match kind {
        PathKind::Module => in_module_path,
        PathKind::Import => in_module_path || c == '+',
        PathKind::File if c.is_ascii() => in_module_path || "!#$%&()+,=@[]^{} ".contains(c),
        PathKind::File => quote::is_letter(c),
    }
}

/// Whether an escaped or plain version may be part of a file name.
fn is_file_element(text: &str) -> Option<PathProblem> {
    element_problem(text, PathKind::File)
}

/// Whether `prefix` is `path` or whole leading elements of it; every path begins with the empty one.
#[must_use]
pub fn has_path_prefix(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix)
        .is_some_and(|rest| rest.is_empty() || prefix.is_empty() || prefix.ends_with('/') || rest.starts_with('/'))
}

/// Checks that a path and a version are each valid and belong together (x/mod/module.Check).
///
/// # Errors
///
/// [`InvalidModule`], in go's order: path, version, both.
pub fn check(path: &str, version: &str) -> Result<(), InvalidModule> {
    check_path(path)?;
    if !semver::is_valid(version) {
        return Err(InvalidModule::Version { path: path.to_owned(), version: version.to_owned() });
    }
    let path_major = split_path_version(path).map_or("", |(_, major)| major);
    check_path_major(version, path_major).map_err(|reason| InvalidModule::PathMajor { path: path.to_owned(), reason })
}

/// A path and a version that make no module version; the text is go's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum InvalidModule {
    /// The path is malformed.
    #[error(transparent)]
    Path(#[from] InvalidPath),
    /// The version is no semantic version.
    #[error("{path}@{version}: invalid version: not a semantic version")]
    Version {
        /// The module path.
        path: String,
        /// The version.
        version: String,
    },
    /// The version's major number is not the path's.
    #[error("{path}@{}: invalid version: {}", reason.version, reason.reason())]
    PathMajor {
        /// The module path.
        path: String,
        /// What does not fit.
        reason: PathMajorError,
    },
}

#[cfg(test)]
mod tests;
