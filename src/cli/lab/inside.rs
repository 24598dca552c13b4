//! A command inside a scenario.

use std::ffi::OsString;
use std::time::Instant;

use tokio::runtime::Runtime;

use super::LabArgs;
use crate::cli::child::{code, not_started, say};
use crate::cli::exit::Exit;
use crate::cli::settings::Settings;
use crate::lab::scenario::Scenario;
use crate::lab::stage::{Options, Stage};
use crate::process::through::Through;
use crate::report::Verbosity;
use crate::report::words::lab as words;

/// Runs it, takes everything down, and ends as it did.
pub(super) fn run(
    runtime: &Runtime,
    scenario: &Scenario,
    options: &Options,
    args: &LabArgs,
    settings: &Settings,
) -> anyhow::Result<Exit> {
    let mut signals = super::signals(runtime)?;
    let stage = scenario.set_up(options)?;
    let Some((program, rest)) = args.command.split_first() else { anyhow::bail!("no command to run") };
    let mut through = Through::new(program, rest.iter().cloned()).env(env(&stage, args.here));
    if !args.here {
        through = through.folder(stage.repo());
    }
    let through = through.limit(args.lives).sweep();
    let start = Instant::now();
    let ended = runtime.block_on(async {
        let (running, ticket) = through.start()?;
        // Nobody reads along.
        drop(ticket);
        Ok(running.wait(&mut signals, None).await)
    });
    let over = args.lives.filter(|lives| start.elapsed() >= *lives);
    let last_words = super::last_words(&stage, settings);
    drop(stage);
    let exit = match ended {
        Ok(ended) => Exit::Own(code(&ended.end)),
        Err(failure) => not_started(&args.command, failure),
    };
    if settings.verbosity != Verbosity::Quiet {
        over.iter().for_each(|limit| say(&words::of(settings.lang).ended(*limit)));
        last_words.iter().for_each(|text| say(text));
    }
    Ok(exit)
}

/// The environment of the scenario, and this very program for who calls `gomoddoc` in it.
fn env(stage: &Stage, here: bool) -> Vec<(OsString, Option<OsString>)> {
    let kept = |name: &str| here && name == "GOWORK";
    let mut env: Vec<_> = stage
        .env()
        .filter(|(name, _)| !kept(name))
        .map(|(name, value)| (OsString::from(name), value.cloned()))
        .collect();
    let own = std::env::current_exe().ok().and_then(|file| file.parent().map(std::path::Path::to_owned));
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Ok(path) = std::env::join_paths(std::env::split_paths(&path).chain(own)) {
        env.push(("PATH".into(), Some(path)));
    }
    env
}
