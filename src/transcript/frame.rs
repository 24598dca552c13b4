//! What stands around an error of the go command: its own name, a position, modules and packages.

use std::sync::LazyLock;

use regex::Regex;

use crate::golang::module_path::{ModuleVersion, check_import_path, check_path};
use crate::golang::semver;

/// A line is not looked into any deeper.
const MAX_DEPTH: usize = 12;
/// Versions and queries are short; a pseudo-version has some forty characters.
const MAX_VERSION: usize = 128;

/// The frames of a line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Frame<'t> {
    /// Whether the line says itself that the go command printed it.
    pub go: bool,
    /// The innermost module.
    pub module: Option<ModuleVersion>,
    /// The innermost package.
    pub package: Option<&'t str>,
    /// Whether what it is about stands on the next line (`A requires`).
    pub opens: bool,
}

/// `go: ` and, before Go 1.16, the command as it was typed.
static COMMAND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:go: |go (?:get|list|build|install|run|test|vet|mod [a-z]+|work [a-z]+)(?: -m)?(?: [^\s:]+)?: )")
        .ok()
});
static POSITION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\S{0,500}(?:\.go|go\.mod|go\.work|go\.sum):\d+(?::\d+)?: ").ok());

/// Reads the frames from the outside in. In a chain the elements are packages where they are not modules.
pub(super) fn frame(text: &str, in_chain: bool) -> Frame<'_> {
    let mut frame = Frame::default();
    let mut rest = text;
    while let Some(after) = COMMAND.as_ref().and_then(|command| command.find(rest)).map(|found| &rest[found.end()..]) {
        frame.go = true;
        rest = after;
    }
    for _ in 0..MAX_DEPTH {
        match inside(rest, in_chain, &mut frame) {
            Some(inner) => rest = inner,
            None => break,
        }
    }
    frame.opens = [" requires", " imports", " tested by"].iter().any(|verb| rest.ends_with(verb));
    // `A@V requires go >= 1.99`, `A@V (v1.2.3) requires B@V, …`
    if (frame.go || in_chain) && frame.module.is_none() {
        frame.module = rest.split_once(' ').and_then(|(first, _)| module_version(first));
    }
    frame
}

/// One frame less.
fn inside<'t>(rest: &'t str, in_chain: bool, frame: &mut Frame<'t>) -> Option<&'t str> {
    if let Some(found) = POSITION.as_ref().and_then(|position| position.find(rest)) {
        return Some(&rest[found.end()..]);
    }
    for outer in ["verifying module: ", "verifying go.mod: ", "verifying "] {
        if let Some(inner) = rest.strip_prefix(outer) {
            return Some(inner);
        }
    }
    let (head, inner) = rest.split_once(": ").or_else(|| Some((rest.strip_suffix(':')?, "")))?;
    let last = head.rsplit_once(" requires ").map_or(head, |(_, last)| last);
    if let Some(path) = last.strip_prefix("module ").filter(|path| check_path(path).is_ok()) {
        frame.module = Some(ModuleVersion::new(path, ""));
        return Some(inner);
    }
    let (named, replacement) = match last.split_once(" (replaced by ") {
        Some((named, replacement)) => (named, replacement.strip_suffix(')')),
        None => (last, None),
    };
    if let Some(module) = replacement.and_then(module_version).or_else(|| module_version(named)) {
        frame.module = Some(module);
        return Some(inner);
    }
    let package = last.strip_prefix("package ").or(in_chain.then_some(last));
    let package = package.filter(|path| path.contains('.') && check_import_path(path).is_ok())?;
    frame.package = Some(package);
    Some(inner)
}

/// `path@version`, where both are what go would take for such.
pub(super) fn module_version(text: &str) -> Option<ModuleVersion> {
    let (path, version) = text.split_once('@')?;
    let version = version.strip_suffix("/go.mod").unwrap_or(version);
    let short = !version.is_empty() && version.len() <= MAX_VERSION;
    (short && is_version_or_query(version) && check_path(path).is_ok()).then(|| ModuleVersion::new(path, version))
}

/// A version, or a query that cannot be taken for the host of an address: `v1.2`, `<v2.0.0`, a branch
/// or a commit without dots.
fn is_version_or_query(version: &str) -> bool {
    let bare = version.trim_start_matches(['<', '>', '=']);
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/'));
    semver::is_valid(bare) || (!bare.is_empty() && plain(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn culprit(text: &str) -> Option<String> {
        frame(text, false).module.map(|module| module.to_string())
    }

    #[test]
    fn the_innermost_module_is_the_culprit() {
        for (text, module) in [
            ("go: a.b/c@v1.0.0: reading https://h/a.b/c/@v/v1.0.0.mod: 404 Not Found", "a.b/c@v1.0.0"),
            ("go: a.b/c@v1.0.0 requires d.e/f@v1.2.0: invalid version: x", "d.e/f@v1.2.0"),
            ("go: a.b/c@v1.0.0: verifying module: a.b/c@v1.0.0: initializing sumdb.Client: x", "a.b/c@v1.0.0"),
            ("verifying a.b/c@v1.0.0/go.mod: checksum mismatch", "a.b/c@v1.0.0"),
            ("main.go:3:8: a.b/c@v1.0.0: missing go.sum entry for go.mod file; to add it:", "a.b/c@v1.0.0"),
            ("go: module a.b/c: git ls-remote -q origin in /x: exit status 128:", "a.b/c"),
            ("go get a.b/c@latest: module a.b/d: Get https://h/x: EOF", "a.b/d"),
            ("go: a.b/c@v1.0.0 (replaced by x.y/z@v1.1.0): reading x", "x.y/z@v1.1.0"),
            ("go: a.b/c@v1.0.0 (replaced by ../c): reading ../c/go.mod: open ../c/go.mod: no", "a.b/c@v1.0.0"),
            ("go: a.b/c@v1.0.0 requires go >= 1.99 (running go 1.27; GOTOOLCHAIN=local)", "a.b/c@v1.0.0"),
            ("go: a.b/c@main: unknown revision main", "a.b/c@main"),
        ] {
            assert_eq!(culprit(text).as_deref(), Some(module), "{text}");
        }
    }

    #[test]
    fn what_is_no_module_is_no_culprit() {
        for text in [
            "go: updates to go.mod needed",
            "jane.doe@corp.example: hello",
            "git@github.com: Permission denied (publickey).",
            "go: https://u:p@h/x: no",
            "go: ../x@v1.0.0: no",
            "go: a@v1.0.0: no dot",
            "go: a.b/../c@v1.0.0: x",
            "",
        ] {
            assert_eq!(culprit(text), None, "{text}");
        }
    }

    #[test]
    fn a_chain_goes_on_below() {
        assert!(frame("go: a.b/c@v1.0.0 requires", false).opens && frame("a.b/c imports", true).opens);
        assert!(frame("a.b/c tested by", true).opens && !frame("a.b/c: x", true).opens);
        let element = frame("d.e/f/p: d.e/f@v1.0.0: module lookup disabled by GOPROXY=off", true);
        assert_eq!((element.package, element.module), (Some("d.e/f/p"), Some(ModuleVersion::new("d.e/f", "v1.0.0"))));
    }
}
