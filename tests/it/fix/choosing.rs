//! What is fixed, and what is left to people.

use serde_json::Value;

use super::house::{
    ENV, NETRC, SECRET, changes, done, empty_goproxy, fix, forbidding_comma, go_that, netrc, possible, tree, unchanged,
    undo,
};
use crate::check_live::scene::{Scene, proxy};

/// The fixes that are left to people, with the reasons.
fn left(document: &Value) -> impl Iterator<Item = &Value> {
    document["manual"].as_array().into_iter().flatten().filter_map(|finding| finding["fixes"].as_array()).flatten()
}

#[test]
fn what_is_no_order_of_ours_is_refused() {
    let scene = Scene::new();
    let before = tree(&scene);
    for (args, words) in [
        (&["--from", "facts.json"][..], "takes no facts file"),
        (&["--yes", "--dry-run"], "cannot be used with"),
        (&["goprivate-patern"], "goprivate-pattern"),
        (&["--allow", "everything"], "weakens-security"),
        (&["--undo", "x", "--dry-run"], "cannot be used with"),
    ] {
        let output = scene.sandbox.gomoddoc(&[&["fix"], args].concat());
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.contains(words), "{words}: {output}");
        unchanged(&scene, &before, &output);
    }
}

/// A pattern that fits nothing is only a warning while no module needs it.
#[test]
fn warnings_are_mended_by_name() {
    if !possible() {
        return;
    }
    let text = "GOPRIVATE=https://git.corp.example\n";
    let scene = empty_goproxy(text);
    let before = tree(&scene);
    let (output, document) = fix(&scene, &["--yes"]);
    assert!(output.ok() && document["journal"].is_null(), "{output}");
    assert_eq!(document["when_named"], serde_json::json!(["goprivate-pattern"]), "{document:#}");
    unchanged(&scene, &before, &output);
    let table = scene.sandbox.gomoddoc(&["fix"]);
    assert!(table.stdout.contains("gomoddoc fix goprivate-pattern\n"), "{table}");

    done(&scene, &["goprivate-pattern"]);
    assert_eq!(scene.sandbox.read(ENV), "GOPRIVATE=git.corp.example\n");
    undo(&scene);
    assert_eq!(scene.sandbox.read(ENV), text);
}

#[test]
fn only_what_is_named_is_mended() {
    if !possible() {
        return;
    }
    let text = "GOPROXY=\nGOPRIVATE=https://git.corp.example\n";
    let scene = empty_goproxy(text);
    done(&scene, &["goprivate-pattern"]);
    assert_eq!(scene.sandbox.read(ENV), "GOPROXY=\nGOPRIVATE=git.corp.example\n");
    undo(&scene);
    done(&scene, &[]);
    assert!(scene.sandbox.read(ENV).ends_with("GOPRIVATE=https://git.corp.example\n"), "{}", scene.sandbox.read(ENV));
}

#[test]
fn what_takes_a_protection_away_must_be_allowed() {
    if !possible() {
        return;
    }
    let scene = forbidding_comma();
    let before = tree(&scene);
    let text = scene.sandbox.read(ENV);
    let (output, document) = fix(&scene, &["--yes"]);
    assert_eq!(output.code, Some(1), "{output}");
    assert!(left(&document).any(|left| left["why"] == "not-allowed"), "{document:#}");
    let table = scene.sandbox.gomoddoc(&["fix", "--yes"]);
    assert!(table.stdout.contains("Not done without --allow weakens-security:"), "{table}");
    unchanged(&scene, &before, &output);

    let (output, document) = fix(&scene, &["--dry-run", "--allow", "weakens-security"]);
    assert!(document["plan"][0]["removes"].is_string(), "the plan says which protection goes\n{output}");
    done(&scene, &["--allow", "weakens-security"]);
    assert_eq!(scene.sandbox.read(ENV), text.replace(',', "|"));
    assert!(scene.sandbox.go(&["mod", "download"]).ok());
    undo(&scene);
    assert_eq!(scene.sandbox.read(ENV), text);
    assert_eq!(changes(&scene, &before).iter().filter(|path| !path.starts_with("gopath")).count(), 0);
}

