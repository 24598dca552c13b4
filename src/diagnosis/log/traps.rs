//! What deceives those who read logs: each row is a log and its cause, or that it has none.

use super::tests::told;
use crate::catalog::Code;

/// A line of a failing request for a file of the module, and why it fails.
fn get(why: &str) -> String {
    format!("go: a.example/b@v1.0.0: Get \"https://goproxy.corp.example/a.example/b/@v/v1.0.0.mod\": {why}\n")
}

/// What a git command of go's said.
fn git(said: &[&str]) -> String {
    let head =
        "go: a.example/b@v1.0.0: git ls-remote -q origin in /root/go/pkg/mod/cache/vcs/0f1e2d3c: exit status 128:\n";
    said.iter().fold(head.to_owned(), |log, line| log + "\t" + line + "\n")
}

/// What a server quotes of its own failure.
fn quoted(url: &str, status: &str, said: &[&str]) -> String {
    let head = format!("go: a.example/b@v1.0.0: reading {url}: {status}\n\tserver response:\n");
    said.iter().fold(head, |log, line| log + "\t" + line + "\n")
}

const PUBLIC: &str = "https://proxy.golang.org/a.example/b/@v/v1.0.0.info";
const HOUSE: &str = "https://goproxy.corp.example/a.example/b/@v/v1.0.0.info";
const DATABASE: &str = "https://sum.golang.org/lookup/a.example/b@v1.0.0";

#[test]
fn whose_trouble_it_is() {
    let no_login = "fatal: could not read Username for 'https://a.example': terminal prompts disabled";
    let unknown = "not found: a.example/b@v1.0.0: invalid version: unknown revision v1.0.0";
    told(&[
        (
            &quoted(PUBLIC, "404 Not Found", &["not found: a.example/b@v1.0.0: invalid version:", no_login]),
            Some(Code::PrivateNotConfigured),
        ),
        (
            &quoted(DATABASE, "404 Not Found", &["not found: a.example/b@v1.0.0: invalid version:", no_login]),
            Some(Code::PrivateNotConfigured),
        ),
        (
            &quoted(HOUSE, "404 Not Found", &["not found: a.example/b@v1.0.0: no space left on device"]),
            Some(Code::ProxyServerError),
        ),
        (&quoted(HOUSE, "404 Not Found", &["not found: fetch timed out"]), Some(Code::ProxyServerError)),
        (&quoted(PUBLIC, "410 Gone", &["bad upstream"]), Some(Code::ProxyServerError)),
        (&quoted(PUBLIC, "404 Not Found", &[unknown]), Some(Code::UnknownRevision)),
        (&quoted(HOUSE, "404 Not Found", &[]), Some(Code::ModuleNotOnProxy)),
        (
            &quoted(HOUSE, "404 Not Found", &["git@a.example: Permission denied (publickey)."]),
            Some(Code::SshAuthFailed),
        ),
        (
            &quoted(
                "https://sum.golang.org/lookup/github.com/a/b@v1.0.0",
                "404 Not Found",
                &["not found: github.com/a/b@v1.0.0: invalid version: unknown revision v1.0.0"],
            ),
            Some(Code::SumdbNotFound),
        ),
        (
            "go: a.example/b@v1.0.0: read \"https://proxy.golang.org/a.example/b/@v/v1.0.0.zip\": write /root/go/pkg/mod/cache/download/a.example/b/@v/v1.0.0.zip1.tmp: no space left on device\n",
            Some(Code::DiskFull),
        ),
        (
            "go: a.example/b@v1.0.0: reading http://127.0.0.1:3000/a.example/b/@v/v1.0.0.info: 403 Forbidden\n",
            Some(Code::ProxyForbidden),
        ),
    ]);
}

