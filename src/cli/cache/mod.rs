//! `gomoddoc cache`.

use clap::{Args, Subcommand};

use super::exit::Exit;
use super::settings::Settings;

mod repair;
mod state;
mod verify;

/// The arguments of `cache`, as they were typed.
#[derive(Debug, Args)]
pub struct CacheArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Verify that the module cache holds what was downloaded
    ///
    /// Reads each zip and each extracted file, holds them against each other, against the stored hashes and
    /// against go.sum, and says which entry is damaged, what go would make of it, and how to fetch just that
    /// entry again. It asks no server and changes nothing in the cache.
    Verify(verify::VerifyArgs),
    /// Bring what is damaged in the module cache anew, and nothing else
    ///
    /// Verifies, moves what is damaged away under the lock that go holds for it, has the go command fetch it into
    /// the empty place, and verifies again. Where that fails, the old state is put back. Nothing is deleted:
    /// `gomoddoc fix --undo` takes it back.
    Repair(repair::RepairArgs),
}

/// Carries out the subcommand.
///
/// # Errors
/// When it could not do its job.
pub async fn run(args: CacheArgs, settings: &Settings) -> anyhow::Result<Exit> {
    match args.command {
        Command::Verify(args) => verify::run(args, settings).await,
        Command::Repair(args) => repair::run(args, settings).await,
    }
}
