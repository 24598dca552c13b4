use crate::catalog::{Code, Lang, Severity};
use crate::diagnosis::diagnose;
use crate::diagnosis::testing::nothing;
use crate::facts::Section;
use crate::model::{Diagnosis, Role};
use crate::transcript;

pub(super) fn triage(log: &str) -> Diagnosis {
    let mut facts = nothing();
    facts.transcript = Section::of(transcript::read(log.as_bytes(), "log").unwrap());
    diagnose(&facts, &[])
}

/// The code and the subject of the first cause.
pub(super) fn cause(log: &str) -> Option<(Code, String)> {
    let diagnosis = triage(log);
    let mut causes = diagnosis.findings.into_iter().filter(|finding| finding.role == Role::Cause);
    causes.next().map(|finding| (finding.code, finding.subject.value))
}

/// Holds each log to the code of its first cause.
pub(super) fn told(rows: &[(&str, Option<Code>)]) {
    let wrong = rows.iter().map(|(log, code)| (*log, *code, cause(log)));
    let wrong: Vec<String> = wrong
        .filter(|(_, code, told)| told.as_ref().map(|(told, _)| *told) != *code)
        .map(|(log, code, told)| format!("wanted {code:?}, told {told:?}:\n{log}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The logs of the pages, each with the code that its page explains.
fn examples() -> impl Iterator<Item = (Code, &'static str)> {
    Code::ALL.iter().flat_map(|code| {
        let blocks = code.page(Lang::En).unwrap().body.split("```log\n").skip(1);
        blocks.filter_map(|rest| Some((*code, rest.split("\n```").next()?)))
    })
}

fn is_told(code: Code, log: &str) -> bool {
    let warns = code.page(Lang::En).unwrap().severity != Severity::Error;
    let noted = warns && triage(log).findings.iter().any(|finding| finding.code == code);
    noted || cause(log).is_some_and(|(told, _)| told == code)
}

#[test]
fn every_example_of_the_pages_is_told_by_its_code() {
    let wrong = examples().filter(|(code, log)| !is_told(*code, log));
    let wrong: Vec<String> = wrong.map(|(code, log)| format!("{code}: {:?}\n{log}", cause(log))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// In a log of many lines only what is near a sign of go is looked at.
#[test]
fn every_example_is_told_in_a_long_log() {
    let plain = "compiling package 17 of the build with flags -O2 -g -Wall\n".repeat(6_000);
    let wrong = examples().filter(|(code, log)| !is_told(*code, &format!("{plain}{log}\n{plain}")));
    let wrong: Vec<String> = wrong.map(|(code, log)| format!("{code}\n{log}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn no_log_has_more_findings_than_are_read() {
    let failure = |number: usize| {
        format!(
            "go: a.example/b{number}@v1.0.0: reading https://h.example/a.example/b{number}/@v/v1.0.0.mod: 404 Not Found\n\
             go: warning: a.example/b{number}@v1.0.0: retracted by module author: x\n"
        )
    };
    let others = "go: a.example/x@v1.0.0: git ls-remote -q origin in /root/go/pkg/mod/cache/vcs/0f1e2d3c: exit status 128:\n\tHost key verification failed.\n";
    let diagnosis = triage(&((0..1_300).map(failure).collect::<String>() + others));
    assert_eq!(diagnosis.findings.len(), crate::diagnosis::rank::MAX_OF_LOG);
    // As many failures as are kept of one kind, and the one of another kind; notices fill the rest.
    assert_eq!(diagnosis.findings.iter().filter(|finding| finding.role == Role::Cause).count(), 801);
    assert!(diagnosis.findings.iter().any(|finding| finding.code == Code::SshHostKey));
}

#[test]
fn the_page_of_a_code_names_the_messages_that_mean_it() {
    let network = super::network::STEPS.iter().map(|(format, code)| (*format, *code));
    let plain = super::plain::MEANINGS.iter().map(|(format, code, ..)| (*format, *code));
    for (format, code) in plain.chain(network) {
        assert!(crate::catalog::messages::format(format).is_some(), "nobody says {format}");
        for lang in [Lang::En, Lang::Zh] {
            assert!(code.page(lang).unwrap().messages.contains(&format), "the page of {code} lacks {format}");
        }
    }
}
