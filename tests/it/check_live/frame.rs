//! The table: one row per case, one test per row.

use gomoddoc::catalog::Code;
use serde_json::Value;
use std::time::Duration;

use super::from_the_log;
use super::heal;
pub use super::heal::Heal;
use super::scene::Scene;
use super::tally;
use super::watch::Snapshot;
use crate::support::child::Output;
use crate::support::tools;

pub const TIDY: &[&str] = &["mod", "tidy"];
pub const DOWNLOAD: &[&str] = &["mod", "download"];
pub const BUILD: &[&str] = &["build", "./..."];

/// What the real go command does in the scene.
pub enum Go {
    Passes(&'static [&'static str]),
    /// It fails and says these words.
    Fails(&'static [&'static str], &'static str),
    /// It says nothing and never ends (three seconds stand for ever).
    Hangs(&'static [&'static str]),
}

/// What `gomoddoc check` makes of it.
pub enum Check {
    /// Verdict healthy, exit 0.
    Healthy,
    /// No cause, but this warning or note among the findings; exit 0.
    Warns(Code),
    /// The first finding is a cause of one of these types; exit 1.
    Cause(&'static [Code]),
}

pub struct Case {
    pub name: &'static str,
    /// The minor versions of the first Go that does what `go` says, and of the first that no longer does.
    pub since: u32,
    pub before: u32,
    pub set_up: fn() -> Option<Scene>,
    pub go: Go,
    pub check: Check,
    pub heal: Heal,
}

/// One test per row. `since` and `before` come first where they are given.
macro_rules! live {
    ($( $(#[$meta:meta])* $name:ident {
        $(since: $since:literal,)? $(before: $before:literal,)?
        set_up: $set_up:expr, go: $go:expr, check: $check:expr, $(heal: $heal:expr,)?
    } )*) => {
        pub const CASES: &[$crate::check_live::frame::Case] = &[$(
            $crate::check_live::frame::Case {
                name: stringify!($name),
                since: [$($since,)? 0][0],
                before: [$($before,)? u32::MAX][0],
                set_up: $set_up,
                go: $go,
                check: $check,
                heal: [$($heal,)? $crate::check_live::frame::Heal::Well][0],
            },
        )*];
        $(
            $(#[$meta])*
            #[test]
            fn $name() {
                $crate::check_live::frame::run(CASES, stringify!($name));
            }
        )*
    };
}
pub(super) use live;

pub fn run(cases: &[Case], name: &str) {
    let case = cases.iter().find(|case| case.name == name).expect("the case of this name");
    let possible = tools::have(&["go", "git"]) && tools::go_is_within(case.since, case.before);
    // A set-up that cannot be made here has said why.
    let Some(mut scene) = possible.then(case.set_up).flatten() else {
        return tally::note(case, "skipped");
    };
    let go = go_half(&mut scene, &case.go);
    let end = match case.go {
        Go::Passes(_) => {
            from_the_log::is_quiet(&go);
            "quiet"
        }
        Go::Fails(..) => {
            tally::note(case, "failure");
            tally::note(case, "words");
            from_the_log::is_told(&go, case);
            tally::note(case, if from_the_log::hidden(case.name).is_some() { "hidden" } else { "told" });
            "diagnosed"
        }
        Go::Hangs(_) => {
            tally::note(case, "failure");
            "diagnosed"
        }
    };
    let document = check_half(&mut scene, &case.check);
    tally::note(case, end);
    heal::close(&mut scene, case, &document);
}

fn go_half(scene: &mut Scene, go: &Go) -> Output {
    let output = match go {
        Go::Passes(args) => {
            let output = scene.sandbox.go(args);
            assert!(output.ok(), "go was to pass\n{output}");
            output
        }
        Go::Fails(args, words) => {
            let output = scene.sandbox.go(args);
            assert!(!output.ok() && !output.timed_out, "go was to fail\n{output}");
            assert!(output.all().contains(words), "expected {words:?} in\n{output}");
            output
        }
        Go::Hangs(args) => {
            scene.sandbox.limit(Duration::from_secs(3));
            let output = scene.sandbox.go(args);
            assert!(output.timed_out, "go was to hang\n{output}");
            output
        }
    };
    scene.between();
    output
}

/// Runs check and holds it to what is true of every run: an end, a document, nothing written, no
/// secret, no control character.
pub fn check(scene: &mut Scene) -> (Value, Output) {
    check_with(scene, &[])
}

/// The same with further flags.
pub fn check_with(scene: &mut Scene, flags: &[&str]) -> (Value, Output) {
    // The default deadline is 20 s; what comes after it is a fault of ours.
    scene.sandbox.limit(Duration::from_secs(25));
    let before = Snapshot::of(scene.sandbox.root());
    // Memory without bounds ends in a failed allocation instead of a slow machine.
    let limited = "ulimit -v 4194304; exec \"$@\"";
    let command = ["-c", limited, "sh", env!("CARGO_BIN_EXE_gomoddoc"), "check", "--format", "json"];
    let output = scene.sandbox.run("/bin/sh", &[&command, flags].concat());
    assert!(!output.timed_out, "check has no end\n{output}");
    let after = Snapshot::of(scene.sandbox.root());
    assert_eq!(before.changes(&after), Vec::<String>::new(), "check wrote something\n{output}");
    for secret in &scene.secrets {
        assert!(!output.all().contains(secret.as_str()), "a secret got out\n{output}");
    }
    let document: Value =
        serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("no JSON: {error}\n{output}"));
    well_formed(&document, &output);
    printable(&document, &output);
    (document, output)
}

/// No text moves a terminal's cursor or turns the direction of writing.
fn printable(value: &Value, output: &Output) {
    match value {
        Value::String(text) => {
            let bad = |c: char| (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!text.contains(bad), "{text:?} can mislead a terminal\n{output}");
        }
        Value::Array(items) => items.iter().for_each(|item| printable(item, output)),
        Value::Object(fields) => fields.values().for_each(|item| printable(item, output)),
        _ => {}
    }
}

fn check_half(scene: &mut Scene, expected: &Check) -> Value {
    let (document, output) = check(scene);
    let findings = document["findings"].as_array().expect("findings");
    let causes = document["summary"]["causes"].as_u64();
    match expected {
        Check::Healthy => {
            assert_eq!(document["verdict"], "healthy", "{output}");
            assert_eq!((output.code, causes), (Some(0), Some(0)), "{output}");
        }
        Check::Warns(code) => {
            assert!(findings.iter().any(|finding| finding["code"] == code.as_str()), "expected {code:?}\n{output}");
            assert_eq!((output.code, causes), (Some(0), Some(0)), "{output}");
        }
        Check::Cause(codes) => {
            let first = findings.first().unwrap_or_else(|| panic!("nothing found, expected {codes:?}\n{output}"));
            assert_eq!(first["role"], "cause", "{output}");
            let named = first["code"].as_str().unwrap_or_default();
            assert!(codes.iter().any(|code| code.as_str() == named), "{named} is none of {codes:?}\n{output}");
            assert_eq!(document["verdict"], "failing", "{output}");
            assert_eq!(output.code, Some(1), "{output}");
        }
    }
    document
}

/// What holds for every document.
fn well_formed(document: &Value, output: &Output) {
    assert_eq!(document["schema_version"], 1, "{output}");
    assert_eq!(document["command"], "check", "{output}");
    let findings = document["findings"].as_array().unwrap_or_else(|| panic!("no findings\n{output}"));
    let ids: Vec<_> = findings.iter().filter_map(|finding| finding["id"].as_str()).collect();
    assert_eq!(ids.len(), findings.len(), "each finding has an id\n{output}");
    for finding in findings {
        for cause in finding["caused_by"].as_array().into_iter().flatten() {
            assert!(ids.contains(&cause.as_str().unwrap_or_default()), "a symptom of nothing\n{output}");
        }
    }
    let roles: Vec<_> = findings.iter().map(|finding| finding["role"] == "cause").collect();
    assert!(roles.is_sorted_by(|a, b| a >= b), "causes come first\n{output}");
}
