//! Which toolchain the go command selects.
//!
//! Since Go 1.21 a go command may hand over to another release before it does anything
//! (`toolchain.Select`): GOTOOLCHAIN and the `go` and `toolchain` lines of go.work or go.mod decide.
//! A switch looks in PATH first and then, unless only PATH is allowed, downloads the module
//! `golang.org/toolchain`.

mod setting;

use serde::{Deserialize, Serialize};

use super::go_version::GoVersion;
pub use setting::{Gotoolchain, Minimum, Mode, ToolchainProblem};

/// The module that toolchains are downloaded as.
pub const MODULE_PATH: &str = "golang.org/toolchain";

/// What decides.
#[derive(Debug, Clone)]
pub struct Situation<'a> {
    /// The name that the go command on PATH gives itself (`go1.26.8`, without experiments).
    pub running: &'a str,
    /// GOOS and GOARCH of the go command itself.
    pub platform: (&'a str, &'a str),
    /// The effective GOTOOLCHAIN; empty where neither the environment nor a file sets it.
    pub gotoolchain: &'a str,
    /// Whether GO111MODULE=off: nothing is selected then.
    pub modules_off: bool,
    /// go.work, or where none is in use the main go.mod.
    pub file: Option<FileLines<'a>>,
}

/// What go.work or go.mod asks for.
#[derive(Debug, Clone, Copy)]
pub struct FileLines<'a> {
    /// The file's name, for messages.
    pub name: &'a str,
    /// The version of its `go` line.
    pub go: Option<&'a str>,
    /// The name of its `toolchain` line.
    pub toolchain: Option<&'a str>,
}

/// Why a toolchain was selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The running command is older than Go 1.21 and knows no selection.
    TooOldToSelect,
    /// GO111MODULE=off.
    ModulesOff,
    /// GOTOOLCHAIN is set nowhere: the running command stays.
    Unset,
    /// Nothing asks for more than the running command.
    Local,
    /// GOTOOLCHAIN names it.
    Gotoolchain,
    /// The file says `toolchain default`.
    ToolchainDefault,
    /// The `toolchain` line.
    ToolchainLine,
    /// The `go` line.
    GoLine,
}

/// Where another toolchain comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub enum Switch {
    /// The running command is the one.
    None,
    /// An executable of that name in PATH, or nothing: `cannot find "go1.x" in PATH`.
    PathOnly,
    /// An executable of that name in PATH, else this version of [`MODULE_PATH`].
    PathOrDownload {
        /// The module version, such as `v0.0.1-go1.23.0.linux-amd64`.
        version: String,
    },
}

/// The toolchain that runs the command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// Its name, such as `go1.23.0`.
    pub toolchain: String,
    /// Its version; nothing for a running development build.
    pub version: Option<GoVersion>,
    /// Why.
    pub reason: Reason,
    /// Where it comes from.
    pub switch: Switch,
    /// The version of the `go` line where the selected toolchain is too old for it: each command
    /// that loads modules then stops.
    pub too_old_for: Option<GoVersion>,
    /// Whether the name is that of a language version (`go1.23`), of which there is no toolchain.
    pub is_language_version: bool,
}

/// Selects as a go command does at its start, without the toolchains that `go get`, `go mod tidy`
/// and `go install P@V` may switch to later.
///
/// # Errors
/// What stops every command: a GOTOOLCHAIN or `toolchain` line that go does not understand.
pub fn select(situation: &Situation<'_>) -> Result<Selection, ToolchainProblem> {
    let running = GoVersion::of_toolchain(situation.running);
    let stay = |reason| finish(situation, situation.running.to_owned(), running.clone(), reason, None);
    if running.as_ref().is_some_and(|version| !version.is_at_least(21)) {
        return Ok(stay(Reason::TooOldToSelect));
    }
    if situation.modules_off {
        return Ok(stay(Reason::ModulesOff));
    }
    let Some(setting) = Gotoolchain::parse(situation.gotoolchain)? else {
        return Ok(stay(Reason::Unset));
    };
    let (mut name, mut version, mut reason) = match &setting.minimum {
        Minimum::Local => (situation.running.to_owned(), running.clone(), Reason::Local),
        Minimum::Named { name, version } => (name.clone(), Some(version.clone()), Reason::Gotoolchain),
    };
    // A development build bears no release's name; it counts as newer than all of them.
    if setting.mode != Mode::Exact
        && version.is_some()
        && let Some(file) = &situation.file
    {
        if file.toolchain == Some("default") {
            reason = Reason::ToolchainDefault;
        } else {
            if let Some(line) = file.toolchain.filter(|line| !line.is_empty()) {
                let Some(wanted) = GoVersion::of_toolchain(line) else {
                    return Err(ToolchainProblem::InvalidLine { toolchain: line.into(), file: file.name.into() });
                };
                if Some(&wanted) > version.as_ref() {
                    (name, version, reason) = (line.to_owned(), Some(wanted), Reason::ToolchainLine);
                }
            }
            if let Some(wanted) = file.go.and_then(GoVersion::parse).filter(|wanted| Some(wanted) > version.as_ref()) {
                name = format!("go{}", wanted.first_release());
                (version, reason) = (Some(wanted.first_release()), Reason::GoLine);
            }
        }
    }
    if name != situation.running && !name.starts_with("go1") && !name.contains("-go1") {
        return Err(ToolchainProblem::Invalid { gotoolchain: name });
    }
    Ok(finish(situation, name, version, reason, Some(setting.mode)))
}

fn finish(
    situation: &Situation<'_>,
    toolchain: String,
    version: Option<GoVersion>,
    reason: Reason,
    mode: Option<Mode>,
) -> Selection {
    let switch = if toolchain == situation.running {
        Switch::None
    } else if mode == Some(Mode::Path) {
        Switch::PathOnly
    } else {
        Switch::PathOrDownload { version: module_version(&toolchain, situation.platform) }
    };
    let too_old_for = situation
        .file
        .and_then(|file| file.go)
        .and_then(GoVersion::parse)
        .filter(|wanted| version.as_ref().is_some_and(|version| wanted > version))
        .filter(|_| !matches!(reason, Reason::TooOldToSelect | Reason::ModulesOff));
    let is_language_version = version.as_ref().is_some_and(|version| version.is_lang() && version.is_at_least(21));
    Selection { toolchain, version, reason, switch, too_old_for, is_language_version }
}

/// The version of [`MODULE_PATH`] that holds a toolchain for a platform (GOOS, GOARCH).
#[must_use]
pub fn module_version(toolchain: &str, (os, arch): (&str, &str)) -> String {
    format!("v0.0.1-{toolchain}.{os}-{arch}")
}

#[cfg(test)]
mod tests;
