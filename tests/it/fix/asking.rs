//! Who is asked, and what happens where nobody can be.

use super::house::{ENV, JOURNALS, changes, empty_goproxy, fix, in_terminal, possible, tree, unchanged, undo};

const BROKEN: &str = "GOPROXY=\n";

#[test]
fn a_dry_run_changes_nothing() {
    if !possible() {
        return;
    }
    let scene = empty_goproxy(BROKEN);
    let before = tree(&scene);
    let (output, document) = fix(&scene, &["--dry-run"]);
    assert_eq!(output.code, Some(1), "{output}");
    let step = &document["plan"][0]["steps"][0];
    assert_eq!(step["do"], "edit", "{document:#}");
    assert_eq!(step["lines"]["old"][0], "GOPROXY=", "{document:#}");
    assert!(document["journal"].is_null() && document["outcomes"].as_array().is_some_and(Vec::is_empty));
    let table = scene.sandbox.gomoddoc(&["fix", "-n"]);
    assert!(table.stdout.contains("- GOPROXY=\n"), "{table}");
    unchanged(&scene, &before, &output);
    assert!(!scene.sandbox.path(JOURNALS).exists(), "a dry run needs no journal");
}

#[test]
fn without_a_terminal_and_without_yes_nothing_is_changed() {
    if !possible() {
        return;
    }
    let scene = empty_goproxy(BROKEN);
    let before = tree(&scene);
    let output = scene.sandbox.gomoddoc(&["fix"]);
    assert_eq!(output.code, Some(2), "{output}");
    assert!(output.stdout.contains("- GOPROXY=\n"), "the plan is shown all the same\n{output}");
    assert!(output.stderr.contains("--yes"), "{output}");
    unchanged(&scene, &before, &output);
    assert!(!scene.sandbox.path(JOURNALS).exists());
}

#[test]
fn on_a_terminal_no_is_no_and_yes_is_yes() {
    if !possible() {
        return;
    }
    let scene = empty_goproxy(BROKEN);
    let before = tree(&scene);
    for answer in ["n\n", "\n", "what?\n", "\u{4}"] {
        let Some((code, text)) = in_terminal(&scene, "fix", answer) else { return };
        assert_eq!(code, Some(1), "{text}");
        assert!(text.contains("Nothing was changed."), "{text}");
        unchanged(&scene, &before, &text);
    }
    let (code, text) = in_terminal(&scene, "fix", "y\n").expect("a terminal");
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(changes(&scene, &before), [std::path::Path::new(ENV)], "{text}");
    assert!(text.contains("gomoddoc fix --undo 2"), "it says how it is taken back\n{text}");
    assert!(scene.sandbox.go(&["mod", "download"]).ok());
    undo(&scene);
    assert_eq!(scene.sandbox.read(ENV), BROKEN);
}

#[test]
fn a_terminal_shows_colours_unless_told_otherwise() {
    if !possible() {
        return;
    }
    let mut scene = empty_goproxy(BROKEN);
    let Some((_, text)) = in_terminal(&scene, "fix --dry-run", "") else { return };
    assert!(text.contains("\u{1b}[1m"), "{text:?}");
    scene.sandbox.set("NO_COLOR", "1");
    let (_, text) = in_terminal(&scene, "fix --dry-run", "").expect("a terminal");
    assert!(!text.contains("\u{1b}[1m") && !text.contains("\u{1b}[31m"), "{text:?}");
    let piped = scene.sandbox.gomoddoc(&["fix", "--dry-run"]);
    assert!(!piped.stdout.contains('\u{1b}'), "{piped}");
}

#[test]
fn it_speaks_chinese() {
    if !possible() {
        return;
    }
    let scene = empty_goproxy(BROKEN);
    let before = tree(&scene);
    let output = scene.sandbox.gomoddoc(&["fix", "--lang", "zh"]);
    assert_eq!(output.code, Some(2), "{output}");
    assert!(output.stdout.contains("这里可以执行 1 项修复") && output.stderr.contains("没有任何改动"), "{output}");
    unchanged(&scene, &before, &output);
    let output = scene.sandbox.gomoddoc(&["fix", "--lang", "zh", "--yes"]);
    assert!(output.ok() && output.stdout.contains("撤销命令：gomoddoc fix --undo "), "{output}");
}

#[test]
fn a_healthy_house_is_left_alone() {
    if !possible() {
        return;
    }
    let scene = empty_goproxy("GOPRIVATE=git.corp.example\n");
    let before = tree(&scene);
    let output = scene.sandbox.gomoddoc(&["fix"]);
    assert!(output.ok(), "there is nothing to ask\n{output}");
    assert!(output.stdout.starts_with("There is nothing to fix here."), "{output}");
    unchanged(&scene, &before, &output);
}
