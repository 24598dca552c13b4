//! A plan shown, agreed to, and carried out.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};

use super::consent::ConsentArgs;
use crate::catalog::Code;
use crate::cli::child::signalled;
use crate::cli::exit::Exit;
use crate::cli::global::Format;
use crate::cli::output;
use crate::cli::settings::Settings;
use crate::model::Foreign;
use crate::process::through::Signals;
use crate::remedy::plan::{Plan, Planned};
use crate::remedy::{Journal, RemedyError, Tools, carry_out};
use crate::report::Verbosity;
use crate::report::remedy::{self, Outcome};
use crate::report::words::remedy::of;

/// The folder of the journals.
///
/// # Errors
/// Where this user has no folder for such things.
pub fn journals() -> anyhow::Result<PathBuf> {
    let folder = dirs::state_dir().or_else(dirs::data_local_dir).context("this user has no folder for a journal")?;
    Ok(folder.join("gomoddoc/journal"))
}

/// The folder from which this command was called.
///
/// # Errors
/// Where it is gone.
pub fn folder() -> anyhow::Result<PathBuf> {
    std::env::current_dir().context("cannot tell the folder")
}

/// Begins the journal of a run of `command`.
///
/// # Errors
/// Where it cannot be written.
pub fn begin(command: &str) -> anyhow::Result<Journal> {
    Ok(Journal::begin(&journals()?, command, &folder()?, jiff::Timestamp::now())?)
}

/// Shows what is planned, and asks. Whether it is to be done.
///
/// # Errors
/// Where there is nobody to ask.
pub fn agree(command: &'static str, plan: &Plan, consent: ConsentArgs, settings: &Settings) -> anyhow::Result<bool> {
    let undecided = consent.dry_run || plan.todo.is_empty();
    let mut options = settings.options(None);
    match settings.format {
        Format::Table => {
            // Nobody is asked about what was not shown.
            if !undecided && !consent.yes {
                options.verbosity = options.verbosity.max(Verbosity::Normal);
            }
            output::print(&remedy::plan(plan, &options))?;
        }
        Format::Json | Format::Ndjson if undecided || !consent.yes => {
            output::print(&remedy::json(command, plan, &[], None, None, &options))?;
            if !undecided {
                bail!(of(settings.lang).nobody_to_ask());
            }
        }
        // One document tells of the plan and of what came of it.
        Format::Json | Format::Ndjson => {}
    }
    if undecided {
        if consent.dry_run && settings.format == Format::Table && !plan.todo.is_empty() {
            output::print(&format!("\n{}\n", of(settings.lang).dry_run()))?;
        }
        return Ok(false);
    }
    let agreed = consent.ask(settings.lang)?;
    if !agreed {
        output::print(&format!("{}\n", of(settings.lang).unchanged()))?;
    }
    Ok(agreed)
}

/// Does `work`, which heeds `cancelled`, and ends with the code of the signal where one came.
///
/// # Errors
/// Those of the work, and where signals cannot be taken.
pub async fn heeding_signals(
    cancelled: &AtomicBool,
    work: impl Future<Output = anyhow::Result<Exit>>,
) -> anyhow::Result<Exit> {
    let mut signals = Signals::take().context("cannot take signals")?;
    tokio::pin!(work);
    tokio::select! {
        done = &mut work => done,
        number = signals.end() => {
            // What is under way ends or is taken back; nothing new is begun.
            cancelled.store(true, Ordering::Relaxed);
            work.await.map(|_| Exit::Own(signalled(number)))
        }
    }
}

/// Does all that is planned, and goes on where one fix fails. What failed is tried once more when others have
/// changed what it may have failed of.
///
/// # Errors
/// Where the journal cannot be written: then nothing more is done.
pub async fn all(
    journal: &mut Journal,
    plan: &Plan,
    tools: &Tools<'_>,
    outcomes: &mut Vec<Outcome>,
) -> anyhow::Result<()> {
    let since = outcomes.len();
    for planned in &plan.todo {
        outcomes.push(one(journal, planned, tools).await?);
    }
    let outcomes = outcomes.get_mut(since..).unwrap_or_default();
    let last_done = outcomes.iter().rposition(|outcome| outcome.error.is_none());
    let earlier = plan.todo.iter().zip(outcomes).take(last_done.unwrap_or_default());
    for (planned, outcome) in earlier.filter(|(_, outcome)| outcome.error.is_some()) {
        *outcome = one(journal, planned, tools).await?;
    }
    Ok(())
}

async fn one(journal: &mut Journal, planned: &Planned, tools: &Tools<'_>) -> anyhow::Result<Outcome> {
    let error = match carry_out(journal, planned, tools).await {
        Ok(()) => None,
        Err(error @ RemedyError::Journal { .. }) => return Err(error.into()),
        Err(error) => Some(Foreign::new(&error.to_string())),
    };
    Ok(Outcome { code: planned.code, subject: planned.subject.clone(), error })
}

/// Tells what came of it; `left` is what is still wrong, where somebody looked.
///
/// # Errors
/// Where it cannot be written.
pub fn tell(
    command: &'static str,
    plan: &Plan,
    outcomes: &[Outcome],
    left: Option<&[Code]>,
    journal: &Journal,
    settings: &Settings,
) -> anyhow::Result<()> {
    let changed = (!journal.is_empty()).then(|| journal.id());
    output::print(&match settings.format {
        Format::Table => {
            let mut text = format!("\n{}", remedy::outcomes(outcomes, left, &settings.options(None)));
            if let Some(id) = changed {
                let line = of(settings.lang).take_back(&format!("gomoddoc fix --undo {id}"));
                text.push_str(&format!("{line}\n"));
            }
            text
        }
        Format::Json | Format::Ndjson => remedy::json(command, plan, outcomes, left, changed, &settings.options(None)),
    })
}
