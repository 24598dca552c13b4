use std::net::{Ipv4Addr, TcpListener, UdpSocket};

use crate::support::dns::{DnsServer, Unknown};
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::Module;
use crate::support::namespace::{self, Mount};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Plan, Server};
use crate::support::tools;

const HOST: &str = "goproxy.corp.example";

/// A module proxy on an address of its own, so that tests do not meet each other at port 80.
fn proxy(ip: Ipv4Addr) -> Option<Server> {
    let listener = TcpListener::bind((ip, 80)).ok()?;
    Some(Plan::new(ModuleProxy::new(&[Module::new("example.dev/a", "v1.0.0")])).start_on(listener))
}

fn sandbox() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.set("GOPROXY", format!("http://{HOST}"));
    sandbox.go_mod("require example.dev/a v1.0.0\n").main_go(&["example.dev/a"]);
    sandbox
}

fn possible() -> bool {
    tools::have(&["go", "unshare"]) && (namespace::available() || tools::skip("no mount namespace can be made"))
}

#[test]
fn a_hosts_file_of_ours_names_a_server() {
    if !possible() {
        return;
    }
    let ip = Ipv4Addr::new(127, 93, 1, 1);
    let Some(_server) = proxy(ip) else {
        let _ = tools::skip("port 80 is taken");
        return;
    };
    let mut sandbox = sandbox();
    sandbox.write("hosts", format!("127.0.0.1 localhost\n{ip} {HOST}\n"));
    let ours = sandbox.path("hosts");
    sandbox.mount(Mount::Bind(ours, "/etc/hosts".into()));
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
}

#[test]
fn a_dns_server_of_ours_names_a_server_or_does_not() {
    if !possible() {
        return;
    }
    let ip = Ipv4Addr::new(127, 93, 2, 1);
    let (Some(_server), Ok(socket)) = (proxy(ip), UdpSocket::bind((ip, 53))) else {
        let _ = tools::skip("port 53 or 80 is taken");
        return;
    };
    let dns = DnsServer::start(socket, &[(HOST, ip)], Unknown::NoSuchName);
    let mut sandbox = sandbox();
    sandbox.write("resolv.conf", format!("nameserver {ip}\noptions timeout:1 attempts:1\n"));
    let ours = sandbox.path("resolv.conf");
    sandbox.mount(Mount::Bind(ours, "/etc/resolv.conf".into()));
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
    assert!(dns.names().iter().any(|name| name == HOST));

    let cache = sandbox.path("other");
    sandbox.set("GOPROXY", "http://missing.corp.example").set("GOMODCACHE", cache);
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.stderr.contains("no such host"), "{output}");
}

#[test]
fn a_full_or_read_only_cache_stops_go() {
    if !possible() {
        return;
    }
    let module = Module::new("example.dev/a", "v1.0.0");
    let server = Plan::new(ModuleProxy::new(&[module])).start();
    for (full, words) in [(true, "no space left on device"), (false, "read-only file system")] {
        let mut sandbox = sandbox();
        let cache = sandbox.path("gopath");
        let mount = if full { Mount::Full(cache) } else { Mount::ReadOnly(cache) };
        sandbox.set("GOPROXY", server.url()).mount(mount);
        let output = sandbox.go(&["mod", "tidy"]);
        assert!(output.stderr.contains(words), "{output}");
    }
}
