//! `gomoddoc cache verify`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use clap::Args;

use super::state::StateFile;
use crate::cachescan::{Limits, Strength, Sums};
use crate::cli::child::signalled;
use crate::cli::exit::{Exit, ExitArgs};
use crate::cli::global::Format;
use crate::cli::output;
use crate::cli::settings::Settings;
use crate::diagnosis::diagnose;
use crate::facts::cache::CacheFacts;
use crate::facts::{Facts, Section, Wishes};
use crate::golang::module_path::ModuleVersion;
use crate::model::{Diagnosis, Silent};
use crate::net::{self, Deadline};
use crate::probe::cache::verify::Plan;
use crate::probe::{self, Order, World};
use crate::process::through::Signals;
use crate::report::meter::Meter;
use crate::report::{Options, Shell, json, table};

/// The flags of `cache verify`, as they were typed.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Repositories whose build lists are verified [default: that of this folder; all of the cache where
    /// there is none, or where --modcache is given]
    #[arg(value_name = "DIR")]
    pub dirs: Vec<PathBuf>,
    /// The module cache [default: GOMODCACHE]
    #[arg(long, value_name = "DIR")]
    pub modcache: Option<PathBuf>,
    /// Read no contents of zips: hold the extracted files against the sizes and CRCs in them and against
    /// the stored hash. A zip that is damaged where its directory is not goes unnoticed
    #[arg(long)]
    pub quick: bool,
    /// Leave out what has not changed since it was last found to be whole, by size, times and inode of each
    /// file. A disk that forgets or changes bytes by itself goes unnoticed
    #[arg(long)]
    pub changed_since_last: bool,
    /// How many threads hash [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,

    /// What decides the exit code.
    #[command(flatten)]
    pub exit: ExitArgs,
}

/// Verifies and reports.
///
/// # Errors
/// When there is no such cache or repository, or the report cannot be written.
pub async fn run(args: VerifyArgs, settings: &Settings) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let mut signals = Signals::take().context("cannot take signals")?;
    let cancelled = Arc::new(AtomicBool::new(false));
    let exit = args.exit;
    let worlds = worlds(&args).await?;
    let work = {
        let (cancelled, settings) = (Arc::clone(&cancelled), settings.clone());
        tokio::task::spawn_blocking(move || {
            let verified = verify(&args, &[], &worlds, &settings, &cancelled);
            worlds.iter().for_each(World::tidy_up);
            verified
        })
    };
    tokio::pin!(work);
    let mut signal = None;
    let facts = tokio::select! {
        done = &mut work => done,
        number = signals.end() => {
            // Each thread ends its entry; what is known by then is told.
            signal = Some(number);
            cancelled.store(true, Ordering::Relaxed);
            work.await
        }
    };
    let Verified { facts, .. } = facts.context("the verification broke")??;
    let diagnosis = diagnose(&facts, &[]);
    output::print(&told(&diagnosis, &facts, settings, started))?;
    Ok(match (exit.exit(&diagnosis), signal) {
        // As a shell tells of a command that a signal has ended.
        (Exit::Fine, Some(number)) if !exit.exit_zero => Exit::Own(signalled(number)),
        (exit, _) => exit,
    })
}

fn told(diagnosis: &Diagnosis, facts: &Facts, settings: &Settings, started: Instant) -> String {
    const COMMAND: &str = "cache verify";
    let shell = Shell::of(facts.os);
    match settings.format {
        Format::Table => {
            let options = Options { shell, ..settings.options(Some(started.elapsed())) };
            table::render(diagnosis, &options)
        }
        Format::Json => json::render(diagnosis, COMMAND, settings.document_lang, shell),
        Format::Ndjson => json::line(diagnosis, COMMAND, settings.document_lang, shell, None),
    }
}

/// The settings as they are in each folder; in this one where none is named.
pub(super) async fn worlds(args: &VerifyArgs) -> anyhow::Result<Vec<World>> {
    let here = [PathBuf::from(".")];
    let modcache = args.modcache.as_deref().map(named_cache).transpose()?;
    let mut worlds = Vec::new();
    for directory in if args.dirs.is_empty() { &here } else { args.dirs.as_slice() } {
        worlds.push(World::look(order(directory, modcache.as_deref())).await?);
    }
    Ok(worlds)
}

