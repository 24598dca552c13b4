//! Each row of the table: the real go command does what the row says, and check names what it says.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use gomoddoc::lab::scenario::{Go, Scenario};
use serde_json::Value;

use super::{counted, left, room};
use crate::support::git::{make_room_for_ssh, ssh_available};
use crate::support::sandbox::Sandbox;

/// Waiting takes no CPU, so that a few at once do not hold each other up.
const AT_ONCE: usize = 4;

#[test]
fn each_scenario_is_what_its_row_says() {
    if room().is_none() || !ssh_available() {
        return;
    }
    let all: Vec<_> = Scenario::all().collect();
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(scenario) = all.get(next.fetch_add(1, Ordering::SeqCst)) {
                    let found = [go(scenario), check(scenario)].into_iter().filter_map(Result::err);
                    wrong.lock().expect("the list").extend(found);
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("the list");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One in which sshd runs too.
fn room_for_all() -> Sandbox {
    let mut room = room().expect("the programs are there");
    make_room_for_ssh(&mut room);
    room
}

fn go(scenario: &Scenario) -> Result<(), String> {
    let room = room_for_all();
    let mut args = vec!["lab", scenario.name];
    if scenario.go == Go::Waits {
        // Two seconds stand for ever.
        args.extend(["--for", "2s"]);
    }
    let output = room.gomoddoc(&[&args[..], &["--", "go", "mod", "download"]].concat());
    let expected: &[i32] = match scenario.go {
        Go::Passes => &[0],
        Go::Fails => &[1],
        // The code of a signal, TERM.
        Go::Waits => &[143],
    };
    let (as_said, left) = (output.code.is_some_and(|code| expected.contains(&code)), left(&room));
    (as_said && left.is_empty())
        .then_some(())
        .ok_or(format!("{}: expected {expected:?} and nothing left, got {left:?} and\n{output}", scenario.name))
}

fn check(scenario: &Scenario) -> Result<(), String> {
    let room = room_for_all();
    let output = room.gomoddoc(&["lab", scenario.name, "--", "gomoddoc", "check", "--format", "json"]);
    let document: Value = serde_json::from_str(&output.stdout).unwrap_or_default();
    let first = &document["findings"][0];
    let (verdict, named, code) = match scenario.code {
        None => ("healthy", true, 0),
        Some(code) => ("failing", first["code"] == code.as_str() && first["role"] == "cause", 1),
    };
    let as_said = document["verdict"] == verdict && named && output.code == Some(code);
    as_said.then_some(()).ok_or(format!("{}: expected {:?} in\n{output}", scenario.name, scenario.code))
}

/// The reproducible case of the trade.
#[test]
fn check_stops_at_the_first_429_and_says_what_the_headers_said() {
    let Some(room) = room() else { return };
    let output = room.gomoddoc(&["lab", "rate-limit", "-v", "--", "gomoddoc", "check", "--format", "json"]);
    let document: Value = serde_json::from_str(&output.stdout).unwrap_or_default();
    let first = &document["findings"][0];
    assert_eq!((&first["code"], &first["retryable"]), (&"proxy-rate-limited".into(), &true.into()), "{output}");
    assert!(first["summary"].as_str().is_some_and(|text| text.contains("Retry-After 10")), "{output}");
    // No more than were under way when the first came back.
    let refused = output.stderr.lines().filter(|line| line.contains("  refused      GET ")).count();
    assert!((1..=16).contains(&refused), "{output}");
    assert_eq!(counted(&output, "refused"), refused, "{output}");
    assert!(counted(&output, "let through") >= 50, "{output}");
}

#[test]
fn the_list_tells_programs_the_same() {
    let Some(room) = room() else { return };
    let output = room.gomoddoc(&["lab", "--list", "--format", "json"]);
    let document: Value = serde_json::from_str(&output.stdout).expect("JSON");
    let rows = document["scenarios"].as_array().expect("rows");
    assert_eq!(rows.len(), Scenario::all().count());
    for (row, scenario) in rows.iter().zip(Scenario::all()) {
        assert_eq!(row["name"], scenario.name);
        assert_eq!(row["code"].as_str(), scenario.code.map(|code| code.as_str()));
        assert_eq!(row["family"].as_str(), scenario.code.map(|code| code.family()));
    }
    for (lang, first) in [("en", "Nothing is wrong"), ("zh", "一切正常")] {
        let output = room.gomoddoc(&["lab", "--list", "--lang", lang]);
        assert!(output.stdout.contains(first), "{output}");
        assert!(output.stdout.lines().all(|line| line.chars().count() <= 80), "{output}");
    }
}

#[test]
fn modules_of_a_folder_are_served() {
    let Some(mut room) = room() else { return };
    let modules = [
        gomoddoc::lab::modules::Module::new("example.dev/Upper/kit", "v1.2.0"),
        gomoddoc::lab::modules::Module::new("example.dev/Upper/kit", "v1.10.0"),
    ];
    crate::support::modules::write_file_proxy(&room.path("proxy"), &modules);
    let from = room.path("proxy").display().to_string();
    let run =
        |name: &str, words: &[&str]| room.gomoddoc(&[&["lab", name, "--modules", &from, "--", "go"], words].concat());
    let output = run("healthy", &["mod", "download"]);
    assert_eq!(output.code, Some(0), "{output}");
    let output = run("healthy", &["list", "-m", "all"]);
    assert!(output.stdout.contains("example.dev/Upper/kit v1.10.0\n"), "{output}");
    let output = run("sumdb-mismatch", &["mod", "download"]);
    assert!(output.stderr.contains("SECURITY ERROR"), "{output}");
    // The repository is one's own with --here.
    room.go_mod("require example.dev/Upper/kit v1.2.0\n").main_go(&["example.dev/Upper/kit"]);
    let here = ["lab", "healthy", "--here", "--modules", &from, "--", "go", "mod", "tidy"];
    let output = room.gomoddoc(&here);
    assert_eq!(output.code, Some(0), "{output}");
    assert!(room.read("repo/go.sum").contains("example.dev/Upper/kit v1.2.0 h1:"), "{output}");
    assert_eq!(left(&room), Vec::<String>::new());
}