#[test]
fn which_part_of_the_way_fails() {
    let database = |why: &str| {
        format!("go: a.example/b@v1.0.0: verifying module: a.example/b@v1.0.0: Get \"{DATABASE}\": {why}\n")
    };
    let page = |why: &str| format!("go: a.example/b@v1.0.0: unrecognized import path \"a.example/b\": {why}\n");
    told(&[
        (&get("dial tcp: lookup goproxy.corp.example: i/o timeout"), Some(Code::DnsFailure)),
        (
            &get(
                "dial tcp: lookup goproxy.corp.example on [::1]:53: read udp [::1]:4->[::1]:53: read: connection refused",
            ),
            Some(Code::DnsFailure),
        ),
        (&get("dial tcp 192.0.2.1:443: i/o timeout"), Some(Code::ConnectTimeout)),
        (&get("proxyconnect tcp: dial tcp 192.0.2.1:3128: connect: connection refused"), Some(Code::HttpProxyError)),
        (&get("Forbidden"), Some(Code::HttpProxyError)),
        (&get("Proxy Authentication Required"), Some(Code::HttpProxyError)),
        (&get("EOF"), Some(Code::ConnectionReset)),
        (&get("wsarecv: An existing connection was forcibly closed by the remote host."), Some(Code::ConnectionReset)),
        (&get("dial tcp: lookup goproxy.corp.example: getaddrinfow: 不知道这样的主机。"), Some(Code::DnsFailure)),
        (&get("dial tcp 192.0.2.1:443: connectex: 由于目标计算机积极拒绝，无法连接。"), Some(Code::ConnectRefused)),
        (&database("dial tcp 192.0.2.1:443: i/o timeout"), Some(Code::SumdbUnreachable)),
        (&database("x509: certificate signed by unknown authority"), Some(Code::SumdbUnreachable)),
        (
            &page("https fetch: Get \"https://a.example/b?go-get=1\": dial tcp: lookup a.example: no such host"),
            Some(Code::DnsFailure),
        ),
        (&page("reading https://a.example/b?go-get=1: 404 Not Found"), Some(Code::VanityImportFailed)),
        (&page("reading https://a.example/b?go-get=1: 502 Bad Gateway"), Some(Code::VcsServerError)),
        (&page("parse https://a.example/b?go-get=1: no go-import meta tags ()"), Some(Code::VanityImportFailed)),
        (
            &git(&["fatal: unable to access 'https://a.example/b/': Received HTTP code 407 from proxy after CONNECT"]),
            Some(Code::HttpProxyError),
        ),
        (
            &git(&["fatal: unable to access 'https://a.example/b/': The requested URL returned error: 503"]),
            Some(Code::VcsServerError),
        ),
    ]);
}

#[test]
fn frames_are_no_causes() {
    told(&[
        (
            &git(&[
                "fatal: 'origin' does not appear to be a git repository",
                "fatal: Could not read from remote repository.",
            ]),
            Some(Code::VcsFailed),
        ),
        (&git(&["致命错误：仓库 'https://a.example/b/' 未找到"]), Some(Code::RepositoryNotFound)),
        (
            &git(&["Host key verification failed.", "fatal: Could not read from remote repository."]),
            Some(Code::SshHostKey),
        ),
        ("go: a.example/b@v1.0.0: zip: not a valid zip file\n", Some(Code::ProxyBadResponse)),
        ("verifying a.example/b@v1.0.0: zip: not a valid zip file\n", Some(Code::CacheCorrupt)),
        (
            "go: a.example/c@latest: version constraints conflict:\n\ta.example/c@v1.0.0: parsing go.mod:\n\tmodule declares its path as: d.example/c\n\t        but was required as: a.example/c\n",
            Some(Code::ModulePathMismatch),
        ),
        (
            "go: errors parsing go.mod:\n/src/go.mod:3: invalid go version '1.23.0': must match format 1.23\n",
            Some(Code::GoTooOld),
        ),
        ("go: errors parsing go.mod:\n/src/go.mod:5: unknown directive: toolchain\n", Some(Code::GoTooOld)),
        ("go: errors parsing go.mod:\n/src/go.mod:5: unknown directive: requires\n", Some(Code::GoModMalformed)),
        (
            "go: finding module for package a.example/b/c\nr.example/r imports\n\ta.example/b/c: cannot find module providing package a.example/b/c: module a.example/b: reading https://goproxy.corp.example/a.example/b/@v/list: 404 Not Found\n",
            Some(Code::ModuleNotOnProxy),
        ),
        (
            "# get https://proxy.golang.org/a.example/b/c/@v/list: 404 Not Found (0.1s)\n# get https://proxy.golang.org/a.example/b/@v/list: 200 OK (0.1s)\ngo: downloading a.example/b v1.0.0\n",
            None,
        ),
    ]);
}

