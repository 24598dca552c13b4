//! What the directives of go.mod and go.work have in common: strings, versions, replacements.

use super::super::module_path::{ModuleVersion, check_path_major, split_path_version};
use super::super::platform::Os;
use super::super::{quote, semver};
use super::go_mod::{ReadAs, Replace};
use super::lexer::text_of;
use super::position::Position;
use super::problem::{Problem, ProblemKind, StringProblem, Verb, VersionProblem};

/// By which rules a file is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) read_as: ReadAs,
    pub(super) os: Os,
}

/// Whether the text is a Go version as the `go` line wants it: `1.23`, `1.23.4`, `1.23rc1`.
#[must_use]
pub fn is_go_version(text: &str) -> bool {
    let Some((_, rest)) = number(text).filter(|(major, _)| *major != "0") else { return false };
    let Some((_, rest)) = rest.strip_prefix('.').and_then(number) else { return false };
    let rest = match rest.strip_prefix('.') {
        Some(patch) => match number(patch) {
            Some((_, rest)) => rest,
            None => return false,
        },
        None => rest,
    };
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_lowercase());
    rest.is_empty() || (digits.len() < rest.len() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The version that the `go` line of a dependency means where a newer go has written more than this
/// one knows (`v1.23-foo` means 1.23).
pub(super) fn lax_go_version(text: &str) -> Option<&str> {
    let text = text.strip_prefix('v').unwrap_or(text);
    let (_, rest) = number(text).filter(|(major, _)| *major != "0")?;
    let (_, rest) = rest.strip_prefix('.').and_then(number)?;
    let next = rest.chars().next()?;
    if next.is_ascii_digit() { None } else { text.strip_suffix(rest) }
}

/// Whether the text may stand in a `toolchain` line: `default`, or a name that begins with `go1`.
#[must_use]
pub fn is_toolchain_name(text: &str) -> bool {
    matches!(text, "default" | "go1") || text.starts_with("go1.")
}

/// A number without extra leading zeros, and the rest.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    match digits.as_bytes() {
        [] => None,
        // `00` is a zero followed by text that fits nothing.
        [b'0', _, ..] => None,
        _ => Some((digits, rest)),
    }
}

/// Whether a replacement is a directory: it begins with `./`, `../`, `/`, their Windows forms, or a
/// drive.
#[must_use]
pub fn is_directory_path(path: &str) -> bool {
    let drive = matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    drive || matches!(path, "." | "..") || ["./", ".\\", "../", "..\\", "/", "\\"].iter().any(|p| path.starts_with(p))
}

/// The text of a token that may be quoted.
pub(super) fn string(token: &[u8]) -> Result<String, StringProblem> {
    if token.first() == Some(&b'"') {
        return quote::unquote(token).map(|bytes| text_of(&bytes)).ok_or(StringProblem::Syntax);
    }
    if token.iter().any(|byte| matches!(byte, b'"' | b'\'' | b'`')) {
        return Err(StringProblem::StrayQuote);
    }
    Ok(text_of(token))
}

/// The text of a path token.
pub(super) fn path(token: &[u8]) -> Result<String, ProblemKind> {
    string(token).map_err(|reason| ProblemKind::InvalidString { reason })
}

/// A version and whether it must still be resolved (a branch, a commit, `latest`).
pub(super) fn version(verb: Verb, path: &str, token: &[u8], rules: Rules) -> Result<(String, bool), ProblemKind> {
    let invalid = |version: &[u8], reason| ProblemKind::InvalidVersion {
        verb,
        path: path.into(),
        version: Problem::fragment(version),
        reason,
    };
    let text = string(token).map_err(|reason| invalid(token, VersionProblem::String(reason)))?;
    if rules.read_as == ReadAs::MainModule {
        return main_version(verb, path, text);
    }
    match semver::canonical_version(&text) {
        Some(canonical) => Ok((canonical, false)),
        None => Err(invalid(text.as_bytes(), VersionProblem::Form)),
    }
}

/// A version in a main module's go.mod: what is no version yet, go looks up.
pub(super) fn main_version(verb: Verb, path: &str, text: String) -> Result<(String, bool), ProblemKind> {
    // go still understands what its predecessor wrote for gopkg.in.
    let text = match text.split_once("-gopkgin-") {
        Some((_, version)) if path.starts_with("gopkg.in/") => version.to_owned(),
        _ => text,
    };
    let invalid =
        |reason| ProblemKind::InvalidVersion { verb, path: path.into(), version: text.as_str().into(), reason };
    let Some((_, path_major)) = split_path_version(path) else {
        return Err(invalid(VersionProblem::MalformedPath));
    };
    if !semver::is_canonical_version(&text) {
        return Ok((text, true));
    }
    check_path_major(&text, path_major)
        .map_err(|error| invalid(VersionProblem::PathMajor { expected: error.expected, actual: error.actual }))?;
    Ok((text, false))
}