fn named_cache(named: &Path) -> anyhow::Result<String> {
    let cache = std::fs::canonicalize(named).with_context(|| format!("cannot find {}", named.display()))?;
    ensure!(cache.is_dir(), "{} is no folder", named.display());
    cache.into_os_string().into_string().ok().context("the path of --modcache is not UTF-8")
}

/// Nobody is asked anything.
fn order(directory: &Path, modcache: Option<&str>) -> Order {
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    let limit = Duration::from_secs(10);
    let mut process: Vec<(String, String)> =
        std::env::vars_os().map(|(name, value)| (text(name), text(value))).collect();
    let mut other_cache = false;
    if let Some(modcache) = modcache {
        other_cache = !process.iter().any(|(name, value)| name == "GOMODCACHE" && value == modcache);
        process.retain(|(name, _)| name != "GOMODCACHE");
        process.push(("GOMODCACHE".to_owned(), modcache.to_owned()));
    }
    Order {
        directory: directory.to_owned(),
        go: None,
        process,
        deadline: Deadline::after(limit),
        limits: net::Limits::within(limit),
        pace: None,
        wishes: Wishes { offline: true, verify: true, other_cache, ..Wishes::default() },
        progress: Arc::new(Silent),
    }
}

/// What was verified.
pub(super) struct Verified {
    /// What was seen.
    pub(super) facts: Facts,
    /// What the go.sum files at hand record, by module.
    pub(super) sums: HashMap<ModuleVersion, Vec<Sums>>,
}

/// What is to be verified, verified; nothing but `modules` where some are named.
pub(super) fn verify(
    args: &VerifyArgs,
    modules: &[ModuleVersion],
    worlds: &[World],
    settings: &Settings,
    cancelled: &AtomicBool,
) -> anyhow::Result<Verified> {
    let limits = Limits::cancelled_by(cancelled);
    let Some(first) = worlds.first() else { bail!("no folder to look from") };
    let cache = first.environment.gomodcache().context("no module cache: neither GOMODCACHE nor HOME is set")?;
    let cache = PathBuf::from(cache);
    let mut plan = plan(args, worlds, cache, &limits)?;
    if !modules.is_empty() {
        plan = plan.only(modules, &limits);
    }
    let mut facts = Facts::begin(first.os, &first.platform.1, jiff::Timestamp::now().to_string(), first.wishes.clone());
    facts.environment = Section::of(probe::environment::settings(first));
    facts.toolchain = Section::of(probe::toolchain::release(first));
    facts.cache = Section::of(hash(args, &plan, settings, &limits)?);
    if plan.whole {
        facts.checksum_database = Section::of(probe::checksum_database::stored_everywhere(first));
    }
    Ok(Verified { facts, sums: plan.sums() })
}

fn plan(args: &VerifyArgs, worlds: &[World], cache: PathBuf, limits: &Limits<'_>) -> anyhow::Result<Plan> {
    let mut repositories = Vec::new();
    for world in worlds.iter().filter(|_| !args.dirs.is_empty() || args.modcache.is_none()) {
        match probe::repository::listed(world) {
            Some(listed) => repositories.push((world, listed)),
            None if args.dirs.is_empty() => {}
            None => bail!("{}: no go.mod applies there that can be read", world.directory.display()),
        }
    }
    Ok(if repositories.is_empty() {
        Plan::of_cache(cache, limits)
    } else {
        Plan::of_repositories(cache, repositories, limits)
    })
}

fn hash(args: &VerifyArgs, plan: &Plan, settings: &Settings, limits: &Limits<'_>) -> anyhow::Result<CacheFacts> {
    let strength = if args.quick { Strength::Quick } else { Strength::Full };
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(jobs) = args.jobs {
        pool = pool.num_threads(jobs.into());
    }
    let pool = pool.build().context("cannot start the threads")?;
    let meter = Meter::new(settings.lang, settings.ascii, settings.progress, plan.size);
    let progress = |bytes| meter.advance(bytes);
    if !args.changed_since_last {
        return Ok(pool.install(|| plan.carry_out(strength, *limits, &progress, None)));
    }
    let file = StateFile::of(&plan.cache)?;
    let mut verified = file.read();
    let facts = pool.install(|| plan.carry_out(strength, *limits, &progress, Some(&mut verified)));
    meter.clear();
    file.write(&verified)?;
    Ok(facts)
}
