//! A plan of fixes, and what came of it, for people and for programs.

use schemars::JsonSchema;
use serde::Serialize;

use super::json::SCHEMA_VERSION;
use super::paint::{Paint, Tone};
use super::text::wrap;
use super::words::remedy::{RemedyWords, of};
use super::{Options, shell, words};
use crate::catalog::Code;
use crate::model::{Fix, Foreign, Protection, Safety, Subject};
use crate::remedy::Change;
use crate::remedy::plan::{Lines, Manual, Plan, Planned, Step, Why};

/// What came of a fix.
#[derive(Debug)]
pub struct Outcome {
    /// The error type.
    pub code: Code,
    /// What it is about.
    pub subject: Subject,
    /// Why it could not be done.
    pub error: Option<Foreign>,
}

/// The plan: what changes, where, from what to what, and what is left to people.
#[must_use]
pub fn plan(plan: &Plan, options: &Options) -> String {
    let sheet = Sheet { words: of(options.lang), paint: Paint::new(options.color, options.ascii), options };
    let mut lines = Vec::new();
    if plan.todo.is_empty() && plan.manual.is_empty() {
        lines.push(sheet.words.nothing().to_owned());
    } else if !plan.todo.is_empty() {
        lines.push(sheet.words.plan(plan.todo.len()));
        plan.todo.iter().for_each(|planned| sheet.planned(planned, &mut lines));
    }
    if !plan.manual.is_empty() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(sheet.words.by_hand(plan.manual.len()));
        plan.manual.iter().for_each(|manual| sheet.manual(manual, &mut lines));
    }
    lines.join("\n") + "\n"
}

/// What came of each fix.
#[must_use]
pub fn outcomes(outcomes: &[Outcome], options: &Options) -> String {
    let sheet = Sheet { words: of(options.lang), paint: Paint::new(options.color, options.ascii), options };
    let mut lines = Vec::new();
    for outcome in outcomes {
        let (mark, tone) = sheet.paint.done(outcome.error.is_none());
        let mark = sheet.paint.tone(mark, tone);
        lines.push(format!("{mark} {}  {}", outcome.code, outcome.subject.value));
        lines.extend(outcome.error.iter().flat_map(|error| sheet.hang(error.as_str())));
    }
    lines.push(sheet.words.done(outcomes.iter().filter(|outcome| outcome.error.is_none()).count(), outcomes.len()));
    lines.join("\n") + "\n"
}

struct Sheet<'a> {
    words: &'static dyn RemedyWords,
    paint: Paint,
    options: &'a Options,
}

impl Sheet<'_> {
    fn planned(&self, planned: &Planned, lines: &mut Vec<String>) {
        lines.push(String::new());
        lines.push(format!("{}  {}", self.paint.strong(planned.code.as_str()), planned.subject.value));
        // What is done to the cache says all by itself, and is less than the commands for people do.
        if !planned.steps.iter().all(|step| matches!(step, Step::Refetch { .. } | Step::Remove { .. })) {
            lines.extend(self.hang(&words::advice(self.options.lang, &planned.advice)));
        }
        lines.extend(self.cost(planned.safety, planned.removes));
        for step in &planned.steps {
            self.step(step, lines);
        }
    }

    fn cost(&self, safety: Safety, removes: Option<Protection>) -> Vec<String> {
        let phrases = words::phrases(self.options.lang);
        let cost = match (safety, removes) {
            (Safety::Safe, _) => return Vec::new(),
            (_, Some(protection)) => phrases.removes(protection),
            (Safety::WeakensSecurity, None) => phrases.weakens_security(),
            (Safety::Destructive, None) => phrases.destructive(),
        };
        self.hang(cost).into_iter().map(|line| self.paint.tone(&line, Tone::Doubtful)).collect()
    }

    fn step(&self, step: &Step, lines: &mut Vec<String>) {
        let said = match step {
            Step::Edit { edit, lines: changed } => {
                lines.push(format!("    {}:{}", edit.path.display(), changed.first));
                lines.extend(changed.old.iter().map(|line| self.paint.tone(&format!("    - {line}"), Tone::Bad)));
                lines.extend(changed.new.iter().map(|line| self.paint.tone(&format!("    + {line}"), Tone::Good)));
                return;
            }
            Step::Change(Change::Mode { path, from, to }) => self.words.mode(&path.display().to_string(), *from, *to),
            Step::Change(Change::Folder { path }) => self.words.folder(&path.display().to_string()),
            // No plan holds others.
            Step::Change(_) => return,
            Step::Refetch { module, pieces, .. } => {
                let pieces: Vec<&str> = pieces.iter().map(|piece| self.words.piece(*piece)).collect();
                self.words.refetch(&module.to_string(), &pieces)
            }
            Step::Remove { path, .. } => self.words.remove(&path.display().to_string()),
            Step::Go { args, .. } => self.words.go(&format!("go {}", args.join(" "))),
        };
        lines.push(format!("    {}", Foreign::new(&said)));
    }

    fn manual(&self, manual: &Manual, lines: &mut Vec<String>) {
        lines.push(String::new());
        let between = self.paint.between();
        let head = format!("{}  {}{between}{}", manual.code, manual.subject.value, self.words.why(manual.why));
        lines.extend(wrap(&head, self.options.width));
        let Some(fix) = &manual.fix else { return };
        lines.extend(self.hang(&words::advice(self.options.lang, &fix.advice)));
        lines.extend(self.by_hand(fix));
    }

    fn by_hand(&self, fix: &Fix) -> Vec<String> {
        let phrases = words::phrases(self.options.lang);
        let told = |step| match step {
            shell::Step::Command(command) => vec![format!("    {}", self.paint.command(&command))],
            shell::Step::Edit { path, line, from, to } => self.hang(&phrases.edit_line(&path, line, &from, &to)),
            shell::Step::Set { file, name, value } => self.hang(&phrases.set_variable(&file, &name, &value)),
            shell::Step::Unset { file, name } => self.hang(&phrases.unset_variable(&file, &name)),
            shell::Step::Withheld => self.hang(phrases.no_command()),
        };
        shell::steps(self.options.shell, fix).into_iter().flat_map(told).collect()
    }

    fn hang(&self, text: &str) -> Vec<String> {
        let text = Foreign::new(text);
        wrap(text.as_str(), self.options.width.saturating_sub(2)).into_iter().map(|line| format!("  {line}")).collect()
    }
}

