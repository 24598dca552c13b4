//! Lines that a terminal, a mail or a page broke in two.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::ascii::Regex;

/// The first part ends within a name: a hash, a path or a URL that goes on.
static CUT_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:[/\\]cache[/\\]vcs[/\\][0-9a-f]{0,63}|https?://[^\s:]*|\bgit (?:[a-z-]+) .* in (?:[A-Za-z]:)?[/\\]?[\w./\\-]*)$").ok()
});
/// The second part of such a name, up to where go goes on.
static REST_OF_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[0-9a-f]{1,64}: (?:exit status|signal)|[\w./\\-]*vcs[/\\][0-9a-f]*(?:$|: )|[0-9a-f]{8,64}(?:$|: e)|[\w.-]+[/\\][\w./\\-]+$|[\w./@~!+-]*/@(?:v/|latest)|[\w.~!-]+: \d{3} [A-Z])").ok()
});

/// Words in the middle of go's sentences, before and behind the break.
const BROKEN: &[(&str, &str)] = &[
    (" in", "/"),
    (" missing", "go.sum entry"),
    (",", "but does not contain package"),
    (", but", "does not contain package"),
    ("but does", "not contain package"),
    ("does not", "contain package"),
    ("not contain", "package "),
    (" reading", ""),
    (" at revision", ""),
    ("terminal prompts", "disabled"),
    (": checksum", "mismatch"),
    (" unknown", "revision "),
    (" invalid", "version: "),
    (" no such", "host"),
    (" connection", "refused"),
    (" connection", "reset by peer"),
    (" i/o", "timeout"),
    (" so module path must match", "major version"),
    (": module", "declares its path"),
];

/// Sentences that are known from both sides of a break in a word.
const SENTENCES: &[&str] = &[
    "exit status 128:",
    "but does not contain package",
    "no required module provides package",
    "cannot find module providing package",
    "unrecognized import path",
    "could not read Username for",
    "terminal prompts disabled",
    "checksum mismatch",
    "missing go.sum entry",
    "unknown revision",
    "invalid version",
    "no such host",
    "connection refused",
    "connection reset by peer",
    "i/o timeout",
    "signed by unknown authority",
    "updates to go.mod needed",
    "module lookup disabled by GOPROXY",
    "server response:",
];
/// A terminal that breaks lines is at least so wide.
const MIN_WIDTH: usize = 40;

/// The two parts of a sentence, and what stood between them.
type Broken = (&'static str, &'static str, &'static str);

/// The sentences broken anywhere, by the last byte before the break and the first behind it.
static ANYWHERE: LazyLock<HashMap<(u8, u8), Vec<Broken>>> = LazyLock::new(|| {
    let mut broken: HashMap<(u8, u8), Vec<Broken>> = HashMap::new();
    for sentence in SENTENCES {
        for at in 2..sentence.len().saturating_sub(2) {
            let (end, begin) = (sentence[..at].trim_end(), sentence[at..].trim_start());
            let between = if end.len() + begin.len() < sentence.len() { " " } else { "" };
            if let ([_, .., last], [first, ..]) = (end.as_bytes(), begin.as_bytes()) {
                broken.entry((*last, *first)).or_default().push((end, begin, between));
            }
        }
    }
    broken
});

/// What stands between the parts of a sentence that was broken at a column.
fn sentence(first: &str, second: &str) -> Option<&'static str> {
    let in_a_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'/';
    let last = first.as_bytes().last().filter(|last| first.len() >= MIN_WIDTH && in_a_word(last))?;
    let next = second.as_bytes().first().filter(|next| in_a_word(next))?;
    let broken = ANYWHERE.get(&(*last, *next))?;
    broken
        .iter()
        .find(|(end, begin, _)| first.ends_with(end) && second.starts_with(begin))
        .map(|(.., between)| *between)
}

/// What stands between the two parts where the second line goes on with the first.
pub(super) fn glue(first: &str, second: &str) -> Option<&'static str> {
    let first = first.trim_end();
    let second = second.trim_start();
    let matches =
        |regex: &LazyLock<Option<Regex>>, text: &str| regex.as_ref().is_some_and(|regex| regex.is_match(text));
    // Most lines end here.
    if second.is_empty() || first.len() < 20 || second.starts_with("go: ") {
        return None;
    }
    let in_a_name = first.rsplit(' ').next().is_some_and(|last| last.contains(['/', '\\']));
    if in_a_name && matches(&CUT_NAME, first) && matches(&REST_OF_NAME, second) {
        return Some("");
    }
    let broken = BROKEN.iter().any(|(end, begin)| first.ends_with(end) && second.starts_with(begin));
    if broken { Some(" ") } else { sentence(first, second) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_broken_is_one_again() {
        for (first, second, glued) in [
            (
                "go: a.example/b: git ls-remote -q origin in /root/go/pkg/mod/cache/vcs/0123456789",
                "abcdef: exit status 128:",
                Some(""),
            ),
            (
                "go: a.example/b: git ls-remote -q origin in",
                "/root/go/pkg/mod/cache/vcs/0123456789abcdef: exit status 128:",
                Some(" "),
            ),
            (
                "go: a.example/b: reading https://h.example/a.example/b/v",
                "2/client/@v/list: 504 Gateway Timeout",
                Some(""),
            ),
            ("go: a.example/b@v1.0.0: missing", "go.sum entry; to add it:", Some(" ")),
            (
                "go: module a.example/b@latest found (v1.0.0),",
                "    but does not contain package a.example/b/c",
                Some(" "),
            ),
            (
                "go: a.example/b@v1.0.0: git ls-remote -q origin in /root/go/pkg/mod/cach",
                "e/vcs/0123456789abcdef: exit sta",
                Some(""),
            ),
            (
                "go: a.example/b@v1.0.0: git ls-remote -q origin in /root/go/pkg/mod/cache/vcs/01234: exit sta",
                "tus 128:",
                Some(""),
            ),
            (
                "\tgithub.com/acme/kit/x: module github.com/acme/kit@latest found (v1.4.0), but does not contai",
                "n package github.com/acme/kit/x",
                Some(""),
            ),
            ("go: a.example/b@v1.0.0: some words of which the last is exit", "status quo", None),
            ("go: a.example/b@v1.0.0: Get \"https://h.example/x\": dial tcp: no", "such luck", None),
            ("go: downloading a.example/b v1.0.0", "go: downloading a.example/c v1.0.0", None),
            ("go: a.example/b@v1.0.0: exit status 128:", "\tfatal: x", None),
            ("", "", None),
        ] {
            assert_eq!(glue(first, second), glued, "{first} ⏎ {second}");
        }
    }
}
