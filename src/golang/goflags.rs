//! GOFLAGS.
//!
//! Split and judged as `base.InitGOFLAGS` and `base.SetFromGOFLAGS` of the go command do (Go 1.21
//! to 1.27): each word must be one flag that some subcommand knows. Flags that the subcommand at
//! hand lacks are ignored. `go env` and `go bug` ignore all that is wrong here.

mod known;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::go_version::GoVersion;
use super::quote::quote;

pub use known::{is_boolean, since};

/// A flag of GOFLAGS.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Flag {
    /// Its name without dashes.
    pub name: String,
    /// What follows the first equals sign.
    pub value: Option<String>,
    /// The word, without the quotes around it.
    pub word: String,
}

/// What stops a command because of GOFLAGS. Displayed in Go's own words (on Windows go writes
/// `%GOFLAGS%` in some).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum GoflagsProblem {
    /// A quote is never closed.
    #[error("go: parsing $GOFLAGS: unterminated {quote} string")]
    Unterminated {
        /// The quote.
        quote: char,
    },
    /// A word without a dash: mostly a value that was written after a space, as in `-mod mod`.
    #[error("go: parsing $GOFLAGS: non-flag {}", quote(word))]
    NonFlag {
        /// The word.
        word: String,
    },
    /// No subcommand of this Go version knows the flag.
    #[error("go: parsing $GOFLAGS: unknown flag -{name}")]
    UnknownFlag {
        /// The flag without dashes.
        name: String,
        /// The Go version (1.N) that brought it, if a later one did.
        since: Option<u32>,
    },
    /// The flag needs `=value`.
    #[error("go: flag needs an argument: -{name} (from $GOFLAGS)")]
    MissingValue {
        /// The flag without dashes.
        name: String,
    },
    /// The flag takes a truth value, and this is none.
    #[error("go: invalid boolean value {} for flag -{name} (from $GOFLAGS): parse error", quote(value))]
    BadBoolean {
        /// The flag without dashes.
        name: String,
        /// What was given.
        value: String,
    },
    /// `-mod` with another value than mod, readonly and vendor.
    #[error("-mod={value} not supported (can be '', 'mod', 'readonly', or 'vendor')")]
    BadMod {
        /// What was given.
        value: String,
    },
    /// `-modfile` with a name that does not end in `.mod`.
    #[error("go: -modfile={value}: file does not have .mod extension")]
    BadModfile {
        /// What was given.
        value: String,
    },
    /// `-insecure`, which stops `go get` since Go 1.17.
    #[error("go: -insecure flag is no longer supported; use GOINSECURE instead")]
    Insecure,
}

/// The words of GOFLAGS. White space separates; quotes may surround a whole word, and nothing can
/// be escaped in them.
///
/// # Errors
/// A quote at the beginning of a word that is never closed.
pub fn split(text: &str) -> Result<Vec<&str>, GoflagsProblem> {
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    let mut words = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while let Some(first) = rest.chars().next() {
        if matches!(first, '"' | '\'') {
            let inside = rest.get(1..).unwrap_or_default();
            let Some((word, after)) = inside.split_once(first) else {
                return Err(GoflagsProblem::Unterminated { quote: first });
            };
            words.push(word);
            rest = after;
        } else {
            let (word, after) = rest.split_at(rest.find(is_space).unwrap_or(rest.len()));
            words.push(word);
            rest = after;
        }
        rest = rest.trim_start_matches(is_space);
    }
    Ok(words)
}

/// The flags of GOFLAGS, as each command reads them at its start. Without a Go version every flag
/// that some version from 1.21 to 1.27 knows is accepted.
///
/// # Errors
/// The first thing that stops every command but `go env` and `go bug`.
pub fn parse(text: &str, version: Option<&GoVersion>) -> Result<Vec<Flag>, GoflagsProblem> {
    split(text)?.into_iter().map(|word| parse_word(word, version)).collect()
}

fn parse_word(word: &str, version: Option<&GoVersion>) -> Result<Flag, GoflagsProblem> {
    let stripped = word.strip_prefix("--").or_else(|| word.strip_prefix('-'));
    let Some(flag) = stripped.filter(|flag| !flag.is_empty() && !flag.starts_with(['-', '='])) else {
        return Err(GoflagsProblem::NonFlag { word: word.to_owned() });
    };
    let (name, value) = match flag.split_once('=') {
        Some((name, value)) => (name, Some(value.to_owned())),
        None => (flag, None),
    };
    let minor = since(name);
    if minor.is_none_or(|minor| version.is_some_and(|version| !version.is_at_least(minor))) {
        let since = minor.filter(|minor| *minor > 0);
        return Err(GoflagsProblem::UnknownFlag { name: name.to_owned(), since });
    }
    Ok(Flag { name: name.to_owned(), value, word: word.to_owned() })
}

/// What stops the commands that know the flag: a missing or wrong value. The flags are those that
/// commands of modules and packages share.
#[must_use]
pub fn problems(flags: &[Flag]) -> Vec<GoflagsProblem> {
    flags.iter().filter_map(problem).collect()
}

fn problem(flag: &Flag) -> Option<GoflagsProblem> {
    let name = || flag.name.clone();
    if is_boolean(&flag.name) {
        return match &flag.value {
            Some(value) if !is_truth_value(value) => {
                Some(GoflagsProblem::BadBoolean { name: name(), value: value.clone() })
            }
            _ if flag.name == "insecure" => Some(GoflagsProblem::Insecure),
            _ => None,
        };
    }
    let takes_a_value = matches!(
        flag.name.as_str(),
        "mod" | "modfile" | "overlay" | "tags" | "p" | "compat" | "ldflags" | "gcflags" | "asmflags" | "pkgdir"
    );
    match (flag.name.as_str(), &flag.value) {
        (_, None) if takes_a_value => Some(GoflagsProblem::MissingValue { name: name() }),
        ("mod", Some(value)) if !matches!(value.as_str(), "" | "mod" | "readonly" | "vendor") => {
            Some(GoflagsProblem::BadMod { value: value.clone() })
        }
        ("modfile", Some(value)) if !value.is_empty() && !value.ends_with(".mod") => {
            Some(GoflagsProblem::BadModfile { value: value.clone() })
        }
        _ => None,
    }
}

