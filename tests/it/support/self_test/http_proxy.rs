use std::time::Duration;

use crate::support::http_proxy::{HttpProxyPlan, Manner};
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::Module;
use crate::support::ports::{BlackHole, ClosedPort};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Plan, Server};
use crate::support::tls::{Authority, Flaw};
use crate::support::tools;

const HOST: &str = "goproxy.corp.example";

/// A repository whose module proxy has a name that only the HTTP proxy knows.
fn named_proxy() -> (Server, Sandbox) {
    let module = Module::new("example.dev/a", "v1.0.0");
    let authority = Authority::new();
    let server = Plan::new(ModuleProxy::new(&[module])).tls(authority.server_for(&[HOST], Flaw::None)).start();
    let mut sandbox = Sandbox::new();
    let ca = sandbox.path("ca.pem");
    sandbox.write("ca.pem", authority.pem()).set("SSL_CERT_FILE", ca).set("GOPROXY", format!("https://{HOST}"));
    sandbox.go_mod("require example.dev/a v1.0.0\n").main_go(&["example.dev/a"]);
    (server, sandbox)
}

#[test]
fn a_name_on_loopback_is_reached_through_the_http_proxy() {
    if !tools::have(&["go"]) {
        return;
    }
    let (server, mut sandbox) = named_proxy();
    let proxy = HttpProxyPlan::default().host(&format!("{HOST}:443"), server.addr()).start();
    sandbox.set("HTTPS_PROXY", proxy.url());
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
    assert_eq!(proxy.log(), [format!("CONNECT {HOST}:443 HTTP/1.1")]);
}

#[test]
fn a_login_opens_the_http_proxy() {
    if !tools::have(&["go"]) {
        return;
    }
    let (server, mut sandbox) = named_proxy();
    let schemes = vec!["Basic realm=\"corp\"".to_owned()];
    // dev:pw
    let manner = Manner::WantsLogin { schemes, expected: Some("Basic ZGV2OnB3".to_owned()) };
    let proxy = HttpProxyPlan::new(manner).host(&format!("{HOST}:443"), server.addr()).start();
    sandbox.set("HTTPS_PROXY", proxy.url());
    let refused = sandbox.go(&["mod", "tidy"]);
    assert!(refused.stderr.contains("Proxy Authentication Required"), "{refused}");
    sandbox.set("HTTPS_PROXY", proxy.url().replace("http://", "http://dev:pw@"));
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
}

#[test]
fn each_bad_http_proxy_makes_go_fail_with_its_words() {
    if !tools::have(&["go"]) {
        return;
    }
    for (manner, words) in [
        (Manner::Refuses("403 Forbidden".to_owned()), ": Forbidden"),
        (Manner::Works, ": Bad Gateway"),
        (Manner::Closes, "EOF"),
    ] {
        let (_server, mut sandbox) = named_proxy();
        let proxy = HttpProxyPlan::new(manner).start();
        sandbox.set("HTTPS_PROXY", proxy.url());
        let output = sandbox.go(&["mod", "tidy"]);
        assert!(!output.ok() && output.stderr.contains(words), "expected {words:?} in\n{output}");
    }
}

#[test]
fn a_closed_port_refuses_and_a_black_hole_swallows() {
    if !tools::have(&["go"]) {
        return;
    }
    let (_server, mut sandbox) = named_proxy();
    let closed = ClosedPort::new();
    sandbox.set("GOPROXY", format!("http://{}", closed.addr()));
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.stderr.contains("connection refused"), "{output}");
    let hole = BlackHole::new();
    sandbox.set("GOPROXY", format!("http://{}", hole.addr())).limit(Duration::from_secs(3));
    assert!(sandbox.go(&["mod", "tidy"]).timed_out);
}