#[test]
fn what_is_no_failure_of_a_sync() {
    told(&[
        ("# a.example/b\n/root/go/pkg/mod/a.example/b@v1.0.0/x.go:3:2: undefined: y\n", None),
        (
            "--- FAIL: TestDial (0.00s)\n    dial_test.go:3: dial tcp 127.0.0.1:1: connect: connection refused\n    dial_test.go:4: x509: certificate signed by unknown authority\nFAIL\n",
            None,
        ),
        ("failed to copy: read tcp 10.0.0.1:4->10.0.0.2:443: read: connection reset by peer\n", None),
        ("/usr/bin/tar: ../../../go/pkg/mod/golang.org/x/sys@v0.1.0/README.md: Cannot open: File exists\n", None),
        ("fatal: could not read Username for 'https://github.com': No such device or address\n", None),
        ("npm ERR! 404 Not Found - GET https://registry.example/x\n", None),
        ("db_test.go:3: unexpected error: checksum mismatch expected:1, actual:2\nFAIL\n", None),
        ("go: downloading a.example/b v1.0.0\nok  \tr.example/r\t0.1s\n", None),
        ("http: proxy error: dial tcp [::1]:3001: connect: connection refused\n", None),
        ("cgo: C compiler \"gcc\" not found: exec: \"gcc\": executable file not found in $PATH\n", None),
        ("go: go.mod file indicates nothing\n", None),
        ("", None),
    ]);
}

#[test]
fn the_settings_of_a_ticket_decide() {
    let refused = quoted(
        PUBLIC,
        "404 Not Found",
        &["fatal: could not read Username for 'https://a.example': terminal prompts disabled"],
    );
    told(&[
        (&format!("GOPRIVATE='https://a.example'\n{refused}"), Some(Code::GoprivatePattern)),
        (&format!("GOPRIVATE='a.example'\n{refused}"), Some(Code::SettingsElsewhere)),
        (&format!("GOPRIVATE='other.example'\n{refused}"), Some(Code::PrivateNotConfigured)),
        (&format!("set GOPRIVATE=a.example\n{refused}"), Some(Code::SettingsElsewhere)),
    ]);
}

#[test]
fn many_lines_of_one_trouble_are_one_finding() {
    let log: String = (0..18)
        .map(|at| format!("go: a.example/m{at}@v1.0.0: reading https://goproxy.corp.example/a.example/m{at}/@v/v1.0.0.mod: 429 Too Many Requests\n"))
        .collect();
    let diagnosis = super::tests::triage(&log);
    let [finding] = diagnosis.findings.as_slice() else { panic!("{:?}", diagnosis.findings) };
    assert_eq!((finding.code, finding.count, finding.retryable), (Code::ProxyRateLimited, 18, true));
    assert_eq!(finding.subject.value, "goproxy.corp.example");
}

#[test]
fn a_failure_without_a_known_type_is_not_explained() {
    let diagnosis = super::tests::triage("go: flux capacitor: exit status 3\n");
    assert!(diagnosis.findings.is_empty() && diagnosis.unexplained_failure);
    assert_eq!(diagnosis.unexplained[0].line, Some(1));
}
