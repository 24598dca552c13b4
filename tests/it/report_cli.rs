//! What scripts and shells rely on: exit codes, streams, and commands that a shell takes back as they
//! were meant.

use std::io::Read;
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use gomoddoc::catalog::Code;
use gomoddoc::model::situation::module::Advice;
use gomoddoc::model::{Action, Fix, Place};
use gomoddoc::report::Shell;
use gomoddoc::report::shell::commands;

/// gomoddoc with nothing of the surroundings that it heeds.
fn gomoddoc(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("gomoddoc").unwrap();
    command.args(arguments).env_clear().env("LANG", "C.UTF-8").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = gomoddoc(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn help_and_version_go_to_stdout() {
    let (code, stdout, stderr) = run(&["--version"]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (0, "gomoddoc 0.1.0\n", ""));
    let (code, stdout, stderr) = run(&["--help"]);
    assert_eq!((code, stderr.as_str()), (0, ""));
    for word in ["check", "explain", "completions", "man", "--lang", "Exit codes"] {
        assert!(stdout.contains(word), "{word}");
    }
}

#[test]
fn wrong_usage_is_2_and_goes_to_stderr() {
    for arguments in [
        &["no-such-command"][..],
        &["check", "--timeout", "20"],
        &["check", "--timeout", "0s"],
        &["check", "--burst", "3"],
        &["check", "--rate", "0"],
        &["check", "--repeat", "0"],
        &["check", "--pseudonymise"],
        &["check", "--exit-zero", "--tempfail"],
        &["check", "--ignore", "no-such-code"],
        &["check", "--from", "f.json", "--module", "example.com/m"],
        &["explain"],
        &["explain", "no-such-code"],
        &["-v", "-q", "explain", "dns-failure"],
    ] {
        let (code, stdout, stderr) = run(arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn what_is_no_module_path_has_no_route() {
    for named in ["not a path", "Upper\u{1b}]0;x@v1.0.0", "../x", "a.example/b/@latest", ""] {
        let (exit, stdout, stderr) = run(&["route", named]);
        assert_eq!((exit, stdout.as_str()), (2, ""), "{named}: {stderr}");
        assert!(stderr.contains("malformed module path") && !stderr.contains('\u{1b}'), "{named}: {stderr}");
    }
}

#[test]
fn every_code_is_explained_in_both_languages() {
    for code in [Code::DnsFailure, Code::GoprivatePattern] {
        for lang in ["en", "zh"] {
            let (exit, stdout, stderr) = run(&["explain", code.as_str(), "--lang", lang]);
            assert_eq!((exit, stderr.as_str()), (0, ""));
            assert!(stdout.starts_with(&format!("{code}: ")), "{stdout}");
        }
    }
    let (exit, list, _) = run(&["explain", "--list"]);
    assert_eq!(exit, 0);
    assert_eq!(list.lines().filter(|line| line.starts_with("  ")).count(), Code::ALL.len());
}

#[test]
fn a_near_miss_is_helped() {
    let (code, _, stderr) = run(&["explain", "dns-failur"]);
    assert_eq!(code, 2);
    assert_eq!(stderr, "gomoddoc: no error type is called \"dns-failur\"; did you mean dns-failure?\n");
}

#[test]
fn the_language_comes_from_the_environment_but_not_into_json() {
    let output = gomoddoc(&["explain", "dns-failure"]).env("GOMODDOC_LANG", "zh").output().unwrap();
    let chinese = String::from_utf8(output.stdout).unwrap();
    assert!(chinese.contains("错误"), "{chinese}");
    let output = gomoddoc(&["explain", "dns-failure", "--format", "json"]).env("GOMODDOC_LANG", "zh").output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["lang"], "en");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = gomoddoc(&["explain", "--list", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""));
}

#[test]
fn completions_and_manual_pages_are_made() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = run(&["completions", shell]);
        assert_eq!(code, 0);
        assert!(script.contains("gomoddoc") && script.contains("max-modules"), "{shell}");
    }
    let (code, page, _) = run(&["man", "check"]);
    assert_eq!(code, 0);
    assert!(page.contains(".TH gomoddoc-check 1") && page.contains("deadline"), "{page}");
}

/// What sh makes of the last argument of a command that we wrote.
#[cfg(unix)]
#[test]
fn sh_takes_every_value_back_as_it_was_meant() {
    for value in [
        "",
        "plain",
        "two words",
        "$HOME $(id) `id`",
        "it's",
        "\"double\"",
        r"back\slash\",
        "!history",
        "a;b&c|d>e<f",
        "*?[x]{a,b}",
        "#no comment",
        "-rf",
        "-n=$x",
        "~root",
        "a\u{2019}b \u{201c}c\u{201d}",
        "模块 代理",
        "x=y,z",
        "%PATH% ^x",
    ] {
        let action = Action::Run { argv: vec!["printf".into(), "%s|".into(), value.into()] };
        let fix = Fix::safe(Advice::InitModule.into(), Place::System, vec![action]);
        let [command] = commands(Shell::Sh, &fix).try_into().unwrap();
        assert_eq!(sh(&command), format!("{value}|"), "{command}");

        let action = Action::SetVariable { name: "GOPRIVATE".into(), value: value.into() };
        let fix = Fix::safe(Advice::InitModule.into(), Place::Shell, vec![action]);
        let [command] = commands(Shell::Sh, &fix).try_into().unwrap();
        assert_eq!(sh(&format!("{command}\nprintf '%s|' \"$GOPRIVATE\"")), format!("{value}|"), "{command}");
    }
}

#[cfg(unix)]
fn sh(script: &str) -> String {
    let output = Command::new("/bin/sh").args(["-c", script]).env_clear().output().unwrap();
    assert!(output.status.success(), "{script}");
    String::from_utf8(output.stdout).unwrap()
}