/// A module and a version that fit each other.
pub(super) fn module(
    verb: Verb,
    path: String,
    token: &[u8],
    rules: Rules,
) -> Result<(ModuleVersion, bool), ProblemKind> {
    let (version, unresolved) = version(verb, &path, token, rules)?;
    let Some((_, path_major)) = split_path_version(&path) else {
        return Err(ProblemKind::InvalidModulePath { verb, path: path.as_str().into() });
    };
    if !unresolved {
        check_path_major(&version, path_major).map_err(|error| ProblemKind::InvalidVersion {
            verb,
            path: path.as_str().into(),
            version: error.version.as_str().into(),
            reason: VersionProblem::PathMajor { expected: error.expected, actual: error.actual },
        })?;
    }
    Ok((ModuleVersion { path, version }, unresolved))
}

/// The arguments of a `replace` line.
pub(super) fn replace(args: &[&[u8]], position: Position, rules: Rules) -> Result<Replace, ProblemKind> {
    const ARROW: &[u8] = b"=>";
    let (old_path, old_version, new_path, new_version) = match *args {
        [old, arrow, new] if arrow == ARROW => (old, None, new, None),
        [old, arrow, new, version] if arrow == ARROW => (old, None, new, Some(version)),
        [old, version, arrow, new] if arrow == ARROW => (old, Some(version), new, None),
        [old, version, arrow, new, new_version] if arrow == ARROW && version != ARROW => {
            (old, Some(version), new, Some(new_version))
        }
        _ => return Err(ProblemKind::Usage { verb: Verb::Replace }),
    };
    let old_path = path(old_path)?;
    if split_path_version(&old_path).is_none() {
        return Err(ProblemKind::InvalidModulePath { verb: Verb::Replace, path: old_path.as_str().into() });
    }
    let (old, old_unresolved) = match old_version {
        Some(version) => module(Verb::Replace, old_path, version, rules)?,
        None => (ModuleVersion { path: old_path, version: String::new() }, false),
    };
    let new_path = path(new_path)?;
    let Some(new_version) = new_version else {
        if !is_directory_path(&new_path) {
            return Err(if new_path.contains('@') {
                ProblemKind::ReplacementPathAtVersion
            } else {
                ProblemKind::ReplacementNotDirectory
            });
        }
        if rules.os != Os::Windows && new_path.contains('\\') {
            return Err(ProblemKind::ReplacementWindowsPath);
        }
        let new = ModuleVersion { path: new_path, version: String::new() };
        return Ok(Replace { old, new, unresolved: old_unresolved, position });
    };
    let (new_version, new_unresolved) = version(Verb::Replace, &new_path, new_version, rules)?;
    if is_directory_path(&new_path) {
        return Err(ProblemKind::ReplacementDirectoryWithVersion { path: new_path.as_str().into() });
    }
    let new = ModuleVersion { path: new_path, version: new_version };
    Ok(Replace { old, new, unresolved: old_unresolved || new_unresolved, position })
}

/// The one argument of a directive that has exactly one.
pub(super) fn one<'a>(verb: Verb, args: &[&'a [u8]]) -> Result<&'a [u8], ProblemKind> {
    match *args {
        [only] => Ok(only),
        _ => Err(ProblemKind::ArgumentCount { verb }),
    }
}

/// The argument of a `go` line.
pub(super) fn go_version(args: &[&[u8]], rules: Rules) -> Result<String, ProblemKind> {
    let token = one(Verb::Go, args)?;
    let text = text_of(token);
    if is_go_version(&text) {
        return Ok(text);
    }
    match lax_go_version(&text) {
        Some(version) if rules.read_as == ReadAs::Dependency => Ok(version.to_owned()),
        _ => Err(ProblemKind::InvalidGoVersion { version: Problem::fragment(token) }),
    }
}

/// The argument of a `toolchain` line.
pub(super) fn toolchain(args: &[&[u8]]) -> Result<String, ProblemKind> {
    let token = one(Verb::Toolchain, args)?;
    let text = text_of(token);
    if is_toolchain_name(&text) {
        Ok(text)
    } else {
        Err(ProblemKind::InvalidToolchain { name: Problem::fragment(token) })
    }
}

/// The key and the value of a `godebug` line.
pub(super) fn godebug(args: &[&[u8]]) -> Result<(String, String), ProblemKind> {
    let usage = ProblemKind::Usage { verb: Verb::Godebug };
    let [token] = *args else { return Err(usage) };
    let text = text_of(token);
    match text.split_once('=') {
        Some((key, value)) if !text.contains(['"', '`', '\'', ',']) => Ok((key.to_owned(), value.to_owned())),
        _ => Err(usage),
    }
}
