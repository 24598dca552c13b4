//! The checks: all of them with their reasons, or why some do not tell.

use std::time::Duration;

use super::Sheet;
use crate::model::{Check, CheckStatus, Diagnosis};
use crate::report::text::{cut_middle, pad, width, wrap};
use crate::report::words;

/// How many reasons or failed checks are listed, unless all are wanted.
const REASONS: usize = 5;
/// The most columns for the id and for the subject of a check.
const COLUMN: usize = 36;

/// All checks with what came of them.
pub(super) fn all(sheet: Sheet<'_>, checks: &[Check]) -> Vec<String> {
    let widest = |of: fn(&Check) -> usize| checks.iter().map(of).max().unwrap_or(0).min(COLUMN);
    let id_width = widest(|check| width(&check.id));
    // Mark, three gaps, and room for `cannot tell` or a time.
    let room = sheet.options.width.saturating_sub(2 + id_width + 2 + 2 + 12);
    let subject_width = widest(|check| width(&check.subject)).min(room);
    checks.iter().flat_map(|check| line(sheet, check, id_width, subject_width)).collect()
}

fn line(sheet: Sheet<'_>, check: &Check, id_width: usize, subject_width: usize) -> Vec<String> {
    let (mark, tone) = sheet.paint.status(check.status);
    let fit = |text: &str, columns| pad(&cut_middle(text, columns, sheet.paint.ellipsis()), columns);
    let elapsed = sheet.words.elapsed(Duration::from_millis(check.elapsed_ms));
    let came = match check.status {
        CheckStatus::Passed if check.elapsed_ms > 0 => elapsed,
        CheckStatus::Passed => String::new(),
        status => sheet.words.status(status).to_owned(),
    };
    let head = format!(
        "{} {}  {}  {came}",
        sheet.paint.tone(mark, tone),
        fit(&check.id, id_width),
        fit(&check.subject, subject_width)
    );
    let mut lines = vec![head.trim_end().to_owned()];
    let reason = check.reason.as_ref().map(|reason| sheet.words.reason(reason)).unwrap_or_default();
    lines.extend(sheet.hang("    ", &reason));
    lines
}

/// Why the verdict is unknown: what failed and fits no type, or what could not be looked at.
pub(super) fn untold(sheet: Sheet<'_>, diagnosis: &Diagnosis) -> Vec<String> {
    if diagnosis.unexplained_failure {
        let failed: Vec<&Check> =
            diagnosis.checks.iter().filter(|check| check.status == CheckStatus::Failed).take(REASONS).collect();
        let mut lines: Vec<String> = failed
            .iter()
            .flat_map(|check| {
                let (mark, tone) = sheet.paint.status(check.status);
                let text = format!("{}  {}", check.id, check.subject);
                let text = cut_middle(&text, sheet.options.width.saturating_sub(2), sheet.paint.ellipsis());
                [format!("{} {text}", sheet.paint.tone(mark, tone))]
            })
            .collect();
        for seen in &diagnosis.unexplained {
            let place = seen.line.map(|line| sheet.words.line(line)).unwrap_or_default();
            lines.extend(sheet.hang(&format!("  {place}  "), &words::seen(sheet.options.lang, &seen.seen)));
        }
        let advice =
            if diagnosis.of_log { sheet.words.unexplained_in_log_advice() } else { sheet.words.unexplained_advice() };
        lines.extend(wrap(advice, sheet.options.width));
        return lines;
    }
    // Grouped by reason, in the order in which they come, the most frequent first.
    let mut reasons: Vec<(String, usize)> = Vec::new();
    for reason in diagnosis.checks.iter().filter_map(|check| check.reason.as_ref()) {
        let text = sheet.words.reason(reason);
        match reasons.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += 1,
            None => reasons.push((text, 1)),
        }
    }
    reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let (mark, _) = sheet.paint.status(CheckStatus::Skipped);
    let line =
        |(reason, count): &(String, usize)| sheet.hang(&format!("  {mark} "), &sheet.words.checks(*count, reason));
    reasons.iter().take(REASONS).flat_map(line).collect()
}
