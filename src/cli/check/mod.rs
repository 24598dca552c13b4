//! `gomoddoc check`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::anyhow;
use clap::Args;

mod collect;
pub mod facts_file;
mod selection;

use selection::Selection;

use super::exit::{Exit, ExitArgs};
use super::global::Format;
use super::settings::Settings;
use super::{duration, output};
use crate::diagnosis::{Ignore, diagnose};
use crate::facts::save::Names;
use crate::facts::transcript::TranscriptFacts;
use crate::facts::{Facts, Section, Wishes};
use crate::golang::module_path::{ModuleVersion, check_path};
use crate::inquiry::contacts::contacts;
use crate::model::{Diagnosis, Foreign, Progress, Topic};
use crate::net::{Deadline, Limits, Pace};
use crate::probe::{Order, World};
use crate::remedy::plan::outlook;
use crate::report::progress::Watch;
use crate::report::{self, Options, Shell, Verbosity, json, table, words};

/// The flags of `check`, as they were typed.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The folder to look from, as a go command run there would [default: this folder]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,

    /// A module to look at closely: path, path@version or path@query; works outside a module too
    #[arg(short, long = "module", value_name = "M@V", help_heading = "What to look at")]
    pub modules: Vec<String>,
    /// The output of a go command that failed ("-" is stdin): what it complains of is looked at closely
    #[arg(long, value_name = "FILE", help_heading = "What to look at")]
    pub log: Option<PathBuf>,
    /// Make only this check, or all checks of this probe, such as module-proxy
    #[arg(long, value_name = "ID", help_heading = "What to look at")]
    pub only: Vec<String>,
    /// Leave this check out, or all checks of this probe
    #[arg(long, value_name = "ID", help_heading = "What to look at")]
    pub skip: Vec<String>,
    /// Leave findings of this type out, or only those about this subject
    #[arg(long, value_name = "CODE[=SUBJECT]", help_heading = "What to look at")]
    pub ignore: Vec<Ignore>,
    /// The go command to look at [default: the one on PATH]
    #[arg(long, value_name = "PATH", help_heading = "What to look at")]
    pub go: Option<PathBuf>,

    /// Open no connection
    #[arg(long, help_heading = "Who is asked")]
    pub offline: bool,
    /// Run credential helpers and GOAUTH commands, as go and git would
    #[arg(long, help_heading = "Who is asked")]
    pub run_helpers: bool,
    /// Print which hosts would be contacted, and contact nobody
    #[arg(long, conflicts_with = "from", help_heading = "Who is asked")]
    pub contacts: bool,

    /// The most time for one step, such as a connection
    #[arg(long, value_name = "D", value_parser = duration::parse, default_value = "10s", help_heading = "Limits")]
    pub timeout: Duration,
    /// The most time for the whole run
    #[arg(long, value_name = "D", value_parser = duration::parse, default_value = "20s", help_heading = "Limits")]
    pub deadline: Duration,
    /// Ask for at most this many modules of the build list
    #[arg(long, value_name = "N", help_heading = "Limits")]
    pub max_modules: Option<usize>,
    /// Ask each server this many times, to catch failures that come and go
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100), help_heading = "Limits")]
    pub repeat: u32,
    /// Send at most this many requests a second to one host
    #[arg(long, value_name = "R", value_parser = rate, help_heading = "Limits")]
    pub rate: Option<f64>,
    /// How many requests may go at once before the rate holds
    #[arg(long, value_name = "B", requires = "rate", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Limits")]
    pub burst: Option<u32>,

    /// Save what was seen to a facts file, without secrets, for check --from
    #[arg(long, value_name = "FILE", help_heading = "Facts file")]
    pub save: Option<PathBuf>,
    /// Replace hosts, home folders and user names in the facts file, the same each time
    #[arg(long, requires = "save", help_heading = "Facts file")]
    pub pseudonymise: bool,
    /// Diagnose a facts file instead of this machine; opens no connection
    #[arg(long, value_name = "FILE", conflicts_with_all = ["dir", "modules", "log", "go", "run_helpers", "save"], help_heading = "Facts file")]
    pub from: Option<PathBuf>,

    /// What decides the exit code.
    #[command(flatten)]
    pub exit: ExitArgs,
}

/// A number of requests a second.
pub(super) fn rate(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(rate) if rate.is_finite() && rate > 0.0 => Ok(rate),
        _ => Err("not a number above 0".to_owned()),
    }
}

