//! The command line: one file per subcommand, and what they share.
//!
//! Arguments are inert: what was typed, checked for form. [`settings::Settings`] joins them with
//! the terminal and the environment once, and is the only thing that the subcommands see.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub mod bench;
pub mod cache;
pub mod check;
mod child;
pub mod duration;
pub mod exit;
pub mod explain;
pub mod failure;
pub mod fix;
pub mod generate;
pub mod global;
pub mod lab;
pub mod logging;
pub mod output;
pub mod pager;
pub mod route;
pub mod run;
pub mod settings;
pub mod triage;

use exit::Exit;
use settings::{Settings, Surroundings};

/// The doctor for Go modules: says why go mod tidy, go get or go mod download fails, who can mend
/// it, and the exact commands.
#[derive(Debug, Parser)]
#[command(name = "gomoddoc", version, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(flatten)]
    global: global::GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "Exit codes: 0 nothing fails, 1 a failure was found, 2 gomoddoc could not do its job, \
                          75 only failures that a retry may mend (with --tempfail).";

#[derive(Debug, Subcommand)]
enum Command {
    /// Find out what is wrong with the Go modules of a repository, on this machine, now
    ///
    /// Reads the environment, the repository and the module cache, asks the servers that a sync
    /// would ask, and names the cause, who can mend it, and the commands. It writes nothing.
    Check(Box<check::CheckArgs>),
    /// Name the cause in the output of a go command that failed somewhere else
    ///
    /// Reads a log or a ticket, opens no connection and looks at nothing else.
    Triage(triage::TriageArgs),
    /// Run a command, and name the cause when it fails
    ///
    /// Its output passes through as it is. When it fails, the output is read as `triage` would read it, and
    /// the diagnosis follows on stderr. The exit code is the command's own: 128+n where signal n ended it, 127
    /// where there is no such program, 126 where it cannot be executed.
    Run(run::RunArgs),
    /// Tell where the go command will look for a module, in which order, and what decided that
    ///
    /// Opens no connection and writes nothing. Without a module it tells of every module of the build list.
    Route(route::RouteArgs),
    /// Compare module proxies, and the ways to them, on the same requests
    ///
    /// Sends the same small requests to each, measures how many had a good answer and how long it took, and
    /// recommends a GOPROXY. It keeps a rate, stops where a server asks for a pause, and writes nothing. Ends
    /// with 1 where nobody had a good answer.
    Bench(bench::BenchArgs),
    /// Carry out the safe fixes for what `check` finds
    ///
    /// Looks as `check` does, shows what would change and asks, does it, and keeps a journal with which
    /// `--undo` takes all of it back.
    Fix(fix::FixArgs),
    /// Look after the module cache
    Cache(cache::CacheArgs),
    /// Make a failure on this machine, and run a command in it
    ///
    /// Servers on loopback that misbehave on purpose stand in for module proxies, checksum databases and git
    /// hosts. The command runs in a small repository in a temporary folder, with caches of its own; all is taken
    /// down after it. The exit code is the command's own, as with `run`.
    Lab(lab::LabArgs),
    /// Explain an error type
    Explain(explain::ExplainArgs),
    /// Print a completion script for a shell
    Completions(generate::CompletionsArgs),
    /// Print a manual page
    Man(generate::ManArgs),
}

/// Parses the command line and runs it.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => {
            let code = u8::try_from(usage.exit_code()).unwrap_or(2);
            // A closed pipe under `--help` is no error.
            let _ = usage.print();
            return ExitCode::from(code);
        }
    };
    let mut around = Surroundings::look();
    if matches!(cli.command, Command::Run(_)) {
        // Stdout is the command's; the report goes to stderr.
        around.stdout_is_terminal = around.stderr_is_terminal;
    }
    let settings = Settings::resolve(&cli.global, &around);
    settings.apply();
    match run(cli.command, &settings) {
        Ok(exit) => exit.into(),
        Err(error) => {
            failure::print(&error);
            Exit::Broken.into()
        }
    }
}

fn run(command: Command, settings: &Settings) -> anyhow::Result<Exit> {
    match command {
        Command::Check(args) => {
            let runtime = runtime()?;
            let exit = runtime.block_on(check::run(*args, settings));
            // A reader that is not through by now must not hold the result up.
            runtime.shutdown_background();
            exit
        }
        Command::Triage(args) => triage::run(&args, settings),
        Command::Run(args) => {
            let runtime = runtime()?;
            let exit = runtime.block_on(run::run(&args, settings));
            runtime.shutdown_background();
            exit
        }
        Command::Route(args) => {
            let runtime = runtime()?;
            let exit = runtime.block_on(route::run(args, settings));
            runtime.shutdown_background();
            exit
        }
        Command::Bench(args) => {
            let runtime = runtime()?;
            let exit = runtime.block_on(bench::run(args, settings));
            runtime.shutdown_background();
            exit
        }
        Command::Fix(args) => {
            let runtime = runtime()?;
            let exit = runtime.block_on(fix::run(args, settings));
            runtime.shutdown_background();
            exit
        }
        Command::Cache(args) => {
            let runtime = runtime()?;
            runtime.block_on(cache::run(args, settings))
        }
        Command::Lab(args) => lab::run(&args, settings),
        Command::Explain(args) => explain::run(&args, settings),
        Command::Completions(args) => generate::completions(&args),
        Command::Man(args) => generate::man(&args),
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    use anyhow::Context;
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start the task runtime")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Cli::command().debug_assert();
    }
}
