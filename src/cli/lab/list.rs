//! `lab --list`.

use serde::Serialize;

use crate::catalog::{Code, Lang};
use crate::cli::exit::Exit;
use crate::cli::global::Format;
use crate::cli::output;
use crate::cli::settings::Settings;
use crate::lab::scenario::{Go, Scenario};
use crate::report::words::lab as words;

/// The list as a document for programs.
#[derive(Serialize)]
struct Document {
    schema_version: u32,
    lang: Lang,
    scenarios: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    family: Option<&'static str>,
    code: Option<Code>,
    go: Go,
    summary: &'static str,
}

/// Prints it.
pub(super) fn run(settings: &Settings) -> anyhow::Result<Exit> {
    let text = match settings.format {
        Format::Table => table(settings.lang),
        Format::Json => serde_json::to_string_pretty(&document(settings.document_lang))? + "\n",
        Format::Ndjson => serde_json::to_string(&document(settings.document_lang))? + "\n",
    };
    output::print(&text)?;
    Ok(Exit::Fine)
}

fn document(lang: Lang) -> Document {
    let row = |scenario: &'static Scenario| Row {
        name: scenario.name,
        family: scenario.code.map(Code::family),
        code: scenario.code,
        go: scenario.go,
        summary: scenario.sentence.in_lang(lang),
    };
    Document { schema_version: 1, lang, scenarios: Scenario::all().map(row).collect() }
}

fn table(lang: Lang) -> String {
    let words = words::of(lang);
    let mut text = String::new();
    for scenario in Scenario::all() {
        let code = scenario.code.map_or_else(|| words.nothing_wrong(), Code::as_str);
        text.push_str(&format!("{:<22} {code:<22} {}\n", scenario.name, words.go(scenario.go)));
        for line in crate::report::wrap(scenario.sentence.in_lang(lang), 76) {
            text.push_str(&format!("    {line}\n"));
        }
    }
    text
}
