//! How files are written, whatever they look like.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

use super::house::{
    ENV, NETRC, SECRET, changes, done, empty_goproxy, fix, netrc, possible, sums, tree, unchanged, undo,
};
use crate::check_live::private::needs_private;
use crate::check_live::scene::{PRIVATE, Scene};
use crate::support::faults::Faults;
use crate::support::tools;

/// Each text, and what it is when GOPROXY is mended: go writes such a file with other ends of lines, without an end,
/// and takes the last of several lines.
#[test]
fn only_the_line_that_counts_is_changed() {
    if !possible() {
        return;
    }
    let mut scene = empty_goproxy("");
    for (text, kept) in [
        ("GOPROXY=\n", &[][..]),
        ("GOPROXY=", &[]),
        ("# mine\r\nGOPROXY=\r\nGOFLAGS=-mod=mod\r\n", &["# mine\r\n", "GOFLAGS=-mod=mod\r\n"]),
        ("GOFLAGS=-mod=mod\n\nGOPROXY= , ", &["GOFLAGS=-mod=mod\n"]),
        ("GOPRIVATE=x.example\nnonsense\nGOPROXY=\nüber=x", &["nonsense\n", "über=x"]),
    ] {
        scene.sandbox.write(ENV, text);
        assert!(!scene.sandbox.go(&["mod", "download", "example.dev/a"]).ok(), "{text:?}: go was to fail");
        let before = tree(&scene);
        let journal = done(&scene, &[]);
        let now = scene.sandbox.read(ENV);
        for line in kept {
            assert!(now.contains(line), "{text:?} became {now:?}");
        }
        assert_eq!(now.contains('\r'), text.contains('\r'), "{text:?} became {now:?}");
        let value = scene.sandbox.go(&["env", "GOPROXY"]);
        assert!(value.stdout.starts_with("https://proxy.golang.org,"), "{text:?} became {now:?}\n{value}");
        assert_eq!(changes(&scene, &before), [std::path::Path::new(ENV)], "{text:?}: {journal}");
        undo(&scene);
        unchanged(&scene, &before, format!("{text:?} became {now:?}"));
    }
}

/// The repository needs a private module, and no pattern says so.
fn private() -> Scene {
    needs_private(true, None).expect("the scene")
}

/// Each fix of a list knows what the others add to it, and so does each command for people.
#[test]
fn two_private_hosts_are_both_added() {
    if !possible() {
        return;
    }
    let mut scene = private();
    let mine = scene.sandbox.read("repo/go.mod").replace(")", "\tgit.other.example/x/y v1.0.0\n)");
    scene.sandbox.write("repo/go.mod", mine).main_go(&["example.dev/a", PRIVATE, "git.other.example/x/y"]);
    let check = scene.sandbox.gomoddoc(&["check"]);
    let commands: Vec<&str> = check.stdout.lines().filter(|line| line.contains("go env -w")).collect();
    assert!(commands.len() == 2 && commands.iter().all(|line| *line == commands[0]), "{check}");
    let (output, document) = fix(&scene, &["--yes"]);
    let env = scene.sandbox.read(ENV);
    let value = env.strip_prefix("GOPRIVATE=").unwrap_or_else(|| panic!("{env}\n{output}")).trim();
    let mut hosts: Vec<&str> = value.split(',').collect();
    hosts.sort_unstable();
    assert_eq!(hosts, ["git.corp.example", "git.other.example"], "{document:#}");
}

#[test]
fn a_missing_file_is_made_with_its_folder_and_goes_again() {
    if !possible() {
        return;
    }
    let mut scene = private();
    let made = scene.sandbox.path("home/elsewhere/go/env");
    scene.sandbox.set("GOENV", &made);
    let before = tree(&scene);
    done(&scene, &[]);
    assert!(std::fs::read_to_string(&made).expect("the file").starts_with("GOPRIVATE="));
    assert_eq!(std::fs::metadata(&made).expect("the file").mode() & 0o777, 0o600);
    undo(&scene);
    unchanged(&scene, &before, "the folders were to go too");
}

#[test]
fn go_reads_no_file_where_goenv_is_off() {
    if !possible() {
        return;
    }
    for value in ["off", "/dev/null"] {
        let mut scene = private();
        scene.sandbox.set("GOENV", value);
        let before = tree(&scene);
        let (output, document) = fix(&scene, &["--yes"]);
        assert_eq!(output.code, Some(1), "{output}");
        assert_eq!(document["manual"][0]["fixes"][0]["why"], "place", "{document:#}");
        unchanged(&scene, &before, &output);
    }
}

