//! How a child ends, as far as it needs no terminal.

use std::io::Read;
use std::time::Duration;

use super::*;
use crate::process::{End, StartFailure};

async fn run(script: &str, stall: Option<Duration>) -> (Ended, String) {
    let mut signals = Signals::take().unwrap();
    let (running, mut ticket) = Through::new("sh", ["-c".into(), script.into()]).start().unwrap();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        ticket.read_to_string(&mut text).unwrap();
        text
    });
    let ended = running.wait(&mut signals, stall).await;
    (ended, reader.join().unwrap())
}

#[tokio::test]
async fn code_and_copy_come_back() {
    let (ended, text) = run("echo through: one; echo through: two >&2; exit 3", None).await;
    assert_eq!(ended, Ended { end: End::Exited(3), interrupted: None, stalled: None });
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["through: one", "through: two"]);
    assert_eq!(run("kill -9 $$", None).await.0.end, End::Signalled(9));
}

#[tokio::test]
async fn what_cannot_start_says_why() {
    let failure = Through::new("no-such-program", []).start().err();
    assert_eq!(failure, Some(StartFailure::NotFound));
    let failure = Through::new("/", []).start().err();
    assert_eq!(failure, Some(StartFailure::PermissionDenied));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_stands_still_is_ended() {
    let (ended, _) = run("sleep 300; echo never", Some(Duration::from_millis(500))).await;
    assert_eq!((ended.end, ended.stalled), (End::Signalled(15), Some(Vec::new())));
}

#[tokio::test]
async fn a_grandchild_that_holds_the_streams_does_not_hold_us() {
    let (ended, text) = run("sleep 20 & echo through: done", None).await;
    assert_eq!((ended.end, text.as_str()), (End::Exited(0), "through: done\n"));
}
