//! Real processes that wait.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::*;

/// A child that is killed at the end of a test.
struct Started(Child);

impl Started {
    fn sh(script: &str) -> Self {
        let mut command = Command::new("sh");
        Self(command.args(["-c", script]).stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap())
    }

    fn pid(&self) -> i32 {
        i32::try_from(self.0.id()).unwrap()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        for process in below(self.pid()) {
            let pid = rustix::process::Pid::from_raw(process.pid).unwrap();
            let _ = rustix::process::kill_process(pid, rustix::process::Signal::KILL);
        }
        let _ = self.0.wait();
    }
}

/// Looks until the program is found to wait, since a child needs a moment to get there: one that was looked at
/// while it became the program bears the name of the shell.
fn wait_for(started: &Started, wanted: &str) -> Vec<Wait> {
    for _ in 0..1000 {
        let found = waits(started.pid());
        let is_there = |wait: &Wait| match wait {
            Wait::Lock { program, .. } | Wait::Connection { program, .. } => program.as_str() == wanted,
            _ => false,
        };
        if found.iter().any(is_there) {
            return found;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Vec::new()
}

#[test]
fn a_lock_that_another_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("v1.0.0.lock");
    let file = std::fs::File::create(&path).unwrap();
    file.lock().unwrap();
    let waiter = Started::sh(&format!("exec flock {} true", path.display()));
    let found = wait_for(&waiter, "flock");
    let [Wait::Lock { program, path: waited_for, holder: Some((holder, _)) }] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(program.as_str(), "flock");
    assert_eq!(waited_for.as_str(), path.to_str().unwrap());
    assert_eq!(u32::try_from(*holder).unwrap(), std::process::id());
}

#[test]
fn a_server_that_does_not_answer() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = server.local_addr().unwrap();
    let client = Started::sh(&format!("exec curl -s http://{address}/"));
    let found = wait_for(&client, "curl");
    let [Wait::Connection { program, peer, .. }] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((program.as_str(), *peer), ("curl", address));
}

#[test]
fn a_tree_that_sleeps_does_no_work_and_one_that_counts_does() {
    let measure = |started: &Started| {
        let before = Work::below(started.pid());
        let since = std::time::Instant::now();
        std::thread::sleep(Duration::from_millis(400));
        Work::below(started.pid()).is_more_than(&before, since.elapsed())
    };
    let sleeper = Started::sh("sleep 300 & wait");
    while below(sleeper.pid()).len() < 2 {
        std::thread::sleep(Duration::from_millis(10));
    }
    // Its first steps are work.
    std::thread::sleep(Duration::from_millis(100));
    assert!(!measure(&sleeper));
    let counter = Started::sh("while :; do :; done");
    assert!(measure(&counter));
}
