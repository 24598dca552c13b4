//! Counts over many tickets, for people and for programs.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::Options;
use super::json::SCHEMA_VERSION;
use super::json::document::Tool;
use super::paint::Paint;
use super::text::{cut_middle, pad, width};
use super::words;
use crate::model::{Diagnosis, Foreign, Role, SubjectKind, Verdict};

/// How many of each kind people are shown.
const SHOWN: usize = 20;

/// What many tickets come to.
#[derive(Debug, Default)]
pub struct Tickets {
    all: usize,
    unexplained: usize,
    without: usize,
    codes: HashMap<String, usize>,
    hosts: HashMap<String, usize>,
    modules: HashMap<String, usize>,
}

impl Tickets {
    /// Adds a ticket: each of its causes counts once.
    pub fn add(&mut self, diagnosis: &Diagnosis) {
        self.all += 1;
        match diagnosis.verdict {
            Verdict::Unknown => self.unexplained += 1,
            Verdict::Healthy | Verdict::Degraded => self.without += 1,
            Verdict::Failing => {}
        }
        let causes = || diagnosis.findings.iter().filter(|finding| finding.role == Role::Cause);
        let codes: BTreeSet<&str> = causes().map(|finding| finding.code.as_str()).collect();
        count(&mut self.codes, codes);
        for (kind, counts) in [(SubjectKind::Host, &mut self.hosts), (SubjectKind::Module, &mut self.modules)] {
            let of_kind = causes().filter(|finding| finding.subject.kind == kind);
            count(counts, of_kind.map(|finding| finding.subject.value.as_str()).collect());
        }
    }
}

fn count(counts: &mut HashMap<String, usize>, names: BTreeSet<&str>) {
    for name in names {
        *counts.entry(name.to_owned()).or_default() += 1;
    }
}

/// The most frequent first, then by name.
fn ranked(counts: &HashMap<String, usize>) -> Vec<(&str, usize)> {
    let mut ranked: Vec<(&str, usize)> = counts.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    ranked
}

/// A line for each error type, host and module.
#[must_use]
pub fn table(tickets: &Tickets, options: &Options) -> String {
    let words = words::phrases(options.lang);
    let mut lines = vec![words.tickets(tickets.all, tickets.unexplained, tickets.without)];
    let headings = words.ticket_headings();
    for (heading, counts) in headings.into_iter().zip([&tickets.codes, &tickets.hosts, &tickets.modules]) {
        let ranked = ranked(counts);
        if ranked.is_empty() {
            continue;
        }
        lines.push(String::new());
        lines.push(heading.to_owned());
        let digits = ranked.first().map_or(1, |(_, count)| count.to_string().len());
        for (name, count) in ranked.iter().take(SHOWN) {
            let count = count.to_string();
            let room = options.width.saturating_sub(digits + 4);
            let name =
                cut_middle(Foreign::new(name).as_str(), room, Paint::new(options.color, options.ascii).ellipsis());
            lines.push(format!("  {}{}  {name}", pad("", digits - width(&count)), count));
        }
    }
    lines.join("\n") + "\n"
}

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    tool: Tool,
    command: &'static str,
    tickets: usize,
    unexplained: usize,
    without_failure: usize,
    codes: Vec<Count<'a>>,
    hosts: Vec<Count<'a>>,
    modules: Vec<Count<'a>>,
}

#[derive(Serialize)]
struct Count<'a> {
    name: &'a str,
    tickets: usize,
}

/// The same as a document.
#[must_use]
pub fn json(tickets: &Tickets) -> String {
    fn counts(counts: &HashMap<String, usize>) -> Vec<Count<'_>> {
        ranked(counts).into_iter().map(|(name, tickets)| Count { name, tickets }).collect()
    }
    let document = Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        command: "triage",
        tickets: tickets.all,
        unexplained: tickets.unexplained,
        without_failure: tickets.without,
        codes: counts(&tickets.codes),
        hosts: counts(&tickets.hosts),
        modules: counts(&tickets.modules),
    };
    // Serialising plain data into a string cannot fail.
    serde_json::to_string_pretty(&document).map(|text| text + "\n").unwrap_or_default()
}
