use std::sync::Arc;
use std::time::Duration;

use crate::support::faults::{BasicLogin, Broken, Corrupt, Faults, Html, Latency, On, RateLimit, Redirect, Status};
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::{Module, go_sum, write_file_proxy};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Delivery, OnAccept, Plan, Server};
use crate::support::tls::{Authority, Flaw};
use crate::support::tools;

fn modules() -> Vec<Module> {
    vec![
        Module::new("example.dev/a", "v1.0.0").requires("example.dev/Upper/b", "v1.2.0"),
        Module::new("example.dev/Upper/b", "v1.2.0"),
    ]
}

fn sandbox() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.go_mod("require example.dev/a v1.0.0\n").main_go(&["example.dev/a"]);
    sandbox
}

fn plan() -> Plan {
    Plan::new(ModuleProxy::new(&modules()))
}

#[test]
fn a_healthy_proxy_satisfies_tidy_download_and_verify() {
    if !tools::have(&["go"]) {
        return;
    }
    let server = plan().start();
    let mut sandbox = sandbox();
    sandbox.set("GOPROXY", server.url());
    for args in [&["mod", "tidy"][..], &["mod", "download"], &["mod", "verify"], &["list", "-deps", "./..."]] {
        let output = sandbox.go(args);
        assert!(output.ok(), "{output}");
    }
    // Ours against go's, line by line.
    let mut ours: Vec<_> = go_sum(&modules()).lines().map(str::to_owned).collect();
    ours.sort();
    let mut theirs: Vec<_> = sandbox.read("repo/go.sum").lines().map(str::to_owned).collect();
    theirs.sort();
    assert_eq!(ours, theirs);
    assert_eq!(server.log.count(|path| path == "/example.dev/!upper/b/@v/v1.2.0.zip"), 1);
}

#[test]
fn a_healthy_proxy_over_tls_speaks_http_2() {
    if !tools::have(&["go"]) {
        return;
    }
    let authority = Authority::new();
    let server = plan().tls(authority.server(Flaw::None)).start();
    let mut sandbox = sandbox();
    let ca = sandbox.path("ca.pem");
    sandbox.write("ca.pem", authority.pem()).set("SSL_CERT_FILE", ca).set("GOPROXY", server.url());
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
    assert_eq!(server.log.connections(), 1, "HTTP/2 needs one connection");
}

#[test]
fn a_folder_serves_as_a_file_proxy() {
    if !tools::have(&["go"]) {
        return;
    }
    let mut sandbox = sandbox();
    write_file_proxy(&sandbox.path("proxy"), &modules());
    let url = format!("file://{}", sandbox.path("proxy").display());
    sandbox.set("GOPROXY", url);
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
}

/// The real go command fails at this server with these words.
fn fails(server: &Server, words: &str) {
    let mut sandbox = sandbox();
    sandbox.set("GOPROXY", server.url());
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(!output.ok(), "{output}");
    assert!(output.stderr.contains(words), "expected {words:?} in\n{output}");
}

#[test]
fn each_fault_makes_go_fail_with_its_words() {
    if !tools::have(&["go"]) {
        return;
    }
    let cut = "unexpected EOF";
    let cases: Vec<(Faults, &str)> = vec![
        (
            Faults::new().add(On::all(), Status::text(403, "blocked by policy")),
            "403 Forbidden\n\tserver response: blocked",
        ),
        (Faults::new().add(On::ending(".mod"), Status::new(500)), "500 Internal Server Error"),
        (Faults::new().add(On::module("example.dev/Upper/b"), Status::new(410)), "410 Gone"),
        (Faults::new().add(On::all(), Html), "zip: not a valid zip file"),
        (Faults::new().add(On::ending(".zip"), Corrupt::Cut), "not a valid zip file"),
        (Faults::new().add(On::ending(".zip"), Broken(Delivery::Truncate(40))), cut),
        (Faults::new().add(On::ending(".zip"), Broken(Delivery::ResetAfter(40))), "connection reset by peer"),
        (Faults::new().add(On::all(), Broken(Delivery::Reset)), "connection reset by peer"),
        (Faults::new().add(On::all(), Broken(Delivery::Close)), "EOF"),
        (Faults::new().add(On::all(), Redirect::Loop), "stopped after 10 redirects"),
        (Faults::new().add(On::all(), RateLimit::new(0.0, 1.0)), "429 Too Many Requests"),
        (Faults::new().add(On::all(), BasicLogin::new("u", "p")), "401 Unauthorized"),
    ];
    for (faults, words) in cases {
        fails(&plan().faults(faults).start(), words);
    }
    fails(&plan().on_accept(OnAccept::Reset).start(), "connection reset by peer");
    fails(&plan().on_accept(OnAccept::Close).start(), "EOF");
}

#[test]
fn each_bad_certificate_makes_go_fail_with_its_words() {
    if !tools::have(&["go"]) {
        return;
    }
    let authority = Authority::new();
    for (flaw, words) in [
        (Flaw::Expired, "certificate has expired or is not yet valid"),
        (Flaw::NotYetValid, "certificate has expired or is not yet valid"),
        (Flaw::WrongName, "doesn't contain any IP SANs"),
        (Flaw::SelfSigned, "certificate signed by unknown authority"),
    ] {
        let server = plan().tls(authority.server(flaw)).start();
        let mut sandbox = sandbox();
        let ca = sandbox.path("ca.pem");
        sandbox.write("ca.pem", authority.pem()).set("SSL_CERT_FILE", ca).set("GOPROXY", server.url());
        let output = sandbox.go(&["mod", "tidy"]);
        assert!(!output.ok(), "{output}");
        assert!(output.stderr.contains(words), "expected {words:?} in\n{output}");
    }
    let plain = plan().start();
    let mut sandbox = sandbox();
    sandbox.set("GOPROXY", plain.url().replace("http:", "https:"));
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.stderr.contains("server gave HTTP response to HTTPS client"), "{output}");
}

#[test]
fn a_login_in_netrc_opens_the_proxy_over_tls() {
    if !tools::have(&["go"]) {
        return;
    }
    let authority = Authority::new();
    let faults = Faults::new().add(On::all(), BasicLogin::new("dev", "s3cret"));
    let server = plan().faults(faults).tls(authority.server(Flaw::None)).start();
    let mut sandbox = sandbox();
    let ca = sandbox.path("ca.pem");
    sandbox.write("ca.pem", authority.pem()).set("SSL_CERT_FILE", ca).set("GOPROXY", server.url());
    let netrc = format!("machine 127.0.0.1:{} login dev password s3cret\n", server.port());
    sandbox.write_mode("home/.netrc", netrc, 0o600);
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
}

#[test]
fn silence_lasts_until_the_time_limit() {
    if !tools::have(&["go"]) {
        return;
    }
    let silent = Arc::new(plan().on_accept(OnAccept::Silence).start());
    let stalled = Arc::new(plan().faults(Faults::new().add(On::ending(".zip"), Broken(Delivery::Stall(40)))).start());
    let late = Faults::new().add(On::all(), Latency(Duration::from_secs(30)));
    let late = Arc::new(plan().faults(late).start());
    let threads = [silent, stalled, late].map(|server| {
        std::thread::spawn(move || {
            let mut sandbox = sandbox();
            sandbox.set("GOPROXY", server.url()).limit(Duration::from_secs(3));
            assert!(sandbox.go(&["mod", "tidy"]).timed_out);
        })
    });
    for thread in threads {
        thread.join().expect("go waits");
    }
}
