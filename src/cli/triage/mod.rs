//! `gomoddoc triage`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::{Exit, ExitArgs};
use super::global::Format;
use super::settings::Settings;
use super::{check, output};
use crate::diagnosis::diagnose;
use crate::facts::{Facts, Section, Wishes};
use crate::golang::platform::Os;
use crate::report::{Options, Shell, json, table};

/// The flags of `triage`, as they were typed.
#[derive(Debug, Args)]
pub struct TriageArgs {
    /// The log ("-" is stdin)
    #[arg(value_name = "FILE", default_value = "-")]
    pub file: PathBuf,

    /// What decides the exit code.
    #[command(flatten)]
    pub exit: ExitArgs,
}

/// Reads, diagnoses and reports.
///
/// # Errors
/// When the log cannot be read.
pub fn run(args: &TriageArgs, settings: &Settings) -> anyhow::Result<Exit> {
    let facts = facts(&args.file)?;
    let diagnosis = diagnose(&facts, &[]);
    let shell = Shell::of(facts.os);
    output::print(&match settings.format {
        Format::Table => table::render(&diagnosis, &Options { shell, ..settings.options(None) }),
        Format::Json => json::render(&diagnosis, "triage", settings.document_lang, shell),
    })?;
    Ok(args.exit.exit(&diagnosis))
}

fn facts(path: &Path) -> anyhow::Result<Facts> {
    let transcript = check::log::read(path)?;
    let now = jiff::Timestamp::now().to_string();
    let facts = Facts::begin(Os::current(), std::env::consts::ARCH, now, Wishes::default());
    Ok(Facts { transcript: Section::of(transcript), ..facts })
}
