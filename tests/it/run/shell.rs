//! Small shell commands: nothing of them may change on the way.

use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Output, Stdio};

use crate::support::tools;

/// `gomoddoc run FLAGS -- sh -c SCRIPT`, in a process group of its own.
pub fn gomoddoc(flags: &[&str], script: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gomoddoc"));
    command.arg("run").args(flags).args(["--", "sh", "-c", script]);
    command.env("LANG", "C.UTF-8").env_remove("GOMODDOC_LANG").stdin(Stdio::null()).process_group(0);
    command
}

fn run(script: &str) -> Output {
    gomoddoc(&[], script).output().unwrap()
}

/// Starts it, and waits until the script has said `ready`.
pub fn started(flags: &[&str], script: &str) -> Child {
    let mut command = gomoddoc(flags, script);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = [0; 6];
    child.stdout.as_mut().unwrap().read_exact(&mut said).unwrap();
    assert_eq!(&said, b"ready\n");
    child
}

#[test]
fn streams_pass_unmerged_and_byte_for_byte() {
    let output = run(r"printf 'out\377\000\r\nno end'; printf '\376err\n\033[31m' >&2");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, b"out\xff\0\r\nno end");
    assert_eq!(output.stderr, b"\xfeerr\n\x1b[31m");
}

#[test]
fn ten_megabytes_pass_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bytes");
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_le_bytes()
    };
    let bytes: Vec<u8> = (0..2_500_000).flat_map(|_| next()).collect();
    std::fs::write(&path, &bytes).unwrap();
    let output = run(&format!("cat {0}; cat {0} >&2", path.display()));
    assert!(output.stdout == bytes && output.stderr == bytes);
}

#[test]
fn one_pipe_for_both_streams_keeps_their_order() {
    let (mut reader, writer) = std::io::pipe().unwrap();
    let script = "for i in 1 2 3 4 5 6 7 8 9; do echo o$i; echo e$i >&2; done";
    let mut command = gomoddoc(&[], script);
    let mut child = command.stdout(writer.try_clone().unwrap()).stderr(writer).spawn().unwrap();
    drop(command);
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    assert!(child.wait().unwrap().success());
    let expected: String = (1..10).map(|i| format!("o{i}\ne{i}\n")).collect();
    assert_eq!(text, expected);
}

#[test]
fn stdin_is_the_commands() {
    let mut child = gomoddoc(&[], "cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"asked\n").unwrap();
    assert_eq!(child.wait_with_output().unwrap().stdout, b"asked\n");
}

#[test]
fn the_code_is_the_commands_own() {
    for (script, code) in [("exit 0", 0), ("exit 3", 3), ("exit 255", 255), ("kill -9 $$", 137), ("kill $$", 143)] {
        assert_eq!(run(script).status.code(), Some(code), "{script}");
    }
    let start =
        |program: &str| Command::new(env!("CARGO_BIN_EXE_gomoddoc")).args(["run", "--", program]).output().unwrap();
    let output = start("no-such-program");
    assert_eq!(output.status.code(), Some(127));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot start no-such-program"));
    assert_eq!(start("/").status.code(), Some(126));
}

#[test]
fn a_failure_that_is_none_of_modules_gets_a_line() {
    let output = run("echo '--- FAIL: TestX (0.00s)'; exit 1");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stdout, b"--- FAIL: TestX (0.00s)\n");
    assert_eq!(output.stderr, b"gomoddoc: nothing in this output is a failure to get modules\n");
}

/// The signals that this process ignores, as a mask.
fn ignored_signals() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap_or("0");
    u64::from_str_radix(mask.trim(), 16).unwrap_or(0)
}

#[test]
fn signals_reach_the_command_and_what_it_started() {
    use rustix::process::{Pid, Signal, kill_process};
    // What is ignored here is ignored by all that is started from here (nohup, a shell's background job).
    let ignored = ignored_signals();
    let heard = |signal: &Signal| ignored >> (signal.as_raw() - 1) & 1 == 0;
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT].into_iter().filter(heard) {
        // The grandchild holds stdout: had the signal not reached it, the output would not end.
        let script = "trap 'echo caught; exit 7' INT TERM HUP QUIT; sleep 300 & echo ready; wait";
        let child = started(&[], script);
        let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(7), "{signal:?}");
        assert_eq!(output.stdout, b"caught\n", "{signal:?}");
        assert!(output.stderr.is_empty(), "no diagnosis after a signal: {output:?}");
    }
}

#[test]
fn a_closed_pipe_reaches_the_command() {
    let mut child = started(&[], "echo ready; yes");
    drop(child.stdout.take());
    let status = child.wait().unwrap();
    // SIGPIPE, or yes's own words on it.
    assert!(matches!(status.code(), Some(1 | 141)) && status.signal().is_none(), "{status:?}");
}

/// In a terminal of `script`'s; what the terminal got.
fn in_terminal(script: &str, redirect: &str) -> Option<String> {
    if !tools::have(&["script"]) {
        return None;
    }
    let line = format!("{} run -- sh -c '{script}' {redirect}", env!("CARGO_BIN_EXE_gomoddoc"));
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).env("LANG", "C.UTF-8").env("SHELL", "/bin/sh").stdin(Stdio::null());
    Some(String::from_utf8(command.output().unwrap().stdout).unwrap())
}

#[test]
fn a_terminal_stays_a_terminal() {
    let Some(text) = in_terminal("test -t 0 && test -t 1 && test -t 2 && echo all", "") else { return };
    assert_eq!(text, "all\r\n", "one carriage return, not two");
    let Some(text) = in_terminal("test -t 1 || echo no terminal; test -t 2 && echo err >&2", "| cat") else { return };
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["err", "no terminal"], "each stream by itself");
}

#[test]
fn the_terminal_has_the_size_of_the_real_one() {
    if !tools::have(&["script", "stty"]) {
        return;
    }
    let run = format!("stty rows 33 cols 77; {} run -- sh -c 'stty size <&1'", env!("CARGO_BIN_EXE_gomoddoc"));
    let mut command = Command::new("script");
    command.args(["-qec", &run, "/dev/null"]).env("SHELL", "/bin/sh").stdin(Stdio::null());
    assert_eq!(command.output().unwrap().stdout, b"33 77\r\n");
}
