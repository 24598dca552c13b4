//! One finding: what was seen, why it fails, what to do.

use super::Sheet;
use crate::catalog::{Code, Severity};
use crate::model::{Evidence, Finding, Fix, Foreign, Role, Safety};
use crate::report::shell;
use crate::report::step::{self, Told};
use crate::report::text::{cut_middle, pad, width, wrap};
use crate::report::words;
use crate::report::words::phrases::{Label, Rest};

/// How many pieces of evidence are shown, unless all are wanted.
const EVIDENCE: usize = 3;
/// How many fixes are shown, unless all are wanted.
const FIXES: usize = 2;

/// The lines of one finding. Its headline is left out where `told` says that it is the first line
/// of the report.
pub(super) fn lines(sheet: Sheet<'_>, finding: &Finding, told: bool) -> Vec<String> {
    let said = words::situation(sheet.options.lang, &finding.situation);
    let mut lines = header(sheet, finding);
    if !told {
        lines.extend(labelled(sheet, Label::What, &said.headline));
    }
    lines.extend(evidence(sheet, finding));
    lines.extend(said.why.iter().flat_map(|why| labelled(sheet, Label::Why, why)));
    // What only follows is mended where its cause is.
    if finding.role != Role::Symptom {
        lines.extend(fixes(sheet, finding));
        let more = format!("gomoddoc explain {}", finding.code);
        lines.push(format!("{}{}", label(sheet, Label::More), sheet.paint.command(&more)));
    }
    lines
}

fn header(sheet: Sheet<'_>, finding: &Finding) -> Vec<String> {
    let words = sheet.words;
    let (mark, tone) = sheet.paint.severity(finding.severity);
    let mut about = vec![words.confidence(finding.confidence)];
    if finding.role == Role::Symptom {
        about.push(words.follows());
    } else {
        match finding.severity {
            Severity::Error => {
                about.extend([words.can_be_mended_by(finding.who), words.retry(finding.retryable)]);
            }
            Severity::Warning => about.extend([words.severity(finding.severity), words.can_be_mended_by(finding.who)]),
            Severity::Note => about.push(words.severity(finding.severity)),
        }
    }
    let about = about.join(sheet.paint.between());
    let code = finding.code.to_string();
    let head = format!("{} {}", sheet.paint.tone(mark, tone), sheet.paint.strong(&code));
    let column = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0) + 2;
    if 2 + column + width(&about) <= sheet.options.width {
        return vec![format!("{head}{}{about}", pad("", column.saturating_sub(code.len())))];
    }
    let below = wrap(&about, sheet.options.width.saturating_sub(2));
    std::iter::once(head).chain(below.iter().map(|line| format!("  {line}"))).collect()
}

/// The label in front of a line, with the indent of all labels.
fn label(sheet: Sheet<'_>, label: Label) -> String {
    let text = pad(sheet.words.label(label), label_width(sheet));
    format!("  {}  ", sheet.paint.faint(&text))
}

fn label_width(sheet: Sheet<'_>) -> usize {
    Label::ALL.iter().map(|label| width(sheet.words.label(*label))).max().unwrap_or(0)
}

fn indent(sheet: Sheet<'_>) -> String {
    " ".repeat(4 + label_width(sheet))
}

/// `text` behind its label, wrapped.
fn labelled(sheet: Sheet<'_>, which: Label, text: &str) -> Vec<String> {
    let indent = indent(sheet);
    let lines = wrap(text, sheet.options.width.saturating_sub(indent.len()));
    let front = |at: usize| if at == 0 { label(sheet, which) } else { indent.clone() };
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}", front(at))).collect()
}

fn evidence(sheet: Sheet<'_>, finding: &Finding) -> Vec<String> {
    let all = &finding.evidence;
    let shown = if sheet.verbose() { all.len() } else { EVIDENCE };
    let indent = indent(sheet);
    let room = sheet.options.width.saturating_sub(indent.len());
    let mut lines = Vec::new();
    for (at, piece) in all.iter().take(shown).enumerate() {
        let mut tail = place(sheet, piece);
        if at == 0 && finding.count > 1 {
            tail.push_str(&format!("  ({})", sheet.words.times(finding.count)));
        }
        let seen = words::seen(sheet.options.lang, &piece.seen);
        let texts = if sheet.verbose() {
            wrap(&format!("{seen}{tail}"), room)
        } else {
            // The place may be long, but the reader needs some of the text beside it.
            let tail = if width(&tail) * 2 > room { cut_middle(&tail, room / 2, sheet.paint.ellipsis()) } else { tail };
            let text = cut_middle(&seen, room.saturating_sub(width(&tail)), sheet.paint.ellipsis());
            vec![format!("{text}{tail}")]
        };
        for text in texts {
            let front = if lines.is_empty() { label(sheet, Label::Seen) } else { indent.clone() };
            lines.push(format!("{front}{text}"));
        }
    }
    if all.len() > shown {
        lines.push(format!("{indent}{}", sheet.words.rest(Rest::Evidence, all.len() - shown)));
    }
    lines
}

/// Where a piece of evidence stands: a line of a file always, a check only where all is wanted.
fn place(sheet: Sheet<'_>, piece: &Evidence) -> String {
    match piece.line {
        Some(line) => format!("  ({}:{line})", piece.source),
        None if sheet.verbose() && !piece.source.is_empty() => format!("  ({})", piece.source),
        None => String::new(),
    }
}

fn fixes(sheet: Sheet<'_>, finding: &Finding) -> Vec<String> {
    let all = &finding.fixes;
    let shown = if sheet.verbose() { all.len() } else { FIXES };
    let mut lines = Vec::new();
    for (at, fix) in all.iter().take(shown).enumerate() {
        lines.extend(one_fix(sheet, if at == 0 { Label::Fix } else { Label::Or }, fix));
    }
    if all.len() > shown {
        let rest = sheet.words.rest(Rest::Fixes, all.len() - shown);
        lines.push(format!("{}{rest} (--verbose)", indent(sheet)));
    }
    lines
}

fn one_fix(sheet: Sheet<'_>, which: Label, fix: &Fix) -> Vec<String> {
    let words = sheet.words;
    let mut lines = labelled(sheet, which, &words::advice(sheet.options.lang, &fix.advice));
    let indent = indent(sheet);
    let cost = match (fix.safety, fix.removes) {
        (Safety::Safe, _) => None,
        (_, Some(protection)) => Some(words.removes(protection)),
        (Safety::WeakensSecurity, None) => Some(words.weakens_security()),
        (Safety::Destructive, None) => Some(words.destructive()),
    };
    lines.extend(cost.iter().flat_map(|cost| sheet.hang(&indent, cost)));
    for step in shell::steps(sheet.options.shell, fix) {
        match step::told(words, step) {
            Told::Command(command) => lines.push(format!("{indent}  {}", sheet.paint.command(&command))),
            Told::Sentence(said) => lines.extend(sheet.hang(&indent, Foreign::new(&said).as_str())),
        }
    }
    lines
}
