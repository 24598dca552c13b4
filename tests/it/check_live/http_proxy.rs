use gomoddoc::catalog::Code;

use super::frame::{Check, Go, Heal, TIDY, live};
use super::scene::{Scene, proxy};
use crate::support::http_proxy::{HttpProxyPlan, Manner};
use crate::support::ports::ClosedPort;
use crate::support::tls::{Authority, Flaw};

const HOST: &str = "goproxy.corp.example";

/// The module proxy has a name that only the HTTP proxy knows.
fn behind(manner: Manner) -> Option<Scene> {
    let mut scene = Scene::healthy();
    let authority = Authority::new();
    let server = proxy().tls(authority.server_for(&[HOST], Flaw::None)).start();
    let http_proxy = HttpProxyPlan::new(manner).host(&format!("{HOST}:443"), server.addr()).start();
    scene.trust(&authority);
    scene.sandbox.set("GOPROXY", format!("https://{HOST}")).set("HTTPS_PROXY", http_proxy.url());
    scene.hold((server, http_proxy));
    Some(scene)
}

live! {
    an_http_proxy_in_order {
        set_up: || Some(behind(Manner::Works)?.with_fresh_cache()),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    an_http_proxy_that_wants_a_login {
        set_up: || behind(Manner::WantsLogin { schemes: vec!["Negotiate".to_owned(), "NTLM".to_owned()], expected: None }),
        go: Go::Fails(TIDY, "Proxy Authentication Required"),
        check: Check::Cause(&[Code::HttpProxyError]),
        heal: Heal::NotHere("go speaks neither Negotiate nor NTLM"),
    }
    an_http_proxy_that_refuses {
        set_up: || behind(Manner::Refuses("403 Forbidden".to_owned())),
        go: Go::Fails(TIDY, "Forbidden"),
        check: Check::Cause(&[Code::HttpProxyError]),
        heal: Heal::NotHere("the HTTP proxy has to let the host through"),
    }
    an_http_proxy_that_hangs_up {
        set_up: || behind(Manner::Closes),
        go: Go::Fails(TIDY, "EOF"),
        check: Check::Cause(&[Code::HttpProxyError]),
        heal: Heal::NotHere("the HTTP proxy is the only way out"),
    }
    an_http_proxy_that_is_silent {
        set_up: || behind(Manner::Silent),
        go: Go::Hangs(TIDY),
        check: Check::Cause(&[Code::HttpProxyError, Code::ConnectTimeout]),
        heal: Heal::NotHere("the HTTP proxy is the only way out"),
    }
    an_http_proxy_that_is_not_there {
        set_up: || {
            let mut scene = behind(Manner::Works)?;
            let url = scene.sandbox.get("HTTPS_PROXY").map(|url| url.to_string_lossy().into_owned());
            scene.offer("http-proxy", url.unwrap_or_default());
            let port = ClosedPort::new();
            scene.sandbox.set("HTTPS_PROXY", format!("http://{}", port.addr()));
            scene.hold(port);
            Some(scene)
        },
        go: Go::Fails(TIDY, "proxyconnect tcp"),
        check: Check::Cause(&[Code::HttpProxyError]),
        heal: Heal::ByHand("Correct HTTPS_PROXY", |scene| {
            let url = scene.offered("http-proxy");
            scene.sandbox.set("HTTPS_PROXY", url);
        }),
    }
}