/// Looks, diagnoses and reports.
///
/// # Errors
/// When it could not do its job: unreadable input, an unwritable facts file.
pub async fn run(args: CheckArgs, settings: &Settings) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let selection = Selection { only: args.only.clone(), skip: args.skip.clone() };
    if let Some(path) = &args.from {
        let facts = facts_file::read(path)?;
        let report = Report { ignore: args.ignore, selection, settings: settings.clone(), started, command: "check" };
        let (text, diagnosis) = facts_file::bounded(args.deadline, move || report.of(&facts))?;
        output::print(&text)?;
        return Ok(args.exit.exit(&diagnosis));
    }
    let transcript = args.log.as_deref().map(super::triage::input::read).transpose()?;
    let look = Look::begin(&args, transcript, &selection, settings).await?;
    if args.contacts {
        let facts = look.end();
        return print_contacts(&facts, settings);
    }
    let home = look.world.home().map(|home| home.to_string_lossy().into_owned());
    let facts = look.ask(&selection).await;
    if let Some(path) = &args.save {
        let names = if args.pseudonymise { Names::Pseudonyms { home } } else { Names::Real };
        facts_file::save(&facts, path, &names)?;
    }
    let report = Report { ignore: args.ignore, selection, settings: settings.clone(), started, command: "check" };
    let (text, diagnosis) = report.of(&facts);
    output::print(&text)?;
    if settings.format == Format::Table && settings.verbosity > Verbosity::Quiet && outlook::is_likely(&diagnosis) {
        output::print(&format!("{}\n", words::remedy::of(settings.lang).can_mend()))?;
    }
    Ok(args.exit.exit(&diagnosis))
}

/// Looks as `check --log` would from this folder, with a log that is read already. The report, made by
/// `command`, and the diagnosis.
///
/// # Errors
/// When it could not do its job.
pub async fn of_transcript(
    transcript: TranscriptFacts,
    command: &'static str,
    settings: &Settings,
) -> anyhow::Result<(String, Diagnosis)> {
    let started = Instant::now();
    let args = defaults()?;
    let selection = Selection::default();
    let facts = Look::begin(&args, Some(transcript), &selection, settings).await?.ask(&selection).await;
    let report = Report { ignore: Vec::new(), selection, settings: settings.clone(), started, command };
    Ok(report.of(&facts))
}

/// Looks at settings, repository, git and credentials as `check` does before it asks anybody, in this
/// folder and with the modules that were named.
///
/// # Errors
/// When it could not do its job.
pub async fn locally(modules: &[String], settings: &Settings) -> anyhow::Result<(Arc<World>, Facts)> {
    let args = CheckArgs { modules: modules.to_vec(), offline: true, ..defaults()? };
    let topics = [Topic::Environment, Topic::Repository, Topic::VersionControl, Topic::Credentials];
    let only = topics.iter().map(|topic| topic.name().to_owned()).collect();
    let look = Look::begin(&args, None, &Selection { only, skip: Vec::new() }, settings).await?;
    look.watch.clear();
    Ok((look.world, look.facts))
}

/// Looks as `check` does in this folder. The world is left for what is to be done next.
///
/// # Errors
/// When it could not do its job.
pub async fn thoroughly(settings: &Settings) -> anyhow::Result<(Arc<World>, Facts)> {
    let selection = Selection::default();
    let look = Look::begin(&defaults()?, None, &selection, settings).await?;
    let mut facts = collect::ask(&look.world, look.facts, &selection).await;
    collect::name_strangers(&mut facts);
    look.watch.clear();
    Ok((look.world, facts))
}

fn defaults() -> anyhow::Result<CheckArgs> {
    #[derive(clap::Parser)]
    struct Defaults {
        #[command(flatten)]
        args: CheckArgs,
    }
    let Defaults { args } = <Defaults as clap::Parser>::try_parse_from(["check"])?;
    Ok(args)
}

/// A look at this machine that is under way.
struct Look {
    world: Arc<World>,
    watch: Arc<Watch>,
    facts: Facts,
}

impl Look {
    /// Everything that needs no network.
    async fn begin(
        args: &CheckArgs,
        transcript: Option<TranscriptFacts>,
        selection: &Selection,
        settings: &Settings,
    ) -> anyhow::Result<Self> {
        let watch = Arc::new(settings.watch());
        let progress: Arc<dyn Progress> = Arc::clone(&watch) as _;
        let world = Arc::new(World::look(order(args, progress)?).await?);
        let mut facts = collect::begin(&world);
        facts.transcript = transcript.map_or_else(Section::default, Section::of);
        collect::local(&world, &mut facts, selection).await;
        Ok(Self { world, watch, facts })
    }

