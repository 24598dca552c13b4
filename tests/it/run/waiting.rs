//! `--stall`: who stands still, and who only is quiet.

#![cfg(target_os = "linux")]

use super::shell::{gomoddoc, started};
use crate::support::tools;

#[test]
fn a_lock_that_another_holds_is_named() {
    if !tools::have(&["flock"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v1.0.0.lock");
    let file = std::fs::File::create(&path).unwrap();
    file.lock().unwrap();
    let output =
        gomoddoc(&["--stall", "1s", "--tempfail"], &format!("flock {} true", path.display())).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(143), "{said}");
    assert!(said.contains(&format!("flock waited for the lock on {}", path.display())), "{said}");
}

#[test]
fn who_works_in_silence_is_left_alone() {
    // The loop ends by itself after more than the limit.
    let script = "end=$(($(date +%s) + 3)); while test $(date +%s) -lt $end; do :; done; echo done";
    let output = gomoddoc(&["--stall", "1s"], script).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"done\n".as_slice()), "{output:?}");
}

#[test]
fn who_does_not_heed_the_request_to_end_is_killed() {
    let child = started(&["--stall", "500ms"], "trap '' TERM; echo ready; sleep 300");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(137), "{output:?}");
}
