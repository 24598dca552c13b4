//! What is held of a report, whatever was read.

use gomoddoc::catalog::Lang;
use gomoddoc::facts::Facts;
use gomoddoc::facts::save::{self, Names};
use gomoddoc::foreign::is_dangerous;
use gomoddoc::model::Diagnosis;
use gomoddoc::report::{Options, Shell, Verbosity, json, table};

use crate::planted::SECRET;

/// Nobody reads more.
const MAX_FINDINGS: usize = 1_000;

/// Panics where there are too many findings, where a table would drive a terminal, or where a secret shows.
/// `form` chooses language, shell and width.
pub fn hold(facts: &Facts, diagnosis: &Diagnosis, form: u8, has_secret: bool) {
    assert!(diagnosis.findings.len() <= MAX_FINDINGS, "{} findings", diagnosis.findings.len());
    let lang = if form & 1 == 0 { Lang::En } else { Lang::Zh };
    let shell = [Shell::Sh, Shell::PowerShell, Shell::Cmd][usize::from(form >> 1) % 3];
    let options = Options {
        lang,
        width: 20 + usize::from(form),
        color: false,
        ascii: form & 2 == 0,
        verbosity: Verbosity::Verbose,
        shell,
        elapsed: None,
    };
    let shown = table::render(diagnosis, &options);
    assert!(!shown.contains(|c| c != '\n' && is_dangerous(c)), "it drives a terminal:\n{shown:?}");
    if has_secret {
        let saved = save::text(facts, &Names::Real).expect("facts are data");
        let document = json::render(diagnosis, "triage", lang, shell);
        for (what, text) in [("table", shown), ("document", document), ("facts", saved)] {
            assert!(!text.contains(SECRET), "the {what} shows a secret:\n{text}");
        }
    }
}
