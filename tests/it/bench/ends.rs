//! How it ends, what it prints where, and that it writes nothing.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::{FAST, measure, plan, result, room, with_fault};
use crate::support::faults::{Broken, Latency};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Delivery, Server};

#[test]
fn the_deadline_tells_what_is_known() {
    let room = room();
    let (steady, silent) = (with_fault(Latency(Duration::from_millis(100))), with_fault(Broken(Delivery::Silence)));
    let args = ["-n", "1000", "-c", "1", "--deadline", "3s", "--timeout", "1s"];
    let (output, document) = measure(&room, &[&args[..], &[&steady.url(), &silent.url()]].concat());
    assert_eq!(output.code, Some(0), "{output}");
    let told = result(&document, &steady.url());
    assert_eq!(told["stopped"]["is"], "time-over", "{output}");
    assert!(told["asked"].as_u64().is_some_and(|asked| asked < 1000), "{output}");
    assert_eq!(told["ok_per_cent"], 100, "{output}");
    assert_ne!(result(&document, &silent.url())["ok_per_cent"], 100, "{output}");
}

#[test]
fn a_signal_tells_what_is_known() {
    let room = room();
    let server = with_fault(Latency(Duration::from_millis(20)));
    let url = server.url();
    let args = [&["bench", "-n", "10000", "-c", "1", "--format", "json"], &FAST[..], &[url.as_str()]].concat();
    let mut command = room.command(&room.repo(), env!("CARGO_BIN_EXE_gomoddoc"), &args);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
    let asked = |server: &Server| server.log.count(|_| true);
    while asked(&server) < 5 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let pid = Pid::from_raw(i32::try_from(child.id()).expect("a pid")).expect("a pid");
    // Unlike INT, no shell has it ignored for what runs in the background.
    kill_process(pid, Signal::TERM).expect("signalled");
    let output = child.wait_with_output().expect("its end");
    assert_eq!(output.status.code(), Some(143), "{output:?}");
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let told = result(&document, &server.url());
    assert_eq!((&told["stopped"]["is"], &told["ok_per_cent"]), (&"interrupted".into(), &100.into()), "{told:#}");
    assert!(asked(&server) < 10_000);
}

/// Every file and folder of the room with its size and time.
fn tree(room: &Sandbox) -> BTreeMap<String, (u64, std::time::SystemTime)> {
    let entries = walkdir::WalkDir::new(room.root()).into_iter().flatten();
    let files = entries.filter(|entry| entry.path() != room.path("tmp"));
    files
        .map(|entry| {
            let metadata = entry.metadata().expect("metadata");
            (entry.path().display().to_string(), (metadata.len(), metadata.modified().expect("a time")))
        })
        .collect()
}

#[test]
fn nothing_is_written_and_a_pipe_gets_plain_text() {
    let mut room = room();
    let server = plan().start();
    room.set("GOPROXY", server.url());
    let before = tree(&room);
    let output = room.gomoddoc(&["bench", "-n", "20", "--color", "auto"]);
    assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""), "{output}");
    assert_eq!(tree(&room), before, "{output}");
    let lines: Vec<&str> = output.stdout.lines().collect();
    assert!(lines[0].starts_with("MODULE PROXY") && lines[0].contains("P95"), "{output}");
    assert!(lines.iter().all(|line| line.chars().count() <= 80), "{output}");
    assert!(!output.stdout.contains(['\u{1b}', '█', '▁']), "neither colour nor a chart\n{output}");
    assert!(output.stdout.contains("hint: GOPROXY needs no change"), "{output}");
    let quiet = room.gomoddoc(&["bench", "-n", "3", "-q"]);
    assert_eq!(quiet.stdout.lines().count(), 1, "{quiet}");
    let chinese = room.gomoddoc(&["bench", "-n", "3", "--lang", "zh"]);
    assert!(chinese.stdout.contains("模块代理") && chinese.stdout.contains("无需更改"), "{chinese}");
}

#[test]
fn what_cannot_be_measured_is_wrong_usage() {
    let mut room = room();
    for (args, words) in [
        (&["bench", "file:///srv/modules"][..], "a folder of this machine"),
        (&["bench", "direct"], "names no module proxy"),
        (&["bench", "ftp://a.example"], "invalid proxy URL scheme"),
        (&["bench"], "GOPROXY=off has no module proxy"),
        (&["bench", "-n", "0", "http://127.0.0.1:1"], "invalid value"),
        (&["bench", "-c", "17", "http://127.0.0.1:1"], "invalid value"),
        (&["bench", "--rate", "0", "http://127.0.0.1:1"], "not a number above 0"),
        (&["bench", "--through", "ftp://x", "http://127.0.0.1:1"], "not the address of an HTTP proxy"),
    ] {
        let output = room.gomoddoc(args);
        assert_eq!((output.code, output.stdout.as_str()), (Some(2), ""), "{output}");
        assert!(output.stderr.contains(words), "{output}");
    }
    room.set("GOPROXY", "https://u:S3cr3t@a.example\u{7f}");
    let output = room.gomoddoc(&["bench"]);
    assert!(output.code == Some(2) && !output.all().contains("S3cr3t"), "{output}");
}
