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

#[test]
fn every_example_of_the_pages_is_told_by_its_code() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let body = code.page(Lang::En).unwrap().body;
        let blocks = body.split("```log\n").skip(1).filter_map(|rest| rest.split("\n```").next());
        for block in blocks {
            let told = cause(block);
            let warns = code.page(Lang::En).unwrap().severity != Severity::Error;
            let noted = warns && triage(block).findings.iter().any(|finding| finding.code == *code);
            if !noted && told.as_ref().is_none_or(|(told, _)| told != code) {
                wrong.push(format!("{code}: {told:?}\n{block}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
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
