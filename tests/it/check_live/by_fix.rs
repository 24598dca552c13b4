//! `gomoddoc fix` in each scene that can be mended: what it does lets the go command pass, and is taken back byte
//! for byte.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;

use super::frame::Case;
use super::heal::stay_in_the_house;
use super::scene::Scene;
use super::tally;
use crate::support::tree::Tree;

/// Whether `fix` mends a case by itself. All else it leaves to people: variables of a shell, commands of others.
pub fn mends(case: &Case) -> bool {
    DONE.contains(&case.name)
}

/// Folders that are nobody's settings: the build cache, and where commands work.
const WITHOUT: &[&str] = &["cache/go-build", "tmp"];

/// Variables that the go env file may hold as well as the environment (`go env -w`).
const MOVABLE: &[&str] =
    &["GO111MODULE", "GOFLAGS", "GOINSECURE", "GONOPROXY", "GONOSUMDB", "GOPRIVATE", "GOPROXY", "GOSUMDB", "GOVCS"];

/// Fixes `finding`, looks whether the go command then passes, and takes it back. What only people know is named then,
/// as they would. Where it is a variable of the shell that has to be changed, that is tried once more with such
/// variables in the user's go env file. In the end the scene is as it was.
pub fn close(scene: &mut Scene, case: &Case, args: &[&str], finding: &Value, flags: &[&str]) {
    scene.sandbox.limit(Duration::from_secs(60));
    let mut flags = flags.to_vec();
    let mut end = attempt(scene, case, args, finding, &flags);
    if end == End::Guess {
        flags.extend(finding["code"].as_str());
        end = attempt(scene, case, args, finding, &flags);
    }
    if end == End::Shell {
        let root = scene.sandbox.root().to_owned();
        let before = Tree::of(&root, WITHOUT);
        let moved = into_the_file(scene);
        end = attempt(scene, case, args, finding, &flags);
        for (name, value) in moved {
            scene.sandbox.set(&name, value);
        }
        before.restore(&Tree::of(&root, WITHOUT));
    }
    tally::note(case, if end == End::Done { "fixed" } else { "left" });
    assert_eq!(end == End::Done, mends(case), "what fix mends has changed: DONE in by_fix.rs");
}

/// What `fix` made of a finding.
#[derive(PartialEq, Eq)]
enum End {
    Done,
    /// It belongs into a place that only people should change.
    Shell,
    /// Only people know whether it fits.
    Guess,
    People,
}

/// Takes the variables out of the environment and puts them into the user's go env file; what they were.
fn into_the_file(scene: &mut Scene) -> Vec<(String, std::ffi::OsString)> {
    let set = MOVABLE.iter().filter_map(|name| Some(((*name).to_owned(), scene.sandbox.get(name)?.clone())));
    let moved: Vec<_> = set.collect();
    let mut text = scene.sandbox.read(ENV_FILE);
    for (name, value) in moved.iter().filter(|(_, value)| !value.is_empty()) {
        text.push_str(&format!("{name}={}\n", value.to_string_lossy()));
    }
    scene.sandbox.write(ENV_FILE, text);
    for (name, _) in &moved {
        scene.sandbox.unset(name);
    }
    moved
}

const ENV_FILE: &str = "home/.config/go/env";

fn attempt(scene: &mut Scene, case: &Case, args: &[&str], finding: &Value, flags: &[&str]) -> End {
    let root = scene.sandbox.root().to_owned();
    let before = Tree::of(&root, WITHOUT);
    let output = scene.sandbox.gomoddoc(&[&["fix", "--yes", "--format", "json"], flags].concat());
    assert!(matches!(output.code, Some(0 | 1)), "fix did not do its job\n{output}");
    let document: Value =
        serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("no JSON: {error}\n{output}"));
    let done = Tree::of(&root, WITHOUT);
    let ours = |told: &&Value| told["code"] == finding["code"] && told["subject"] == finding["subject"];
    let find = |key: &str| document[key].as_array().and_then(|all| all.iter().find(ours));
    let is_done = find("outcomes").is_some_and(|outcome| outcome["error"].is_null());
    for secret in &scene.secrets {
        assert!(!output.all().contains(secret.as_str()), "a secret got out\n{output}");
    }
    if document["journal"].is_null() {
        assert_eq!(changed(scene, &before, &done), Vec::<String>::new(), "fix changed something\n{output}");
    } else {
        for entry in walkdir::WalkDir::new(scene.sandbox.path("home/.local/state")).into_iter().flatten() {
            let text = std::fs::read(entry.path()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            let text = text.unwrap_or_default();
            assert!(!scene.secrets.iter().any(|secret| text.contains(secret.as_str())), "a secret was kept\n{text}");
        }
        let undone = scene.sandbox.gomoddoc(&["fix", "--undo"]);
        assert!(undone.ok(), "{undone}\n{output}");
        let now = Tree::of(&root, WITHOUT);
        assert_eq!(changed(scene, &before, &now), Vec::<String>::new(), "not as it was\n{output}\n{undone}");
        tally::note(case, "taken-back");
        if is_done {
            done.restore(&now);
            stay_in_the_house(scene);
            let go = scene.sandbox.go(args);
            assert!(go.ok(), "go still fails after fix\n{document:#}\n{go}");
        }
        before.restore(&Tree::of(&root, WITHOUT));
    }
    let left = find("manual").and_then(|manual| manual["fixes"].as_array()).map(Vec::as_slice).unwrap_or_default();
    let shell = |left: &Value| left["why"] == "place" && left["fix"]["place"]["kind"] == "shell";
    match is_done {
        true => End::Done,
        false if left.iter().any(|left| left["why"] == "guess") => End::Guess,
        false if left.iter().any(shell) => End::Shell,
        false => End::People,
    }
}