/// A run of `fix` or `cache repair`, for programs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Document {
    schema_version: u32,
    command: &'static str,
    /// What can be done here, in order.
    plan: Vec<PlannedDocument>,
    /// What is left to people.
    manual: Vec<ManualDocument>,
    /// What came of each fix that was tried; none without `--yes`.
    outcomes: Vec<OutcomeDocument>,
    /// The name for `fix --undo`; none where nothing was changed.
    journal: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PlannedDocument {
    code: Code,
    subject: Subject,
    safety: Safety,
    removes: Option<Protection>,
    steps: Vec<StepDocument>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case")]
enum StepDocument {
    Edit { path: Foreign, lines: Lines },
    Mode { path: Foreign, from: u32, to: u32 },
    MakeFolder { path: Foreign },
    Refetch { module: String, pieces: Vec<crate::golang::module_cache::Piece> },
    MoveAway { path: Foreign },
    Go { args: Vec<Foreign> },
}

#[derive(Debug, Serialize, JsonSchema)]
struct ManualDocument {
    code: Code,
    subject: Subject,
    why: Why,
}

#[derive(Debug, Serialize, JsonSchema)]
struct OutcomeDocument {
    code: Code,
    subject: Subject,
    error: Option<Foreign>,
}

/// The document on several lines, ended by a line feed.
#[must_use]
pub fn json(command: &'static str, plan: &Plan, outcomes: &[Outcome], journal: Option<&str>) -> String {
    let document = Document {
        schema_version: SCHEMA_VERSION,
        command,
        plan: plan.todo.iter().map(of_planned).collect(),
        manual: plan.manual.iter().map(of_manual).collect(),
        outcomes: outcomes.iter().map(of_outcome).collect(),
        journal: journal.map(str::to_owned),
    };
    // Serialising plain data into a string cannot fail.
    serde_json::to_string_pretty(&document).map(|text| text + "\n").unwrap_or_default()
}

fn of_planned(planned: &Planned) -> PlannedDocument {
    PlannedDocument {
        code: planned.code,
        subject: planned.subject.clone(),
        safety: planned.safety,
        removes: planned.removes,
        steps: planned.steps.iter().filter_map(of_step).collect(),
    }
}

fn of_step(step: &Step) -> Option<StepDocument> {
    let text = |path: &std::path::Path| Foreign::new(&path.to_string_lossy());
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

fn of_manual(manual: &Manual) -> ManualDocument {
    ManualDocument { code: manual.code, subject: manual.subject.clone(), why: manual.why }
}

fn of_outcome(outcome: &Outcome) -> OutcomeDocument {
    OutcomeDocument { code: outcome.code, subject: outcome.subject.clone(), error: outcome.error.clone() }
}
