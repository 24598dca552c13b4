//! `gomoddoc lab` as people use it: each scenario, its end, a lab that lives on its own, and what the docs show.

mod docs;
mod ends;
mod scenarios;
mod shell;

use crate::support::child::Output;
use crate::support::sandbox::Sandbox;
use crate::support::tools;

/// A room from which nothing of a lab may get out, or nothing where a program is missing.
fn room() -> Option<Sandbox> {
    if !tools::have(&["go", "git"]) {
        return None;
    }
    let mut room = Sandbox::new();
    let (runtime, own) = (room.path("runtime"), env!("CARGO_BIN_EXE_gomoddoc"));
    std::fs::create_dir(&runtime).expect("a folder");
    room.set("XDG_RUNTIME_DIR", runtime);
    // As for somebody who has installed it.
    let folder = std::path::Path::new(own).parent().expect("a folder").to_owned();
    let path = room.get("PATH").cloned().unwrap_or_default();
    let path = std::env::join_paths(std::env::split_paths(&path).chain([folder])).expect("a PATH");
    room.set("PATH", path);
    Some(room)
}

/// A number of the account that a rate limit gives.
fn counted(output: &Output, what: &str) -> usize {
    let rest = output.stderr.lines().find_map(|line| line.strip_prefix(&format!("gomoddoc: {what} ")));
    rest.and_then(|rest| rest.trim().parse().ok()).unwrap_or_else(|| panic!("no account of {what}\n{output}"))
}

/// What is left of labs in the room: files, and processes that know its temporary folder.
fn left(room: &Sandbox) -> Vec<String> {
    let files = std::fs::read_dir(room.path("tmp")).expect("the folder").flatten();
    let mut left: Vec<String> = files.map(|entry| entry.path().display().to_string()).collect();
    let known = room.path("tmp").display().to_string();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let environ = std::fs::read(entry.path().join("environ")).unwrap_or_default();
        if environ.windows(known.len()).any(|part| part == known.as_bytes()) {
            let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
            left.push(format!("{}: {}", entry.path().display(), String::from_utf8_lossy(&command)));
        }
    }
    left
}
