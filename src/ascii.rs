//! Regular expressions over foreign text, with the classes of ASCII.
//!
//! The tables of Unicode make most of the time that compiling takes, and for a program that reads one page that is
//! most of its time. The names and numbers in logs are ASCII: `\w`, `\d`, `\s` and `\b` mean no more here, and `.`
//! is a byte. A class that names other characters needs [`Regex::unicode`].

use std::borrow::Cow;
use std::ops::Range;

use regex::bytes;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub struct Regex(bytes::Regex);

/// Where a pattern, or a group of one, matched.
#[derive(Debug, Clone, Copy)]
pub struct Match<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// What the groups of a pattern matched.
#[derive(Debug)]
pub struct Captures<'t> {
    text: &'t str,
    groups: bytes::Captures<'t>,
}

impl Regex {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// When it is none, or has a class that names characters outside of ASCII.
    pub fn new(pattern: &str) -> Result<Self, regex::Error> {
        bytes::RegexBuilder::new(pattern).unicode(false).build().map(Self)
    }

    /// Compiles a pattern with the tables of Unicode.
    ///
    /// # Errors
    /// When it is none.
    pub fn unicode(pattern: &str) -> Result<Self, regex::Error> {
        bytes::Regex::new(pattern).map(Self)
    }

    /// Whether it matches anywhere.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text.as_bytes())
    }

    /// The first match.
    #[must_use]
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.0.find(text.as_bytes()).map(|found| Match::new(text, &found.range()))
    }

    /// All matches, one behind the other.
    pub fn find_iter<'r, 't>(&'r self, text: &'t str) -> impl Iterator<Item = Match<'t>> + use<'r, 't> {
        self.0.find_iter(text.as_bytes()).map(|found| Match::new(text, &found.range()))
    }

    /// The groups of the first match.
    #[must_use]
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.0.captures(text.as_bytes()).map(|groups| Captures { text, groups })
    }

    /// The groups of all matches.
    pub fn captures_iter<'r, 't>(&'r self, text: &'t str) -> impl Iterator<Item = Captures<'t>> + use<'r, 't> {
        self.0.captures_iter(text.as_bytes()).map(|groups| Captures { text, groups })
    }

    /// The names of its groups.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.capture_names().flatten()
    }

    /// The text with each match replaced by what is made of its groups.
    #[must_use]
    pub fn replace_all<'t>(&self, text: &'t str, mut with: impl FnMut(&Captures<'t>) -> String) -> Cow<'t, str> {
        let mut out = String::new();
        let mut at = 0;
        for found in self.captures_iter(text) {
            let Some(whole) = found.get(0) else { continue };
            out.push_str(&text[at..whole.start]);
            out.push_str(&with(&found));
            at = whole.end;
        }
        if at == 0 && out.is_empty() {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[at..]);
        Cow::Owned(out)
    }
}

impl<'t> Match<'t> {
    /// A byte is no character: a match takes in those that it begins or ends within.
    fn new(text: &'t str, range: &Range<usize>) -> Self {
        let start = text.floor_char_boundary(range.start);
        let end = text.ceil_char_boundary(range.end);
        Self { text, start, end }
    }

    /// Where it begins, in bytes.
    #[must_use]
    pub fn start(&self) -> usize {
        self.start
    }

    /// Where it ends, in bytes.
    #[must_use]
    pub fn end(&self) -> usize {
        self.end
    }

    /// What matched.
    #[must_use]
    pub fn as_str(&self) -> &'t str {
        &self.text[self.start..self.end]
    }
}

impl<'t> Captures<'t> {
    /// A group by its number; the whole match is 0.
    #[must_use]
    pub fn get(&self, number: usize) -> Option<Match<'t>> {
        self.groups.get(number).map(|group| Match::new(self.text, &group.range()))
    }

    /// A group by its name.
    #[must_use]
    pub fn name(&self, name: &str) -> Option<Match<'t>> {
        self.groups.name(name).map(|group| Match::new(self.text, &group.range()))
    }

    /// The text of a group; empty where it took no part.
    #[must_use]
    pub fn text(&self, number: usize) -> &'t str {
        self.get(number).map_or("", |group| group.as_str())
    }
}

/// The text of a group by its name; empty where it took no part.
impl std::ops::Index<&str> for Captures<'_> {
    type Output = str;

    fn index(&self, name: &str) -> &str {
        self.name(name).map_or("", |group| group.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_are_whole_characters() {
        let one = Regex::new(r"a(?P<rest>.)").unwrap();
        let found = one.captures("xaé").unwrap();
        assert_eq!((found.text(0), found.text(1), found.name("rest").unwrap().as_str()), ("aé", "é", "é"));
        assert_eq!(one.find("xaéb").unwrap().as_str(), "aé");
        assert_eq!(one.replace_all("aé-aé", |found| found.text(1).to_uppercase()), "É-É");
        assert_eq!(one.replace_all("none", |_| String::new()), "none");
        assert_eq!(Regex::new("b").unwrap().replace_all("b", |_| String::new()), "");
    }

    #[test]
    fn classes_are_those_of_ascii_unless_asked_for() {
        assert!(!Regex::new(r"^\w+$").unwrap().is_match("é"));
        assert!(Regex::new("^[é：]+$").is_err());
        assert!(Regex::unicode("^[é：]+$").unwrap().is_match("é："));
        assert!(Regex::new("致命").unwrap().is_match("a致命b"));
        assert!(Regex::new("(").is_err());
    }
}
