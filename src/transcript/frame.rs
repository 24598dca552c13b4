//! What stands around an error of the go command: its own name, a position, modules and packages.

use std::sync::LazyLock;

use crate::ascii::Regex;
use crate::catalog::messages::Message;
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
    /// Whether it begins with a position in a file of Go's that is no test.
    pub position: bool,
}

impl Frame<'_> {
    /// Whether it may be an element of a chain.
    pub(super) fn is_element(&self) -> bool {
        self.module.is_some() || self.package.is_some() || self.opens
    }

    /// Whether a line that is known as a failure still belongs to the one above: it has no frame of its own,
    /// and says what follows from that one.
    pub(super) fn is_part_of_failure(&self, messages: &[Message<'_>]) -> bool {
        !self.go
            && !self.position
            && self.module.is_none()
            && !messages.iter().any(|message| ENDS_OF_FAILURES.contains(&message.format.id))
    }
}

/// Messages that stand on lines of their own and end what is above them.
const ENDS_OF_FAILURES: &[&str] = &["go/package-exit-status", "go/loading-requirements", "go/clone"];

/// Lines in which git, a server or go go on about the failure above, where the indentation is lost.
static CONTINUES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:fatal|error|remote|ERROR|warning|hint|ssh|bzr|hg|abort|致命错误|致命錯誤|错误|錯誤)\s?(?::|：)|^(?:Host key verification failed|Permission denied|\S+@\S+: Permission denied|kex_exchange|Connection (?:closed|reset)|Cloning into |Please make sure|and the repository exists|Confirm the import path|If this is a private|server response:|not found: |module declares its path|but was required as|downloaded: |\S+:\s+h1:|SECURITY ERROR|This download does NOT|The bits may have|have intercepted the|For more information, see 'go help module-auth|fetch-pack: |Load key |client_global_hostkeys|=====|GitLab: |git: |@@@@|The authenticity of host|IT IS POSSIBLE|terminal prompts disabled|exit status \d|Get \x22http)",
    )
    .ok()
});

/// Whether a line goes on about the failure above it.
pub(super) fn continues(text: &str) -> bool {
    CONTINUES.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// Whether a line ends where git's words begin.
pub(super) fn ends_in_git(text: &str) -> bool {
    text.split_whitespace().rev().take(3).any(|word| word == "status") || text.ends_with(" in")
}

/// What go writes before an error: `go: ` and, before Go 1.16, the command as it was typed. Says what that was
/// about, and what follows.
fn command(text: &str) -> Option<(Option<&str>, &str)> {
    if let Some(inner) = text.strip_prefix("go: ") {
        return Some((None, inner));
    }
    let found = COMMAND.as_ref().filter(|_| text.starts_with(['b', 'c', 'g', 'v']))?.captures(text)?;
    let named = found.name("package").map(|package| package.as_str().split('@').next().unwrap_or_default());
    Some((named, &text[found.get(0)?.end()..]))
}

static COMMAND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:v?go (?:get|list|build|install|run|test|vet|generate|mod [a-z]+|work [a-z]+)(?: -m)?(?: (?P<package>[^\s:]+))?: |vgo: |can't load package: |build [^\s:]+: cannot load )",
    )
    .ok()
});
static POSITION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\S{0,500}(?:\.go|go\.mod|go\.work|go\.sum):\d+(?::\d+)?: ").ok());

/// Reads the frames from the outside in. In a chain the elements are packages where they are not modules.
pub(super) fn frame(text: &str, in_chain: bool) -> Frame<'_> {
    let mut frame = Frame::default();
    let mut rest = text;
    let mut asked_for = None;
    while let Some((named, inner)) = command(rest) {
        frame.go = true;
        asked_for = named.filter(|path| is_hosted(path)).or(asked_for);
        rest = inner;
    }
    for _ in 0..MAX_DEPTH {
        match inside(rest, in_chain, &mut frame) {
            Some(inner) => rest = inner,
            None => break,
        }
    }
    // The head of a chain of imports says nothing of why it stands there.
    frame.go &= rest.strip_prefix("package ").is_none_or(|package| package.contains([' ', ':']));
    frame.opens = [" requires", " imports", " tested by"].iter().any(|verb| rest.ends_with(verb));
    frame.go |= frame.opens && OPENS.as_ref().is_some_and(|opens| opens.is_match(rest));
    // `A@V requires go >= 1.99`, `A@V (v1.2.3) requires B@V, …`
    if (frame.go || in_chain) && frame.module.is_none() {
        frame.module = rest.split_once(' ').and_then(|(first, _)| module_version(first));
    }
    if frame.module.is_none() && frame.package.is_none() {
        frame.package = asked_for;
    }
    frame
}

/// The part of a line from which the go command speaks, and its frames: other programs quote it behind
/// words of their own (`Error: exit status 1: stderr: go: …`).
pub(super) fn of_line(text: &str, in_chain: bool) -> (&str, Frame<'_>) {
    let whole = frame(text, in_chain);
    if whole.go || whole.module.is_some() || whole.position || in_chain {
        return (text, whole);
    }
    let inner =
        STARTS.as_ref().into_iter().flat_map(|starts| starts.find_iter(text)).take(MAX_STARTS).find_map(|found| {
            let inner = frame(&text[found.end()..], false);
            (inner.go || inner.position || inner.module.is_some()).then_some((&text[found.end()..], inner))
        });
    inner.unwrap_or((text, whole))
}

/// More of a line than so many beginnings is not tried.
const MAX_STARTS: usize = 12;

/// Where in a line the go command may begin to speak.
static STARTS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:: |> |\| |; |\] |\) |['\x22`]|\s{2,}|^[^\s'\x22(]+ )\s*").ok());

/// The head of a chain: nobody else writes so.
static OPENS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[\w.~-]+(?:/[\w.~-]+)+(?:@\S+)? (?:imports|tested by|requires)$").ok());

/// Whether a path begins with what may be a host.
fn is_hosted(path: &str) -> bool {
    let host = path.split_once('/').is_some_and(|(host, _)| host.contains('.') && !host.starts_with('.'));
    let file = [".go", ".mod", ".sum", ".work"].iter().any(|suffix| path.ends_with(suffix));
    host && !file && check_import_path(path).is_ok()
}

/// One frame less.
fn inside<'t>(rest: &'t str, in_chain: bool, frame: &mut Frame<'t>) -> Option<&'t str> {
    let in_file = || [".go:", "go.mod:", "go.work:", "go.sum:"].iter().any(|file| rest.contains(file));
    if let Some(found) = POSITION.as_ref().filter(|_| in_file()).and_then(|position| position.find(rest)) {
        frame.position |= !found.as_str().contains("_test.go:");
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
    // Before modules, and vgo: path and version with a blank.
    if let Some(module) = last.split_once(' ').and_then(|(path, version)| {
        (semver::is_valid(version) && is_hosted(path)).then(|| ModuleVersion::new(path, version))
    }) {
        frame.module = Some(module);
        return Some(inner);
    }
    // A module that is replaced by a folder may have any name.
    let replaced =
        named.split_once('@').filter(|(path, _)| last.contains(" (replaced by ") && check_import_path(path).is_ok());
    if let Some((path, _)) = replaced {
        frame.module = Some(ModuleVersion::new(path, ""));
        return Some(inner);
    }
    let last = last.strip_prefix("package ").unwrap_or(last);
    let package = Some(last)
        .filter(|path| is_hosted(path) || (in_chain && path.contains('.') && check_import_path(path).is_ok()))?;
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
