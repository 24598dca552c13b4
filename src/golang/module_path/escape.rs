//! The case-free form of paths and versions in URLs of module proxies and in the module cache:
//! every upper-case letter becomes `!` and the lower-case one.

use super::super::quote;
use super::{InvalidPath, PathProblem, check_path, is_file_element};

/// What cannot be escaped or unescaped; the text is go's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EscapeError {
    /// The module path is invalid.
    #[error(transparent)]
    Path(#[from] InvalidPath),
    /// The version cannot be a file name, or holds `!`.
    #[error("version {} invalid: disallowed version string", quote::quote(version))]
    Version {
        /// The version.
        version: String,
    },
    /// The text is no escaped module path.
    #[error("invalid escaped module path {}", quote::quote(escaped))]
    EscapedPath {
        /// The text.
        escaped: String,
    },
    /// The text is an escaped path, but of no valid module.
    #[error("invalid escaped module path {}: {reason}", quote::quote(escaped))]
    EscapedInvalidPath {
        /// The text.
        escaped: String,
        /// What is wrong with the path.
        reason: InvalidPath,
    },
    /// The text is no escaped version.
    #[error("invalid escaped version {}", quote::quote(escaped))]
    EscapedVersion {
        /// The text.
        escaped: String,
    },
    /// The text is an escaped version, but one that cannot be a file name.
    #[error("invalid escaped version {}: {reason}", quote::quote(version))]
    EscapedInvalidVersion {
        /// The version.
        version: String,
        /// What is wrong.
        reason: PathProblem,
    },
}

/// Escapes a module path.
///
/// # Errors
///
/// [`EscapeError::Path`] if the path is no module path.
pub fn escape_path(path: &str) -> Result<String, EscapeError> {
    check_path(path)?;
    Ok(escape(path))
}

/// Escapes a version, or a branch or tag that can be a file name.
///
/// # Errors
///
/// [`EscapeError::Version`] for a name with a slash, `!` or another character that file names lack.
pub fn escape_version(version: &str) -> Result<String, EscapeError> {
    // Letters beyond ASCII may stand in file names, but go's escaping refuses them.
    if is_file_element(version).is_some() || version.contains('!') || !version.is_ascii() {
        return Err(EscapeError::Version { version: version.to_owned() });
    }
    Ok(escape(version))
}

/// Gives the module path of an escaped one.
///
/// # Errors
///
/// [`EscapeError`] if the text is no escaped path, or of no valid path.
pub fn unescape_path(escaped: &str) -> Result<String, EscapeError> {
    let path = unescape(escaped).ok_or_else(|| EscapeError::EscapedPath { escaped: escaped.to_owned() })?;
    match check_path(&path) {
        Ok(()) => Ok(path),
        Err(reason) => Err(EscapeError::EscapedInvalidPath { escaped: escaped.to_owned(), reason }),
    }
}

/// Gives the version of an escaped one.
///
/// # Errors
///
/// [`EscapeError`] if the text is no escaped version, or of one that cannot be a file name.
pub fn unescape_version(escaped: &str) -> Result<String, EscapeError> {
    let version = unescape(escaped).ok_or_else(|| EscapeError::EscapedVersion { escaped: escaped.to_owned() })?;
    match is_file_element(&version) {
        None => Ok(version),
        Some(reason) => Err(EscapeError::EscapedInvalidVersion { version, reason }),
    }
}

/// Writes every upper-case letter as `!` and the lower-case one, whatever the text is: for paths and versions
/// that are known to be well-formed.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_uppercase() {
            escaped.push('!');
        }
        escaped.push(c.to_ascii_lowercase());
    }
    escaped
}

fn unescape(escaped: &str) -> Option<String> {
    let mut text = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(c) = chars.next() {
        match c {
            '!' => text.push(chars.next().filter(char::is_ascii_lowercase)?.to_ascii_uppercase()),
            c if !c.is_ascii() || c.is_ascii_uppercase() => return None,
            c => text.push(c),
        }
    }
    Some(text)
}
