//! The go command as it is run for a fix.

use std::path::Path;
use std::time::Duration;

use crate::probe::{GoCommand, World};
use crate::process::{Command, End};

use super::error::RemedyError;

/// A large module, or a `go mod tidy`, over a slow line.
const PATIENCE: Duration = Duration::from_mins(10);

/// The go command of `world`.
pub(super) fn of(world: &World) -> Result<&GoCommand, RemedyError> {
    world.go.as_ref().map_err(|none| RemedyError::NoGo(none.clone()))
}

/// `go` in `folder`, with the environment of this process. git asks nobody.
pub(super) fn command(go: &GoCommand, process: &[(String, String)], folder: &Path) -> Command {
    Command::new(&go.path)
        .envs(process.iter().map(|(name, value)| (name, value)))
        .env("GIT_TERMINAL_PROMPT", "0")
        .folder(folder)
        .limit(PATIENCE)
}

/// Runs it.
///
/// # Errors
/// What it said, or why it said nothing.
pub(super) async fn run(command: Command) -> Result<(), String> {
    let output = command.run().await;
    Err(match output.end {
        End::Exited(0) => return Ok(()),
        End::NotStarted(failure) => failure.to_string(),
        End::TimedOut => format!("not done in {} minutes", PATIENCE.as_secs() / 60),
        End::Exited(_) | End::Signalled(_) | End::Flooded => output.stderr.text().trim().to_owned(),
    })
}
