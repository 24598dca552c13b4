//! Scenes with a failure that `fix` mends, and how it is run in them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::check_live::credentials;
use crate::check_live::scene::{Scene, modules, proxy};
use crate::support::child::Output;
use crate::support::faults::{Faults, On, Status};
use crate::support::modules::go_sum;
use crate::support::tls::{Authority, Flaw};
use crate::support::tools;
use crate::support::tree::Tree;

/// The user's go env file.
pub const ENV: &str = "home/.config/go/env";
pub const NETRC: &str = "home/.netrc";
pub const JOURNALS: &str = "home/.local/state/gomoddoc/journal";
/// What nobody may see.
pub const SECRET: &str = "s3cret-word";

/// The go env file has this text, in which GOPROXY is empty, and nothing else is wrong.
pub fn empty_goproxy(text: &str) -> Scene {
    let mut scene = Scene::healthy();
    scene.public_proxy(proxy());
    scene.sandbox.unset("GOPROXY").write(ENV, text);
    scene
}

/// A module proxy wants a login, and the line for it lacks the port.
pub fn netrc() -> Scene {
    credentials::netrc(&format!("machine 127.0.0.1 login dev password {SECRET}\n")).expect("the scene")
}

/// In the go env file, a comma stands behind a module proxy that forbids everything; secrets stand around it.
pub fn forbidding_comma() -> Scene {
    let mut scene = Scene::healthy();
    let authority = Authority::new();
    let forbids = proxy().faults(Faults::new().add(On::all(), Status::text(403, "blocked\n")));
    let forbids = scene.server(forbids.tls(authority.server(Flaw::None)));
    scene.trust(&authority);
    let good = scene.server(proxy());
    let mine = format!("# was https://dev:{SECRET}@goproxy.example");
    scene.sandbox.unset("GOPROXY").go_env_file(&[&mine, &format!("GOPROXY={forbids},{good}"), &mine]);
    scene
}

/// go.sum lacks its lines.
pub fn no_sums() -> Scene {
    let mut scene = Scene::healthy();
    scene.sandbox.write("repo/go.sum", "");
    scene
}

/// A go command in front of the real one, which does this instead where it is to change the repository. GO stands
/// for the real one.
pub fn go_that(scene: &mut Scene, does: &str) {
    let go = tools::find("go").expect("go");
    let script = format!(
        "#!/bin/sh\ncase \"$1 $2\" in\n'mod tidy' | 'mod download') {};;\nesac\nexec '{}' \"$@\"\n",
        does.replace("GO", &format!("'{}'", go.display())),
        go.display()
    );
    scene.sandbox.write_mode("other/go", script, 0o755);
    scene.first_on_path("other");
}

/// What go.sum should hold.
pub fn sums() -> String {
    go_sum(&modules())
}

/// Whether the tests of `fix` can run here; says why not.
pub fn possible() -> bool {
    tools::have(&["go", "git"])
}

/// Runs `fix` with JSON, and reads what it prints.
pub fn fix(scene: &Scene, args: &[&str]) -> (Output, Value) {
    let output = scene.sandbox.gomoddoc(&[&["fix", "--format", "json"], args].concat());
    let document = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output}"));
    (output, document)
}

/// Runs `fix --yes`, which must do all there is to do; its journal.
pub fn done(scene: &Scene, args: &[&str]) -> String {
    let (output, document) = fix(scene, &[&["--yes"], args].concat());
    assert!(output.ok(), "{output}");
    document["journal"].as_str().unwrap_or_else(|| panic!("nothing was changed\n{output}")).to_owned()
}

/// Takes back the newest run.
pub fn undo(scene: &Scene) {
    let output = scene.sandbox.gomoddoc(&["fix", "--undo"]);
    assert!(output.ok(), "{output}");
}

/// All that stands in the scene but build caches and temporary files.
pub fn tree(scene: &Scene) -> Tree {
    Tree::of(scene.sandbox.root(), &["cache/go-build", "tmp"])
}

/// What differs from `before`; the journal does not count.
pub fn changes(scene: &Scene, before: &Tree) -> Vec<PathBuf> {
    let changes = before.changes(&tree(scene)).into_iter().map(|(path, _)| path);
    changes.filter(|path| !path.starts_with("home/.local")).collect()
}

pub fn unchanged(scene: &Scene, before: &Tree, why: impl std::fmt::Display) {
    assert_eq!(changes(scene, before), Vec::<PathBuf>::new(), "something has changed\n{why}");
}

/// Runs gomoddoc with these words in a terminal in which `answer` is typed: its exit code, and what the terminal
/// shows.
pub fn in_terminal(scene: &Scene, words: &str, answer: &str) -> Option<(Option<i32>, String)> {
    if !tools::have(&["script"]) {
        return None;
    }
    let line = format!("{} {words}", env!("CARGO_BIN_EXE_gomoddoc"));
    let mut command: Command = scene.sandbox.command(&scene.sandbox.repo(), "script", &["-qec", &line, "/dev/null"]);
    command.env("SHELL", "/bin/sh").env("TERM", "xterm").env("LANG", "C.UTF-8");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("start script");
    let mut stdin = child.stdin.take().expect("a way in");
    std::io::Write::write_all(&mut stdin, answer.as_bytes()).expect("type");
    let output = child.wait_with_output().expect("wait");
    drop(stdin);
    Some((output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

pub fn has(path: &Path, part: &str) -> bool {
    std::fs::read(path).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(part))
}
