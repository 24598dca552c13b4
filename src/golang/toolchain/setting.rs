//! The value of GOTOOLCHAIN.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::golang::go_version::GoVersion;
use crate::golang::quote::quote;

/// A GOTOOLCHAIN value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gotoolchain {
    /// The least that runs.
    pub minimum: Minimum,
    /// Whether go.mod and go.work may ask for more.
    pub mode: Mode,
}

/// The toolchain that runs if no file asks for more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Minimum {
    /// The running command.
    Local,
    /// A toolchain by name.
    Named {
        /// Such as `go1.22.3`.
        name: String,
        /// Its version.
        version: GoVersion,
    },
}

/// Whether go.mod and go.work may ask for a newer toolchain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// No: `local` or a name alone.
    Exact,
    /// `auto`: it may be downloaded.
    Auto,
    /// `path`: it must lie in PATH.
    Path,
}

/// What stops every command because of the toolchain. Displayed in Go's own words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Error)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ToolchainProblem {
    /// No name of a toolchain.
    #[error("go: invalid GOTOOLCHAIN {}", quote(gotoolchain))]
    Invalid {
        /// The value.
        gotoolchain: String,
    },
    /// Something else than `auto` and `path` after the plus sign.
    #[error("go: invalid GOTOOLCHAIN {}: only version suffixes are +auto and +path", quote(gotoolchain))]
    InvalidSuffix {
        /// The value.
        gotoolchain: String,
    },
    /// No name of a toolchain before the plus sign.
    #[error("go: invalid GOTOOLCHAIN {}: invalid minimum toolchain {}", quote(gotoolchain), quote(minimum))]
    InvalidMinimum {
        /// The value.
        gotoolchain: String,
        /// What stands before the plus sign.
        minimum: String,
    },
    /// A `toolchain` line that names none.
    #[error("go: invalid toolchain {} in {file}", quote(toolchain))]
    InvalidLine {
        /// What the line names.
        toolchain: String,
        /// The file.
        file: String,
    },
}

impl Gotoolchain {
    /// Parses a value; nothing if it is empty, which is like `local` but never an error.
    ///
    /// # Errors
    /// A value that go does not understand.
    pub fn parse(text: &str) -> Result<Option<Self>, ToolchainProblem> {
        match text {
            "" => return Ok(None),
            "auto" => return Ok(Some(Self { minimum: Minimum::Local, mode: Mode::Auto })),
            "path" => return Ok(Some(Self { minimum: Minimum::Local, mode: Mode::Path })),
            _ => {}
        }
        let gotoolchain = || text.to_owned();
        let (name, suffix) = match text.split_once('+') {
            Some((name, suffix)) => (name, Some(suffix)),
            None => (text, None),
        };
        let minimum = match (name, GoVersion::of_toolchain(name), suffix) {
            ("local", ..) => Minimum::Local,
            (_, Some(version), _) => Minimum::Named { name: name.to_owned(), version },
            (_, None, Some(_)) => {
                return Err(ToolchainProblem::InvalidMinimum { gotoolchain: gotoolchain(), minimum: name.to_owned() });
            }
            (_, None, None) => return Err(ToolchainProblem::Invalid { gotoolchain: gotoolchain() }),
        };
        let mode = match suffix {
            None => Mode::Exact,
            Some("auto") => Mode::Auto,
            Some("path") => Mode::Path,
            Some(_) => return Err(ToolchainProblem::InvalidSuffix { gotoolchain: gotoolchain() }),
        };
        Ok(Some(Self { minimum, mode }))
    }
}
