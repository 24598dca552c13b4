//! Programs that a configuration wants to have run, and programs that are not what they should be.

use std::os::unix::fs::PermissionsExt;

use super::frame::check;
use super::scene::Scene;
use crate::support::faults::{BasicLogin, Faults, On};
use crate::support::git::{SshClient, ssh_available};
use crate::support::tls::Flaw;

/// Programs of ours in front of PATH; each is a shell script.
fn program(scene: &mut Scene, name: &str, script: &str) {
    scene.sandbox.write_mode(&format!("bin/{name}"), format!("#!/bin/sh\n{script}\n"), 0o755);
    let path = scene.sandbox.get("PATH").cloned().unwrap_or_default();
    let first = scene.sandbox.path("bin");
    let all = std::env::join_paths(std::iter::once(first).chain(std::env::split_paths(&path))).expect("a PATH");
    scene.sandbox.set("PATH", all);
}

/// The command that leaves a trace, and whether it did. The trace lies outside the sandbox, so
/// that it is not the check for written files that finds it.
fn trap() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).expect("set the mode");
    let command = format!("touch {}/sprung", folder.path().display());
    (folder, command)
}

fn sprung(trap: &tempfile::TempDir) -> bool {
    trap.path().join("sprung").exists()
}

fn login() -> Faults {
    Faults::new().add(On::all(), BasicLogin::new("dev", "s3cret-word"))
}

#[test]
fn a_match_exec_of_ssh_is_not_run() {
    if !ssh_available() {
        return;
    }
    let (folder, command) = trap();
    let mut scene = Scene::private_over_ssh(SshClient::of);
    let config = format!("Match exec \"{command}\"\n\tUser somebody\n\n{}", scene.sandbox.read("ssh/config"));
    scene.sandbox.write("ssh/config", config);
    let _ = check(&mut scene);
    assert!(!sprung(&folder));
}

#[test]
fn a_credential_helper_is_not_run() {
    let (folder, command) = trap();
    let mut scene = Scene::private_over_https(login());
    let text = scene.sandbox.read("home/.gitconfig") + &format!("[credential]\n\thelper = \"!{command}\"\n");
    scene.sandbox.write("home/.gitconfig", text);
    let _ = check(&mut scene);
    assert!(!sprung(&folder));
}

#[test]
fn an_askpass_program_is_not_run() {
    let (folder, command) = trap();
    let mut scene = Scene::private_over_https(login());
    scene.sandbox.write_mode("ask", format!("#!/bin/sh\n{command}\n"), 0o755);
    let ask = scene.sandbox.path("ask");
    scene.sandbox.set("GIT_ASKPASS", ask.clone()).set("SSH_ASKPASS", ask).set("DISPLAY", ":0");
    let _ = check(&mut scene);
    assert!(!sprung(&folder));
}

#[test]
fn a_goauth_command_is_not_run() {
    let (folder, command) = trap();
    let (mut scene, _) = Scene::over_tls(Flaw::None, login());
    scene.sandbox.set("GOAUTH", command);
    let _ = check(&mut scene);
    assert!(!sprung(&folder));
}

#[test]
fn the_repository_s_own_git_configuration_is_not_obeyed() {
    let (folder, command) = trap();
    let mut scene = Scene::private_over_https(Faults::new());
    let made = scene.sandbox.run("git", &["init", "-q"]);
    assert!(made.ok(), "{made}");
    let config = scene.sandbox.read("repo/.git/config")
        + &format!("\tfsmonitor = \"{command}\"\n\tsshCommand = \"{command}\"\n\tpager = \"{command}\"\n")
        + &format!("[credential]\n\thelper = \"!{command}\"\n[alias]\n\tls-remote = \"!{command}\"\n");
    scene.sandbox.write("repo/.git/config", config);
    let _ = check(&mut scene);
    assert!(!sprung(&folder));
}

#[test]
fn a_go_that_never_ends() {
    let mut scene = Scene::healthy();
    program(&mut scene, "go", "sleep 1000");
    let _ = check(&mut scene);
}

#[test]
fn a_go_that_never_stops_talking() {
    let mut scene = Scene::healthy();
    program(&mut scene, "go", "yes nonsense");
    let _ = check(&mut scene);
}

#[test]
fn a_go_that_says_nonsense() {
    for script in ["exit 0", "echo nonsense; exit 3", "printf '\\377\\376{\"GOPROXY\":7}'", "kill -9 $$"] {
        let mut scene = Scene::healthy();
        program(&mut scene, "go", script);
        let _ = check(&mut scene);
    }
}

#[test]
fn a_git_that_never_ends() {
    let mut scene = Scene::private_over_https(Faults::new());
    program(&mut scene, "git", "sleep 1000");
    let _ = check(&mut scene);
}

#[test]
fn a_git_whose_children_hold_its_output() {
    let mut scene = Scene::private_over_https(Faults::new());
    program(&mut scene, "git", "sleep 1000 & exit 1");
    let _ = check(&mut scene);
}

#[test]
fn a_login_in_a_rewrite_or_an_http_proxy_stays_secret() {
    let mut scene = Scene::private_over_https(Faults::new());
    let rewritten = scene.sandbox.read("home/.gitconfig").replace("https://127", "https://oauth2:gl-t0ken-1@127");
    scene
        .sandbox
        .write("home/.gitconfig", rewritten + "[http]\n\textraHeader = \"Authorization: Basic c2VjcmV0LXdvcmQ=\"\n");
    scene.sandbox.set("HTTPS_PROXY", "http://dev:pr0xy-w0rd@127.0.0.1:9").set("NO_PROXY", "127.0.0.1");
    scene.sandbox.set("GOPROXY", "https://t0ken-without-passw0rd@127.0.0.1:9|https://u:p4ss-w0rd@127.0.0.1:9,direct");
    scene.secrets = ["gl-t0ken-1", "c2VjcmV0LXdvcmQ=", "pr0xy-w0rd", "t0ken-without-passw0rd", "p4ss-w0rd"]
        .map(str::to_owned)
        .to_vec();
    let _ = check(&mut scene);
}

#[test]
fn without_a_go_command_the_house_is_healthy_all_the_same() {
    let mut scene = Scene::healthy();
    scene.sandbox.only_programs(&["git"]);
    let (document, output) = check(&mut scene);
    assert_eq!(document["summary"]["causes"], 0, "{output}");
    assert_eq!(output.code, Some(0), "{output}");
}
