//! The report for programs: one JSON document, a contract of its own.

use serde_json::Value;

use super::{Shell, words};
use crate::catalog::{Code, Lang};
use crate::model::{Action, Diagnosis, Evidence, Finding, Fix, Foreign};

pub mod document;

use document::{ActionDocument, CheckDocument, Document, EvidenceDocument, FindingDocument, FixDocument, Tool};

/// The version of the document. It grows where something changes its meaning or goes away; new keys
/// may come without.
pub const SCHEMA_VERSION: u32 = 1;

/// The most characters that one text of a document keeps.
const MAX_CHARS: usize = 20_000;

/// The document, ended by a line feed. `command` is the subcommand that made the diagnosis, `lang`
/// the language of its sentences, `shell` the one for which commands are written.
#[must_use]
pub fn render(diagnosis: &Diagnosis, command: &'static str, lang: Lang, shell: Shell) -> String {
    let document = document(diagnosis, command, lang, shell);
    // Serialising plain data into a string cannot fail.
    serde_json::to_string_pretty(&document).map(|text| text + "\n").unwrap_or_default()
}

/// The document on one line, ended by a line feed. `source` is what it is about, where there are several.
#[must_use]
pub fn line(diagnosis: &Diagnosis, command: &'static str, lang: Lang, shell: Shell, source: Option<&str>) -> String {
    let document = Document { source: source.map(text), ..document(diagnosis, command, lang, shell) };
    // As above.
    serde_json::to_string(&document).map(|text| text + "\n").unwrap_or_default()
}

/// The document as data.
#[must_use]
pub fn document(diagnosis: &Diagnosis, command: &'static str, lang: Lang, shell: Shell) -> Document {
    let phrases = words::phrases(lang);
    Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        command,
        source: None,
        lang,
        go: diagnosis.go.clone(),
        verdict: diagnosis.verdict,
        coverage: diagnosis.coverage,
        verified: diagnosis.verified,
        findings: diagnosis.findings.iter().map(|finding| of_finding(finding, lang, shell)).collect(),
        unexplained: diagnosis.unexplained.iter().map(|piece| of_evidence(piece, lang)).collect(),
        checks: diagnosis
            .checks
            .iter()
            .map(|check| CheckDocument {
                id: text(&check.id),
                subject: text(&check.subject),
                status: check.status,
                reason: check.reason.as_ref().map(|reason| phrases.reason(reason)),
                elapsed_ms: check.elapsed_ms,
            })
            .collect(),
        summary: diagnosis.summary(),
    }
}

/// The JSON schema of the document, as it lies in `docs/schema/diagnosis-v1.json`.
#[must_use]
pub fn schema() -> Value {
    crate::report::schema::of::<Document>("A diagnosis by gomoddoc")
}

fn of_finding(finding: &Finding, lang: Lang, shell: Shell) -> FindingDocument {
    let said = words::situation(lang, &finding.situation);
    let mut subject = finding.subject.clone();
    subject.value = text(&subject.value);
    FindingDocument {
        id: finding.id.clone(),
        code: finding.code,
        family: finding.code.family(),
        role: finding.role,
        severity: finding.severity,
        confidence: finding.confidence,
        r#where: finding.location,
        who: finding.who,
        retryable: finding.retryable,
        subject,
        data: finding.data.iter().map(|(key, value)| ((*key).to_owned(), gated(value.clone()))).collect(),
        count: finding.count,
        title: title(finding.code, lang),
        summary: said.in_one(lang),
        evidence: finding.evidence.iter().map(|piece| of_evidence(piece, lang)).collect(),
        caused_by: finding.caused_by.clone(),
        fixes: finding.fixes.iter().map(|fix| of_fix(fix, lang, shell)).collect(),
        docs: format!("docs/errors/{}.md", finding.code),
    }
}

fn of_evidence(piece: &Evidence, lang: Lang) -> EvidenceDocument {
    EvidenceDocument { source: text(&piece.source), line: piece.line, text: text(&words::seen(lang, &piece.seen)) }
}

fn title(code: Code, lang: Lang) -> &'static str {
    code.page(lang).map_or(code.as_str(), |page| page.title)
}

pub(super) fn of_fix(fix: &Fix, lang: Lang, shell: Shell) -> FixDocument {
    let action = match fix.actions.as_slice() {
        [] => ActionDocument::One(Action::Ask),
        [one] => ActionDocument::One(harmless(one)),
        several => ActionDocument::Several {
            r#do: document::Sequence::Sequence,
            actions: several.iter().map(harmless).collect(),
        },
    };
    FixDocument {
        summary: words::advice(lang, &fix.advice),
        commands: super::shell::commands(shell, fix),
        action,
        place: fix.place.clone(),
        safety: fix.safety,
        removes: fix.removes,
    }
}

/// Foreign text has passed the gate where it came in; what rules put together passes it here.
fn text(text: &str) -> String {
    Foreign::capped(text, MAX_CHARS).to_string()
}

fn gated(value: Value) -> Value {
    match value {
        Value::String(string) => Value::String(text(&string)),
        Value::Array(items) => items.into_iter().map(gated).collect(),
        Value::Object(entries) => entries.into_iter().map(|(key, value)| (key, gated(value))).collect(),
        other => other,
    }
}

/// The action with no secret in it: a value that a fix extends may hold a login.
fn harmless(action: &Action) -> Action {
    match action {
        Action::SetVariable { name, value } => Action::SetVariable { name: text(name), value: text(value) },
        Action::UnsetVariable { name } => Action::UnsetVariable { name: text(name) },
        Action::EditLine { path, line, from, to } => {
            Action::EditLine { path: text(path), line: *line, from: text(from), to: text(to) }
        }
        Action::Run { argv } => Action::Run { argv: argv.iter().map(|argument| text(argument)).collect() },
        Action::RefetchModule { cache, path, version, pieces } => {
            let pieces = pieces.clone();
            Action::RefetchModule { cache: text(cache), path: text(path), version: text(version), pieces }
        }
        Action::RemoveFromCache { path } => Action::RemoveFromCache { path: text(path) },
        Action::RestrictMode { path } => Action::RestrictMode { path: text(path) },
        Action::AddInsteadOf { from, to } => Action::AddInsteadOf { from: text(from), to: text(to) },
        Action::Ask => Action::Ask,
    }
}

#[cfg(test)]
pub(super) mod tests;
