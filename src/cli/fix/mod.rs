//! `gomoddoc fix`.

pub mod carry_out;
pub mod consent;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use consent::ConsentArgs;

use super::exit::Exit;
use super::global::Format;
use super::output;
use super::settings::Settings;
use crate::cachescan::Sums;
use crate::catalog::Code;
use crate::diagnosis::diagnose;
use crate::golang::module_path::ModuleVersion;
use crate::model::{Foreign, Safety};
use crate::probe::World;
use crate::remedy::plan::{Choice, Plan};
use crate::remedy::{Past, Tools, undo};
use crate::report::remedy;

const COMMAND: &str = "fix";

/// The flags of `fix`, as they were typed.
#[derive(Debug, Args)]
pub struct FixArgs {
    /// Error types to fix, warnings and notes among them [default: all that a sync fails of]
    #[arg(value_name = "CODE", conflicts_with = "undo")]
    pub codes: Vec<Code>,
    #[command(flatten)]
    consent: ConsentArgs,
    /// Carry out such fixes too, where no safe one can be
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    allow: Vec<Allow>,
    /// Take back what a run has changed: the newest one, or the one of this name. Refuses where something
    /// has changed since
    #[arg(long, value_name = "ID", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["dry_run", "allow"])]
    undo: Option<String>,
    /// Only what is seen on this machine is fixed
    #[arg(long, hide = true)]
    from: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Allow {
    /// Fixes that take a protection away.
    WeakensSecurity,
    /// Fixes that delete what cannot simply be had again.
    Destructive,
}

/// Looks, shows the plan, asks, and carries it out.
///
/// # Errors
/// When it could not do its job.
pub async fn run(args: FixArgs, settings: &Settings) -> anyhow::Result<Exit> {
    if args.from.is_some() {
        bail!("fix takes no facts file: it changes this machine, and only by what it sees here");
    }
    if let Some(id) = &args.undo {
        return take_back(id, settings);
    }
    let (world, facts) = super::check::thoroughly(settings).await?;
    let diagnosis = diagnose(&facts, &[]);
    let allow = args.allow.iter().map(|allow| match allow {
        Allow::WeakensSecurity => Safety::WeakensSecurity,
        Allow::Destructive => Safety::Destructive,
    });
    let choice = Choice { codes: args.codes, cache_only: false, allow: allow.collect() };
    let plan = Plan::of(&diagnosis, &world, &choice).await;
    let nothing_found = plan.todo.is_empty() && plan.manual.is_empty();
    if !carry_out::agree(COMMAND, &plan, args.consent, settings)? {
        world.tidy_up();
        return Ok(if nothing_found { Exit::Fine } else { Exit::Found });
    }
    let cancelled = AtomicBool::new(false);
    carry_out::heeding_signals(&cancelled, change(&plan, &choice, &world, &cancelled, settings)).await
}

/// Carries it out, looks again, and tells what came of it.
async fn change(
    plan: &Plan,
    choice: &Choice,
    world: &World,
    cancelled: &AtomicBool,
    settings: &Settings,
) -> anyhow::Result<Exit> {
    let mut journal = carry_out::begin(COMMAND)?;
    let tools = Tools { world, sums: recorded(world, plan), cancelled };
    let mut outcomes = Vec::new();
    let done = carry_out::all(&mut journal, plan, &tools, &mut outcomes).await;
    world.tidy_up();
    let left = match done {
        // A step that was done is not yet a failure that is gone.
        Ok(()) if !cancelled.load(Ordering::Relaxed) => look_again(choice, settings).await.map(Some),
        done => done.map(|()| None),
    };
    // Whatever happened: what was changed is told.
    let told = left.as_ref().ok().and_then(|left| left.as_deref());
    carry_out::tell(COMMAND, plan, &outcomes, told, &journal, settings)?;
    Ok(if left?.is_some_and(|left| left.is_empty()) { Exit::Fine } else { Exit::Found })
}

/// The error types that are still found.
async fn look_again(choice: &Choice, settings: &Settings) -> anyhow::Result<Vec<Code>> {
    let (world, facts) = super::check::thoroughly(settings).await?;
    world.tidy_up();
    Ok(choice.left(&diagnose(&facts, &[])))
}

/// What go.sum records of the modules that are fetched again.
fn recorded(world: &World, plan: &Plan) -> HashMap<ModuleVersion, Vec<Sums>> {
    let of = |module: &ModuleVersion| {
        let recorded = world.recorded(module);
        vec![Sums { zip: recorded.zip, go_mod: recorded.go_mod }]
    };
    plan.modules().map(|module| (module.clone(), of(module))).collect()
}

fn take_back(id: &str, settings: &Settings) -> anyhow::Result<Exit> {
    let folder = carry_out::journals()?;
    let names = Past::names(&folder)?;
    let read = |name: &String| Past::read(&folder, name);
    let past = if id.is_empty() {
        let here = carry_out::folder()?;
        let mut standing = names.iter().rev().filter_map(read).filter(Past::stands).peekable();
        let newest = standing.peek().map(|past| (past.id.clone(), past.folder().display().to_string()));
        match (standing.find(|past| past.folder() == here), newest) {
            (Some(past), _) => past,
            (None, Some((id, folder))) => bail!(
                "nothing was changed from this folder; the newest run of all was made in {}: gomoddoc fix --undo {id}",
                Foreign::new(&folder)
            ),
            (None, None) => bail!("there is nothing to undo"),
        }
    } else {
        let name = names.iter().find(|name| *name == id);
        name.and_then(read).with_context(|| format!("there is no journal {}", Foreign::new(id)))?
    };
    if past.is_undone() {
        bail!("{id} is undone already");
    }
    undo(&past).with_context(|| format!("cannot undo {}", past.id))?;
    output::print(&match settings.format {
        Format::Table => remedy::undone(&past, &settings.options(None)),
        Format::Json | Format::Ndjson => remedy::undone_json(COMMAND, &past.id, &settings.options(None)),
    })?;
    Ok(Exit::Fine)
}
