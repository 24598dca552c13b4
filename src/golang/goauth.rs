//! GOAUTH.
//!
//! Where the go command takes credentials for https requests from, since Go 1.24
//! (`auth.runGoAuth`). Older versions know only netrc.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::file_path::is_abs;
use super::goflags;
use super::platform::Os;
use crate::foreign::redact;

/// One way to get credentials.
#[derive(Clone, PartialEq, Eq)]
pub enum Method {
    /// `off`: none at all.
    Off,
    /// `netrc`: the netrc file.
    Netrc,
    /// `git DIR`: `git credential fill` in that folder.
    Git {
        /// The folder, absolute.
        dir: String,
    },
    /// A command line of the user's own.
    Command {
        /// Its words; nothing where a quote is never closed: go then skips it without a word.
        words: Option<Vec<String>>,
    },
}

/// What is wrong with GOAUTH. go stops at its first https request, in these words. The values in it
/// hold no secret that we know of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum GoauthProblem {
    /// Nothing between two semicolons.
    #[error("go: GOAUTH encountered an empty command (GOAUTH={goauth})")]
    EmptyCommand {
        /// The whole value.
        goauth: String,
    },
    /// `off` beside something else.
    #[error("go: GOAUTH=off cannot be combined with other authentication commands (GOAUTH={goauth})")]
    OffCombined {
        /// The whole value.
        goauth: String,
    },
    /// `git` without a folder, or with more than one word after it.
    #[error("go: GOAUTH=git dir method requires an absolute path to the git working directory")]
    GitWithoutDir,
    /// `git` with a relative folder.
    #[error("go: GOAUTH=git dir method requires an absolute path to the git working directory, dir is not absolute")]
    GitDirRelative {
        /// The folder.
        dir: String,
    },
}

impl fmt::Debug for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => f.write_str("Off"),
            Self::Netrc => f.write_str("Netrc"),
            Self::Git { dir } => write!(f, "Git({dir:?})"),
            // Its arguments may hold a token.
            Self::Command { words } => {
                write!(f, "Command({:?}, …)", words.as_ref().and_then(|words| words.first()))
            }
        }
    }
}

/// The methods of a GOAUTH value in the order in which their credentials win. An empty value is the
/// default, `netrc`.
///
/// # Errors
/// What stops go. It reads the list from its end, so of two mistakes the last is reported. That a
/// folder of `git` exists is not judged here.
pub fn parse(goauth: &str, os: Os) -> Result<Vec<Method>, GoauthProblem> {
    if goauth.is_empty() {
        return Ok(vec![Method::Netrc]);
    }
    let commands: Vec<&str> = goauth.split(';').map(str::trim).collect();
    let shown = || redact(goauth).into_owned();
    let mut methods = Vec::with_capacity(commands.len());
    for command in commands.iter().rev() {
        let words: Vec<&str> = command.split_whitespace().collect();
        methods.push(match words.as_slice() {
            [] => return Err(GoauthProblem::EmptyCommand { goauth: shown() }),
            ["off", ..] if commands.len() > 1 => return Err(GoauthProblem::OffCombined { goauth: shown() }),
            ["off", ..] => Method::Off,
            ["netrc", ..] => Method::Netrc,
            ["git", dir] if is_abs(os, dir) => Method::Git { dir: (*dir).to_owned() },
            ["git", dir] => return Err(GoauthProblem::GitDirRelative { dir: redact(dir).into_owned() }),
            ["git", ..] => return Err(GoauthProblem::GitWithoutDir),
            _ => Method::Command {
                words: goflags::split(command).ok().map(|words| words.into_iter().map(str::to_owned).collect()),
            },
        });
    }
    methods.reverse();
    Ok(methods)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_read_in_order() {
        for (text, expected) in [
            ("", vec![Method::Netrc]),
            ("off", vec![Method::Off]),
            ("netrc", vec![Method::Netrc]),
            (" netrc ; git /home/u/x ", vec![Method::Netrc, Method::Git { dir: "/home/u/x".into() }]),
            (
                "helper --host 'a b'",
                vec![Method::Command { words: Some(vec!["helper".into(), "--host".into(), "a b".into()]) }],
            ),
            ("helper 'a", vec![Method::Command { words: None }]),
        ] {
            assert_eq!(parse(text, Os::Linux).unwrap(), expected, "{text:?}");
        }
    }

    #[test]
    fn malformed_values_fail_in_gos_words() {
        for (text, words) in [
            ("netrc;", "go: GOAUTH encountered an empty command (GOAUTH=netrc;)"),
            (" ", "go: GOAUTH encountered an empty command (GOAUTH= )"),
            ("off;netrc", "go: GOAUTH=off cannot be combined with other authentication commands (GOAUTH=off;netrc)"),
            ("git", "go: GOAUTH=git dir method requires an absolute path to the git working directory"),
            ("git /a b", "go: GOAUTH=git dir method requires an absolute path to the git working directory"),
            (
                "git rel",
                "go: GOAUTH=git dir method requires an absolute path to the git working directory, dir is not absolute",
            ),
        ] {
            assert_eq!(parse(text, Os::Linux).unwrap_err().to_string(), words, "{text:?}");
        }
        assert!(parse("git C:\\x", Os::Windows).is_ok());
    }

    #[test]
    fn arguments_are_not_shown() {
        let methods = parse("helper --token=S3cr3t", Os::Linux).unwrap();
        assert!(!format!("{methods:?}").contains("S3cr3t"));
        let error = parse("helper --token=S3cr3t;", Os::Linux).unwrap_err();
        assert!(!error.to_string().contains("S3cr3t"), "{error}");
    }
}
