//! `gomoddoc triage`.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

pub mod input;

use super::check::facts_file;
use super::exit::{Exit, ExitArgs};
use super::global::Format;
use super::output;
use super::settings::Settings;
use crate::diagnosis::{Ignore, diagnose};
use crate::facts::save::Names;
use crate::facts::transcript::TranscriptFacts;
use crate::facts::{Facts, Section, Wishes};
use crate::golang::platform::Os;
use crate::model::Diagnosis;
use crate::report::summary::{self, Tickets};
use crate::report::{Shell, json, table};

/// The flags of `triage`, as they were typed.
#[derive(Debug, Args)]
pub struct TriageArgs {
    /// The log, a folder of logs or an archive of them (gzip, zip), as one ticket; "-" is stdin. Several
    /// tickets need --format ndjson or --summary
    #[arg(value_name = "FILE", default_value = "-")]
    pub files: Vec<PathBuf>,
    /// Count error types, hosts and modules over all tickets
    #[arg(long)]
    pub summary: bool,
    /// Leave findings of this type out, or only those about this subject
    #[arg(long, value_name = "CODE[=SUBJECT]")]
    pub ignore: Vec<Ignore>,
    /// Save what was read to a facts file, without secrets, for check --from
    #[arg(long, value_name = "FACTS")]
    pub save: Option<PathBuf>,

    /// What decides the exit code.
    #[command(flatten)]
    pub exit: ExitArgs,
}

/// Reads, diagnoses and reports.
///
/// # Errors
/// When a log cannot be read, or a format cannot hold several.
pub fn run(args: &TriageArgs, settings: &Settings) -> anyhow::Result<Exit> {
    let one = args.files.len() == 1;
    ensure!(one || args.summary || settings.format == Format::Ndjson, "several logs need --format ndjson or --summary");
    ensure!(one || args.save.is_none(), "--save takes the facts of one log");
    let mut tickets = Tickets::default();
    let mut exits = Vec::new();
    for path in &args.files {
        let facts = facts(input::read(path)?);
        if let Some(file) = &args.save {
            facts_file::save(&facts, file, &Names::Real)?;
        }
        let diagnosis = diagnose(&facts, &args.ignore);
        exits.push(args.exit.exit(&diagnosis));
        if args.summary {
            tickets.add(&diagnosis);
        } else {
            let source = path.to_string_lossy();
            output::print(&told(&diagnosis, settings, (!one).then_some(&*source)))?;
        }
    }
    if args.summary {
        output::print(&match settings.format {
            Format::Table => summary::table(&tickets, &settings.options(None)),
            Format::Json | Format::Ndjson => summary::json(&tickets),
        })?;
    }
    Ok(worst(&exits))
}

fn told(diagnosis: &Diagnosis, settings: &Settings, source: Option<&str>) -> String {
    let shell = Shell::of(Os::current());
    match settings.format {
        Format::Table => table::render(diagnosis, &settings.options(None)),
        Format::Json => json::render(diagnosis, "triage", settings.document_lang, shell),
        Format::Ndjson => json::line(diagnosis, "triage", settings.document_lang, shell, source),
    }
}

/// A failure that a retry does not mend beats one that it may mend.
fn worst(exits: &[Exit]) -> Exit {
    [Exit::Broken, Exit::Found, Exit::Retry].into_iter().find(|exit| exits.contains(exit)).unwrap_or(Exit::Fine)
}

/// Facts of which a log is all that is known.
pub fn facts(transcript: TranscriptFacts) -> Facts {
    let now = jiff::Timestamp::now().to_string();
    let facts = Facts::begin(Os::current(), std::env::consts::ARCH, now, Wishes::default());
    Facts { transcript: Section::of(transcript), ..facts }
}
