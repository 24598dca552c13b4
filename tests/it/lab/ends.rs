//! However a command ends, nothing of the lab is left.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use super::{left, room};
use crate::support::sandbox::Sandbox;

#[test]
fn the_exit_code_is_the_commands_own() {
    let Some(room) = room() else { return };
    for (words, code) in [
        (&["sh", "-c", "exit 77"][..], 77),
        (&["sh", "-c", "kill -9 $$"], 137),
        (&["no-such-program"], 127),
        (&["/"], 126),
    ] {
        let output = room.gomoddoc(&[&["lab", "healthy", "--"], words].concat());
        assert_eq!(output.code, Some(code), "{output}");
        assert_eq!(left(&room), Vec::<String>::new(), "{output}");
    }
    for args in [&["lab", "no-such-scenario", "--", "true"][..], &["lab", "healthy"], &["lab", "--", "true"]] {
        let output = room.gomoddoc(args);
        assert_eq!(output.code, Some(2), "{output}");
    }
}

#[test]
fn what_a_command_leaves_running_goes_too() {
    let Some(room) = room() else { return };
    let output = room.gomoddoc(&["lab", "healthy", "--", "sh", "-c", "sleep 300 >/dev/null 2>&1 & exit 0"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(left(&room), Vec::<String>::new(), "{output}");
}

#[test]
fn a_read_only_module_cache_is_removed() {
    let Some(room) = room() else { return };
    let output = room.gomoddoc(&["lab", "healthy", "--", "env", "GOFLAGS=", "go", "mod", "download"]);
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(left(&room), Vec::<String>::new(), "{output}");
}

#[test]
fn time_that_is_over_ends_the_command() {
    let Some(room) = room() else { return };
    let output = room.gomoddoc(&["lab", "hang-headers", "--for", "1s", "--", "go", "mod", "download"]);
    assert_eq!(output.code, Some(143), "{output}");
    assert!(output.stderr.contains("gomoddoc: ended the command after 1 s (--for)"), "{output}");
    assert_eq!(left(&room), Vec::<String>::new(), "{output}");
}

/// A lab whose command has said `ready`.
fn started(room: &Sandbox, script: &str) -> Child {
    let words = ["lab", "healthy", "--", "sh", "-c", script];
    let mut command = room.command(&room.repo(), env!("CARGO_BIN_EXE_gomoddoc"), &words);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("start the lab");
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("stdout")).read_line(&mut line).expect("read");
    assert_eq!(line, "ready\n");
    child
}

fn is_ignored(signal: rustix::process::Signal) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    ignored >> (signal.as_raw() - 1) & 1 == 1
}

#[test]
fn a_signal_reaches_the_command_and_then_all_is_taken_down() {
    let Some(room) = room() else { return };
    let signals = [rustix::process::Signal::INT, rustix::process::Signal::TERM, rustix::process::Signal::HUP];
    // What this process was started to ignore, as in the background of a script, its children ignore too.
    for signal in signals.into_iter().filter(|signal| !is_ignored(*signal)) {
        // `sh` runs what stands in a background job without INT; the trap shows that it came.
        let mut child = started(&room, "trap 'exit 42' INT TERM HUP; echo ready; while :; do sleep 0.05; done");
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, signal).expect("send the signal");
        assert_eq!(child.wait().expect("its end").code(), Some(42), "{signal:?}");
        assert_eq!(left(&room), Vec::<String>::new(), "{signal:?}");
    }
}
