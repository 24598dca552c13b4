//! `gomoddoc lab`.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::bail;
use clap::{ArgGroup, Args};
use tokio::runtime::Runtime;

mod inside;
mod list;
mod shell;
mod state;

use super::duration;
use super::exit::Exit;
use super::settings::Settings;
use crate::lab::faults::Account;
use crate::lab::scenario::Scenario;
use crate::lab::stage::{Options, Stage};
use crate::process::through::Signals;
use crate::report::Verbosity;
use crate::report::words::lab as words;

/// How long a lab lives on its own where nobody says.
const LIVES: Duration = Duration::from_secs(10 * 60);

/// The flags of `lab`, as they were typed.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("what").required(true).args(["command", "list", "shell", "stop"])))]
pub struct LabArgs {
    /// What to make, such as rate-limit
    #[arg(value_name = "SCENARIO", required_unless_present_any = ["list", "stop"])]
    pub scenario: Option<String>,
    /// List the scenarios
    #[arg(long, conflicts_with_all = ["scenario", "port", "lives", "modules", "here"])]
    pub list: bool,
    /// Start it in the background, and print the environment for a shell to take over
    #[arg(long, conflicts_with = "here")]
    pub shell: bool,
    /// Take down what `--shell` has started
    #[arg(long, conflicts_with_all = ["scenario", "port", "lives", "modules", "here"])]
    pub stop: bool,
    /// The port of the module proxy [default: one that is free]
    #[arg(long, value_name = "P", default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// How long CMD may run, or the lab of `--shell` lives [default: CMD has no limit; 10m with --shell]
    #[arg(long = "for", value_name = "D", value_parser = duration::parse)]
    pub lives: Option<Duration>,
    /// Serve the modules of a folder: a module cache's cache/download, or what GOPROXY=file://… names
    #[arg(long, value_name = "DIR")]
    pub modules: Option<PathBuf>,
    /// Run CMD in this folder and not in a repository made for it
    #[arg(long)]
    pub here: bool,
    /// Be the process in the background: serve, and tell how on stdout
    #[arg(long, hide = true, requires = "shell")]
    pub serve: bool,
    /// The command
    #[arg(last = true, value_name = "CMD")]
    pub command: Vec<OsString>,
}

/// Makes a scenario, and runs a command in it or lets it live on its own.
///
/// # Errors
/// When there is no such scenario, or it cannot be set up here.
pub fn run(args: &LabArgs, settings: &Settings) -> anyhow::Result<Exit> {
    if args.list {
        return list::run(settings);
    }
    if args.stop {
        return shell::stop(settings);
    }
    let scenario = named(args.scenario.as_deref().unwrap_or_default())?;
    if args.shell && !args.serve {
        return shell::start(scenario, args, settings);
    }
    let options = Options { port: args.port, modules: args.modules.clone() };
    let runtime = super::runtime()?;
    let exit = match args.serve {
        true => shell::serve(&runtime, scenario, &options, args.lives.unwrap_or(LIVES), settings),
        false => inside::run(&runtime, scenario, &options, args, settings),
    };
    runtime.shutdown_background();
    exit
}

fn named(name: &str) -> anyhow::Result<&'static Scenario> {
    match Scenario::named(name) {
        Some(scenario) => Ok(scenario),
        None => bail!("no scenario is called {name}; gomoddoc lab --list shows them all"),
    }
}

/// From here on no signal ends us before all is taken down.
fn signals(runtime: &Runtime) -> std::io::Result<Signals> {
    let _context = runtime.enter();
    Signals::take()
}

/// What the servers of a stage have to say at the end.
fn last_words(stage: &Stage, settings: &Settings) -> Option<String> {
    let account = stage.account()?;
    let words = words::of(settings.lang);
    let requests = match settings.verbosity {
        Verbosity::Verbose => requests(&account, words),
        _ => String::new(),
    };
    Some(requests + &words.account(&account))
}

fn requests(account: &Account, words: &dyn words::LabWords) -> String {
    let line = |(when, what, passed): &(Duration, String, bool)| words.request(*when, what, *passed) + "\n";
    account.lines.iter().map(line).collect()
}
