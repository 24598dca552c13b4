//! A facts file of each version is kept and must still be diagnosed, and one that was made to do harm
//! ends in an error or in a report.

use std::time::{Duration, Instant};

use gomoddoc::catalog::{Code, Lang};
use gomoddoc::diagnosis::diagnose;
use gomoddoc::facts::{Facts, load};
use gomoddoc::model::{Role, Verdict};
use gomoddoc::report::{Shell, json};
use serde_json::{Value, json as value};

const V1: &str = include_str!("../data/facts-v1.json");

fn golden() -> Value {
    serde_json::from_str(V1).expect("the golden file")
}

/// What the report says, where the document is taken at all.
fn report(document: &Value) -> Option<String> {
    let facts = load(document.to_string().as_bytes()).ok()?;
    Some(told(&facts))
}

fn told(facts: &Facts) -> String {
    json::render(&diagnose(facts, &[]), "check", Lang::En, Shell::of(facts.os))
}

#[test]
fn version_1_is_still_diagnosed() {
    let facts = load(V1.as_bytes()).expect("facts");
    let diagnosis = diagnose(&facts, &[]);
    assert_eq!(diagnosis.verdict, Verdict::Failing);
    let causes: Vec<_> = diagnosis.findings.iter().filter(|finding| finding.role == Role::Cause).collect();
    let first = causes.first().expect("a cause");
    assert_eq!((first.code, first.subject.value.as_str()), (Code::ConnectRefused, "127.0.0.1:9"));
    assert!(diagnosis.findings.iter().any(|finding| finding.code == Code::SumdbDisabled));
    // Pseudonyms, and what they stand for in a rule.
    assert!(V1.contains("*.host-1.example") && V1.contains("git.host-1.example/team/lib"));
    assert!(facts.privacy("git.host-1.example/team/lib").is_some_and(|privacy| privacy.keep_in_house));
}

/// Calls `change` for every value of the document that holds no other, one at a time.
fn each_leaf(document: &Value, mut change: impl FnMut(Value)) {
    let pointers = {
        let mut found = Vec::new();
        leaves(document, String::new(), &mut found);
        found
    };
    // All would take minutes without finding more: what stands in lists is alike.
    for pointer in
        pointers.iter().filter(|pointer| !pointer.contains("/variables/") || pointer.contains("/variables/1/"))
    {
        let original = document.pointer(pointer).cloned();
        for bad in [
            Value::Null,
            value!(-1),
            value!(1e300),
            value!(u64::MAX),
            value!("\u{1b}[31m\u{202e}"),
            value!([]),
            value!({}),
        ] {
            if original.as_ref() == Some(&bad) {
                continue;
            }
            let mut changed = document.clone();
            if let Some(leaf) = changed.pointer_mut(pointer) {
                *leaf = bad;
            }
            change(changed);
        }
    }
}

fn leaves(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                leaves(value, format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        // The first and the last of a list stand for the others.
        Value::Array(items) => {
            for at in [0, items.len().saturating_sub(1)].into_iter().take(items.len().min(2)) {
                leaves(&items[at], format!("{pointer}/{at}"), found);
            }
        }
        _ => found.push(pointer),
    }
}

#[test]
fn a_wrong_value_anywhere_breaks_nothing() {
    let (mut taken, mut refused) = (0, 0);
    each_leaf(&golden(), |changed| match report(&changed) {
        Some(text) => {
            taken += 1;
            assert!(!text.contains(['\u{1b}', '\u{202e}']) && !text.contains("\\u001b"), "{changed}");
        }
        None => refused += 1,
    });
    assert!(taken > 100 && refused > 100, "{taken} {refused}");
}

/// All texts end in what drives terminals, all numbers are as large as they can be.
fn spoilt(value: &mut Value) {
    match value {
        Value::String(text) => text.push_str("\u{1b}]0;owned\u{7}\u{202e}\u{2066}"),
        Value::Array(items) => items.iter_mut().for_each(spoilt),
        Value::Object(fields) => fields.values_mut().for_each(spoilt),
        _ => {}
    }
}

#[test]
fn texts_that_drive_terminals_are_escaped() {
    let mut document = golden();
    // Names of variants are no free texts: only these sections hold enough of those.
    for pointer in [
        "/module_proxy/content/walks/0/module",
        "/environment/content/environment/variables/1/value",
        "/arch",
        "/locale",
        "/module_proxy/content/entries/0/host",
        "/repository/content/main_modules/0/path",
    ] {
        spoilt(document.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer}")));
    }
    let text = report(&document).expect("a report");
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{2066}']) && !text.contains("\\u001b"), "{text}");
}

#[test]
fn a_hundred_thousand_failures_end_in_a_report() {
    let mut document = golden();
    let walk = document["module_proxy"]["content"]["walks"][0].clone();
    let walks = (0..100_000).map(|at| {
        let mut walk = walk.clone();
        walk["module"]["path"] = format!("example.com/m{at}").into();
        walk["hops"][0]["observation"]["id"] = format!("module-proxy/127.0.0.1:9/example.com/m{at}.mod").into();
        walk
    });
    document["module_proxy"]["content"]["walks"] = walks.collect();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("facts.json");
    std::fs::write(&path, document.to_string()).expect("write");
    let started = Instant::now();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_gomoddoc"))
        .args(["check", "--format", "json", "--deadline", "30s", "--from"])
        .arg(&path)
        .output()
        .expect("run gomoddoc");
    let said = String::from_utf8_lossy(&output.stderr);
    let in_time = output.status.code() == Some(1) && !output.stdout.is_empty();
    let given_up = output.status.code() == Some(2) && said.contains("--deadline");
    assert!(in_time || given_up, "{:?} {said}", output.status);
    assert!(started.elapsed() < Duration::from_secs(100), "{:?}", started.elapsed());
}
