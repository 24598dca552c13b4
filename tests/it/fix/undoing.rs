//! Taking back.

use super::house::{ENV, done, empty_goproxy, no_sums, possible, tree, unchanged, undo};

#[test]
fn a_run_is_taken_back_by_its_name_and_only_once() {
    if !possible() {
        return;
    }
    let scene = empty_goproxy("GOPROXY=\nGOPRIVATE=https://git.corp.example\n");
    let nothing = scene.sandbox.gomoddoc(&["fix", "--undo"]);
    assert_eq!(nothing.code, Some(2), "{nothing}");
    assert!(nothing.stderr.contains("there is nothing to undo"), "{nothing}");
    let before = tree(&scene);
    let first = done(&scene, &["goprivate-pattern"]);
    let between = tree(&scene);
    let second = done(&scene, &[]);
    let early = scene.sandbox.gomoddoc(&["fix", "--undo", &first]);
    assert_eq!(early.code, Some(2), "the second run stands upon the first\n{early}");
    assert!(early.stderr.contains("has changed since"), "{early}");
    let output = scene.sandbox.gomoddoc(&["fix", "--undo", &second]);
    assert!(output.ok(), "{output}");
    unchanged(&scene, &between, &output);
    let again = scene.sandbox.gomoddoc(&["fix", "--undo", &second]);
    assert_eq!(again.code, Some(2), "{again}");
    assert!(again.stderr.contains("is undone already"), "{again}");
    // The newest that still stands.
    undo(&scene);
    unchanged(&scene, &before, &first);
    for name in ["20200101T000000.000Z-1", "../../../../etc/passwd", ""] {
        let output = scene.sandbox.gomoddoc(&["fix", "--undo", name]);
        assert_eq!(output.code, Some(2), "{output}");
    }
}

#[test]
fn what_somebody_has_changed_since_is_left_alone() {
    if !possible() {
        return;
    }
    let mut scene = empty_goproxy("GOPROXY=\n");
    done(&scene, &[]);
    let mine = scene.sandbox.read(ENV) + "GOFLAGS=-mod=mod\n";
    scene.sandbox.write(ENV, &mine);
    let before = tree(&scene);
    let output = scene.sandbox.gomoddoc(&["fix", "--undo"]);
    assert_eq!(output.code, Some(2), "{output}");
    let file = scene.sandbox.path(ENV);
    assert!(output.stderr.contains(&format!("{} has changed since", file.display())), "{output}");
    unchanged(&scene, &before, &output);
}

/// A repository that was moved is not as it was, wherever it may be.
#[test]
fn a_folder_that_is_gone_is_refused_until_it_is_back() {
    if !possible() {
        return;
    }
    let scene = no_sums();
    let name = done(&scene, &[]);
    let (repo, away) = (scene.sandbox.repo(), scene.sandbox.path("away"));
    std::fs::rename(&repo, &away).expect("move it");
    let undo = || scene.sandbox.run_in(&away, env!("CARGO_BIN_EXE_gomoddoc"), &["fix", "--undo", &name]);
    let refused = undo();
    assert_eq!(refused.code, Some(2), "{refused}");
    assert!(refused.stderr.contains("has changed since"), "{refused}");
    std::os::unix::fs::symlink(&away, &repo).expect("lead there");
    let undone = undo();
    assert!(undone.ok(), "{undone}");
    assert_eq!(std::fs::read_to_string(away.join("go.sum")).expect("go.sum"), "");
}

/// Of what go has written there is a copy, which is named where undo leaves the file alone.
#[test]
fn the_copy_of_a_file_that_changed_since_is_named() {
    if !possible() {
        return;
    }
    let mut scene = no_sums();
    let old = "example.dev/x v1.0.0/go.mod h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    scene.sandbox.write("repo/go.sum", old);
    done(&scene, &[]);
    scene.sandbox.write("repo/go.sum", "mine\n");
    let output = scene.sandbox.gomoddoc(&["fix", "--undo"]);
    assert_eq!(output.code, Some(2), "{output}");
    let (_, copy) = output.stderr.split_once("as it was it lies in ").unwrap_or_else(|| panic!("{output}"));
    assert_eq!(std::fs::read_to_string(copy.trim()).expect("the copy"), old);
    assert_eq!(scene.sandbox.read("repo/go.sum"), "mine\n");
}
