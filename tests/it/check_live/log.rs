//! `check --log`: the words of the go command that failed lead to the same cause, and words that came
//! from elsewhere are known as such.

use gomoddoc::catalog::Code;
use serde_json::Value;

use super::frame::{TIDY, check_with};
use super::scene::{Scene, proxy};
use crate::support::child::Output;
use crate::support::faults::{BasicLogin, Faults, On, Status};
use crate::support::tools;

const LOG: &str = "tidy.log";

fn scene(set_up: impl FnOnce() -> Scene) -> Option<Scene> {
    tools::have(&["go", "git"]).then(set_up)
}

fn checked(scene: &mut Scene) -> (Value, Output) {
    let log = scene.sandbox.path(LOG).to_string_lossy().into_owned();
    check_with(scene, &["--log", &log])
}

fn codes(document: &Value) -> Vec<&str> {
    document["findings"].as_array().into_iter().flatten().filter_map(|finding| finding["code"].as_str()).collect()
}

/// What go said when it failed here is the log.
fn with_its_own_words(set_up: impl FnOnce() -> Scene, cause: Code) {
    let Some(mut scene) = scene(set_up) else { return };
    let output = scene.sandbox.go(TIDY);
    assert!(!output.ok(), "go was to fail\n{output}");
    scene.sandbox.write(LOG, &output.stderr);
    let (document, output) = checked(&mut scene);
    let found = codes(&document);
    assert_eq!(found.first(), Some(&cause.as_str()), "{output}");
    assert!(!found.contains(&Code::SettingsElsewhere.as_str()), "{output}");
    assert_eq!((&document["verdict"], output.code), (&Value::from("failing"), Some(1)), "{output}");
}

#[test]
fn a_refusal_of_the_module_proxy() {
    with_its_own_words(|| Scene::with_fault(On::module("example.dev/b"), Status::new(403)), Code::ProxyForbidden);
}

#[test]
fn a_repository_that_wants_a_login() {
    with_its_own_words(
        || Scene::private_over_https(Faults::new().add(On::all(), BasicLogin::new("dev", "s3cret-word"))),
        Code::GitAuthRequired,
    );
}

#[test]
fn a_log_of_another_machine() {
    let set_up = || {
        let mut scene = Scene::healthy();
        scene.proxy(proxy());
        scene
    };
    let Some(mut scene) = scene(set_up) else { return };
    scene.sandbox.write(
        LOG,
        "#12 1.5 go: secret.example/x@v1.0.0: reading https://goproxy.other.example/secret.example/x/@v/v1.0.0.mod: 403 \
         Forbidden\n#12 1.6 go: secret.example/y@v1.0.0: open /build/pkg/mod/cache/download/y.lock: permission denied\n",
    );
    let (document, output) = checked(&mut scene);
    assert!(codes(&document).contains(&Code::SettingsElsewhere.as_str()), "{output}");
    // A failure was seen, and nothing here explains it.
    assert_eq!((&document["verdict"], output.code), (&Value::from("unknown"), Some(1)), "{output}");
    let checks = document["checks"].as_array().expect("checks");
    let kept = checks.iter().find(|check| check["id"] == "log/secret.example/x@v1.0.0").expect("it says what it kept");
    assert_eq!(kept["status"], "skipped", "{output}");
}

#[test]
fn a_log_that_cannot_be_read() {
    let Some(scene) = scene(Scene::healthy) else { return };
    let gone = scene.sandbox.path("no.log").to_string_lossy().into_owned();
    let output = scene.sandbox.run(env!("CARGO_BIN_EXE_gomoddoc"), &["check", "--offline", "--log", &gone]);
    assert_eq!((output.code, output.stdout.as_str()), (Some(2), ""), "{output}");
    assert!(output.stderr.contains("no.log"), "{output}");
}
