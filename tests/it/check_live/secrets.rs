//! No secret comes out of check, whatever the format, the language and the verbosity, and none gets
//! into a facts file.

use super::scene::{PRIVATE, Scene};
use crate::support::faults::{BasicLogin, Faults, On, Redirect, Status};
use crate::support::tls::Flaw;

/// All ways in which check speaks.
const WAYS: &[&[&str]] = &[
    &[],
    &["--format", "json"],
    &["--lang", "zh"],
    &["--lang", "zh", "--format", "json"],
    &["--verbose"],
    &["-vv", "--lang", "zh"],
    &["--contacts"],
    &["--contacts", "--format", "json"],
    &["--save", "../facts.json"],
    &["--save", "../facts.json", "--pseudonymise"],
    &["--run-helpers", "--format", "json", "--verbose"],
];

fn nothing_leaks(mut scene: Scene) {
    assert!(!scene.secrets.is_empty());
    for way in WAYS {
        let mut args = vec!["check"];
        args.extend(*way);
        let output = scene.sandbox.gomoddoc(&args);
        assert!(matches!(output.code, Some(0 | 1)), "{output}");
        let file = scene.sandbox.read("facts.json");
        assert_eq!(way.contains(&"--save"), !file.is_empty(), "{output}");
        for secret in &scene.secrets {
            assert!(!output.all().contains(secret.as_str()), "{secret} got out\n{output}");
            assert!(!file.contains(secret.as_str()), "{secret} got into the facts\n{file}");
        }
        let _ = std::fs::remove_file(scene.sandbox.path("facts.json"));
    }
    scene.secrets.clear();
}

fn login() -> Faults {
    Faults::new().add(On::all(), BasicLogin::new("dev", "another-word"))
}

#[test]
fn a_token_as_the_only_user_of_a_url() {
    let (mut scene, port) = Scene::over_tls(Flaw::None, login());
    scene.sandbox.set("GOPROXY", format!("https://t0ken-word@127.0.0.1:{port},direct"));
    scene.secrets.push("t0ken-word".to_owned());
    nothing_leaks(scene);
}

#[test]
fn a_password_with_a_slash() {
    let (mut scene, port) = Scene::over_tls(Flaw::None, login());
    scene.sandbox.set(
        "GOPROXY",
        format!("https://dev:pass/s3cret-word@127.0.0.1:{port}|https://dev:b%2Fs3cret-word@127.0.0.1:{port}"),
    );
    scene.sandbox.set("HTTPS_PROXY", "http://dev:p/s3cret-word@127.0.0.1:9");
    scene.secrets.push("s3cret-word".to_owned());
    nothing_leaks(scene);
}

#[test]
fn a_password_in_netrc_that_the_server_refuses() {
    let (mut scene, port) = Scene::over_tls(Flaw::None, login());
    let text = format!(
        "machine 127.0.0.1:{port} login dev password s3cret-word\nmachine 127.0.0.1 login dev password 0ther-word\n"
    );
    scene.sandbox.write_mode("home/.netrc", text, 0o600);
    scene.secrets.extend(["s3cret-word", "0ther-word"].map(str::to_owned));
    nothing_leaks(scene);
}

#[test]
fn headers_and_rewrites_in_the_configuration_of_git() {
    let mut scene = Scene::private_over_https(login());
    let rewrite = scene.sandbox.read("home/.gitconfig").replace("https://", "https://dev:s3cret-word@");
    let config = format!(
        "{rewrite}[http]\n\textraHeader = Authorization: Bearer t0ken-word\n[http \"https://127.0.0.1/\"]\n\textraheader = AUTHORIZATION: basic dG9rZW4td29yZA==\n[credential]\n\thelper = !echo password=h3lper-word; exit 0; #\n"
    );
    scene.sandbox.write("home/.gitconfig", config);
    scene.secrets.extend(["s3cret-word", "t0ken-word", "dG9rZW4td29yZA", "h3lper-word"].map(str::to_owned));
    assert!(scene.sandbox.read("repo/go.mod").contains(PRIVATE));
    nothing_leaks(scene);
}

#[test]
fn a_signed_address_behind_a_redirect() {
    let mut scene = Scene::healthy();
    let storage = scene.server(
        super::scene::proxy().faults(
            Faults::new()
                .add(On::all(), Status::text(403, "X-Amz-Signature=s3cret-word expired: https://u:t0ken-word@h/x")),
        ),
    );
    let target =
        format!("{storage}/zip?X-Amz-Credential=c4edential&X-Amz-Signature=s3cret-word&access_token=t0ken-word");
    scene.proxy(super::scene::proxy().faults(Faults::new().add(On::ending(".zip"), Redirect::Url(target))));
    scene.secrets.extend(["s3cret-word", "t0ken-word", "c4edential"].map(str::to_owned));
    nothing_leaks(scene);
}