/// `strconv.ParseBool`.
fn is_truth_value(text: &str) -> bool {
    matches!(text, "1" | "t" | "T" | "TRUE" | "true" | "True" | "0" | "f" | "F" | "FALSE" | "false" | "False")
}

/// The value of a flag; of several the last one counts.
#[must_use]
pub fn value<'a>(flags: &'a [Flag], name: &str) -> Option<&'a str> {
    flags.iter().rev().find(|flag| flag.name == name).map(|flag| flag.value.as_deref().unwrap_or("true"))
}

/// The value of GOFLAGS without the flag `name`. `None` where a word would have to be quoted anew.
#[must_use]
pub fn without(goflags: &str, name: &str) -> Option<String> {
    let words = split(goflags).ok()?;
    let named = |word: &&str| word.trim_start_matches('-').split('=').next() == Some(name);
    let kept: Vec<&str> = words.into_iter().filter(|word| !named(word)).collect();
    kept.iter()
        .all(|word| !word.contains(|c: char| c.is_whitespace() || matches!(c, '\'' | '"')))
        .then(|| kept.join(" "))
}

#[cfg(test)]
mod tests {
    use super::GoflagsProblem as P;
    use super::*;

    #[test]
    fn a_flag_is_taken_out() {
        for (text, rest) in [
            ("-modfile=a.mod", Some("")),
            ("-mod=mod --modfile=a.mod -v", Some("-mod=mod -v")),
            ("-modfile=a.mod -ldflags=-s", Some("-ldflags=-s")),
            ("-modfile=a.mod '-ldflags=-s -w'", None),
            ("'", None),
        ] {
            assert_eq!(without(text, "modfile").as_deref(), rest, "{text}");
        }
    }

    #[test]
    fn words_split_as_in_go() {
        for (text, words) in [
            ("", vec![]),
            (" \t", vec![]),
            ("-mod=mod -v", vec!["-mod=mod", "-v"]),
            ("'-ldflags=-s -w' \"-tags=a b\"", vec!["-ldflags=-s -w", "-tags=a b"]),
            ("-ldflags='-s -w'", vec!["-ldflags='-s", "-w'"]),
            ("'-a'-v", vec!["-a", "-v"]),
            ("-mod=mod\r\n", vec!["-mod=mod"]),
            ("''", vec![""]),
        ] {
            assert_eq!(split(text).unwrap(), words, "{text:?}");
        }
        assert_eq!(split("-v 'x"), Err(P::Unterminated { quote: '\'' }));
    }

    #[test]
    fn what_is_no_known_flag_stops_every_command() {
        for (text, words) in [
            ("-mod mod", r#"go: parsing $GOFLAGS: non-flag "mod""#),
            ("-", r#"go: parsing $GOFLAGS: non-flag "-""#),
            ("--", r#"go: parsing $GOFLAGS: non-flag "--""#),
            ("---mod", r#"go: parsing $GOFLAGS: non-flag "---mod""#),
            ("-=x", r#"go: parsing $GOFLAGS: non-flag "-=x""#),
            ("--=x", r#"go: parsing $GOFLAGS: non-flag "--=x""#),
            ("''", r#"go: parsing $GOFLAGS: non-flag """#),
            ("-nosuch=1", "go: parsing $GOFLAGS: unknown flag -nosuch"),
            ("\"-v", "go: parsing $GOFLAGS: unterminated \" string"),
        ] {
            assert_eq!(parse(text, None).unwrap_err().to_string(), words, "{text:?}");
        }
    }

    #[test]
    fn flags_are_known_since_a_version() {
        let version = |text| GoVersion::parse(text).unwrap();
        assert_eq!(
            parse("-changed", Some(&version("1.22.10"))),
            Err(P::UnknownFlag { name: "changed".into(), since: Some(23) })
        );
        assert!(parse("-changed", Some(&version("1.23.0"))).is_ok());
        assert!(parse("-mod=mod", Some(&version("1.21.0"))).is_ok());
    }

    #[test]
    fn values_are_judged() {
        for (text, words) in [
            ("-mod", "go: flag needs an argument: -mod (from $GOFLAGS)"),
            ("-mod=vendr", "-mod=vendr not supported (can be '', 'mod', 'readonly', or 'vendor')"),
            ("--modfile=go.alt", "go: -modfile=go.alt: file does not have .mod extension"),
            ("-insecure", "go: -insecure flag is no longer supported; use GOINSECURE instead"),
            ("-modcacherw=yes", r#"go: invalid boolean value "yes" for flag -modcacherw (from $GOFLAGS): parse error"#),
        ] {
            let found = problems(&parse(text, None).unwrap());
            assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), [words], "{text:?}");
        }
        for text in ["-mod=mod", "-mod=", "-modcacherw", "-modcacherw=false", "-modfile=go.alt.mod", "-tags=x"] {
            assert_eq!(problems(&parse(text, None).unwrap()), [], "{text:?}");
        }
    }

    #[test]
    fn the_last_value_counts() {
        let flags = parse("-mod=mod --mod=readonly -modcacherw", None).unwrap();
        assert_eq!(value(&flags, "mod"), Some("readonly"));
        assert_eq!(value(&flags, "modcacherw"), Some("true"));
        assert_eq!(value(&flags, "tags"), None);
    }
}
