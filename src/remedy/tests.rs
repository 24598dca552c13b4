use std::fs;
use std::path::{Path, PathBuf};

use super::change::Edit;
use super::*;

/// A folder with files that are changed, and the journals.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir_all(bench.path("cache/mod@v1")).unwrap();
        fs::write(bench.path("cache/mod@v1/a.go"), "damaged").unwrap();
        fs::write(bench.path("env"), "GOPROXY=off\nGOPRIVATE=x\n").unwrap();
        fs::write(bench.path("go.mod"), "module m\n").unwrap();
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("tree").join(name)
    }

    fn journals(&self) -> PathBuf {
        self.folder.path().join("journals")
    }

    fn begin(&self) -> Journal {
        Journal::begin(&self.journals(), "fix", self.folder.path(), jiff::Timestamp::now()).unwrap()
    }

    fn past(&self) -> Past {
        let name = Past::names(&self.journals()).unwrap().pop().unwrap();
        Past::read(&self.journals(), &name).unwrap()
    }

    fn tree(&self) -> Digest {
        Digest::of(&self.folder.path().join("tree")).unwrap()
    }

    /// A change of each kind, two of one file among them.
    fn changes(&self, journal: &mut Journal) -> Vec<Change> {
        let edit = |name: &str, old: Option<&str>, new: &str| {
            Change::Edited(Edit::between(&self.path(name), old, new).unwrap())
        };
        let moved = self.path("cache/mod@v1");
        let quarantine = self.folder.path().join("quarantine");
        let mode = disk_mode(&moved);
        vec![
            edit("env", Some("GOPROXY=off\nGOPRIVATE=x\n"), "GOPROXY=direct\nGOPRIVATE=x\n"),
            edit("env", Some("GOPROXY=direct\nGOPRIVATE=x\n"), "GOPROXY=direct\nGOPRIVATE=x,y\n"),
            Change::Folder { path: self.path("git") },
            edit("git/config", None, "[url]\n"),
            Change::Mode { path: moved.clone(), from: mode, to: 0o700 },
            Change::Moved { from: moved.clone(), to: journal.place_in(&quarantine, &moved), lock: None },
            Change::Awaited {
                place: self.path("cache/v1.zip"),
                aside: journal.place_in(&quarantine, Path::new("v1.zip")),
                lock: None,
            },
            Change::Saved {
                path: self.path("go.mod"),
                copy: journal.place_for_copy(&self.path("go.mod")),
                before: Digest::of_bytes(b"module m\n"),
            },
            Change::Saved {
                path: self.path("go.sum"),
                copy: journal.place_for_copy(&self.path("go.sum")),
                before: Digest::absent(),
            },
            // go leaves this one as it is.
            Change::Saved {
                path: self.path("go.work.sum"),
                copy: journal.place_for_copy(&self.path("go.work.sum")),
                before: Digest::absent(),
            },
        ]
    }

    /// What the go command does after the changes.
    fn go(&self, journal: &mut Journal) {
        fs::create_dir(self.path("cache/mod@v1")).unwrap();
        fs::write(self.path("cache/mod@v1/a.go"), "whole").unwrap();
        for (name, text) in [("cache/v1.zip", "zip"), ("go.mod", "module m\n\nrequire x v1\n"), ("go.sum", "x v1 h1\n")]
        {
            fs::write(self.path(name), text).unwrap();
        }
        for name in ["cache/mod@v1", "cache/v1.zip", "go.mod", "go.sum", "go.work.sum"] {
            journal.note(&self.path(name)).unwrap();
        }
    }
}

fn disk_mode(path: &Path) -> u32 {
    crate::disk::mode(path).unwrap_or(0)
}

#[test]
fn killed_at_any_step_it_is_taken_back() {
    let count = {
        let bench = Bench::new();
        bench.changes(&mut bench.begin()).len()
    };
    for made in 0..=count {
        for next_is_written in [false, true] {
            let bench = Bench::new();
            let before = bench.tree();
            let mut journal = bench.begin();
            let changes = bench.changes(&mut journal);
            for change in changes.iter().take(made) {
                journal.make(change.clone()).unwrap();
            }
            if let Some(next) = changes.get(made).filter(|_| next_is_written) {
                journal.write(&Record::Change(next.clone())).unwrap();
            }
            drop(journal);
            undo(&bench.past()).unwrap();
            assert_eq!(bench.tree(), before, "after {made} changes");
            assert!(bench.past().is_undone());
        }
    }
}