#[test]
fn links_stay_and_owner_and_mode_are_kept() {
    if !possible() {
        return;
    }
    let root = rustix::process::geteuid().is_root();
    for (scene, name) in [(empty_goproxy("GOPROXY=\n"), ENV), (netrc(), NETRC)] {
        let (link, target) = (scene.sandbox.path(name), scene.sandbox.path("home/dotfiles"));
        std::fs::rename(&link, &target).expect("move it");
        symlink(&target, &link).expect("link it");
        std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).expect("set the mode");
        if root {
            chown(&target, None, Some(4242)).expect("give it to a group");
        }
        let before = tree(&scene);
        let old = std::fs::metadata(&target).expect("the file");
        done(&scene, &[]);
        let new = std::fs::metadata(&target).expect("the file");
        assert_eq!(std::fs::read_link(&link).expect("still a link"), target);
        assert_eq!((old.uid(), old.gid(), old.mode()), (new.uid(), new.gid(), new.mode()));
        assert_eq!(changes(&scene, &before), [std::path::Path::new("home/dotfiles")]);
        undo(&scene);
        unchanged(&scene, &before, name);
    }
}

/// git's configuration: the user's file, the one of XDG_CONFIG_HOME, the one that a variable names, and none.
#[test]
fn git_s_configuration_is_changed_where_git_reads_it() {
    if !possible() {
        return;
    }
    // git trusts less than go: the fix is a setting of git.
    let house = || {
        let mut scene = Scene::private_over_https(Faults::new());
        scene.sandbox.unset("GIT_SSL_CAINFO");
        scene
    };
    for place in ["home/.gitconfig", "home/.config/git/config", "home/other"] {
        let mut scene = house();
        if place != "home/.gitconfig" {
            let text = scene.sandbox.read("home/.gitconfig");
            std::fs::remove_file(scene.sandbox.path("home/.gitconfig")).expect("remove it");
            scene.sandbox.write(place, text);
        }
        if place == "home/other" {
            scene.sandbox.set("GIT_CONFIG_GLOBAL", scene.sandbox.path(place));
        }
        let before = tree(&scene);
        done(&scene, &[]);
        assert_eq!(changes(&scene, &before), [std::path::Path::new(place)]);
        let tidy = scene.sandbox.go(&["mod", "download"]);
        assert!(tidy.ok(), "{tidy}");
        undo(&scene);
        assert_eq!(changes(&scene, &before).iter().filter(|path| path.starts_with("home")).count(), 0);
    }
}

/// go writes into the files that GOFLAGS names; they are taken back too.
#[test]
fn files_that_modfile_names_are_taken_back() {
    if !possible() {
        return;
    }
    let mut scene = Scene::healthy();
    let go_mod = scene.sandbox.read("repo/go.mod");
    scene.sandbox.write("repo/other.mod", go_mod).write("repo/other.sum", "").set("GOFLAGS", "-modfile=other.mod");
    let before = tree(&scene);
    done(&scene, &[]);
    assert!(!scene.sandbox.read("repo/other.sum").is_empty());
    undo(&scene);
    let left = changes(&scene, &before);
    assert!(left.iter().all(|path| path.starts_with("gopath")), "{left:?}");
}

/// The like for a workspace under another name: its sums lie beside it under that name.
#[test]
fn a_workspace_of_another_name_is_taken_back() {
    if !possible() {
        return;
    }
    let mut scene = super::house::no_sums();
    let work = scene.sandbox.path("repo/team.work");
    scene.sandbox.write("repo/team.work", "go 1.21\n\nuse .\n").set("GOWORK", work);
    let check = scene.sandbox.gomoddoc(&["check", "--format", "json"]);
    assert!(check.all().contains("go-sum-missing"), "{check}");
    let before = tree(&scene);
    done(&scene, &[]);
    assert!(!changes(&scene, &before).is_empty());
    undo(&scene);
    let left = changes(&scene, &before);
    assert!(left.iter().all(|path| path.starts_with("gopath")), "{left:?}");
    scene.sandbox.write("repo/team.work.sum", sums());
    let check = scene.sandbox.gomoddoc(&["check", "--format", "json"]);
    assert!(!check.all().contains("go-sum-missing"), "go finds them in team.work.sum\n{check}");
    let go = scene.sandbox.go(&["build", "./..."]);
    assert!(go.ok(), "{go}");
}

/// A user who may not write there: nothing is lost, and the outcome says so.
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    if !possible()
        || !rustix::process::geteuid().is_root() && !tools::skip("fix: only root can run commands as another user")
    {
        return;
    }
    let mut scene = netrc();
    let root = scene.sandbox.root().to_owned();
    for entry in walkdir::WalkDir::new(&root).into_iter().flatten() {
        std::os::unix::fs::lchown(entry.path(), Some(65534), Some(65534)).expect("give it away");
    }
    std::fs::set_permissions(&root, std::fs::Permissions::from_mode(0o755)).expect("set the mode");
    std::fs::create_dir_all(scene.sandbox.path("home/.local/state")).expect("make it");
    for folder in ["home/.local", "home/.local/state"] {
        chown(scene.sandbox.path(folder), Some(65534), Some(65534)).expect("give it away");
    }
    // The folder is another's, the file is not.
    chown(scene.sandbox.path("home"), Some(0), Some(0)).expect("give it back");
    scene.sandbox.user(65534);
    let before = tree(&scene);
    let (output, document) = fix(&scene, &["--yes"]);
    assert_eq!(output.code, Some(1), "{output}");
    assert!(document["outcomes"][0]["error"].is_string(), "{document:#}");
    assert!(!output.all().contains(SECRET), "{output}");
    unchanged(&scene, &before, &output);
}