/// What only the user can know is left to the user, until it is named.
#[test]
fn no_value_is_lost_by_a_guess() {
    if !possible() {
        return;
    }
    for text in ["GOPROXY=http//goproxy.corp.example,direct\n", "GOPROXY=https://goproxy.corp.example\nGOPROXY=\n"] {
        let scene = empty_goproxy(text);
        let before = tree(&scene);
        let (output, document) = fix(&scene, &["--yes"]);
        assert_eq!(output.code, Some(1), "{output}");
        assert!(left(&document).any(|left| left["fix"]["commands"][0] == "go env -u GOPROXY"), "{document:#}");
        unchanged(&scene, &before, &output);
    }
    let mut scene = empty_goproxy("GOPROXY=http//goproxy.corp.example,direct\n");
    done(&scene, &["proxy-misconfigured"]);
    assert_eq!(scene.sandbox.read(ENV), "");
    // Which side of a merge is right, nobody can tell; and `go mod tidy` passes over the marks.
    scene.sandbox.write("repo/go.sum", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n");
    let before = tree(&scene);
    let (output, document) = fix(&scene, &["--yes"]);
    assert_eq!((output.code, &document["manual"][0]["code"]), (Some(1), &"go-sum-malformed".into()), "{output}");
    unchanged(&scene, &before, &output);
}

/// A variable of the shell hides the env file: the file must not be changed in vain.
#[test]
fn a_variable_of_the_shell_is_left_to_people() {
    if !possible() {
        return;
    }
    let mut scene = empty_goproxy("GOPROXY=https://goproxy.corp.example\n");
    scene.sandbox.set("GOPROXY", ",");
    let before = tree(&scene);
    let (output, document) = fix(&scene, &["--yes"]);
    assert_eq!(output.code, Some(1), "{output}");
    let left = left(&document).find(|left| left["why"] == "place").unwrap_or_else(|| panic!("{document:#}"));
    assert_eq!(left["fix"]["commands"], serde_json::json!(["unset GOPROXY"]), "{document:#}");
    unchanged(&scene, &before, &output);
}

/// Where a file of the repository sets it, that file is named with its line.
#[test]
fn a_workflow_and_a_dockerfile_are_named_with_their_line() {
    if !possible() {
        return;
    }
    for (file, text, place, line) in [
        (".github/workflows/ci.yml", "on: push\nenv:\n  GOPROXY: \",\"\n", "ci-file", 3),
        ("Dockerfile", "FROM golang\nENV GOPROXY=,\n", "dockerfile", 2),
    ] {
        let mut scene = Scene::healthy();
        scene.public_proxy(proxy());
        scene.sandbox.set("GOPROXY", ",").set("CI", "true").write(&format!("repo/{file}"), text);
        let before = tree(&scene);
        let (output, document) = fix(&scene, &["--yes"]);
        let left = left(&document).find(|left| left["why"] == "place").unwrap_or_else(|| panic!("{document:#}"));
        let left = &left["fix"]["place"];
        assert_eq!((&left["kind"], &left["line"]), (&place.into(), &line.into()), "{document:#}");
        let table = scene.sandbox.gomoddoc(&["fix", "--yes"]);
        assert!(table.stdout.contains(&format!("{file}:{line}")), "{table}");
        unchanged(&scene, &before, &output);
    }
}

#[test]
fn one_fix_that_fails_does_not_stop_the_others() {
    if !possible() {
        return;
    }
    // A netrc line that lacks its port; and go.sum without its lines, which this go command does not add.
    let mut scene = netrc();
    scene.sandbox.write("repo/go.sum", "");
    go_that(&mut scene, "echo no such luck >&2; exit 1");
    let (output, document) = fix(&scene, &["--yes", "netrc-ineffective", "go-sum-missing"]);
    assert_eq!(output.code, Some(1), "{output}");
    let outcomes = document["outcomes"].as_array().expect("outcomes");
    let of = |code: &str| outcomes.iter().find(|outcome| outcome["code"] == code).expect("an outcome");
    assert!(of("netrc-ineffective")["error"].is_null(), "{document:#}");
    assert!(of("go-sum-missing")["error"].as_str().is_some_and(|error| error.contains("no such luck")), "{document:#}");
    assert!(scene.sandbox.read(NETRC).contains("machine 127.0.0.1:"), "{output}");
    assert!(!output.all().contains(SECRET), "{output}");
    assert!(document["journal"].is_string(), "{document:#}");
    undo(&scene);
    assert_eq!(scene.sandbox.read(NETRC), format!("machine 127.0.0.1 login dev password {SECRET}\n"));
    assert_eq!(scene.sandbox.read("repo/go.sum"), "");
}
