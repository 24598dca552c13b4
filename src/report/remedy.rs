//! A plan of fixes, and what came of it, for people and for programs.

mod document;

use super::paint::{Paint, Tone};
use super::text::wrap;
use super::words::remedy::{RemedyWords, of};
use super::{Options, Verbosity, shell, words};
use crate::catalog::Code;
use crate::model::{Fix, Foreign, Protection, Safety, Subject};
use crate::remedy::plan::{Manual, Plan, Planned, Step, Why};
use crate::remedy::{Change, Past};

pub use document::{Document, json, schema, undone_json};

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
    if !plan.when_named.is_empty() {
        let codes: Vec<&str> = plan.when_named.iter().map(|code| code.as_str()).collect();
        lines.push(String::new());
        lines.extend(wrap(sheet.words.when_named(), options.width));
        lines.push(format!("  {}", sheet.paint.command(&format!("gomoddoc fix {}", codes.join(" ")))));
    }
    if options.verbosity == Verbosity::Quiet {
        lines.truncate(1);
    }
    lines.join("\n") + "\n"
}

/// What came of each fix; `left` are the error types that are still found, where somebody looked.
#[must_use]
pub fn outcomes(outcomes: &[Outcome], left: Option<&[Code]>, options: &Options) -> String {
    let sheet = Sheet { words: of(options.lang), paint: Paint::new(options.color, options.ascii), options };
    let mut lines = Vec::new();
    for outcome in outcomes {
        let (mark, tone) = sheet.paint.done(outcome.error.is_none());
        let mark = sheet.paint.tone(mark, tone);
        lines.push(format!("{mark} {}  {}", outcome.code, outcome.subject.value));
        lines.extend(outcome.error.iter().flat_map(|error| sheet.hang(error.as_str())));
    }
    lines.push(sheet.words.done(outcomes.iter().filter(|outcome| outcome.error.is_none()).count(), outcomes.len()));
    if let Some(left) = left {
        let codes: Vec<&str> = left.iter().map(|code| code.as_str()).collect();
        lines.extend(wrap(&sheet.words.looked_again(&codes.join(", ")), options.width));
    }
    lines.join("\n") + "\n"
}

/// Of how many places `undone` tells.
const TOLD: usize = 20;

/// That a run was taken back, and which files are as they were.
#[must_use]
pub fn undone(past: &Past, options: &Options) -> String {
    let words = of(options.lang);
    let places = past.places();
    let mut lines = vec![words.taken_back(&past.id)];
    lines.extend(places.iter().take(TOLD).map(|place| format!("  {}", Foreign::new(&place.to_string_lossy()))));
    if places.len() > TOLD {
        lines.push(format!("  {}", words.more(places.len() - TOLD)));
    }
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
        lines.extend(self.hang(&words::situation(self.options.lang, &planned.situation).headline));
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
        lines.push(format!("{}  {}", self.paint.strong(manual.code.as_str()), manual.subject.value));
        lines.extend(self.hang(&words::situation(self.options.lang, &manual.situation).headline));
        if manual.fixes.is_empty() {
            lines.extend(self.hang(self.words.no_fix()));
        }
        for (at, (fix, why)) in manual.fixes.iter().enumerate() {
            if at > 0 {
                lines.push(format!("  {}", self.paint.faint(self.words.or())));
            }
            let advice = words::advice(self.options.lang, &fix.advice);
            lines.extend(self.hang(&advice));
            lines.extend(self.cost(fix.safety, fix.removes));
            lines.extend(self.hang(&match why {
                Why::NotAllowed => self.words.not_allowed(allows(fix.safety)),
                // The advice says what people are to do.
                Why::People => String::new(),
                Why::Guess | Why::Place | Why::Secret | Why::Changed | Why::Unreadable => {
                    self.words.why(*why).to_owned()
                }
            }));
            lines.extend(self.by_hand(fix));
        }
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
        wrap(text, self.options.width.saturating_sub(2)).into_iter().map(|line| format!("  {line}")).collect()
    }
}

/// The value of `--allow` that permits such fixes.
fn allows(safety: Safety) -> &'static str {
    match safety {
        Safety::Safe => "",
        Safety::WeakensSecurity => "weakens-security",
        Safety::Destructive => "destructive",
    }
}

#[cfg(test)]
mod tests;
