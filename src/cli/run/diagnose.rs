//! From what a command wrote to what is said about it.

use crate::cli::global::Format;
use crate::cli::settings::Settings;
use crate::cli::triage;
use crate::diagnosis;
use crate::facts::transcript::TranscriptFacts;
use crate::golang::platform::Os;
use crate::model::{Diagnosis, Verdict};
use crate::report::words::phrases::Phrases;
use crate::report::{Shell, Verbosity, json, table};

/// What the output alone tells.
pub(super) fn of_transcript(transcript: &TranscriptFacts) -> Diagnosis {
    diagnosis::diagnose(&triage::facts(transcript.clone()), &[])
}

/// The report for stderr. Of a failure that is none of modules a line is enough; after a stall even that
/// would be too much.
pub(super) fn report(diagnosis: &Diagnosis, settings: &Settings, words: &dyn Phrases, stalled: bool) -> Option<String> {
    let shell = Shell::of(Os::current());
    match settings.format {
        Format::Table => {}
        Format::Json => return Some(json::render(diagnosis, "run", settings.document_lang, shell)),
        Format::Ndjson => return Some(json::line(diagnosis, "run", settings.document_lang, shell, None)),
    }
    if diagnosis.verdict == Verdict::Failing || diagnosis.unexplained_failure {
        return Some(table::render(diagnosis, &settings.options(None)));
    }
    let silent = stalled || settings.verbosity == Verbosity::Quiet;
    (!silent).then(|| format!("gomoddoc: {}\n", words.no_module_failure()))
}
