//! A plan of fixes, and what came of it, for people and for programs.

mod document;

use super::paint::{Paint, Tone};
use super::text::wrap;
use super::words::remedy::{RemedyWords, of};
use super::{Options, shell, words};
use crate::catalog::Code;
use crate::model::{Fix, Foreign, Protection, Safety, Subject};
use crate::remedy::Change;
use crate::remedy::plan::{Manual, Plan, Planned, Step, Why};

pub use document::{Document, json, schema};

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
        lines.push(format!("{}  {}", self.paint.strong(manual.code.as_str()), manual.subject.value));
        let fix = manual.fix.as_ref();
        lines.extend(fix.iter().flat_map(|fix| self.cost(fix.safety, fix.removes)));
        lines.extend(self.hang(&match fix.filter(|_| manual.why == Why::NotAllowed) {
            Some(fix) => self.words.not_allowed(allows(fix.safety)),
            None => self.words.why(manual.why).to_owned(),
        }));
        let Some(fix) = fix else { return };
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
