//! `fix` is killed (SIGKILL) by the go command that it runs, before or after that command has written; and it is
//! ended by a signal.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::house::{go_that, no_sums, possible, sums};
use crate::check_live::scene::Scene;

fn deadly_go(does: &str) -> Scene {
    let mut scene = no_sums();
    go_that(&mut scene, does);
    scene
}

#[test]
fn before_go_writes_the_old_state_stays() {
    if !possible() {
        return;
    }
    let scene = deadly_go("kill -9 $PPID; exit 1");
    let output = scene.sandbox.gomoddoc(&["fix", "--yes"]);
    assert_eq!(output.code, None, "it was to be killed\n{output}");
    assert_eq!(scene.sandbox.read("repo/go.sum"), "");
    let undone = scene.sandbox.gomoddoc(&["fix", "--undo"]);
    assert!(undone.ok(), "{undone}");
    assert_eq!(scene.sandbox.read("repo/go.sum"), "");
}

#[test]
fn after_go_wrote_the_new_state_stays_and_the_copy_is_named() {
    if !possible() {
        return;
    }
    let mut scene = deadly_go("GO \"$@\"; kill -9 $PPID; exit 0");
    let old = "example.dev/x v1.0.0/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    scene.sandbox.write("repo/go.sum", old);
    let output = scene.sandbox.gomoddoc(&["fix", "--yes"]);
    assert_eq!(output.code, None, "it was to be killed\n{output}");
    let new = scene.sandbox.read("repo/go.sum");
    assert!(sums().lines().all(|line| new.contains(line)), "{new}");
    // Nobody can tell who wrote it: so it is not overwritten.
    let undone = scene.sandbox.gomoddoc(&["fix", "--undo"]);
    assert_eq!(undone.code, Some(2), "{undone}");
    let (_, copy) = undone.stderr.split_once("as it was it lies in ").unwrap_or_else(|| panic!("{undone}"));
    assert_eq!(std::fs::read_to_string(copy.trim()).expect("the copy"), old);
    assert_eq!(scene.sandbox.read("repo/go.sum"), new);
}

#[test]
fn a_signal_ends_the_go_command_and_takes_back_what_it_wrote() {
    if !possible() {
        return;
    }
    let scene = deadly_go("echo half > go.sum; echo $$ > began; exec sleep 60");
    let mut command = scene.sandbox.command(&scene.sandbox.repo(), env!("CARGO_BIN_EXE_gomoddoc"), &["fix", "--yes"]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("start it");
    let began = scene.sandbox.path("repo/began");
    let start = Instant::now();
    while !began.exists() {
        assert!(start.elapsed() < Duration::from_secs(60), "go was to be run");
        std::thread::sleep(Duration::from_millis(20));
    }
    let go = scene.sandbox.read("repo/began");
    // Not INT, which the background of a script ignores.
    let signalled = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(signalled.is_ok_and(|status| status.success()));
    let output = child.wait_with_output().expect("wait for it");
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(143), "{said}");
    assert!(said.contains("interrupted"), "{said}");
    assert_eq!(scene.sandbox.read("repo/go.sum"), "", "{said}");
    let start = Instant::now();
    while std::path::Path::new(&format!("/proc/{}", go.trim())).exists() {
        assert!(start.elapsed() < Duration::from_secs(10), "the go command was to be ended");
        std::thread::sleep(Duration::from_millis(20));
    }
}
