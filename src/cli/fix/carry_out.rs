//! A plan shown, agreed to, and carried out.

use std::path::PathBuf;

use anyhow::Context;

use super::consent::ConsentArgs;
use crate::cli::global::Format;
use crate::cli::output;
use crate::cli::settings::Settings;
use crate::model::Foreign;
use crate::remedy::plan::Plan;
use crate::remedy::{Journal, RemedyError, Tools, carry_out};
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

/// Shows what is planned, and asks. Whether it is to be done.
///
/// # Errors
/// Where there is nobody to ask.
pub fn agree(command: &'static str, plan: &Plan, consent: ConsentArgs, settings: &Settings) -> anyhow::Result<bool> {
    let undecided = consent.dry_run || plan.todo.is_empty();
    match settings.format {
        Format::Table => output::print(&remedy::plan(plan, &settings.options(None)))?,
        // With --yes one document tells of the plan and of what came of it.
        Format::Json | Format::Ndjson if undecided || !consent.yes => {
            output::print(&remedy::json(command, plan, &[], None, &settings.options(None)))?;
        }
        Format::Json | Format::Ndjson => {}
    }
    if undecided {
        return Ok(false);
    }
    let agreed = consent.ask(settings.lang)?;
    if !agreed {
        output::print(&format!("{}\n", of(settings.lang).unchanged()))?;
    }
    Ok(agreed)
}

/// Does all that is planned, and goes on where one fix fails.
///
/// # Errors
/// Where the journal cannot be written: then nothing more is done.
pub async fn all(journal: &mut Journal, plan: &Plan, tools: &Tools<'_>) -> anyhow::Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for planned in &plan.todo {
        let error = match carry_out(journal, planned, tools).await {
            Ok(()) => None,
            Err(error @ RemedyError::Journal { .. }) => return Err(error.into()),
            Err(error) => Some(Foreign::new(&error.to_string())),
        };
        outcomes.push(Outcome { code: planned.code, subject: planned.subject.clone(), error });
    }
    Ok(outcomes)
}

/// Tells what came of it.
///
/// # Errors
/// Where it cannot be written.
pub fn tell(
    command: &'static str,
    plan: &Plan,
    outcomes: &[Outcome],
    journal: &Journal,
    settings: &Settings,
) -> anyhow::Result<()> {
    let changed = (!journal.is_empty()).then(|| journal.id());
    output::print(&match settings.format {
        Format::Table => {
            let mut text = format!("\n{}", remedy::outcomes(outcomes, &settings.options(None)));
            if let Some(id) = changed {
                let line = of(settings.lang).take_back(&format!("gomoddoc fix --undo {id}"));
                text.push_str(&format!("{line}\n"));
            }
            if command == super::COMMAND {
                text.push_str(&format!("{}\n", of(settings.lang).look_again()));
            }
            text
        }
        Format::Json | Format::Ndjson => remedy::json(command, plan, outcomes, changed, &settings.options(None)),
    })
}
