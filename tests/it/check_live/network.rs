use std::net::{Ipv4Addr, UdpSocket};
use std::time::Duration;

use gomoddoc::catalog::Code;

use super::frame::{Check, Go, Heal, TIDY, live};
use super::scene::{Scene, proxy};
use crate::support::dns::{DnsServer, Unknown};
use crate::support::faults::{BasicLogin, Broken, Faults, Latency, On};
use crate::support::namespace::{self, Mount};
use crate::support::ports::{BlackHole, ClosedPort};
use crate::support::server::{Delivery, OnAccept};
use crate::support::tls::{Authority, Flaw};
use crate::support::tools;

/// A name that only our DNS server knows, if anybody.
const NAME: &str = "goproxy.corp.example";

fn on_accept(on_accept: OnAccept) -> Option<Scene> {
    let mut scene = Scene::healthy();
    scene.proxy(proxy().on_accept(on_accept));
    Some(scene)
}

fn tls(flaw: Flaw) -> Option<Scene> {
    Some(Scene::over_tls(flaw, Faults::new()).0)
}

/// The machine asks a DNS server of ours that knows no name.
fn dns(octet: u8, unknown: Unknown) -> Option<Scene> {
    dns_with(octet, &[], unknown)
}

fn dns_with(octet: u8, records: &[(&str, Ipv4Addr)], unknown: Unknown) -> Option<Scene> {
    let possible = tools::have(&["unshare"]) && (namespace::available() || tools::skip("no mount namespace"));
    if !possible {
        return None;
    }
    let ip = Ipv4Addr::new(127, 94, octet, 1);
    let Ok(socket) = UdpSocket::bind((ip, 53)) else {
        let _ = tools::skip("port 53 cannot be had");
        return None;
    };
    let mut scene = Scene::healthy();
    scene.hold(DnsServer::start(socket, records, unknown));
    scene.sandbox.write("resolv.conf", format!("nameserver {ip}\noptions timeout:1 attempts:1\n"));
    let ours = scene.sandbox.path("resolv.conf");
    scene.sandbox.mount(Mount::Bind(ours, "/etc/resolv.conf".into()));
    let good = scene.sandbox.get("GOPROXY").map(|url| url.to_string_lossy().into_owned());
    scene.offer("goproxy", good.unwrap_or_default());
    scene.sandbox.set("GOPROXY", "https://goproxy.corp.example");
    Some(scene)
}

/// The module proxy has a name that only the DNS server knows, and nsswitch.conf says this.
fn named_by_dns(octet: u8, name_services: &str) -> Option<Scene> {
    let mut scene = dns_with(octet, &[(NAME, Ipv4Addr::LOCALHOST)], Unknown::NoSuchName)?;
    scene.sandbox.write("nsswitch.conf", name_services);
    let ours = scene.sandbox.path("nsswitch.conf");
    scene.sandbox.mount(Mount::Bind(ours, "/etc/nsswitch.conf".into()));
    let authority = Authority::new();
    let server = proxy().tls(authority.server_for(&[NAME], Flaw::None)).start();
    scene.trust(&authority);
    scene.sandbox.set("GOPROXY", format!("https://{NAME}:{}", server.port()));
    scene.hold(server);
    Some(scene)
}

