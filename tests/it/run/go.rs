//! A real go command that fails, and one that fails only at first.

use crate::check_live::scene::{Scene, proxy};
use crate::support::faults::{Broken, Faults, On, Status};
use crate::support::server::Delivery;
use crate::support::tools;

const DOWNLOAD: &[&str] = &["--", "go", "mod", "download"];

fn run(scene: &Scene, flags: &[&str]) -> crate::support::child::Output {
    let arguments: Vec<&str> = ["run"].iter().chain(flags).chain(DOWNLOAD).copied().collect();
    scene.sandbox.gomoddoc(&arguments)
}

#[test]
fn a_success_says_nothing() {
    if !tools::have(&["go", "git"]) {
        return;
    }
    let output = run(&Scene::healthy(), &[]);
    assert_eq!((output.code, output.all().as_str()), (Some(0), ""), "{output}");
}

#[test]
fn a_failure_is_named_after_the_commands_own_words() {
    if !tools::have(&["go", "git"]) {
        return;
    }
    let scene = Scene::with_fault(On::module("example.dev/a"), Status::new(403));
    for (flags, confirmed) in [(&[][..], false), (&["--check"], true)] {
        let output = run(&scene, flags);
        assert_eq!((output.code, output.stdout.as_str()), (Some(1), ""), "{output}");
        let own = output.stderr.find("403 Forbidden").unwrap_or(usize::MAX);
        let named = output.stderr.find("proxy-forbidden").unwrap_or(0);
        assert!(own < named, "{output}");
        assert_eq!(output.stderr.contains("confirmed"), confirmed, "{output}");
    }
}

#[test]
fn what_a_retry_may_mend_is_tried_again() {
    if !tools::have(&["go", "git"]) {
        return;
    }
    let scene = Scene::with_fault(On::ending(".zip").and(On::first(1)), Status::new(503));
    let output = run(&scene, &["--retries", "2", "--backoff", "10ms"]);
    assert_eq!(output.code, Some(0), "{output}");
    let lines: Vec<&str> = output.stderr.lines().filter(|line| line.starts_with("gomoddoc: ")).collect();
    assert!(matches!(lines.as_slice(), [line] if line.contains("worth a retry: 1 of 2 in ")), "{output}");
    drop(scene);
    let scene = Scene::with_fault(On::ending(".zip"), Broken(Delivery::Reset));
    let output = run(&scene, &["--retries", "1", "--backoff", "10ms", "--tempfail"]);
    assert_eq!(output.code, Some(75), "{output}");
    assert!(output.stderr.contains("gomoddoc: connection-reset from "), "{output}");
}

#[test]
fn what_no_retry_mends_is_not_tried_again() {
    if !tools::have(&["go", "git"]) {
        return;
    }
    let scene = Scene::with_fault(On::module("example.dev/a"), Status::new(403));
    let output = run(&scene, &["--retries", "3", "--backoff", "10ms", "--tempfail"]);
    assert_eq!(output.code, Some(1), "{output}");
    assert!(!output.stderr.contains("worth a retry: "), "{output}");
}

#[test]
fn a_server_that_never_answers_is_named() {
    if !cfg!(target_os = "linux") || !tools::have(&["go", "git"]) {
        return;
    }
    let mut scene = Scene::healthy();
    let port = scene.proxy(proxy().faults(Faults::new().add(On::all(), Broken(Delivery::Silence))));
    let output = run(&scene, &["--stall", "1s"]);
    assert_eq!(output.code, Some(143), "{output}");
    assert!(output.stderr.contains(&format!("go waited for 127.0.0.1:{port}, to which it was connected")), "{output}");
    let output = run(&scene, &["--stall", "1s", "--tempfail"]);
    assert_eq!(output.code, Some(75), "a server may answer the next time\n{output}");
}
