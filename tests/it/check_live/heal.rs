//! The loop closed: what check advises is done in the scene, and the go command that failed passes.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::by_fix;
use super::frame::{Case, Go};
use super::scene::Scene;
use super::tally;
use crate::support::child::Output;

/// What mends the failure of a case.
#[derive(Clone, Copy)]
pub enum Heal {
    /// There is nothing to mend.
    Well,
    /// The first safe fix of the first finding that has something to do: its commands, run by a shell in
    /// the repository, and its edits of lines, carried out to the letter.
    Locally,
    /// That needs something which no program can know. A safe fix says in these words what, a person does
    /// it, and then the commands of that fix are run.
    ByHand(&'static str, fn(&mut Scene)),
    /// Only the first fix that takes a protection away: no safe one has anything to do.
    AtACost,
    /// Nothing on this machine, and why.
    NotHere(&'static str),
}

impl Heal {
    /// Whether go is to pass at the end.
    pub fn is_possible(self) -> bool {
        matches!(self, Self::Locally | Self::ByHand(..) | Self::AtACost)
    }
}

/// Carries out what `document` (of check) advises, and holds it to what the case says of it.
pub fn close(scene: &mut Scene, case: &Case, document: &Value) {
    let Some(args) = arguments(&case.go) else { return };
    let first = &document["findings"][0];
    if case.heal.is_possible() {
        tally::note(case, "healable");
    }
    match case.heal {
        Heal::Well => return,
        Heal::Locally => {
            let fix = first_to_do(document).unwrap_or_else(|| panic!("no safe fix has anything to do\n{first:#}"));
            by_fix::close(scene, case, args, first, &[]);
            heals(scene, args, fix);
        }
        Heal::ByHand(words, hands) => {
            let says = |fix: &&Value| fix["summary"].as_str().is_some_and(|summary| summary.contains(words));
            let fix = safe(document).find(says);
            let fix = fix.unwrap_or_else(|| panic!("no safe fix says {words:?}\n{first:#}"));
            hands(scene);
            heals(scene, args, fix);
        }
        Heal::AtACost => {
            assert_eq!(first_to_do(document), None, "there is a safe way");
            let (finding, fix) = costly(document).unwrap_or_else(|| panic!("nothing costs\n{document:#}"));
            by_fix::close(scene, case, args, finding, &["--allow", "weakens-security"]);
            heals(scene, args, fix);
        }
        Heal::NotHere(reason) => {
            // A command that mends it after all would be news.
            if let Some(fix) = first_to_do(document) {
                let output = apply(scene, args, fix);
                assert!(!output.ok(), "it can be mended here, though {reason}\n{fix:#}\n{output}");
            }
            return;
        }
    }
    tally::note(case, "healed");
}

fn heals(scene: &mut Scene, args: &[&str], fix: &Value) {
    let output = apply(scene, args, fix);
    assert!(output.ok(), "go still fails after\n{fix:#}\n{output}");
}

fn arguments(go: &Go) -> Option<&'static [&'static str]> {
    match go {
        Go::Passes(_) => None,
        Go::Fails(args, _) | Go::Hangs(args) => Some(args),
    }
}

fn safe(document: &Value) -> impl Iterator<Item = &Value> {
    document["findings"][0]["fixes"].as_array().into_iter().flatten().filter(|fix| fix["safety"] == "safe")
}

fn first_to_do(document: &Value) -> Option<&Value> {
    safe(document).find(|fix| commands(fix).next().is_some() || edits(fix).next().is_some())
}

/// The first fix of any finding that takes a protection away.
fn costly(document: &Value) -> Option<(&Value, &Value)> {
    let findings = document["findings"].as_array().into_iter().flatten();
    let costs = |fix: &&Value| fix["safety"] == "weakens-security" && commands(fix).next().is_some();
    findings.into_iter().find_map(|finding| Some((finding, finding["fixes"].as_array()?.iter().find(costs)?)))
}

fn commands(fix: &Value) -> impl Iterator<Item = &str> {
    fix["commands"].as_array().into_iter().flatten().filter_map(Value::as_str)
}

/// The actions that edit a line.
fn edits(fix: &Value) -> impl Iterator<Item = &Value> {
    let action = &fix["action"];
    let several = action["actions"].as_array().map_or(std::slice::from_ref(action), Vec::as_slice);
    several.iter().filter(|action| action["do"] == "edit-line")
}

/// Does what the fix says, and runs go again.
fn apply(scene: &mut Scene, args: &[&str], fix: &Value) -> Output {
    for action in edits(fix) {
        edit(scene, action);
    }
    stay_in_the_house(scene);
    // One shell for all: what a command exports is for the next one.
    let script = commands(fix).map(|command| format!("{command}\n")).collect::<String>() + "exec \"$@\"\n";
    scene.sandbox.limit(std::time::Duration::from_secs(60));
    scene.sandbox.run("/bin/sh", &[&["-c", &script, "sh", "go"], args].concat())
}

/// A command that leads out of the machine ends here: only loopback, and names that nobody outside has
/// (RFC 6761), go past an HTTP proxy.
pub fn stay_in_the_house(scene: &mut Scene) {
    // An HTTP proxy of the scene lets nothing out either, and is the way to names of the scene.
    if scene.sandbox.get("HTTPS_PROXY").is_some() {
        return;
    }
    for name in ["HTTPS_PROXY", "HTTP_PROXY"] {
        scene.sandbox.set(name, "http://127.0.0.1:1");
    }
    scene.sandbox.set("NO_PROXY", "127.0.0.1,localhost,.example");
}

/// Replaces `from` by `to` on a line, as a person with an editor would.
fn edit(scene: &Scene, action: &Value) {
    let word = |key: &str| action[key].as_str().unwrap_or_default();
    let path = place(scene, word("path"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("read {}: {error}", path.display()));
    let at = action["line"].as_u64().and_then(|line| usize::try_from(line).ok()).expect("a line") - 1;
    let mut lines: Vec<_> = text.split_inclusive('\n').map(str::to_owned).collect();
    let line = lines.get(at).unwrap_or_else(|| panic!("no such line: {action:#}\n{text}"));
    assert!(line.contains(word("from")), "the line says something else: {action:#}\n{line}");
    lines[at] = line.replacen(word("from"), word("to"), 1);
    std::fs::write(&path, lines.concat()).expect("write the file");
}

fn place(scene: &Scene, path: &str) -> PathBuf {
    match path.strip_prefix("~/") {
        Some(rest) => scene.sandbox.path("home").join(rest),
        // Joining leaves an absolute path as it is.
        None => scene.sandbox.repo().join(Path::new(path)),
    }
}