/// What differs, but for what a fix leaves behind: its journal, what lay in the cache, locks (which are never
/// removed), and what go has fetched into empty places.
fn changed(scene: &Scene, before: &Tree, after: &Tree) -> Vec<String> {
    let cache =
        scene.sandbox.get("GOMODCACHE").map(Path::new).and_then(|cache| cache.strip_prefix(scene.sandbox.root()).ok());
    let left = |path: &Path| {
        path.starts_with("home/.local")
            || path.starts_with("gopath/pkg")
            || cache.is_some_and(|cache| path.starts_with(cache))
            || path.extension().is_some_and(|extension| extension == "lock")
    };
    // go adds a version that it downloads to the list of those that it has.
    let changes = before.changes(after).into_iter().filter(|(path, _)| !path.ends_with("@v/list"));
    changes.filter(|(path, was_there)| *was_there || !left(path)).map(|(path, _)| path.display().to_string()).collect()
}

/// The cases that `fix` mends.
const DONE: &[&str] = &[
    "a_damaged_go_mod_in_the_cache",
    "a_damaged_zip_without_its_folder",
    "a_damaged_ziphash_in_the_cache",
    "a_login_page_in_the_cache",
    "a_clone_without_head",
    "a_go_mod_that_is_cut_off",
    "a_lock_that_is_a_folder",
    "a_zip_with_a_name_that_is_not_allowed",
    "a_ziphash_that_is_no_hash",
    "a_damaged_state_of_the_database",
    "go_sum_of_other_versions",
    "go_sum_without_entries",
    "go_sum_without_the_hash_of_one_zip",
    "a_netrc_without_the_port",
    "ssh_with_a_key_that_others_can_read",
    "goproxy_empty_in_the_env_file",
    "a_netrc_with_a_port_that_git_does_not_want",
    "a_page_that_wants_a_login_and_a_line_with_a_port",
    "git_trusts_less_than_go",
    "a_go_mod_that_lags_behind",
    "a_module_further_down_that_calls_itself_otherwise",
    "a_package_in_two_modules",
    "a_replacement_that_is_not_there",
    "a_workspace_around_that_does_not_list_the_module",
    "a_workspace_of_an_older_go",
    "an_import_of_the_outer_module",
    "a_workspace_with_a_missing_module",
    "an_import_that_go_mod_does_not_list",
    "one_folder_under_two_paths",
    "one_module_under_two_paths",
    "a_private_module_without_goprivate",
    "an_unlisted_private_import",
    "gonoproxy_without_gonosumdb",
    "a_tag_that_does_not_exist",
    "goflags_that_are_no_flags",
    "goflags_that_ask_for_a_vendor_folder",
    "goflags_that_name_a_file_in_a_workspace",
    "goflags_that_name_a_file_that_is_not_there",
    "goflags_with_an_unknown_flag",
    "modules_switched_off",
    "a_comma_after_an_entry_that_breaks_off",
    "a_comma_after_an_entry_that_forbids",
    "a_comma_after_an_entry_that_is_not_there",
    "a_comma_after_an_entry_that_nobody_vouches_for",
    "a_comma_after_an_entry_that_redirects_for_ever",
    "a_comma_after_an_entry_that_resets",
    "a_comma_after_an_entry_that_wants_a_login",
    "a_comma_after_an_entry_with_a_rate_limit",
    "a_comma_after_an_entry_with_an_internal_fault",
    "a_comma_after_an_entry_without_tls",
    "goproxy_in_quotes",
    "goproxy_in_capitals",
    "goproxy_with_nothing_in_it",
    "an_unlisted_private_import_and_a_scheme",
    "an_unlisted_private_import_and_quotes",
    "goprivate_for_hosts_below_only",
    "goprivate_in_quotes",
    "goprivate_with_a_letter_too_few",
    "goprivate_with_a_port",
    "goprivate_with_a_scheme",
    "goprivate_with_a_space",
    "govcs_that_forbids_git",
    "a_list_that_ends_in_off",
    "goproxy_off",
    "goproxy_with_another_scheme",
    "a_toolchain_while_lookups_are_off",
];
