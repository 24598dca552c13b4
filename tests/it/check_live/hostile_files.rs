//! Files that are broken, huge, or no files at all: each becomes a finding or an inconclusive
//! check, in bounded time.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use super::frame::check;
use super::scene::Scene;

fn fifo(path: &Path) {
    let _ = std::fs::remove_file(path);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("make the folder");
    assert!(Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success()), "mkfifo");
}

/// The healthy house with this file, by name from the sandbox's root.
fn file(name: &str, content: impl AsRef<[u8]>) -> Scene {
    let mut scene = Scene::healthy();
    scene.sandbox.write(name, content);
    scene
}

fn pipe(name: &str) -> Scene {
    let scene = Scene::healthy();
    fifo(&scene.sandbox.path(name));
    scene
}

/// The house with a full cache.
fn filled() -> Scene {
    let scene = Scene::healthy();
    let output = scene.sandbox.go(&["mod", "download"]);
    assert!(output.ok(), "{output}");
    scene
}

#[test]
fn pipes_where_files_belong() {
    for name in ["repo/go.mod", "repo/go.sum", "repo/go.work", "home/.netrc", "home/.config/go/env", "home/.gitconfig"]
    {
        let _ = check(&mut pipe(name));
    }
}

#[test]
fn folders_where_files_belong() {
    for name in ["repo/go.sum", "repo/go.mod", "home/.netrc", "home/.config/go/env"] {
        let mut scene = Scene::healthy();
        let path = scene.sandbox.path(name);
        let _ = std::fs::remove_file(&path);
        std::fs::create_dir_all(&path).expect("make the folder");
        let _ = check(&mut scene);
    }
}

#[test]
fn noise_where_text_belongs() {
    // Every byte in an order that repeats late.
    let noise: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for name in ["repo/go.mod", "repo/go.sum", "repo/go.work", "repo/main.go", "home/.netrc", "home/.config/go/env"] {
        let _ = check(&mut file(name, &noise));
    }
    for name in ["home/.gitconfig", "ssh/config", "repo/vendor/modules.txt"] {
        let _ = check(&mut file(name, &noise));
    }
}

#[test]
fn files_larger_than_any_reason() {
    let long_line = vec![b'a'; 40 << 20];
    let many_lines = "require example.dev/x v1.0.0\n".repeat(1 << 20);
    let _ = check(&mut file("repo/go.mod", &long_line));
    let _ = check(&mut file("repo/go.mod", format!("module git.corp.example/team/app\n{many_lines}")));
    let _ = check(&mut file("repo/go.sum", "example.dev/x v1.0.0 h1:AAAA\n".repeat(1 << 18)));
    let _ = check(&mut file("home/.netrc", "machine x login y password z\n".repeat(1 << 20)));
}

#[test]
fn a_go_sum_larger_than_what_is_read_is_nobodys_fault() {
    let mut scene = filled();
    let path = scene.sandbox.path("repo/go.sum");
    let file = std::fs::OpenOptions::new().append(true).create(true).open(path).expect("open go.sum");
    file.set_len(65 << 20).expect("make it large");
    let (document, output) = check(&mut scene);
    assert_eq!(document["summary"]["causes"], 0, "{output}");
    let checks = document["checks"].as_array().expect("checks");
    let of_sums = checks.iter().find(|check| check["id"] == "repository/go.sum").expect("a check of go.sum");
    assert_eq!(of_sums["status"], "inconclusive", "{output}");
}

#[test]
fn text_that_misleads_a_terminal() {
    let path = "example.dev/\u{1b}[31ma\u{202e}b";
    let mut scene =
        file("repo/go.mod", format!("module git.corp.example/team/app\n\ngo 1.21\n\nrequire {path} v1.0.0\n"));
    let _ = check(&mut scene);
    let mut scene = Scene::healthy();
    scene.sandbox.set("GOPRIVATE", "\u{1b}[31mcorp.example\u{202e}").set("GOPROXY", "ht\u{7}tp://\u{1b}[0m");
    let _ = check(&mut scene);
}

#[test]
fn a_cache_with_links_and_pipes() {
    let mut scene = filled();
    let at = scene.sandbox.modcache("cache/download/example.dev/a/@v");
    symlink("/", at.join("root")).expect("link");
    symlink("loop", at.join("loop")).expect("link");
    fifo(&at.join("v1.0.0.zip"));
    fifo(&at.join("v1.0.0.info"));
    let _ = check(&mut scene);
}

#[test]
fn a_cache_entry_that_leads_out() {
    let mut scene = filled();
    let zip = scene.sandbox.modcache("cache/download/example.dev/a/@v/v1.0.0.zip");
    std::fs::remove_file(&zip).expect("remove");
    symlink("/dev/zero", &zip).expect("link");
    let _ = check(&mut scene);
}

#[test]
fn a_git_configuration_that_includes_itself() {
    let mut scene = Scene::private_over_https(crate::support::faults::Faults::new());
    let own = scene.sandbox.path("home/.gitconfig");
    let text = scene.sandbox.read("home/.gitconfig") + &format!("[include]\n\tpath = {}\n", own.display());
    scene.sandbox.write("home/.gitconfig", text);
    let _ = check(&mut scene);
}

#[test]
fn a_deep_folder_without_a_module() {
    let mut scene = Scene::healthy();
    std::fs::remove_file(scene.sandbox.path("repo/go.mod")).expect("remove");
    let deep = "repo/".to_owned() + &"d/".repeat(400);
    scene.sandbox.write(&format!("{deep}main.go"), "package main\n");
    let _ = check(&mut scene);
}

#[test]
fn a_repository_with_links_to_itself() {
    let mut scene = Scene::healthy();
    symlink(".", scene.sandbox.path("repo/again")).expect("link");
    symlink("/", scene.sandbox.path("repo/root")).expect("link");
    fifo(&scene.sandbox.path("repo/pipe.go"));
    let _ = check(&mut scene);
}