live! {
    a_closed_port {
        set_up: || {
            let mut scene = Scene::healthy();
            let port = ClosedPort::new();
            scene.sandbox.set("GOPROXY", format!("http://{}", port.addr()));
            scene.hold(port);
            Some(scene)
        },
        go: Go::Fails(TIDY, "connection refused"),
        check: Check::Cause(&[Code::ConnectRefused]),
        heal: Heal::NotHere("the server, or what stands between, has to let it through"),
    }
    a_black_hole {
        set_up: || {
            let mut scene = Scene::healthy();
            let hole = BlackHole::new();
            scene.sandbox.set("GOPROXY", format!("http://{}", hole.addr()));
            scene.hold(hole);
            Some(scene)
        },
        go: Go::Hangs(TIDY),
        check: Check::Cause(&[Code::ConnectTimeout]),
        heal: Heal::NotHere("the server, or what stands between, has to let it through"),
    }
    a_silent_proxy {
        set_up: || on_accept(OnAccept::Silence),
        go: Go::Hangs(TIDY),
        check: Check::Cause(&[Code::ConnectTimeout]),
        heal: Heal::NotHere("the server, or what stands between, has to let it through"),
    }
    a_proxy_that_never_sends_headers {
        set_up: || Some(Scene::with_fault(On::all(), Broken(Delivery::Silence))),
        go: Go::Hangs(TIDY),
        check: Check::Cause(&[Code::ConnectTimeout]),
        heal: Heal::NotHere("the server, or what stands between, has to let it through"),
    }
    a_zip_that_stalls {
        set_up: || Some(Scene::with_fault(On::ending(".zip"), Broken(Delivery::Stall(40)))),
        go: Go::Hangs(TIDY),
        check: Check::Cause(&[Code::ConnectTimeout]),
        heal: Heal::NotHere("the server, or what stands between, has to let it through"),
    }
    a_proxy_slower_than_patience {
        set_up: || Some(Scene::with_fault(On::all(), Latency(Duration::from_secs(60)))),
        go: Go::Hangs(TIDY),
        check: Check::Cause(&[Code::ConnectTimeout]),
        heal: Heal::NotHere("the server, or what stands between, has to let it through"),
    }
    a_proxy_that_resets_connections {
        set_up: || on_accept(OnAccept::Reset),
        go: Go::Fails(TIDY, "connection reset by peer"),
        check: Check::Cause(&[Code::ConnectionReset]),
        heal: Heal::NotHere("the server, or what stands between, has to let it through"),
    }
    a_proxy_that_resets_after_the_request {
        set_up: || Some(Scene::with_fault(On::all(), Broken(Delivery::Reset))),
        go: Go::Fails(TIDY, "connection reset by peer"),
        check: Check::Cause(&[Code::ConnectionReset]),
        heal: Heal::NotHere("the server, or what stands between, has to let it through"),
    }
    a_zip_cut_on_the_way {
        set_up: || Some(Scene::with_fault(On::ending(".zip"), Broken(Delivery::Truncate(40)))),
        go: Go::Fails(TIDY, "unexpected EOF"),
        check: Check::Cause(&[Code::ConnectionReset]),
        heal: Heal::NotHere("the server, or what stands between, has to let it through"),
    }
    a_self_signed_certificate {
        set_up: || tls(Flaw::SelfSigned),
        go: Go::Fails(TIDY, "certificate signed by unknown authority"),
        check: Check::Cause(&[Code::TlsUntrusted]),
        heal: Heal::NotHere("the server has to have a certificate that somebody vouches for"),
    }
    an_authority_that_the_machine_lacks {
        set_up: || {
            let mut scene = tls(Flaw::None)?;
            let authority = scene.sandbox.read("ca.pem");
            scene.offer("ca.pem", authority);
            scene.trust(&Authority::new());
            Some(scene)
        },
        go: Go::Fails(TIDY, "certificate signed by unknown authority"),
        check: Check::Cause(&[Code::TlsUntrusted]),
        heal: Heal::ByHand("add it to what this machine trusts", |scene| {
            let authority = scene.offered("ca.pem");
            scene.sandbox.write("ca.pem", authority);
        }),
    }
    an_expired_certificate {
        set_up: || tls(Flaw::Expired),
        go: Go::Fails(TIDY, "certificate has expired or is not yet valid"),
        check: Check::Cause(&[Code::TlsInvalid]),
        heal: Heal::NotHere("the server has to renew its certificate"),
    }
    a_certificate_of_the_future {
        set_up: || tls(Flaw::NotYetValid),
        go: Go::Fails(TIDY, "certificate has expired or is not yet valid"),
        check: Check::Cause(&[Code::TlsInvalid]),
        heal: Heal::NotHere("the server has to renew its certificate"),
    }
    a_certificate_for_another_name {
        set_up: || tls(Flaw::WrongName),
        go: Go::Fails(TIDY, "doesn't contain any IP SANs"),
        check: Check::Cause(&[Code::TlsInvalid]),
        heal: Heal::NotHere("the server has to have a certificate for its name"),
    }
    plain_http_where_tls_was_expected {
        set_up: || {
            let mut scene = Scene::healthy();
            let url = scene.server(proxy());
            scene.offer("goproxy", &url);
            let url = url.replace("http://", "https://");
            scene.sandbox.set("GOPROXY", url);
            Some(scene)
        },
        go: Go::Fails(TIDY, "server gave HTTP response to HTTPS client"),
        check: Check::Cause(&[Code::TlsProtocol]),
        heal: Heal::ByHand("is to be reached by http", |scene| {
            let url = scene.offered("goproxy");
            scene.sandbox.set("GOPROXY", url);
        }),
    }
    a_login_in_the_url_over_plain_http {
        set_up: || {
            let login = Faults::new().add(On::all(), BasicLogin::new("dev", "s3cret-word"));
            let (mut scene, port) = Scene::over_tls(Flaw::None, login);
            scene.offer("goproxy", format!("https://dev:s3cret-word@127.0.0.1:{port}"));
            let url = scene.server(proxy()).replace("http://", "http://dev:s3cret-word@");
            scene.sandbox.set("GOPROXY", url);
            scene.secrets.push("s3cret-word".to_owned());
            Some(scene)
        },
        go: Go::Fails(TIDY, "refusing to pass credentials to insecure URL"),
        check: Check::Cause(&[Code::InsecureTransport]),
        heal: Heal::ByHand("Use https in the URL", |scene| {
            let url = scene.offered("goproxy");
            scene.sandbox.set("GOPROXY", url);
        }),
    }
    a_name_that_does_not_exist {
        set_up: || dns(1, Unknown::NoSuchName),
        go: Go::Fails(TIDY, "no such host"),
        check: Check::Cause(&[Code::DnsFailure]),
        heal: Heal::ByHand("is spelt right", |scene| {
            let url = scene.offered("goproxy");
            scene.sandbox.set("GOPROXY", url);
        }),
    }
    /// nsswitch.conf names a way that this machine has not got: git finds nothing, and go, which does not know
    /// the way either, asks the DNS server.
    resolvers_that_differ {
        set_up: || Some(named_by_dns(4, "hosts: nowhere files\n")?.with_fresh_cache()),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::ResolverDiffers),
    }
    /// The DNS server knows the name, and nsswitch.conf has neither git nor go ask it.
    a_machine_that_asks_no_dns_server {
        set_up: || named_by_dns(5, "hosts: files\n"),
        go: Go::Fails(TIDY, "no such host"),
        check: Check::Cause(&[Code::DnsFailure]),
        heal: Heal::ByHand("whether the VPN and the DNS servers work", |scene| {
            scene.sandbox.write("nsswitch.conf", "hosts: files dns\n");
        }),
    }
    a_dns_server_that_fails {
        set_up: || dns(2, Unknown::Fails),
        go: Go::Fails(TIDY, "server misbehaving"),
        check: Check::Cause(&[Code::DnsFailure]),
        heal: Heal::NotHere("the DNS server has to be mended"),
    }
    a_dns_server_that_is_silent {
        set_up: || dns(3, Unknown::Silence),
        go: Go::Fails(TIDY, "i/o timeout"),
        check: Check::Cause(&[Code::DnsFailure]),
        heal: Heal::NotHere("the DNS server has to be mended"),
    }
}
