//! GOVCS.
//!
//! Which version control systems may be run for which repository (`vcs.parseGOVCS` and `checkGOVCS`
//! of the go command, unchanged from Go 1.21 to 1.27). The rules of GOVCS come first, then
//! `private:all,public:git|hg`.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::pattern::match_prefix_patterns;
use super::quote::quote;

/// The rules of a GOVCS value, without the defaults that follow them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Govcs {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    pattern: String,
    allowed: Vec<String>,
    written: String,
}

/// What is wrong with a GOVCS value: go then runs no version control system at all. Displayed in
/// Go's own words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum GovcsProblem {
    /// Nothing between two commas.
    #[error("empty entry in GOVCS")]
    EmptyEntry,
    /// An entry without a colon.
    #[error("malformed entry in GOVCS (missing colon): {}", quote(entry))]
    MissingColon {
        /// The entry.
        entry: String,
    },
    /// Nothing before the colon.
    #[error("empty pattern in GOVCS: {}", quote(entry))]
    EmptyPattern {
        /// The entry.
        entry: String,
    },
    /// Nothing after the colon.
    #[error("empty VCS list in GOVCS: {}", quote(entry))]
    EmptyList {
        /// The entry.
        entry: String,
    },
    /// A pattern such as `./x`.
    #[error("relative pattern not allowed in GOVCS: {}", quote(pattern))]
    RelativePattern {
        /// The pattern.
        pattern: String,
    },
    /// The same pattern a second time.
    #[error("unreachable pattern in GOVCS: {} after {}", quote(entry), quote(earlier))]
    Unreachable {
        /// The second entry.
        entry: String,
        /// The first entry.
        earlier: String,
    },
    /// Nothing between two bars.
    #[error("empty VCS name in GOVCS: {}", quote(entry))]
    EmptyName {
        /// The entry.
        entry: String,
    },
}

/// Whether a version control system may be run, and what decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whether go runs it.
    pub allowed: bool,
    /// The entry of GOVCS that decided; nothing for the defaults.
    pub rule: Option<String>,
}

impl Govcs {
    /// Parses a GOVCS value.
    ///
    /// # Errors
    /// The first thing that go objects to.
    pub fn parse(text: &str) -> Result<Self, GovcsProblem> {
        let text = text.trim();
        let mut rules: Vec<Rule> = Vec::new();
        let mut seen: HashMap<&str, &str> = HashMap::new();
        if text.is_empty() {
            return Ok(Self { rules });
        }
        for entry in text.split(',').map(str::trim) {
            let written = || entry.to_owned();
            if entry.is_empty() {
                return Err(GovcsProblem::EmptyEntry);
            }
            let Some((pattern, list)) = entry.split_once(':') else {
                return Err(GovcsProblem::MissingColon { entry: written() });
            };
            let (pattern, list) = (pattern.trim(), list.trim());
            if pattern.is_empty() {
                return Err(GovcsProblem::EmptyPattern { entry: written() });
            }
            if list.is_empty() {
                return Err(GovcsProblem::EmptyList { entry: written() });
            }
            if matches!(pattern, "." | "..") || pattern.starts_with("./") || pattern.starts_with("../") {
                return Err(GovcsProblem::RelativePattern { pattern: pattern.to_owned() });
            }
            if let Some(earlier) = seen.insert(pattern, entry) {
                return Err(GovcsProblem::Unreachable { entry: written(), earlier: earlier.to_owned() });
            }
            let allowed: Vec<String> = list.split('|').map(|name| name.trim().to_owned()).collect();
            if allowed.iter().any(String::is_empty) {
                return Err(GovcsProblem::EmptyName { entry: written() });
            }
            rules.push(Rule { pattern: pattern.to_owned(), allowed, written: written() });
        }
        Ok(Self { rules })
    }

    /// Whether go runs `vcs` (`git`, `hg`, `svn`, `fossil`, `bzr`) for the repository that is rooted
    /// at the import path `root`. It is private if GOPRIVATE matches the root.
    #[must_use]
    pub fn decide(&self, vcs: &str, root: &str, private: bool) -> Decision {
        let rule = self.rules.iter().find(|rule| match rule.pattern.as_str() {
            "private" => private,
            "public" => !private,
            pattern => match_prefix_patterns(pattern, root),
        });
        match rule {
            Some(rule) => Decision {
                allowed: rule.allowed.iter().any(|name| name == vcs || name == "all"),
                rule: Some(rule.written.clone()),
            },
            None => Decision { allowed: private || matches!(vcs, "git" | "hg"), rule: None },
        }
    }

    /// Whether go runs `vcs` for that repository.
    #[must_use]
    pub fn allowed(&self, vcs: &str, root: &str, private: bool) -> bool {
        self.decide(vcs, root, private).allowed
    }
}

/// Go's message where a version control system is denied.
#[must_use]
pub fn denial(vcs: &str, root: &str, private: bool) -> String {
    let what = if private { "private" } else { "public" };
    format!("GOVCS disallows using {vcs} for {what} {root}; see 'go help vcs'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_values_fail_in_gos_words() {
        for (text, words) in [
            ("public:git,", "empty entry in GOVCS"),
            ("public", r#"malformed entry in GOVCS (missing colon): "public""#),
            (":git", r#"empty pattern in GOVCS: ":git""#),
            ("public: ", r#"empty VCS list in GOVCS: "public:""#),
            ("./x:git", r#"relative pattern not allowed in GOVCS: "./x""#),
            ("public:git,public:hg", r#"unreachable pattern in GOVCS: "public:hg" after "public:git""#),
            ("public:git||hg", r#"empty VCS name in GOVCS: "public:git||hg""#),
        ] {
            assert_eq!(Govcs::parse(text).unwrap_err().to_string(), words, "{text:?}");
        }
    }

    #[test]
    fn the_first_rule_that_matches_decides() {
        for (text, vcs, root, private, allowed) in [
            ("", "git", "github.com/a/b", false, true),
            ("", "hg", "example.com/r", false, true),
            ("", "svn", "example.com/r", false, false),
            ("", "bzr", "example.com/r", false, false),
            ("", "svn", "corp.example.com/r", true, true),
            ("public:git", "hg", "example.com/r", false, false),
            ("*:off", "git", "example.com/r", false, false),
            ("*:all", "svn", "example.com/r", false, true),
            ("private:git", "hg", "corp.example.com/r", true, false),
            ("github.com:git,evil.com:off,*:git|hg", "git", "evil.com/r", false, false),
            (" github.com : git | svn , public:off ", "svn", "github.com/a/b", false, true),
            ("github.com/acme:off", "git", "github.com/other/x", false, true),
        ] {
            let govcs = Govcs::parse(text).unwrap();
            assert_eq!(govcs.allowed(vcs, root, private), allowed, "{text:?} {vcs} {root}");
        }
    }

    #[test]
    fn the_deciding_rule_is_named() {
        let govcs = Govcs::parse("evil.com:off,public:git").unwrap();
        assert_eq!(govcs.decide("git", "evil.com/x", false).rule.as_deref(), Some("evil.com:off"));
        assert_eq!(govcs.decide("git", "corp.com/x", true).rule, None);
        assert_eq!(
            denial("svn", "example.com/r", false),
            "GOVCS disallows using svn for public example.com/r; see 'go help vcs'"
        );
    }
}
