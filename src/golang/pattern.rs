//! GOPRIVATE-type pattern lists.
//!
//! GOPRIVATE, GONOPROXY, GONOSUMDB and GOINSECURE are comma-separated lists of globs that match
//! whole leading elements of a path (`module.MatchPrefixPatterns` of golang.org/x/mod, unchanged
//! from Go 1.21 to 1.27). Nothing is trimmed except one trailing slash, nothing negates, and an
//! item that is no valid glob matches nothing, without a word from go. Which items of a list are
//! probably not meant as they stand is said by [`lint`].

mod glob;
mod lint;

use serde::{Deserialize, Serialize};

pub use glob::{BadPattern, path_match};
pub use lint::{ItemReport, NearMiss, Suspicion, corrected_list, lint, near_miss};

/// One item of a pattern list, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Item<'a> {
    /// Its place between the commas, from 0; empty items count.
    pub index: usize,
    /// The text between the commas, untouched.
    pub text: &'a str,
}

/// The item of a list that decided, for explaining a route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MatchedItem {
    /// Its place between the commas, from 0; empty items count.
    pub index: usize,
    /// The text between the commas, untouched.
    pub text: String,
}

impl Item<'_> {
    /// Whether this item matches `target`, a module path, host path or repository root.
    #[must_use]
    pub fn matches(self, target: &str) -> bool {
        let glob = self.text.strip_suffix('/').unwrap_or(self.text);
        if glob.is_empty() {
            return false;
        }
        let slashes = glob.matches('/').count();
        leading_elements(target, slashes + 1)
            .is_some_and(|prefix| path_match(glob.as_bytes(), prefix.as_bytes()) == Ok(true))
    }

    /// The item in a form that outlives the list.
    #[must_use]
    pub fn to_matched(self) -> MatchedItem {
        MatchedItem { index: self.index, text: self.text.to_owned() }
    }
}

/// The items of a list in order, empty ones too.
pub fn items(globs: &str) -> impl Iterator<Item = Item<'_>> {
    globs.split(',').enumerate().map(|(index, text)| Item { index, text })
}

/// Whether a list matches `target` (a module path for GONOPROXY and GONOSUMDB, a module or host
/// path for GOINSECURE, a repository root for the `private` of GOVCS).
#[must_use]
pub fn match_prefix_patterns(globs: &str, target: &str) -> bool {
    matching_item(globs, target).is_some()
}

/// The first item that matches `target`: the one that decides, as go stops there.
#[must_use]
pub fn matching_item<'a>(globs: &'a str, target: &str) -> Option<Item<'a>> {
    items(globs).find(|item| item.matches(target))
}

/// The first `count` elements of `target`, or nothing if it has fewer.
fn leading_elements(target: &str, count: usize) -> Option<&str> {
    let mut slashes = target.match_indices('/').map(|(at, _)| at);
    match slashes.nth(count - 1) {
        Some(end) => target.get(..end),
        None => (target.matches('/').count() + 1 == count).then_some(target),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_match_as_in_go() {
        for (globs, target, expected) in [
            ("*.corp.example.com", "git.corp.example.com/x", true),
            ("*.corp.example.com", "a.b.corp.example.com/x", true),
            ("*.corp.example.com", "corp.example.com/x", false),
            ("rsc.io/private", "rsc.io/private/quux", true),
            ("rsc.io/private", "rsc.io/privateer", false),
            ("github.com/acme/", "github.com/acme/repo", true),
            ("github.com/acme//", "github.com/acme/repo", false),
            ("github.com/acme/*", "github.com/acme/repo/v2", true),
            ("github.com/acme/*", "github.com/acme", false),
            ("github.com/acme*", "github.com/acme-corp/a", true),
            ("github.com/acme/**", "github.com/acme/a/b", true),
            ("github.com/acme/...", "github.com/acme/a", false),
            ("github.com/Acme", "github.com/acme/repo", false),
            ("*", "github.com/a/b", true),
            ("**", "github.com/a/b", true),
            ("*/*", "host.com", false),
            ("https://github.com/acme", "github.com/acme/a", false),
            ("github.com/acme/repo.git", "github.com/acme/repo", false),
            ("a.com, github.com/acme", "github.com/acme/a", false),
            ("a.com,github.com/acme ", "github.com/acme/a", false),
            ("a.com;github.com/acme", "github.com/acme/a", false),
            ("a.com github.com/acme", "github.com/acme/a", false),
            ("a.com|github.com/acme", "github.com/acme/a", false),
            ("git.example.com:8443/*", "git.example.com/x", false),
            ("\"github.com/acme\"", "github.com/acme/a", false),
            ("!github.com/acme/public", "github.com/acme/public", false),
            ("!github.com/acme/public", "github.com/acme/private", false),
            ("{a,b}.com/x", "a.com/x", false),
            ("[a-c]x.com", "bx.com/y", true),
            ("?.com", "a.com/x", true),
            ("github\\.com/acme", "github.com/acme/a", true),
            ("none", "github.com/a/b", false),
            ("off", "github.com/a/b", false),
            ("", "github.com/a/b", false),
            (",,", "github.com/a/b", false),
            ("*.com", "github.com/x/y", true),
            ("github.com/acme\r", "github.com/acme/a", false),
            ("[", "github.com/acme/a", false),
            ("[,github.com/acme", "github.com/acme/a", true),
        ] {
            assert_eq!(match_prefix_patterns(globs, target), expected, "{globs:?} on {target:?}");
        }
    }

    #[test]
    fn the_deciding_item_is_named() {
        let item = matching_item("a.com,,github.com/acme/,github.com", "github.com/acme/x").unwrap();
        assert_eq!((item.index, item.text), (2, "github.com/acme/"));
        assert_eq!(matching_item("none", "github.com/acme/x"), None);
    }

    #[test]
    fn a_pattern_needs_as_many_elements_as_it_has() {
        assert_eq!(leading_elements("a/b/c", 2), Some("a/b"));
        assert_eq!(leading_elements("a/b/c", 3), Some("a/b/c"));
        assert_eq!(leading_elements("a/b/c", 4), None);
        assert_eq!(leading_elements("", 1), Some(""));
    }
}
