//! `--shell` and `--stop`: a lab that lives on its own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

use super::state::Alive;
use super::{LIVES, LabArgs, last_words};
use crate::cli::child::say;
use crate::cli::exit::Exit;
use crate::cli::global::Format;
use crate::cli::output;
use crate::cli::settings::Settings;
use crate::golang::platform::Os;
use crate::lab::control::{self, Control};
use crate::lab::scenario::Scenario;
use crate::lab::stage::{Options, Stage};
use crate::report::Shell;
use crate::report::shell::{set, unset};
use crate::report::words::lab as words;

/// What a lab says once it stands; `lab --shell --format json` prints it.
#[derive(Debug, Serialize, Deserialize)]
struct Ready {
    schema_version: u32,
    scenario: String,
    pid: u32,
    lives_seconds: u64,
    repository: String,
    /// A variable without a value is to be taken away.
    env: BTreeMap<String, Option<String>>,
}

impl Ready {
    fn of(scenario: &Scenario, stage: &Stage, lives: Duration) -> Self {
        let text = |value: &std::ffi::OsString| value.to_string_lossy().into_owned();
        Self {
            schema_version: 1,
            scenario: scenario.name.to_owned(),
            pid: std::process::id(),
            lives_seconds: lives.as_secs(),
            repository: stage.repo().display().to_string(),
            env: stage.env().map(|(name, value)| (name.to_owned(), value.map(text))).collect(),
        }
    }

    /// Lines for a shell to take over.
    fn lines(&self, settings: &Settings) -> anyhow::Result<String> {
        let shell = Shell::of(Os::current());
        let mut text = String::new();
        for (name, value) in &self.env {
            let line = match value {
                Some(value) => set(shell, name, value),
                None => unset(shell, name),
            };
            let line = line.with_context(|| format!("no line for a shell can be made of the value of {name}"))?;
            text.push_str(&line);
            text.push('\n');
        }
        let words = words::of(settings.lang);
        let lives = words.lives(&self.scenario, self.pid, Duration::from_secs(self.lives_seconds));
        text.push_str(&format!("# {lives}\n# {} {}\n", words.repository(), self.repository));
        Ok(text)
    }
}

/// Starts it as a process of its own, and prints how a shell enters it.
pub(super) fn start(scenario: &Scenario, args: &LabArgs, settings: &Settings) -> anyhow::Result<Exit> {
    let lives = args.lives.unwrap_or(LIVES);
    let mut command = Command::new(std::env::current_exe().context("cannot find this program")?);
    command.args(["lab", scenario.name, "--shell", "--serve", "--port", &args.port.to_string()]);
    command.args(["--for", &format!("{}ms", lives.as_millis())]);
    if let Some(folder) = &args.modules {
        command.arg("--modules").arg(std::path::absolute(folder)?);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    {
        // Ctrl-C in this terminal is not meant for it.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
    }
    let mut child = command.spawn().context("cannot start a process for the lab")?;
    let mut line = String::new();
    if let Some(stdout) = child.stdout.take() {
        BufReader::new(stdout).read_line(&mut line)?;
    }
    let Ok(ready) = serde_json::from_str::<Ready>(&line) else {
        let mut said = String::new();
        if let Some(stderr) = child.stderr.take() {
            stderr.take(64 << 10).read_to_string(&mut said)?;
        }
        bail!("the lab did not come about: {}", said.trim().trim_start_matches("gomoddoc: "));
    };
    output::print(&match settings.format {
        Format::Table => ready.lines(settings)?,
        Format::Json => serde_json::to_string_pretty(&ready)? + "\n",
        Format::Ndjson => line,
    })?;
    Ok(Exit::Fine)
}

/// Is that process: sets up, says so on stdout, and lives until its time is over or somebody ends it.
pub(super) fn serve(
    runtime: &Runtime,
    scenario: &Scenario,
    options: &Options,
    lives: Duration,
    settings: &Settings,
) -> anyhow::Result<Exit> {
    let mut signals = super::signals(runtime)?;
    let stage = scenario.set_up(options)?;
    let control = Control::new()?;
    let alive = Alive::of(scenario.name, &control);
    alive.leave()?;
    let ready = serde_json::to_string(&Ready::of(scenario, &stage, lives)).map_err(anyhow::Error::from);
    let told = ready.and_then(|line| output::print(&(line + "\n")));
    let asker = runtime.block_on(async {
        // Whoever was to read it is gone: then nobody knows of the lab.
        told?;
        Ok::<_, anyhow::Error>(tokio::select! {
            asker = control.told() => Some(asker),
            () = tokio::time::sleep(lives) => None,
            _ = signals.end() => None,
        })
    });
    alive.forget();
    let text = last_words(&stage, settings).unwrap_or_default();
    drop(stage);
    if let Some(asker) = asker? {
        runtime.block_on(asker.answer(&text));
    }
    Ok(Exit::Fine)
}

/// Ends all labs of this user that live on their own.
pub(super) fn stop(settings: &Settings) -> anyhow::Result<Exit> {
    let words = words::of(settings.lang);
    let all = Alive::all()?;
    if all.is_empty() {
        say(words.none());
    }
    for alive in all {
        match control::tell(alive.control, &alive.word) {
            Ok(text) => say(&(text + &words.stopped(&alive.scenario, alive.pid))),
            // Killed, or the machine was started anew: nothing is left but the word.
            Err(_) => say(&words.gone(&alive.scenario, alive.pid)),
        }
        alive.forget();
    }
    Ok(Exit::Fine)
}
