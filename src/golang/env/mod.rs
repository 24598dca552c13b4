//! The effective Go environment with the origin of every value.
//!
//! The go command takes a variable from the first of: the process environment, if it is not empty
//! there; the user's env file, even if it is empty there; `$GOROOT/go.env` (since Go 1.21); its
//! built-in default (`cfg.Getenv`). There is no built-in default of GOPROXY, GOSUMDB and
//! GOTOOLCHAIN: those come from `go.env`.

mod derived;
mod file;
mod known;
mod location;
mod resolve;
mod startup;
mod stored;
mod unknown;
mod value;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::go_version::GoVersion;
use super::platform::Os;

pub use derived::PatternSetting;
pub use file::{EnvFile, FileProblem, Kind as FileKind, Line, LineProblem};
pub use known::{FOREIGN, GO, Known, Source, is_foreign, known};
pub use location::{NoFolder, ProcessEnv, UserFile, default_build_cache, default_gopath, home_variable};
pub use startup::{Scope, StartupProblem};
pub use unknown::{UnknownName, suggestion, unknown_names};
pub use value::Value;

/// What an environment is made of.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The system of the go command.
    pub os: Os,
    /// GOOS of the go command itself, such as `linux` or `freebsd`.
    pub goos: &'a str,
    /// GOARCH of the go command itself, such as `amd64`.
    pub goarch: &'a str,
    /// The process environment in its order; what is not UTF-8 was replaced.
    pub process: &'a [(String, String)],
    /// The GOROOT that the go command uses, if it is known.
    pub goroot: Option<&'a str>,
    /// The user's env file, which lies where [`UserFile::locate`] says.
    pub user_file: Text<'a>,
    /// `$GOROOT/go.env`.
    pub goroot_file: Text<'a>,
    /// The version of the go command, if it is known.
    pub version: Option<&'a GoVersion>,
}

/// What became of reading a file. go takes a file that it cannot read for an absent one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text<'a> {
    /// There is none.
    Absent,
    /// It could not be read.
    Unreadable,
    /// Its text; what is not UTF-8 was replaced.
    Read(&'a str),
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub enum Origin {
    /// The process environment.
    Process,
    /// The user's env file.
    UserFile {
        /// The line, from 1.
        line: usize,
    },
    /// `$GOROOT/go.env`.
    GorootFile {
        /// The line, from 1.
        line: usize,
    },
    /// The go command's own default.
    BuiltIn,
    /// Another variable, whose value this one takes if it has none: GOPRIVATE for GONOPROXY and
    /// GONOSUMDB.
    Variable {
        /// The other variable.
        name: String,
    },
}

/// A value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Where it comes from.
    pub origin: Origin,
    /// The value.
    pub value: Value,
}

/// A variable with its effective value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "stored::Variable")]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// The value that go works with; it is what `go env` prints.
    pub value: Value,
    /// Where the value comes from.
    pub origin: Origin,
    /// What is set elsewhere and has no effect, strongest first. A setting that go refuses, or that
    /// is empty where a default exists, is here as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shadowed: Vec<Setting>,
    /// Whether the process environment holds the name with an empty value, which to go is unset.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub empty_in_process: bool,
}

/// What became of one of the two files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// Whether it was there and could be read.
    pub state: FileState,
    /// Lines that do not do what their author probably thinks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<FileProblem>,
}

/// Whether a file was there and could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileState {
    /// There is none.
    Absent,
    /// It could not be read, and go ignores it without a word.
    Unreadable,
    /// It was read.
    Read,
}

/// The environment that a go command works with, and the environment of the git that it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Environment {
    /// The system of the go command.
    pub os: Os,
    /// The version of the go command, if it is known.
    pub version: Option<GoVersion>,
    /// Where the user's env file lies.
    pub user_file: UserFile,
    /// What became of the user's env file.
    pub user_file_report: FileReport,
    /// What became of `$GOROOT/go.env`.
    pub goroot_file_report: FileReport,
    /// The variables that decide about modules, by name. Those of git and HTTP are here only if
    /// they are set.
    pub variables: Vec<Variable>,
    /// Names in the process environment that go ignores and somebody probably took for its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<UnknownName>,
    /// What stops commands before they look at a module, in the order of go's checks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub startup_problems: Vec<StartupProblem>,
}

impl Environment {
    /// Works out every value as the go command does.
    #[must_use]
    pub fn resolve(inputs: &Inputs<'_>) -> Self {
        resolve::resolve(inputs)
    }

    /// A variable, if it decides about modules and, being one of git's or HTTP's, is set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// The effective value of a variable, empty if it has none. It may hold a secret.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.get(name).map_or("", |variable| variable.value.as_str())
    }

    /// Where the effective value comes from.
    #[must_use]
    pub fn origin(&self, name: &str) -> &Origin {
        self.get(name).map_or(&Origin::BuiltIn, |variable| &variable.origin)
    }
}

#[cfg(test)]
mod tests;
