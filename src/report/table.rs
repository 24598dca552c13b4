//! The report for people: a sentence first, an overview where there is more than one finding, then
//! what was seen, why it fails and what to do, and the counts.

use super::paint::Paint;
use super::text::{width, wrap};
use super::tree::arrange;
use super::words::{self, Phrases};
use super::{Options, Verbosity};
use crate::catalog::Severity;
use crate::model::{Diagnosis, Finding, Reason, Role, Supply, Verdict};

mod checks;
mod details;
mod overview;

/// What the parts of a report need to draw themselves.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    options: &'a Options,
    paint: Paint,
    words: &'static dyn Phrases,
}

impl Sheet<'_> {
    fn verbose(&self) -> bool {
        self.options.verbosity == Verbosity::Verbose
    }

    /// `text` in lines, the first behind `head` and the others as far in as `head` is wide.
    fn hang(&self, head: &str, text: &str) -> Vec<String> {
        let indent = width(head);
        let lines = wrap(text, self.options.width.saturating_sub(indent));
        let front = |at: usize| if at == 0 { head.to_owned() } else { " ".repeat(indent) };
        lines.iter().enumerate().map(|(at, line)| format!("{}{line}", front(at))).collect()
    }
}

/// The report. Each line ends with a line feed; commands apart, none is wider than the options say.
#[must_use]
pub fn render(diagnosis: &Diagnosis, options: &Options) -> String {
    let sheet = Sheet { options, paint: Paint::new(options.color, options.ascii), words: words::phrases(options.lang) };
    let mut blocks = vec![first_line(sheet, diagnosis)];
    if options.verbosity > Verbosity::Quiet {
        let nodes = arrange(&diagnosis.findings);
        if nodes.len() > 1 {
            blocks.push(overview::lines(sheet, &nodes));
        }
        let first = told_first(diagnosis);
        let shown = nodes.iter().filter(|node| sheet.verbose() || node.finding.role != Role::Symptom);
        blocks.extend(shown.map(|node| {
            let told = first.is_some_and(|first| std::ptr::eq(first, node.finding));
            details::lines(sheet, node.finding, told)
        }));
        if diagnosis.verdict == Verdict::Unknown {
            blocks.push(checks::untold(sheet, diagnosis));
        }
        if sheet.verbose() {
            blocks.push(checks::all(sheet, &diagnosis.checks));
        }
        let summary = summary(sheet, diagnosis);
        match blocks.as_mut_slice() {
            [only] => only.extend(summary),
            _ => blocks.push(summary),
        }
    }
    let blocks: Vec<String> =
        blocks.iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n") + "\n").collect();
    blocks.join("\n")
}

/// The finding whose headline is the first line of the report.
fn told_first(diagnosis: &Diagnosis) -> Option<&Finding> {
    let mut findings = diagnosis.findings.iter();
    match diagnosis.verdict {
        Verdict::Failing => findings.next(),
        Verdict::Degraded => findings.find(|finding| finding.severity == Severity::Warning),
        Verdict::Healthy | Verdict::Unknown => None,
    }
}

fn first_line(sheet: Sheet<'_>, diagnosis: &Diagnosis) -> Vec<String> {
    let headline =
        told_first(diagnosis).map(|finding| words::situation(sheet.options.lang, &finding.situation).headline);
    let summary = diagnosis.summary();
    let sentence = match (diagnosis.verdict, headline) {
        (Verdict::Failing, Some(headline)) => headline,
        (Verdict::Degraded, Some(headline)) => {
            let warning = |finding: &&Finding| finding.severity == Severity::Warning;
            sheet.words.degraded(diagnosis.findings.iter().filter(warning).count(), &headline)
        }
        (Verdict::Healthy | Verdict::Unknown, _) if diagnosis.verified.is_some() => {
            let verified = diagnosis.verified.unwrap_or_default();
            sheet.words.verified(verified, diagnosis.verdict == Verdict::Healthy)
        }
        (Verdict::Unknown, _) if !diagnosis.unexplained_failure => {
            let said = sheet.words.nothing_found_yet(diagnosis.coverage, summary.skipped + summary.inconclusive);
            let late = diagnosis.checks.iter().any(|check| check.reason == Some(Reason::Deadline));
            if late { said + sheet.words.out_of_time() } else { said }
        }
        // A failing or degraded verdict without a finding would be a failure that nothing explains.
        (Verdict::Failing | Verdict::Degraded | Verdict::Unknown, _) if diagnosis.of_log => {
            sheet.words.unexplained_in_log().to_owned()
        }
        (Verdict::Failing | Verdict::Degraded | Verdict::Unknown, _) => sheet.words.unexplained().to_owned(),
        (Verdict::Healthy, _) if diagnosis.of_log => sheet.words.nothing_in_log().to_owned(),
        (Verdict::Healthy, _) => sheet.words.healthy(diagnosis.coverage, diagnosis.supply.go_sum_complete),
    };
    wrap(&sentence, sheet.options.width).iter().map(|line| sheet.paint.strong(line)).collect()
}

fn summary(sheet: Sheet<'_>, diagnosis: &Diagnosis) -> Vec<String> {
    let mut parts = Vec::new();
    if !diagnosis.checks.is_empty() {
        parts.push(sheet.words.summary(&diagnosis.summary(), !sheet.verbose()));
    }
    if let Some(verified) = diagnosis.verified {
        parts.push(sheet.words.hashed(verified));
    } else if diagnosis.coverage.modules > 0 {
        parts.push(sheet.words.coverage(diagnosis.coverage));
    }
    parts.extend(sheet.options.elapsed.map(|elapsed| sheet.words.elapsed(elapsed)));
    let mut lines = joined(sheet, parts);
    if diagnosis.verified.is_none() && matches!(diagnosis.verdict, Verdict::Healthy | Verdict::Degraded) {
        lines.extend(joined(sheet, supply(sheet, &diagnosis.supply)));
    }
    lines.iter().map(|line| sheet.paint.faint(line)).collect()
}

/// By which way the modules come.
fn supply(sheet: Sheet<'_>, supply: &Supply) -> Vec<String> {
    let sources = (!supply.sources.is_empty()).then(|| sheet.words.sources(&supply.sources));
    sources.into_iter().chain(supply.checksums.iter().map(|checksums| sheet.words.checksums(checksums))).collect()
}

/// The parts on as few lines as they fit. A part is kept whole where it can be: lines end between parts.
fn joined(sheet: Sheet<'_>, parts: Vec<String>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if width(line) + 3 + width(&part) <= sheet.options.width => {
                line.push_str(sheet.paint.between());
                line.push_str(&part);
            }
            _ => lines.extend(wrap(&part, sheet.options.width)),
        }
    }
    lines
}

#[cfg(test)]
mod tests;
