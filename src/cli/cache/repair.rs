//! `gomoddoc cache repair`.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, ensure};
use clap::Args;

use super::verify::{Verified, VerifyArgs, verify, worlds};
use crate::cachescan::Sums;
use crate::catalog::Severity;
use crate::cli::check::named;
use crate::cli::child::signalled;
use crate::cli::exit::{Exit, ExitArgs};
use crate::cli::fix::carry_out;
use crate::cli::fix::consent::ConsentArgs;
use crate::cli::global::Format;
use crate::cli::output;
use crate::cli::settings::Settings;
use crate::diagnosis::diagnose;
use crate::golang::module_path::ModuleVersion;
use crate::model::{Diagnosis, Foreign};
use crate::probe::World;
use crate::process::through::Signals;
use crate::remedy::plan::{Choice, Plan};
use crate::remedy::{Journal, Tools};
use crate::report::words::remedy::of;

/// Of leftovers no more than five are named at once, so that each round may uncover others.
const ROUNDS: usize = 10;

/// The flags of `cache repair`, as they were typed.
#[derive(Debug, Args)]
pub struct RepairArgs {
    /// Modules to repair: path@version [default: the build list of this folder; all of the cache where there
    /// is none, or where --modcache is given]
    #[arg(value_name = "MODULE@V")]
    modules: Vec<String>,
    /// The module cache [default: GOMODCACHE]
    #[arg(long, value_name = "DIR")]
    modcache: Option<PathBuf>,
    #[command(flatten)]
    consent: ConsentArgs,
}

/// Verifies, shows what is damaged, asks, and repairs.
///
/// # Errors
/// When there is no such cache, nobody to ask, or no journal can be written.
pub async fn run(args: RepairArgs, settings: &Settings) -> anyhow::Result<Exit> {
    const COMMAND: &str = "cache repair";
    let modules = modules(&args.modules)?;
    let verify_args = VerifyArgs {
        dirs: Vec::new(),
        modcache: args.modcache.clone(),
        quick: false,
        changed_since_last: false,
        jobs: None,
        exit: ExitArgs::default(),
    };
    let worlds = Arc::new(worlds(&verify_args).await?);
    let mut signals = Signals::take().context("cannot take signals")?;
    let cancelled = Arc::new(AtomicBool::new(false));
    let work = repair(COMMAND, &args, Arc::new(verify_args), &modules, &worlds, settings, &cancelled);
    tokio::pin!(work);
    let exit = tokio::select! {
        done = &mut work => done,
        number = signals.end() => {
            // What is under way ends or is taken back; nothing new is begun.
            cancelled.store(true, Ordering::Relaxed);
            work.await.map(|_| Exit::Own(signalled(number)))
        }
    };
    worlds.iter().for_each(World::tidy_up);
    exit
}

fn modules(named_modules: &[String]) -> anyhow::Result<Vec<ModuleVersion>> {
    let of = |text: &String| {
        let module = named(text)?;
        ensure!(!module.version.is_empty(), "{}: a version is needed, as in path@v1.2.3", Foreign::new(text));
        Ok(module)
    };
    named_modules.iter().map(of).collect()
}

async fn repair(
    command: &'static str,
    args: &RepairArgs,
    verify_args: Arc<VerifyArgs>,
    modules: &[ModuleVersion],
    worlds: &Arc<Vec<World>>,
    settings: &Settings,
    cancelled: &Arc<AtomicBool>,
) -> anyhow::Result<Exit> {
    let world = worlds.first().context("no folder to look from")?;
    let choice = Choice { cache_only: true, ..Choice::default() };
    let look = || look(Arc::clone(&verify_args), modules.to_vec(), Arc::clone(worlds), settings, cancelled);
    let (mut diagnosis, mut sums) = look().await?;
    let mut plan = Plan::of(&diagnosis, world, &choice).await;
    if !carry_out::agree(command, &plan, args.consent, settings)? {
        return Ok(exit(&diagnosis));
    }
    let mut journal = Journal::begin(&carry_out::journals()?, command, &carry_out::folder()?, jiff::Timestamp::now())?;
    let mut tried = HashSet::new();
    let mut outcomes = Vec::new();
    let mut whole_plan = Plan::default();
    for _ in 0..ROUNDS {
        plan.todo.retain(|planned| tried.insert(format!("{:?}", planned.steps)));
        if plan.todo.is_empty() || cancelled.load(Ordering::Relaxed) {
            break;
        }
        outcomes.extend(carry_out::all(&mut journal, &plan, &Tools { world, sums }).await?);
        whole_plan.todo.append(&mut plan.todo);
        (diagnosis, sums) = look().await?;
        plan = Plan::of(&diagnosis, world, &choice).await;
    }
    whole_plan.manual = plan.manual;
    carry_out::tell(command, &whole_plan, &outcomes, None, &journal, settings)?;
    if settings.format == Format::Table {
        tell_rest(left(&diagnosis), world, &journal, settings)?;
    }
    Ok(exit(&diagnosis))
}

fn tell_rest(left: usize, world: &World, journal: &Journal, settings: &Settings) -> anyhow::Result<()> {
    let words = of(settings.lang);
    let mut lines = Vec::new();
    if let Some(cache) = world.environment.gomodcache() {
        let folder = crate::remedy::quarantine(cache.as_ref(), journal.id());
        if folder.is_dir() {
            lines.push(words.quarantine(&folder.display().to_string()));
        }
    }
    lines.push(words.left(left));
    output::print(&format!("{}\n", lines.join("\n")))
}

/// How many findings are more than notes.
fn left(diagnosis: &Diagnosis) -> usize {
    diagnosis.findings.iter().filter(|finding| finding.severity != Severity::Note).count()
}

fn exit(diagnosis: &Diagnosis) -> Exit {
    if left(diagnosis) == 0 { Exit::Fine } else { Exit::Found }
}

/// Verifies, and says what is to be made of it.
async fn look(
    args: Arc<VerifyArgs>,
    modules: Vec<ModuleVersion>,
    worlds: Arc<Vec<World>>,
    settings: &Settings,
    cancelled: &Arc<AtomicBool>,
) -> anyhow::Result<(Diagnosis, HashMap<ModuleVersion, Vec<Sums>>)> {
    let (settings, cancelled) = (settings.clone(), Arc::clone(cancelled));
    let work = tokio::task::spawn_blocking(move || verify(&args, &modules, &worlds, &settings, &cancelled));
    let Verified { facts, sums } = work.await.context("the verification broke")??;
    Ok((diagnose(&facts, &[]), sums))
}
