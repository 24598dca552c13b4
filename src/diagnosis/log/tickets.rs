//! What else stands in a ticket decides: each row is a ticket and its cause.

use super::tests::{self, cause, triage};
use crate::catalog::Code;
use crate::model::Role;

const PUBLIC: &str = "go: git.corp.example/a/b@v1.0.0: reading https://proxy.golang.org/git.corp.example/a/b/@v/v1.0.0.info: 404 Not Found\n\tserver response:\n\tnot found: git.corp.example/a/b@v1.0.0: invalid version: git ls-remote -q origin in /tmp/gopath/pkg/mod/cache/vcs/0f: exit status 128:\n\t\tfatal: could not read Username for 'https://git.corp.example': terminal prompts disabled\n";
const DATABASE: &str = "go: git.corp.example/a/b@v1.0.0: verifying module: git.corp.example/a/b@v1.0.0: reading https://sum.golang.org/lookup/git.corp.example/a/b@v1.0.0: 404 Not Found\n\tserver response:\n\tnot found: git.corp.example/a/b@v1.0.0: invalid version: git ls-remote -q origin in /tmp/gopath/pkg/mod/cache/vcs/0f: exit status 128:\n\t\tfatal: could not read Username for 'https://git.corp.example': terminal prompts disabled\n";

fn told(rows: &[(String, Option<Code>)]) {
    tests::told(&rows.iter().map(|(log, code)| (log.as_str(), *code)).collect::<Vec<_>>());
}

#[test]
fn the_list_that_counts_decides() {
    use Code::{GoprivatePattern, PrivateNotConfigured, SettingsElsewhere};
    let rows = [
        ("GONOPROXY='git.corp.example'\n", PUBLIC, SettingsElsewhere),
        // Only the way to the proxy is spared: the database is still asked.
        ("GONOPROXY='git.corp.example'\n", DATABASE, PrivateNotConfigured),
        ("GONOSUMDB='git.corp.example'\n", DATABASE, SettingsElsewhere),
        ("GONOPROXY='other.example'\nGOPRIVATE='git.corp.example'\n", PUBLIC, PrivateNotConfigured),
        ("GONOPROXY=''\nGOPRIVATE='git.corp.example'\n", PUBLIC, SettingsElsewhere),
        ("  \"GOPRIVATE\": \"https://git.corp.example/a\",\n", PUBLIC, GoprivatePattern),
        ("set \"GOPRIVATE=git.corp.example:443\"\n", PUBLIC, GoprivatePattern),
        ("$env:GOPRIVATE = \"git.corp.example\"\n", PUBLIC, SettingsElsewhere),
        ("#8 [3/7] ENV GOPRIVATE=git.corp.example\n", PUBLIC, SettingsElsewhere),
        ("GOPRIVATE=git.corp.example go mod download\n", PUBLIC, PrivateNotConfigured),
    ];
    told(&rows.map(|(settings, failure, code)| (format!("{settings}{failure}"), Some(code))));
}

#[test]
fn the_release_of_go_decides_on_a_package_of_the_library() {
    let missing =
        |package: &str| format!("main.go:4:2: package {package} is not in GOROOT (/usr/local/go/src/{package})\n");
    let rows = [
        (missing("slices"), Code::GoTooOld),
        (format!("go version go1.17.3 linux/amd64\n{}", missing("log/slog")), Code::GoTooOld),
        (format!("GOVERSION='go1.22.1'\n{}", missing("log/slog")), Code::EnvInvalid),
        (missing("my/utils"), Code::PackageNotFound),
        (
            "package io/fs: unrecognized import path \"io/fs\": import path does not begin with hostname\n".to_owned(),
            Code::GoTooOld,
        ),
    ];
    told(&rows.map(|(log, code)| (log, Some(code))));
    let diagnosis = triage(&format!("go version go1.17.3 linux/amd64\n{}", missing("log/slog")));
    let finding = &diagnosis.findings[0];
    assert_eq!(
        (finding.subject.value.as_str(), finding.data.get("go").and_then(serde_json::Value::as_str)),
        ("go1.17.3", Some("go1.17.3"))
    );
    assert!(finding.evidence.iter().any(|evidence| evidence.line == Some(1)), "{finding:?}");
}

#[test]
fn the_http_proxy_of_a_ticket_is_the_one_that_fails() {
    let get = "go: a.example/b@v1.0.0: Get \"https://proxy.golang.org/a.example/b/@v/v1.0.0.mod\": dial tcp";
    let rows = [
        (
            format!("HTTPS_PROXY=http://10.1.2.3:3128\n{get} 10.1.2.3:3128: connect: connection refused\n"),
            Code::HttpProxyError,
        ),
        (
            format!("https_proxy=squid.corp.example:3128\n{get}: lookup squid.corp.example: no such host\n"),
            Code::HttpProxyError,
        ),
        (
            format!("HTTPS_PROXY=http://10.1.2.3:3128\n{get} 10.1.2.3:443: connect: connection refused\n"),
            Code::ConnectRefused,
        ),
    ];
    told(&rows.map(|(log, code)| (log, Some(code))));
}

