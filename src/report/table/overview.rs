//! The overview: one row a finding, what follows from it beneath.

use comfy_table::{Cell, ContentArrangement, Table};

use super::Sheet;
use crate::catalog::Severity;
use crate::report::text::{cut_middle, width};
use crate::report::tree::Node;
use crate::report::words::phrases::Rest;

/// How many findings that follow are shown beneath one cause, unless all are wanted.
const SYMPTOMS: usize = 5;
/// The fewest columns that a subject is cut to.
const SUBJECT: usize = 12;

/// One row, not yet fitted.
struct Row {
    mark: String,
    code: String,
    location: &'static str,
    subject: String,
    who: &'static str,
}

pub(super) fn lines(sheet: Sheet<'_>, nodes: &[Node<'_>]) -> Vec<String> {
    let headings = sheet.words.headings();
    let rows = rows(sheet, nodes);
    let widest = |heading: &str, cell: fn(&Row) -> usize| rows.iter().map(cell).max().unwrap_or(0).max(width(heading));
    // The mark with its blank, and three gaps of two.
    let taken = 2
        + 3 * 2
        + widest(headings.code, |row| width(&row.code))
        + widest(headings.location, |row| width(row.location))
        + widest(headings.who, |row| width(row.who));
    let room = sheet.options.width.saturating_sub(taken).max(SUBJECT);

    let mut table = Table::new();
    table.set_content_arrangement(ContentArrangement::Disabled).load_style(comfy_table::presets::NOTHING);
    let faint = |text: &str| Cell::new(sheet.paint.faint(text));
    table.set_header([
        faint(" "),
        faint(headings.code),
        faint(headings.location),
        faint(headings.subject),
        faint(headings.who),
    ]);
    for row in &rows {
        let subject = cut_middle(&row.subject, room, sheet.paint.ellipsis());
        table.add_row([row.mark.as_str(), &row.code, row.location, &subject, row.who]);
    }
    for (at, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, if at == 0 { 1 } else { 2 }));
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect()
}

fn rows(sheet: Sheet<'_>, nodes: &[Node<'_>]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut rest = nodes;
    while let Some((root, after)) = rest.split_first() {
        let below = after.iter().take_while(|node| node.depth > 0).count();
        let (symptoms, next) = after.split_at(below);
        rest = next;
        rows.push(row(sheet, root));
        let shown = if sheet.verbose() { below } else { SYMPTOMS };
        rows.extend(symptoms.iter().take(shown).map(|node| row(sheet, node)));
        if below > shown {
            let more = sheet.words.rest(Rest::Symptoms, below - shown);
            rows.push(Row { mark: " ".into(), code: more, location: "", subject: String::new(), who: "" });
        }
    }
    rows
}

fn row(sheet: Sheet<'_>, node: &Node<'_>) -> Row {
    let finding = node.finding;
    let (mark, tone) = sheet.paint.severity(finding.severity);
    let (mark, code, who) = match node.depth {
        // Nothing is wrong with what a note is about, so nobody has to mend it.
        0 if finding.severity == Severity::Note => (sheet.paint.tone(mark, tone), finding.code.to_string(), ""),
        0 => (sheet.paint.tone(mark, tone), finding.code.to_string(), sheet.words.who(finding.who)),
        // Beyond a few steps the indent says no more than that it follows.
        depth => {
            let indent = "  ".repeat(depth.min(3) - 1);
            (" ".to_owned(), format!("{indent}{}{}", sheet.paint.branch(), finding.code), sheet.words.follows())
        }
    };
    Row { mark, code, location: sheet.words.location(finding.location), subject: finding.subject.value.clone(), who }
}
