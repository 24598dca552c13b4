//! A large real project against the real public module proxy: `./test.sh --online`.

use std::time::Duration;

use serde_json::Value;

use crate::support::sandbox::Sandbox;
use crate::support::tools;

/// 324 modules; two clouds, Kubernetes' client and a tool chain of generators among them.
const PROJECT: (&str, &str) = ("github.com/prometheus/prometheus", "v0.54.1");

/// Go's own settings, whatever this machine's are: only the way to the network stays.
fn sandbox() -> Sandbox {
    let mut sandbox = Sandbox::new();
    for name in ["GOPROXY", "GOSUMDB", "GOPRIVATE", "GOFLAGS"] {
        sandbox.unset(name);
    }
    for name in ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"] {
        if let Some(value) = std::env::var_os(name) {
            sandbox.set(name, value);
        }
    }
    sandbox.limit(Duration::from_secs(240));
    sandbox
}

#[test]
fn a_large_real_project_is_healthy() {
    if !tools::have(&["go"]) || !tools::online() {
        return;
    }
    let mut sandbox = sandbox();
    sandbox.go_mod("");
    let (path, version) = PROJECT;
    let downloaded = sandbox.go(&["mod", "download", "-json", &format!("{path}@{version}")]);
    assert!(downloaded.ok(), "{downloaded}");
    let downloaded: Value = serde_json::from_str(&downloaded.stdout).expect("JSON");
    let source = downloaded["Dir"].as_str().expect("Dir");
    let copied = sandbox.run("cp", &["-r", source, "copy"]);
    assert!(copied.ok(), "{copied}");

    // Without a cache every module has to be asked for.
    let empty = sandbox.path("empty");
    sandbox.set("GOMODCACHE", empty);
    let output = sandbox.gomoddoc(&["check", "copy", "--format", "json", "--deadline", "120s"]);
    let document: Value = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}\n{output}"));
    assert_eq!(document["verdict"], "healthy", "{output}");
    assert_eq!(output.code, Some(0), "{output}");
    let coverage = &document["coverage"];
    assert!(coverage["modules"].as_u64() > Some(300), "{coverage}");
    assert_eq!(coverage["asked"], coverage["modules"], "{coverage}");

    let output = sandbox.gomoddoc(&["check", "copy", "--deadline", "60s"]);
    let shown = shown_in_readme("gomoddoc check --deadline 60s");
    assert_eq!(without_numbers(&output.stdout), without_numbers(&shown), "{output}");
}

/// What the README shows under `command`, up to the next command.
fn shown_in_readme(command: &str) -> String {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("README.md");
    let (_, sample) = readme.split_once("<!-- sample: check -->").expect("the sample");
    let (sample, _) = sample.split_once("<!-- /sample -->").expect("the sample's end");
    let lines = sample.lines().skip_while(|line| line.trim() != format!("$ {command}")).skip(1);
    let block: Vec<&str> = lines.take_while(|line| line.is_empty() || line.starts_with("    ")).collect();
    let text = block.iter().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect::<Vec<_>>().join("\n");
    assert!(!text.trim().is_empty(), "README.md does not show {command}");
    text
}

/// With all times and counts made alike: they differ from run to run and from machine to machine.
fn without_numbers(text: &str) -> String {
    let time = regex::Regex::new(r"[0-9.]+ m?s\b").expect("a pattern");
    let count = regex::Regex::new(r"[0-9]+").expect("a pattern");
    let alike = |line: &str| count.replace_all(&time.replace_all(line, "TIME"), "N").into_owned();
    text.trim_end().lines().map(alike).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_readme_shows_what_check_says() {
    if !tools::have(&["go"]) || !tools::online() {
        return;
    }
    let mut sandbox = sandbox();
    let module = "git.corp.example/team/kit v1.2.0";
    let hash = "h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=";
    sandbox.go_mod(&format!("require {module}\n")).main_go(&["git.corp.example/team/kit"]);
    sandbox.write("repo/go.sum", format!("{module} {hash}\n{module}/go.mod {hash}\n"));
    sandbox.set("GOPRIVATE", "https://git.corp.example");
    let output = sandbox.gomoddoc(&["check"]);
    assert_eq!(without_numbers(&output.stdout), without_numbers(&shown_in_readme("gomoddoc check")), "{output}");
}