    /// Asks the network too.
    async fn ask(self, selection: &Selection) -> Facts {
        let mut facts = collect::ask(&self.world, self.facts, selection).await;
        collect::name_strangers(&mut facts);
        Self { world: self.world, watch: self.watch, facts }.end()
    }

    fn end(self) -> Facts {
        self.watch.clear();
        self.world.tidy_up();
        self.facts
    }
}

fn print_contacts(facts: &Facts, settings: &Settings) -> anyhow::Result<Exit> {
    let contacts = contacts(facts);
    output::print(&match settings.format {
        Format::Table => report::contacts::table(&contacts, &settings.options(None)),
        Format::Json | Format::Ndjson => report::contacts::json(&contacts, settings.document_lang),
    })?;
    Ok(Exit::Fine)
}

/// How facts become a report.
struct Report {
    ignore: Vec<Ignore>,
    selection: Selection,
    settings: Settings,
    started: Instant,
    command: &'static str,
}

impl Report {
    fn of(&self, facts: &Facts) -> (String, Diagnosis) {
        let mut diagnosis = diagnose(facts, &self.ignore);
        self.selection.apply(&mut diagnosis);
        // Commands are for the machine that the facts tell of.
        let shell = Shell::of(facts.os);
        let text = match self.settings.format {
            Format::Table => {
                let options = Options { shell, ..self.settings.options(Some(self.started.elapsed())) };
                table::render(&diagnosis, &options)
            }
            Format::Json => json::render(&diagnosis, self.command, self.settings.document_lang, shell),
            Format::Ndjson => json::line(&diagnosis, self.command, self.settings.document_lang, shell, None),
        };
        (text, diagnosis)
    }
}

/// The part of a deadline in which may be looked. The rest is for answers that are on their way and for
/// the diagnosis, so that the report stands by the deadline.
fn looking_time(deadline: Duration) -> Duration {
    const FOR_THE_REPORT: Duration = Duration::from_millis(500);
    deadline - FOR_THE_REPORT.min(deadline / 10)
}

/// What a run is to look at, and how.
fn order(args: &CheckArgs, progress: Arc<dyn Progress>) -> anyhow::Result<Order> {
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    Ok(Order {
        directory: args.dir.clone().unwrap_or_else(|| PathBuf::from(".")),
        go: args.go.clone(),
        process: std::env::vars_os().map(|(name, value)| (text(name), text(value))).collect(),
        deadline: Deadline::after(looking_time(args.deadline)),
        limits: Limits::within(args.timeout),
        pace: args.rate.map(|per_second| Pace { per_second, burst: args.burst.unwrap_or(1) }),
        wishes: Wishes {
            modules: args.modules.iter().map(|module| named(module)).collect::<anyhow::Result<_>>()?,
            offline: args.offline,
            max_modules: args.max_modules.unwrap_or(usize::MAX),
            repeat: args.repeat,
            run_helpers: args.run_helpers,
            ..Wishes::default()
        },
        progress,
    })
}

/// `path`, `path@version` or `path@query`.
///
/// # Errors
/// When the path is none of a module.
pub fn named(text: &str) -> anyhow::Result<ModuleVersion> {
    let (path, version) = text.split_once('@').unwrap_or((text, ""));
    // The path of a URL with a login ends at its `@`: the whole text is shown, which hides the login.
    check_path(path).map_err(|problem| {
        anyhow!("malformed module path \"{}\": {}", Foreign::new(text), Foreign::new(&problem.reason.to_string()))
    })?;
    Ok(ModuleVersion::new(path, version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_module_path_is_refused_without_a_secret() {
        let named = |text| named(text).map(|module| (module.path, module.version));
        assert_eq!(named("a.example/x@v1.0.0").unwrap(), ("a.example/x".into(), "v1.0.0".into()));
        assert_eq!(named("a.example/x").unwrap(), ("a.example/x".into(), String::new()));
        for (text, says) in [
            ("", "empty string"),
            ("x@v1.0.0", "missing dot"),
            ("https://u:S3cr3t@a.example/x", "malformed module path"),
            ("a.example//x", "double slash"),
        ] {
            let error = named(text).unwrap_err().to_string();
            assert!(error.contains(says) && !error.contains("S3cr3t"), "{text}: {error}");
        }
    }
}
