//! `gomoddoc route` as a user runs it: what decided, and from where.

use serde_json::Value;

use super::support::sandbox::Sandbox;
use super::support::tools::{go_is_within, have};

/// A machine with a go env file, git's settings, a netrc and an ssh key.
fn machine() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.unset("GOPROXY").unset("GOSUMDB").unset("GOPRIVATE").unset("GONOSUMDB").unset("SSH_AUTH_SOCK");
    sandbox.go_env_file(&["# ours", "GOPROXY=https://goproxy.corp.example,direct", "GOPRIVATE=git.corp.example"]);
    sandbox
        .write("home/.gitconfig", "[url \"ssh://git@git.corp.example/\"]\n\tinsteadOf = https://git.corp.example/\n");
    sandbox.write_mode(
        "home/.netrc",
        "machine other.example login a password b\nmachine goproxy.corp.example login u password S3cr3t\n",
        0o600,
    );
    sandbox.write_mode("home/.ssh/id_ed25519", "no key\n", 0o600);
    sandbox
}

fn document(sandbox: &Sandbox, args: &[&str]) -> Value {
    let output = sandbox.gomoddoc(&[&["route", "--format", "json"], args].concat());
    assert_eq!(output.code, Some(0), "{output}");
    assert!(!output.stdout.contains("S3cr3t"), "{output}");
    serde_json::from_str(&output.stdout).unwrap()
}

#[test]
fn files_and_lines_are_named() {
    if !have(&["go", "git", "ssh"]) {
        return;
    }
    let sandbox = machine();
    let modules = ["git.corp.example/team/kit.git@v1.2.0", "github.com/a/b@v1.0.0"];
    let document = document(&sandbox, &modules);
    let env_file = sandbox.path("home/.config/go/env").display().to_string();
    assert_eq!(document["user_file"], env_file, "{document:#}");

    let [private, public] = [&document["routes"][0], &document["routes"][1]];
    let origin = serde_json::json!({ "from": "user-file", "line": 3 });
    assert_eq!(private["route"]["modules"]["bypass"]["origin"], origin, "{private:#}");
    let rewrite = &private["repository"]["rewrite"]["origin"];
    assert_eq!(rewrite["file"], sandbox.path("home/.gitconfig").display().to_string(), "{private:#}");
    assert_eq!(rewrite["line"], 2, "{private:#}");
    assert_eq!(private["repository"]["over_ssh"], true);
    let ssh = &private["repository"]["ssh"];
    assert_eq!((&ssh["user"], &ssh["host_key"]), (&"git".into(), &"unknown".into()), "{ssh:#}");

    assert_eq!(public["route"]["modules"]["decided"]["origin"]["line"], 2, "{public:#}");
    let netrc = &public["credentials"][0];
    assert_eq!(netrc["host"], "goproxy.corp.example");
    assert_eq!((&netrc["source"]["source"], &netrc["source"]["line"]), (&"netrc".into(), &2.into()), "{netrc:#}");

    for (lang, git) in [("en", "~/.gitconfig:2 rewrites"), ("zh", "~/.gitconfig:2 把")] {
        let table = sandbox.gomoddoc(&["route", "--lang", lang, modules[0], modules[1]]);
        for part in [git, "GOPRIVATE", "~/.config/go/env:3", "~/.config/go/env:2", "~/.netrc:2"] {
            assert!(table.stdout.contains(part), "{part}: {table}");
        }
        assert!(table.stdout.lines().all(|line| line.chars().count() <= 80), "{table}");
    }
}

#[test]
fn a_command_of_goauth_is_not_run() {
    // Older ones know netrc only.
    if !have(&["go"]) || !go_is_within(24, u32::MAX) {
        return;
    }
    let mut sandbox = machine();
    let witness = sandbox.path("ran").display().to_string();
    sandbox.set("GOAUTH", format!("touch {witness}"));
    let document = document(&sandbox, &["github.com/a/b@v1.0.0"]);
    assert_eq!(document["routes"][0]["credentials"][0]["source"]["source"], "not-asked", "{document:#}");
    assert!(!sandbox.path("ran").exists());
}

#[test]
fn a_goproxy_that_go_refuses_ends_with_1() {
    if !have(&["go"]) {
        return;
    }
    let mut sandbox = machine();
    sandbox.set("GOPROXY", "foo").set("GOFLAGS", "-mod=mod");
    sandbox.go_mod("");
    let module = "github.com/a/b@v1.0.0";
    let theirs = sandbox.go(&["mod", "download", module]);
    let said = "invalid proxy URL missing scheme: foo";
    assert!(theirs.stderr.contains(said), "{theirs}");
    let output = sandbox.gomoddoc(&["route", module]);
    assert_eq!(output.code, Some(1), "{output}");
    let flat = output.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(said) && flat.contains("because GOPROXY (shell environment) has foo"), "{output}");
}

#[test]
fn one_line_a_module_and_the_command_that_keeps_it_in_the_house() {
    if !have(&["go"]) {
        return;
    }
    let mut sandbox = machine();
    sandbox.go_env_file(&["GOPROXY=https://proxy.golang.org,direct", "GOSUMDB=sum.golang.org"]);
    let modules = ["git.team.corp/a/b@v1.0.0", "github.com/a/b@v1.0.0"];
    let output = sandbox.gomoddoc(&["route", "--format", "ndjson", modules[0], modules[1]]);
    assert_eq!(output.code, Some(0), "{output}");
    let lines: Vec<Value> = output.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2, "{output}");
    assert_eq!(lines[0]["routes"][0]["leaves_to"], serde_json::json!(["proxy.golang.org", "sum.golang.org"]));
    assert_eq!(lines[0]["fixes"][0]["commands"][0], "go env -w \"GOPRIVATE=git.team.corp\"", "{output}");
    assert_eq!(lines[1]["fixes"], serde_json::json!([]));

    // The command does what it says.
    sandbox.go(&["env", "-w", "GOPRIVATE=git.team.corp"]);
    let after = document(&sandbox, &modules);
    assert_eq!(after["routes"][0]["leaves_to"], serde_json::json!([]), "{after:#}");
    assert_eq!(after["routes"][0]["route"]["modules"]["steps"][0]["provider"], "direct");
    assert_eq!(after["fixes"], serde_json::json!([]));
}

#[test]
fn what_is_no_module_path_is_refused_by_route_and_by_check() {
    let sandbox = Sandbox::new();
    for args in [&["route", "x@v1.0.0"][..], &["check", "--offline", "--module", "x@v1.0.0"]] {
        let output = sandbox.gomoddoc(args);
        assert_eq!(output.code, Some(2), "{output}");
        assert!(output.stderr.contains("malformed module path"), "{output}");
    }
    let output = sandbox.gomoddoc(&["check", "--module", "https://u:S3cr3t@a.example/x"]);
    assert_eq!(output.code, Some(2), "{output}");
    assert!(!format!("{}{}", output.stdout, output.stderr).contains("S3cr3t"), "{output}");
}
