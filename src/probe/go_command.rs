//! The go command on PATH, asked for nothing but its own place and version.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::golang::go_version::GoVersion;
use crate::process::{Command, End, StartFailure};

/// A go command.
#[derive(Debug, Clone)]
pub struct GoCommand {
    /// Where it lies, as PATH or `--go` names it.
    pub path: PathBuf,
    /// Its release, such as `go1.26.8`.
    pub version: String,
    /// Its GOROOT.
    pub goroot: String,
    /// GOOS of the command itself.
    pub goos: String,
    /// GOARCH of the command itself.
    pub goarch: String,
}

impl GoCommand {
    /// Its version, where it is a release.
    #[must_use]
    pub fn release(&self) -> Option<GoVersion> {
        GoVersion::of_toolchain(&self.version)
    }
}

/// Why there is no go command to ask.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoGo {
    /// None is on PATH.
    #[error("no go command on PATH")]
    NotFound,
    /// There is one, and it does not run.
    #[error("{path} does not run: {how}")]
    Broken {
        /// Where it lies.
        path: String,
        /// What came of running it.
        how: String,
    },
}

/// Asks the go command named `program`, or the first `go` on PATH. It runs with GOTOOLCHAIN=local in
/// `folder`, an empty one: in a repository `go env` itself may fetch a toolchain.
///
/// # Errors
/// Where there is none, or it does not say what it is.
pub async fn find(program: Option<&Path>, process: &[(String, String)], folder: &Path) -> Result<GoCommand, NoGo> {
    let path = match program {
        Some(program) => program.to_owned(),
        None => on_path("go", process).ok_or(NoGo::NotFound)?,
    };
    let output = Command::new(&path)
        .args(["env", "GOROOT", "GOVERSION", "GOHOSTOS", "GOHOSTARCH"])
        .envs(process.iter().map(|(name, value)| (name, value)))
        // GOFLAGS and the like may be what is broken here; none of it changes these four.
        .without_env("GOFLAGS")
        .without_env("GO111MODULE")
        .env("GOENV", "off")
        .env("GOTOOLCHAIN", "local")
        .env("GOWORK", "off")
        .folder(folder)
        .limit(Duration::from_secs(10))
        .run()
        .await;
    let broken = |how: String| NoGo::Broken { path: path.display().to_string(), how };
    match output.end {
        End::Exited(0) => {}
        End::NotStarted(StartFailure::NotFound) => return Err(NoGo::NotFound),
        End::NotStarted(failure) => return Err(broken(failure.to_string())),
        End::TimedOut => return Err(broken("no answer in 10 s".into())),
        End::Exited(_) | End::Signalled(_) | End::Flooded => return Err(broken(output.stderr.text())),
    }
    let text = output.stdout.text();
    let mut lines = text.lines().map(str::trim);
    let mut next = || lines.next().filter(|line| !line.is_empty()).map(str::to_owned);
    match (next(), next(), next(), next()) {
        (Some(goroot), Some(version), Some(goos), Some(goarch)) => {
            Ok(GoCommand { path, version, goroot, goos, goarch })
        }
        _ => Err(broken("it does not say its GOROOT and version".into())),
    }
}

/// The first executable called `name` on the PATH of `process`.
#[must_use]
pub fn on_path(name: &str, process: &[(String, String)]) -> Option<PathBuf> {
    let path = process.iter().find(|(key, _)| key == "PATH" || (cfg!(windows) && key.eq_ignore_ascii_case("path")))?;
    let suffixes: &[&str] = if cfg!(windows) { &[".exe", ".bat", ".cmd"] } else { &[""] };
    std::env::split_paths(&path.1)
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| suffixes.iter().map(move |suffix| folder.join(format!("{name}{suffix}"))))
        .find(|candidate| crate::disk::is_executable_file(candidate))
}
