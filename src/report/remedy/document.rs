//! A plan of fixes, and what came of it, for programs.

use std::path::Path;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Outcome;
use crate::catalog::{Code, Lang};
use crate::golang::module_cache::Piece;
use crate::model::{Fix, Foreign, Protection, Safety, Subject};
use crate::remedy::Change;
use crate::remedy::plan::{Lines, Manual, Plan, Planned, Step, Why};
use crate::report::json::document::{FixDocument, Tool};
use crate::report::json::{SCHEMA_VERSION, of_fix};
use crate::report::{Options, schema, words};

/// A run of `fix` or `cache repair`, for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Document {
    /// The version of this document: 1.
    schema_version: u32,
    /// The program that wrote it.
    tool: Tool,
    /// The subcommand: `fix` or `cache repair`.
    command: &'static str,
    /// The language of the sentences: English unless another was asked for.
    lang: Lang,
    /// What can be done here, in order.
    plan: Vec<PlannedDocument>,
    /// What is left to people.
    manual: Vec<ManualDocument>,
    /// The error types of warnings and notes that can be mended here when they are named.
    when_named: Vec<Code>,
    /// What came of each fix that was tried; none without `--yes`.
    outcomes: Vec<OutcomeDocument>,
    /// The error types that are still found after the fixes; none where nobody looked again.
    left: Option<Vec<Code>>,
    /// The name for `fix --undo`; none where nothing was changed.
    journal: Option<String>,
    /// The run that `fix --undo` has taken back.
    undone: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PlannedDocument {
    /// The error type.
    code: Code,
    /// What it is about.
    subject: Subject,
    /// What is wrong, in a sentence.
    headline: String,
    /// What the fix comes to, in a sentence.
    summary: String,
    /// What it costs in protection.
    safety: Safety,
    /// The protection that it takes away.
    removes: Option<Protection>,
    /// What is done, in order.
    steps: Vec<StepDocument>,
}

/// One thing that is done.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum StepDocument {
    /// Lines of a file become others.
    Edit {
        /// The file, with links resolved.
        path: Foreign,
        /// The lines.
        lines: Lines,
    },
    /// A file gets other permission bits.
    Mode {
        /// The file.
        path: Foreign,
        /// They are these, as a decimal number.
        from: u32,
        /// They become these.
        to: u32,
    },
    /// A folder is made.
    MakeFolder {
        /// The folder.
        path: Foreign,
    },
    /// The go command fetches pieces of a module again.
    Refetch {
        /// The module, with its version.
        module: String,
        /// The pieces.
        pieces: Vec<Piece>,
    },
    /// A file or folder of the module cache is moved out of the way.
    MoveAway {
        /// It.
        path: Foreign,
    },
    /// The go command changes go.mod and the files beside it.
    Go {
        /// Its arguments.
        args: Vec<Foreign>,
    },
}

/// A finding that is left to people.
#[derive(Debug, Serialize, JsonSchema)]
struct ManualDocument {
    /// The error type.
    code: Code,
    /// What it is about.
    subject: Subject,
    /// What is wrong, in a sentence.
    headline: String,
    /// What people can do, the likeliest first; none where nothing is known.
    fixes: Vec<LeftDocument>,
}

/// A fix that is left to people.
#[derive(Debug, Serialize, JsonSchema)]
struct LeftDocument {
    /// Why it is not done here.
    why: Why,
    /// It.
    fix: FixDocument,
}

/// What came of a fix.
#[derive(Debug, Serialize, JsonSchema)]
struct OutcomeDocument {
    /// The error type.
    code: Code,
    /// What it is about.
    subject: Subject,
    /// Why it could not be done; none where it was.
    error: Option<Foreign>,
}

/// The JSON schema of the document, as it lies in `docs/schema/remedy-v1.json`.
#[must_use]
pub fn schema() -> Value {
    schema::of::<Document>("Fixes by gomoddoc")
}

/// The document on several lines, ended by a line feed.
#[must_use]
pub fn json(
    command: &'static str,
    plan: &Plan,
    outcomes: &[Outcome],
    left: Option<&[Code]>,
    journal: Option<&str>,
    options: &Options,
) -> String {
    text(&Document {
        plan: plan.todo.iter().map(|planned| of_planned(planned, options)).collect(),
        manual: plan.manual.iter().map(|manual| of_manual(manual, options)).collect(),
        when_named: plan.when_named.clone(),
        outcomes: outcomes.iter().map(of_outcome).collect(),
        left: left.map(<[Code]>::to_vec),
        journal: journal.map(str::to_owned),
        ..empty(command, options)
    })
}

/// That `fix --undo` has taken back the run of this name.
#[must_use]
pub fn undone_json(command: &'static str, id: &str, options: &Options) -> String {
    text(&Document { undone: Some(id.to_owned()), ..empty(command, options) })
}

fn empty(command: &'static str, options: &Options) -> Document {
    Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        command,
        lang: options.lang,
        plan: Vec::new(),
        manual: Vec::new(),
        when_named: Vec::new(),
        outcomes: Vec::new(),
        left: None,
        journal: None,
        undone: None,
    }
}

fn text(document: &Document) -> String {
    // Serialising plain data into a string cannot fail.
    serde_json::to_string_pretty(document).map(|text| text + "\n").unwrap_or_default()
}

fn of_planned(planned: &Planned, options: &Options) -> PlannedDocument {
    PlannedDocument {
        code: planned.code,
        subject: planned.subject.clone(),
        headline: words::situation(options.lang, &planned.situation).headline,
        summary: words::advice(options.lang, &planned.advice),
        safety: planned.safety,
        removes: planned.removes,
        steps: planned.steps.iter().filter_map(of_step).collect(),
    }
}

fn of_step(step: &Step) -> Option<StepDocument> {
    let text = |path: &Path| Foreign::new(&path.to_string_lossy());
    Some(match step {
        Step::Edit { edit, lines } => StepDocument::Edit { path: text(&edit.path), lines: lines.clone() },
        Step::Change(Change::Mode { path, from, to }) => StepDocument::Mode { path: text(path), from: *from, to: *to },
        Step::Change(Change::Folder { path }) => StepDocument::MakeFolder { path: text(path) },
        Step::Change(_) => return None,
        Step::Refetch { module, pieces, .. } => {
            StepDocument::Refetch { module: module.to_string(), pieces: pieces.clone() }
        }
        Step::Remove { path, .. } => StepDocument::MoveAway { path: text(path) },
        Step::Go { args, .. } => StepDocument::Go { args: args.iter().map(|arg| Foreign::new(arg)).collect() },
    })
}

fn of_manual(manual: &Manual, options: &Options) -> ManualDocument {
    let left = |(fix, why): &(Fix, Why)| LeftDocument { why: *why, fix: of_fix(fix, options.lang, options.shell) };
    ManualDocument {
        code: manual.code,
        subject: manual.subject.clone(),
        headline: words::situation(options.lang, &manual.situation).headline,
        fixes: manual.fixes.iter().map(left).collect(),
    }
}

fn of_outcome(outcome: &Outcome) -> OutcomeDocument {
    OutcomeDocument { code: outcome.code, subject: outcome.subject.clone(), error: outcome.error.clone() }
}
