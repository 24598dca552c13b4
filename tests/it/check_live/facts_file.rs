//! `--save`, `--from`, `--contacts` and `--repeat`, from end to end.

use std::os::unix::fs::{PermissionsExt, symlink};

use serde_json::Value;

use super::scene::{Scene, proxy};
use crate::support::child::Output;
use crate::support::faults::{Broken, On, Status};
use crate::support::server::{Answer, Asked, Delivery};

fn json(output: &Output) -> Value {
    serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("no JSON: {error}\n{output}"))
}

/// Codes and roles, which name the diagnosis without its places.
fn told(document: &Value) -> Vec<(String, String)> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = document["findings"].as_array().expect("findings");
    findings.iter().map(|finding| (text(finding, "code"), text(finding, "role"))).collect()
}

fn failing() -> Scene {
    Scene::with_fault(On::ending(".zip"), Status::text(503, "out of order"))
}

#[test]
fn saved_facts_are_diagnosed_as_the_machine_was() {
    for names in [&[][..], &["--pseudonymise"][..]] {
        let scene = failing();
        let args = [&["check", "--format", "json", "--save", "facts.json"][..], names].concat();
        let here = scene.sandbox.gomoddoc(&args);
        let path = scene.sandbox.path("repo/facts.json");
        let mode = std::fs::metadata(&path).expect("the facts").permissions().mode();
        assert_eq!((here.code, mode & 0o777), (Some(1), 0o600), "{here}");
        // Nothing of the machine is needed any more.
        let elsewhere = Scene::new();
        let there = elsewhere.sandbox.gomoddoc(&["check", "--format", "json", "--from", &path.display().to_string()]);
        assert_eq!(there.code, Some(1), "{there}");
        let (here, there) = (json(&here), json(&there));
        assert_eq!(told(&here), told(&there), "{there:#}");
        assert_eq!(here["verdict"], there["verdict"]);
        let saved = std::fs::read_to_string(&path).expect("the facts");
        assert_eq!(saved.contains("example.dev"), names.is_empty(), "{saved}");
        assert_eq!(saved.contains(&scene.sandbox.path("home").display().to_string()), names.is_empty(), "{saved}");
    }
}

#[test]
fn what_is_no_regular_file_is_not_replaced() {
    let mut scene = failing();
    scene.sandbox.write("kept", "kept");
    symlink(scene.sandbox.path("kept"), scene.sandbox.path("repo/link")).expect("link");
    let output = scene.sandbox.gomoddoc(&["check", "--save", "link"]);
    assert_eq!(output.code, Some(2), "{output}");
    assert!(output.stderr.contains("no regular file"), "{output}");
    assert_eq!(scene.sandbox.read("kept"), "kept");
}

#[test]
fn what_is_no_facts_file_ends_with_2_and_a_reason() {
    let mut scene = Scene::new();
    for (text, reason) in [
        ("{\"facts_version\": 9}", "version 9"),
        ("{\n\n\"facts_version\": x}", "line 3"),
        ("go: downloading example.dev/a v1.0.0\n", "line 1"),
        ("{}", "no facts_version"),
    ] {
        scene.sandbox.write("repo/facts.json", text);
        let output = scene.sandbox.gomoddoc(&["check", "--from", "facts.json"]);
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.contains(reason), "{reason}\n{output}");
    }
    let output = scene.sandbox.gomoddoc(&["check", "--from", "none.json"]);
    assert_eq!(output.code, Some(2), "{output}");
}

#[test]
fn contacts_are_named_and_not_contacted() {
    let server = proxy().start();
    let mut scene = Scene::healthy();
    scene.sandbox.set("GOPROXY", server.url());
    let table = scene.sandbox.gomoddoc(&["check", "--contacts"]);
    let document = scene.sandbox.gomoddoc(&["check", "--contacts", "--format", "json"]);
    assert_eq!((table.code, document.code), (Some(0), Some(0)), "{table}{document}");
    let host = format!("127.0.0.1:{}", server.port());
    assert!(table.stdout.contains(&host), "{table}");
    let contacts = json(&document);
    let first = &contacts["contacts"][0];
    assert_eq!((&first["purpose"], &first["port"]), (&"module-proxy".into(), &server.port().into()), "{document}");
    assert_eq!(contacts["contacts"][1]["purpose"], "checksum-database", "{document}");
    assert_eq!(server.log.all().len(), 0);
}

#[test]
fn failures_that_come_and_go_are_counted() {
    let fault = |asked: &Asked, answer: Answer| match asked.before % 2 {
        1 => Answer::text(503, "out of order"),
        _ => answer,
    };
    let scene = Scene::with_fault(On::ending("/v1.0.0.info"), fault);
    let args = ["check", "--module", "example.dev/a@v1.0.0", "--repeat", "5", "--format", "json"];
    let output = scene.sandbox.gomoddoc(&args);
    let document = json(&output);
    let first = &document["findings"][0];
    assert_eq!(first["code"], "proxy-server-error", "{output}");
    assert_eq!((&first["count"], &first["retryable"]), (&2.into(), &true.into()), "{output}");
    let evidence = first["evidence"].to_string();
    assert!(evidence.contains("2 of 5 tries failed"), "{output}");
}

#[test]
fn a_deadline_that_comes_first_is_told_in_the_first_line() {
    let scene = Scene::with_fault(On::ending(".mod"), Broken(Delivery::Silence)).with_fresh_cache();
    let output = scene.sandbox.gomoddoc(&["check", "--deadline", "1ms"]);
    assert_eq!(output.code, Some(0), "{output}");
    let first = output.stdout.lines().take(2).collect::<Vec<_>>().join(" ");
    // How far one gets in a millisecond differs; that the deadline came first is always told.
    assert!(first.starts_with("No problem found so far") && first.contains("--deadline"), "{output}");
}
