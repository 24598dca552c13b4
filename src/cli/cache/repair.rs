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

const COMMAND: &str = "cache repair";

/// Verifies, shows what is damaged, asks, and repairs.
///
/// # Errors
/// When there is no such cache, nobody to ask, or no journal can be written.
pub async fn run(args: RepairArgs, settings: &Settings) -> anyhow::Result<Exit> {
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
    let cancelled = Arc::new(AtomicBool::new(false));
    let repair = Repair { verify_args: Arc::new(verify_args), modules, worlds, settings, cancelled };
    let exit = repair.run(args.consent).await;
    repair.worlds.iter().for_each(World::tidy_up);
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

/// What is verified and repaired, and how it is told.
struct Repair<'a> {
    verify_args: Arc<VerifyArgs>,
    modules: Vec<ModuleVersion>,
    worlds: Arc<Vec<World>>,
    settings: &'a Settings,
    cancelled: Arc<AtomicBool>,
}

/// What a look at the cache has found, and what the go.sum files record of it.
struct Found {
    diagnosis: Diagnosis,
    sums: HashMap<ModuleVersion, Vec<Sums>>,
}

impl Repair<'_> {
    async fn run(&self, consent: ConsentArgs) -> anyhow::Result<Exit> {
        let world = self.worlds.first().context("no folder to look from")?;
        let choice = Choice { cache_only: true, ..Choice::default() };
        let found = self.look().await?;
        let plan = Plan::of(&found.diagnosis, world, &choice).await;
        if !carry_out::agree(COMMAND, &plan, consent, self.settings)? {
            return Ok(exit(&found.diagnosis));
        }
        carry_out::heeding_signals(&self.cancelled, self.mend(found, plan, &choice, world)).await
    }

    /// Repairs in rounds, since what is mended may uncover more, and tells what came of it.
    async fn mend(&self, found: Found, mut plan: Plan, choice: &Choice, world: &World) -> anyhow::Result<Exit> {
        let (settings, cancelled) = (self.settings, &*self.cancelled);
        let mut journal = carry_out::begin(COMMAND)?;
        let mut tried = HashSet::new();
        let mut outcomes = Vec::new();
        let mut whole_plan = Plan::default();
        let mut looked = Ok(found);
        for _ in 0..ROUNDS {
            let Ok(Found { sums, .. }) = &looked else { break };
            plan.todo.retain(|planned| tried.insert(format!("{:?}", planned.steps)));
            if plan.todo.is_empty() || cancelled.load(Ordering::Relaxed) {
                break;
            }
            let tools = Tools { world, sums: sums.clone(), cancelled };
            let done = carry_out::all(&mut journal, &plan, &tools, &mut outcomes).await;
            whole_plan.todo.append(&mut plan.todo);
            looked = match done {
                Ok(()) => self.look().await,
                Err(error) => Err(error),
            };
            if let Ok(found) = &looked {
                plan = Plan::of(&found.diagnosis, world, choice).await;
            }
        }
        whole_plan.manual = plan.manual;
        // Whatever happened: what was changed is told.
        carry_out::tell(COMMAND, &whole_plan, &outcomes, None, &journal, settings)?;
        let Found { diagnosis, .. } = looked?;
        if settings.format == Format::Table {
            tell_rest(left(&diagnosis), world, &journal, settings)?;
        }
        Ok(exit(&diagnosis))
    }

    /// Verifies, and says what is to be made of it.
    async fn look(&self) -> anyhow::Result<Found> {
        let (args, modules, worlds) = (Arc::clone(&self.verify_args), self.modules.clone(), Arc::clone(&self.worlds));
        let (settings, cancelled) = (self.settings.clone(), Arc::clone(&self.cancelled));
        let work = tokio::task::spawn_blocking(move || verify(&args, &modules, &worlds, &settings, &cancelled));
        let Verified { facts, sums } = work.await.context("the verification broke")??;
        Ok(Found { diagnosis: diagnose(&facts, &[]), sums })
    }
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
