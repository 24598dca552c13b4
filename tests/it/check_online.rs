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
}
