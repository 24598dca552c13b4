//! Rules of a log without its machine: what was said becomes findings, with the codes of the other
//! families.
//!
//! Of each failure the message that names its root decides; what only frames it (`invalid version`,
//! `exit status 128`) is a symptom. A log proves nothing: what it names is likely at best.

use std::collections::HashSet;

use crate::catalog::Code;
use crate::catalog::messages::Depth;
use crate::facts::Facts;
use crate::facts::transcript::{Failure, Said, TranscriptFacts};
use crate::model::situation::log::Situation;
use crate::model::{Confidence, Finding, Foreign, Subject, SubjectKind};

mod answers;
mod fixes;
mod git;
mod network;
mod plain;
mod subject;
mod ticket;

/// What the way through an HTTP proxy may do.
const NETWORK: &[Code] = &[
    Code::TlsUntrusted,
    Code::TlsInvalid,
    Code::TlsProtocol,
    Code::DnsFailure,
    Code::ConnectTimeout,
    Code::ConnectRefused,
    Code::ConnectionReset,
    Code::UnknownRevision,
];

/// What a failure tells.
struct Meaning<'a> {
    code: Code,
    depth: Depth,
    subject: Subject,
    said: &'a Said,
    /// What a server said of why.
    quoted: Option<&'a Said>,
    /// Whose machine the trouble is on, where that is not what the page of the code says.
    remote: bool,
}

/// A log and one failure of it.
#[derive(Clone, Copy)]
struct Told<'a> {
    log: &'a TranscriptFacts,
    failure: &'a Failure,
}

/// Looks at a log of which nothing but the log is known: where there was a machine to look at, what it
/// showed decides.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(log) = facts.transcript.get().filter(|_| facts.environment.get().is_none()) else { return };
    for notice in &log.notices {
        let meanings = meanings(Told { log, failure: notice });
        findings.extend(meanings.first().map(|meaning| finding(log, notice, meaning)));
    }
    let told = log.failures.iter().map(|failure| (failure, meanings(Told { log, failure })));
    let told: Vec<(&Failure, Vec<Meaning<'_>>)> = told.filter(|(_, meanings)| !meanings.is_empty()).collect();
    let decided: HashSet<(Code, Subject)> = told
        .iter()
        .filter_map(|(_, meanings)| meanings.first().map(|first| (first.code, first.subject.clone())))
        .collect();
    let rooted = told.iter().any(|(_, meanings)| meanings.first().is_some_and(|first| first.depth > Depth::Vague));
    let source = log.observations.first().map_or("log", |observation| observation.id.as_str());
    let (everything, way) = (format!("{source}#"), format!("{source}#way"));
    // The roots first: of equally likely findings the first one told is read first.
    for depth in [Depth::Root, Depth::Usual, Depth::Vague] {
        for (failure, meanings) in &told {
            let Some((first, rest)) = meanings.split_first().filter(|(first, _)| first.depth == depth) else {
                continue;
            };
            let id = format!("{source}#{}:{}", log.source(failure), failure.line);
            // Whatever it is elsewhere, here something failed of it.
            let finding = finding(log, failure, first).error().about(&id);
            findings.push(match depth {
                // A frame whose inside stands elsewhere in the log.
                Depth::Vague if rooted => finding.about(&everything),
                Depth::Vague => finding.explaining([&id]),
                Depth::Usual | Depth::Root if first.code == Code::HttpProxyError => {
                    finding.explaining([&id, &everything, &way])
                }
                // What else the network did comes of the HTTP proxy, where that fails.
                Depth::Usual | Depth::Root if NETWORK.contains(&first.code) => {
                    finding.about(&way).explaining([&id, &everything])
                }
                Depth::Usual | Depth::Root => finding.explaining([&id, &everything]),
            });
            for symptom in rest.iter().filter(|symptom| {
                symptom.depth > Depth::Vague && !decided.contains(&(symptom.code, symptom.subject.clone()))
            }) {
                findings.push(self::finding(log, failure, symptom).error().about(&id));
            }
        }
    }
}

/// What a failure tells, what decides first.
fn meanings(told: Told<'_>) -> Vec<Meaning<'_>> {
    let mut meanings: Vec<Meaning<'_>> = Vec::new();
    meanings.extend(plain::meanings(told));
    meanings.extend(answers::meanings(told));
    meanings.extend(git::meaning(told));
    meanings.extend(network::meaning(told));
    // Stable: of two that are equally deep, the one whose rule stands first above decides.
    meanings.sort_by_key(|meaning| std::cmp::Reverse(meaning.depth));
    let mut seen = HashSet::new();
    meanings.retain(|meaning| seen.insert(meaning.code));
    meanings
}

fn finding(log: &TranscriptFacts, failure: &Failure, meaning: &Meaning<'_>) -> Finding {
    let confidence = if meaning.depth == Depth::Root { Confidence::Likely } else { Confidence::Possible };
    // Where the log names nothing, the subject stands for the machine.
    let machine = meaning.subject.kind == SubjectKind::Machine;
    let named = Foreign::new(if machine { "" } else { &meaning.subject.value });
    let situation =
        Situation::Told { code: meaning.code, named: named.clone(), on_server: meaning.remote || failure.of_server };
    let source = log.source(failure);
    let finding = Finding::new(meaning.code, meaning.subject.clone(), situation.into())
        .confidence(confidence)
        .times(failure.count.max(1));
    // What decides first, then the line that it belongs to.
    let mut finding = match &meaning.said.text {
        Some(text) => finding.seen(source, Some(meaning.said.line), text.as_str()),
        None => finding,
    };
    if !failure.text.is_empty() {
        finding = finding.seen(source, Some(failure.line), failure.text.as_str());
    }
    if let Some((quoted, text)) = meaning.quoted.and_then(|said| Some((said, said.text.as_ref()?))) {
        finding = finding.seen(source, Some(quoted.line), text.as_str());
    }
    if let Some(module) = &failure.module {
        finding = finding.with("module", &*module.path).with("version", &*module.version);
    }
    for key in ["url", "host", "status", "path"] {
        if let Some(value) = meaning.said.get(key) {
            finding = finding.with(key, value);
        }
    }
    if meaning.code.family() == "toolchain"
        && let Some(release) = ticket::release(log)
    {
        let seen = format!("Go {}", release.what.name.as_str().trim_start_matches("go"));
        finding = finding.with("go", release.what.name.as_str()).seen(source, Some(release.line), &*seen);
    }
    let fixes = fixes::fixes(log, failure, meaning);
    fixes.into_iter().fold(finding, Finding::fix)
}

impl<'a> Told<'a> {
    /// What was said on the machine of the log.
    fn here(self) -> impl Iterator<Item = &'a Said> {
        use crate::facts::transcript::Speaker;
        self.failure.said.iter().filter(|said| said.at == Speaker::Here)
    }

    /// What a server quoted of its own failure.
    fn by_server(self) -> impl Iterator<Item = &'a Said> {
        use crate::facts::transcript::Speaker;
        self.failure.said.iter().filter(|said| said.at == Speaker::Server)
    }

    fn said(self, format: &str) -> Option<&'a Said> {
        self.here().find(|said| said.format == format)
    }

    /// The URL that was asked for.
    fn url(self) -> Option<&'a str> {
        self.here().filter(|said| said.format.starts_with("go/")).find_map(|said| said.get("url"))
    }
}

#[cfg(test)]
mod forms;
#[cfg(test)]
mod others;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tickets;
#[cfg(test)]
mod traps;
