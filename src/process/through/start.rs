//! Starting it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use super::super::run::{StartFailure, start_failure};
use super::activity::Activity;
use super::attend::Running;
use super::reach::Reach;
use super::ticket::{self, Stream, Ticket};
use super::{streams, tee};

/// A command whose output is to pass through.
#[derive(Debug, Clone)]
pub struct Through {
    program: OsString,
    args: Vec<OsString>,
    env: Vec<(OsString, Option<OsString>)>,
    folder: Option<PathBuf>,
    limit: Option<Duration>,
    sweep: bool,
}

impl Through {
    /// `program` with `args`, sought on our PATH, in our folder and with our environment.
    #[must_use]
    pub fn new(program: impl Into<OsString>, args: impl IntoIterator<Item = OsString>) -> Self {
        Self {
            program: program.into(),
            args: args.into_iter().collect(),
            env: Vec::new(),
            folder: None,
            limit: None,
            sweep: false,
        }
    }

    /// Sets variables of the environment, or takes them away. A PATH among them is where the program is sought.
    #[must_use]
    pub fn env(mut self, env: impl IntoIterator<Item = (OsString, Option<OsString>)>) -> Self {
        self.env.extend(env);
        self
    }

    /// Runs in another folder.
    #[must_use]
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Ends it after so long.
    #[must_use]
    pub fn limit(mut self, limit: Option<Duration>) -> Self {
        self.limit = limit;
        self
    }

    /// Kills what it leaves behind in its group, where it has one of its own.
    #[must_use]
    pub fn sweep(mut self) -> Self {
        self.sweep = true;
        self
    }

    /// Starts it. Needs a tokio runtime with I/O and time. The ticket has to be read or dropped: a child
    /// whose ticket nobody reads has to wait.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self) -> Result<(Running, Ticket), StartFailure> {
        let streams = streams::open().map_err(|error| start_failure(&error))?;
        let mut command = tokio::process::Command::new(&self.program);
        command.args(&self.args).stdin(Stdio::inherit()).stdout(streams.stdout).stderr(streams.stderr);
        for (name, value) in &self.env {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        if let Some(folder) = &self.folder {
            // As a shell that goes there has it; without it go would resolve links.
            command.current_dir(folder).env("PWD", folder);
        }
        let reach = Reach::prepare(&mut command);
        let child = command.spawn().map_err(|error| start_failure(&error))?;
        // Our copies of the child's ends: while they are open its streams have no end.
        drop(command);
        let (lines, ticket) = ticket::ticket();
        let mut running = Running::new(child, reach, lines.clone());
        (running.limit, running.sweep) = (self.limit, self.sweep);
        for way in streams.ways {
            let activity = Arc::new(Activity::default());
            #[cfg(unix)]
            if way.pty
                && let (Ok(ours), Ok(like)) = (way.source.try_clone(), way.target.try_clone())
            {
                running.windows.push((ours, like));
            }
            tee::start(way.source, way.target, Stream::new(lines.clone()), Arc::clone(&activity));
            running.streams.push(activity);
        }
        Ok((running, ticket))
    }
}
