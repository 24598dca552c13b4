//! What is planned, done.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::change::Change;
use super::digest::Digest;
use super::error::RemedyError;
use super::fetch::Fetch;
use super::go;
use super::journal::Journal;
use super::plan::{Planned, Step};
use super::refetch::refetch;
use crate::cachescan::Sums;
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;
use crate::probe::World;

/// With what it is done.
pub struct Tools<'a> {
    /// The settings, and the go command.
    pub world: &'a World,
    /// What the go.sum files at hand record, by module.
    pub sums: HashMap<ModuleVersion, Vec<Sums>>,
    /// Whether somebody has ended it: then nothing new is begun, and a go command that changes the repository is
    /// ended.
    pub cancelled: &'a AtomicBool,
}

/// Does all of `planned`. Where a step fails, those before it are taken back.
///
/// # Errors
/// Why it failed, or could not even be taken back.
pub async fn carry_out(journal: &mut Journal, planned: &Planned, tools: &Tools<'_>) -> Result<(), RemedyError> {
    let since = journal.len();
    for step in &planned.steps {
        if let Err(error) = do_step(journal, step, tools).await {
            return Err(match journal.take_back(since) {
                Ok(()) => error,
                Err(why) => RemedyError::HalfDone { cause: Box::new(error), why: Box::new(why) },
            });
        }
    }
    Ok(())
}

async fn do_step(journal: &mut Journal, step: &Step, tools: &Tools<'_>) -> Result<(), RemedyError> {
    if tools.cancelled.load(Ordering::Relaxed) {
        return Err(RemedyError::Interrupted);
    }
    match step {
        Step::Change(change) => journal.make(change.clone()),
        Step::Edit { edit, .. } => journal.make(Change::Edited(edit.clone())),
        Step::Refetch { cache, module, pieces } => {
            let fetch = Fetch::new(tools.world, cache)?;
            let sums = tools.sums.get(module).map(Vec::as_slice).unwrap_or_default();
            refetch(journal, &fetch, cache, module, pieces, sums).await
        }
        Step::Remove { entry, path } => entry.remove(journal, path),
        Step::Go { args, folder, writes } => change_repository(journal, args, folder, writes, tools).await,
    }
}

/// Runs the go command of the user in the repository, with a copy of what it may write.
async fn change_repository(
    journal: &mut Journal,
    args: &[String],
    folder: &Path,
    writes: &[PathBuf],
    tools: &Tools<'_>,
) -> Result<(), RemedyError> {
    let world = tools.world;
    let command = go::command(go::of(world)?, &world.process, folder).args(args);
    for path in writes {
        let before = Digest::of(path).map_err(RemedyError::io(path))?;
        let copy = journal.place_for_copy(path);
        journal.make(Change::Saved { path: path.clone(), copy, before })?;
    }
    // A go command that is dropped is killed with all that it started.
    let done = tokio::select! {
        done = go::run(command) => Some(done),
        () = until(tools.cancelled) => None,
    };
    // Whatever it said: what it has written is to be known.
    for path in writes {
        journal.note(path)?;
    }
    let failed = |how: String| RemedyError::Go { command: format!("go {}", args.join(" ")), how: Foreign::new(&how) };
    done.ok_or(RemedyError::Interrupted)?.map_err(failed)
}

async fn until(cancelled: &AtomicBool) {
    const GLANCE: Duration = Duration::from_millis(50);
    while !cancelled.load(Ordering::Relaxed) {
        tokio::time::sleep(GLANCE).await;
    }
}