#[test]
fn a_request_made_by_hand_is_read() {
    let curl = |url: &str, lines: &[&str]| format!("$ curl -v {url}\n{}\n", lines.join("\n"));
    let list = "https://proxy.golang.org/a.example/b/@v/list";
    let rows = [
        (curl(list, &["* Could not resolve host: proxy.golang.org", "* Closing connection 0"]), Some(Code::DnsFailure)),
        (
            curl(
                list,
                &[
                    "*   Trying 192.0.2.1:443...",
                    "* connect to 192.0.2.1 port 443 failed: Connection refused",
                    "* Failed to connect to proxy.golang.org port 443 after 12 ms: Connection refused",
                ],
            ),
            Some(Code::ConnectRefused),
        ),
        (
            curl(
                list,
                &[
                    "* Uses proxy env variable https_proxy == 'http://u:S3cr3t@squid.corp.example:3128'",
                    "> CONNECT proxy.golang.org:443 HTTP/1.1",
                    "> Host: proxy.golang.org:443",
                    "< HTTP/1.1 407 Proxy Authentication Required",
                ],
            ),
            Some(Code::HttpProxyError),
        ),
        (
            curl(list, &["* SSL certificate problem: unable to get local issuer certificate"]),
            Some(Code::TlsUntrusted),
        ),
        (
            "> GET /a.example/b/@v/list HTTP/1.1\n> Host: goproxy.corp.example\n> Accept: */*\n< HTTP/1.1 403 Forbidden\n".to_owned(),
            Some(Code::ProxyForbidden),
        ),
        // Alone it is all that is known; beside a failure it is what go passes over.
        (
            curl("https://proxy.golang.org/github.com/a/b/@v/list", &["< HTTP/2 404"]),
            Some(Code::ModuleNotOnProxy),
        ),
        (
            curl(list, &["< HTTP/2 404", "go: updates to go.mod needed"]),
            Some(Code::GoModNeedsUpdate),
        ),
        (curl(list, &["< HTTP/2 200"]), None),
        (curl("https://api.corp.example/health", &["* Could not resolve host: api.corp.example"]), None),
        (curl("https://api.corp.example/health", &["< HTTP/1.1 502 Bad Gateway"]), None),
    ];
    told(&rows);
}

#[test]
fn the_log_of_a_server_tells_what_happened_there() {
    let json = r#"{"error":"git.corp.example/a/b@v1.0.0: git ls-remote -q origin in /tmp/athens12/pkg/mod/cache/vcs/0f: exit status 128:\n\tfatal: could not read Username for 'https://git.corp.example': terminal prompts disabled","http-method":"GET","http-path":"/git.corp.example/a/b/@v/v1.0.0.info","kind":"Not Found","level":"error","msg":"not found","operation":"download.InfoHandler"}"#;
    let logfmt = r#"time="2024-05-01T12:34:56Z" level=error msg="a.example/b@v1.0.0: unrecognized import path \"a.example/b\" (https fetch: Get https://a.example/b?go-get=1: dial tcp 192.0.2.1:443: i/o timeout)" http-method=GET http-path=/a.example/b/@v/v1.0.0.mod kind="Not Found" operation=download.VersionModuleHandler"#;
    let terminal = "ERROR[2:39PM]: a.example/b@v1.0.0: write /tmp/x: no space left on device\thttp-method=GET http-path=/a.example/b/@v/v1.0.0.zip";
    let goproxy = r#"time=2024-05-01T12:34:56Z level=ERROR msg="failed to download module version" error="a.example/b@v1.0.0: git fetch -f origin in /tmp/g/pkg/mod/cache/vcs/0f: exit status 128:\n\tssh: Could not resolve hostname git.corp.example: Name or service not known" target=a.example/b/@v/v1.0.0.zip"#;
    for (line, code, module) in [
        (json, Code::GitAuthRequired, "git.corp.example/a/b"),
        (logfmt, Code::ConnectTimeout, "a.example/b"),
        (terminal, Code::DiskFull, "a.example/b"),
        (goproxy, Code::DnsFailure, "a.example/b"),
    ] {
        let diagnosis = triage(line);
        let finding = diagnosis.findings.iter().find(|finding| finding.role == Role::Cause);
        let finding = finding.unwrap_or_else(|| panic!("{line}"));
        let situation = serde_json::to_value(&finding.situation).unwrap().to_string();
        assert_eq!(finding.code, code, "{line}");
        assert!(situation.contains("\"on_server\":true"), "{situation}");
        assert_eq!(finding.data.get("module").and_then(serde_json::Value::as_str), Some(module), "{line}");
    }
    let calm = "INFO[2:39PM]: incoming request\thttp-method=GET http-path=/a.example/b/@v/v1.0.0.zip http-status=404";
    assert_eq!(cause(calm), None);
}
