//! Lines that a terminal, a mail or a page broke in two.

use std::sync::LazyLock;

use regex::Regex;

/// The first part ends within a name: a hash, a path or a URL that goes on.
static CUT_NAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:[/\\]cache[/\\]vcs[/\\][0-9a-f]{0,63}|https?://[^\s:]+/[\w.~!-]*)$").ok());
/// The second part of such a name, up to where go goes on.
static REST_OF_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:[0-9a-f]{1,64}: (?:exit status|signal)|[\w./@~!+-]*/@(?:v/|latest)|[\w.~!-]+: \d{3} [A-Z])").ok()
});

/// Words in the middle of go's sentences, before and behind the break.
const BROKEN: &[(&str, &str)] = &[
    (" in", "/"),
    (" missing", "go.sum entry"),
    (",", "but does not contain package"),
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
    if matches(&CUT_NAME, first) && matches(&REST_OF_NAME, second) {
        return Some("");
    }
    let broken = BROKEN.iter().any(|(end, begin)| first.ends_with(end) && second.starts_with(begin));
    broken.then_some(" ")
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
            ("go: downloading a.example/b v1.0.0", "go: downloading a.example/c v1.0.0", None),
            ("go: a.example/b@v1.0.0: exit status 128:", "\tfatal: x", None),
            ("", "", None),
        ] {
            assert_eq!(glue(first, second), glued, "{first} ⏎ {second}");
        }
    }
}