#[test]
fn what_go_wrote_is_taken_back_and_a_killed_undo_goes_on() {
    let count = {
        let bench = Bench::new();
        bench.changes(&mut bench.begin()).len()
    };
    for undone in 0..=count {
        let bench = Bench::new();
        let before = bench.tree();
        let mut journal = bench.begin();
        for change in bench.changes(&mut journal) {
            journal.make(change).unwrap();
        }
        bench.go(&mut journal);
        let past = bench.past();
        for change in past.changes().rev().take(undone) {
            undo::take_back(&past, change).unwrap();
        }
        undo(&past).unwrap();
        assert_eq!(bench.tree(), before, "after {undone} were taken back");
    }
}

#[test]
fn what_several_go_commands_wrote_is_taken_back() {
    let bench = Bench::new();
    let before = bench.tree();
    let mut journal = bench.begin();
    let path = bench.path("go.mod");
    for text in ["module m\n\nrequire x v1\n", "module m\n\nrequire x v2\n"] {
        let saved = Digest::of(&path).unwrap();
        let copy = journal.place_for_copy(&path);
        journal.make(Change::Saved { path: path.clone(), copy, before: saved }).unwrap();
        fs::write(&path, text).unwrap();
        journal.note(&path).unwrap();
    }
    undo(&bench.past()).unwrap();
    assert_eq!(bench.tree(), before);
}

#[test]
fn what_was_put_back_at_once_is_no_change_that_stands() {
    let bench = Bench::new();
    let mut journal = bench.begin();
    let since = journal.len();
    let change = bench.changes(&mut journal).swap_remove(0);
    journal.make(change).unwrap();
    assert!(!journal.is_empty());
    journal.take_back(since).unwrap();
    assert!(journal.is_empty());
}

#[test]
fn what_somebody_changed_since_is_left_alone() {
    for touched in ["env", "git/config", "cache/mod@v1/a.go", "cache/v1.zip", "go.mod", "go.sum"] {
        let bench = Bench::new();
        let mut journal = bench.begin();
        for change in bench.changes(&mut journal) {
            journal.make(change).unwrap();
        }
        bench.go(&mut journal);
        fs::write(bench.path(touched), "mine").unwrap();
        let before = bench.tree();
        let refused = undo(&bench.past());
        let is_refused = matches!(refused, Err(RemedyError::Changed { .. } | RemedyError::ChangedBeside { .. }));
        assert!(is_refused, "{touched}: {refused:?}");
        assert_eq!(bench.tree(), before, "{touched}");
        assert!(!bench.past().is_undone());
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_a_journal_and_a_torn_line_is_left_out() {
    let bench = Bench::new();
    let mut journal = bench.begin();
    let change = bench.changes(&mut journal).swap_remove(0);
    journal.make(change.clone()).unwrap();
    let path = bench.journals().join(format!("{}.jsonl", journal.id()));
    assert_eq!(disk_mode(&path), 0o600);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}{{\"record\":\"change\",\"chan")).unwrap();
    let past = bench.past();
    assert_eq!(past.changes().collect::<Vec<_>>(), [&change]);
    assert_eq!(past.folder(), bench.folder.path());
}

#[test]
fn what_somebody_else_did_meanwhile_is_not_taken_back() {
    let bench = Bench::new();
    let mut journal = bench.begin();
    let mode = disk_mode(&bench.path("go.mod"));
    let (path, other) = (bench.path("go.mod"), if mode == 0o600 { 0o644 } else { 0o600 });
    let changes = [
        // It is so already, as if another had made it.
        Change::Mode { path: path.clone(), from: other, to: mode },
        Change::Folder { path: bench.path("cache") },
        Change::Edited(Edit::between(&path, Some("module old\n"), "module m\n").unwrap()),
        Change::Moved { from: bench.path("absent"), to: path.clone(), lock: None },
    ];
    fs::create_dir(bench.path("empty")).unwrap();
    let before = bench.tree();
    for change in changes.into_iter().chain([Change::Folder { path: bench.path("empty") }]) {
        let since = journal.len();
        journal.make(change).unwrap_err();
        journal.take_back(since).unwrap();
    }
    assert_eq!(bench.tree(), before);
    assert!(journal.is_empty());
    undo(&bench.past()).unwrap();
    assert_eq!(bench.tree(), before);
}

#[test]
fn a_torn_journal_is_taken_back_once() {
    let bench = Bench::new();
    let before = bench.tree();
    let mut journal = bench.begin();
    let change = bench.changes(&mut journal).swap_remove(0);
    journal.make(change).unwrap();
    let path = bench.journals().join(format!("{}.jsonl", journal.id()));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}{{\"record\":\"change\",\"chan")).unwrap();
    assert!(bench.past().stands());
    undo(&bench.past()).unwrap();
    assert_eq!(bench.tree(), before);
    assert!(bench.past().is_undone() && !bench.past().stands());
}
