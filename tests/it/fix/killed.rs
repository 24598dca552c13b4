//! `fix` is killed (SIGKILL) by the go command that it runs, before or after that command has written.

use super::house::{no_sums, possible, sums};
use crate::check_live::scene::Scene;
use crate::support::tools;

/// A go command in front of the real one, which kills who runs it to change the repository.
fn deadly_go(kill: &str) -> Scene {
    let mut scene = no_sums();
    let go = tools::find("go").expect("go");
    let script = format!(
        "#!/bin/sh\ncase \"$1 $2\" in\n'mod tidy' | 'mod download') {};;\nesac\nexec '{}' \"$@\"\n",
        kill.replace("GO", &format!("'{}'", go.display())),
        go.display()
    );
    scene.sandbox.write_mode("deadly/go", script, 0o755);
    scene.first_on_path("deadly");
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
