use gomoddoc::catalog::Code;

use super::frame::{Check, DOWNLOAD, Go, Heal, TIDY, live};
use super::scene::{Scene, proxy};
use crate::support::faults::{BasicLogin, Corrupt, Fault, Faults, Html, On, RateLimit, Redirect, Status};
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::{Module, go_sum};
use crate::support::server::Plan;
use crate::support::tls::Flaw;

fn all(fault: impl Fault) -> Option<Scene> {
    Some(Scene::with_fault(On::all(), fault))
}

fn goproxy(value: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    scene.public_proxy(proxy());
    scene.sandbox.set("GOPROXY", value);
    Some(scene)
}

/// 300 modules, of which the proxy forbids one.
fn one_of_300_forbidden() -> Option<Scene> {
    let modules: Vec<_> = (0..300).map(|n| Module::new(&format!("example.dev/m{n}"), "v1.0.0")).collect();
    let mut scene = Scene::healthy();
    let fault = Status::text(403, "module example.dev/m137 is blocked by policy\n");
    let plan = Plan::new(ModuleProxy::new(&modules)).faults(Faults::new().add(On::module("example.dev/m137"), fault));
    scene.proxy(plan);
    let requires: String = modules.iter().map(|module| format!("\t{} {}\n", module.path, module.version)).collect();
    let paths: Vec<_> = modules.iter().map(|module| module.path.as_str()).collect();
    scene.sandbox.go_mod(&format!("require (\n{requires})\n")).main_go(&paths).write("repo/go.sum", go_sum(&modules));
    Some(scene.with_fresh_cache())
}

live! {
    a_proxy_that_wants_a_login {
        set_up: || all(BasicLogin::new("dev", "unknown")),
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::ProxyUnauthorized]),
        heal: Heal::NotHere("the server speaks no https, and go sends a login over nothing else"),
    }
    a_wrong_password_in_netrc_over_tls {
        set_up: || {
            let (mut scene, port) = Scene::over_tls(Flaw::None, Faults::new().add(On::all(), BasicLogin::new("dev", "right")));
            let netrc = format!("machine 127.0.0.1:{port} login dev password wr0ng-w0rd\n");
            scene.sandbox.write_mode("home/.netrc", netrc, 0o600);
            scene.secrets.push("wr0ng-w0rd".to_owned());
            Some(scene)
        },
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::ProxyUnauthorized]),
        heal: Heal::ByHand("Renew the login for", |scene| {
            let netrc = scene.sandbox.read("home/.netrc").replace("wr0ng-w0rd", "right");
            scene.sandbox.write("home/.netrc", netrc);
        }),
    }
    a_proxy_that_forbids_everything {
        set_up: || all(Status::text(403, "not from this network\n")),
        go: Go::Fails(TIDY, "403 Forbidden"),
        check: Check::Cause(&[Code::ProxyForbidden]),
        heal: Heal::NotHere("who runs the module proxy has to allow it"),
    }
    one_forbidden_module_among_300 {
        set_up: one_of_300_forbidden,
        go: Go::Fails(DOWNLOAD, "example.dev/m137@v1.0.0: reading"),
        check: Check::Cause(&[Code::ProxyForbidden]),
        heal: Heal::NotHere("who runs the module proxy has to allow it"),
    }
    a_proxy_without_the_module {
        set_up: || Some(Scene::with_fault(On::module("example.dev/b"), Status::text(404, "not found: no such module\n"))),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::ModuleNotOnProxy]),
        heal: Heal::NotHere("nobody has the module"),
    }
    a_rate_limit {
        set_up: || all(RateLimit::new(0.0, 2.0)),
        go: Go::Fails(DOWNLOAD, "429 Too Many Requests"),
        check: Check::Cause(&[Code::ProxyRateLimited]),
        heal: Heal::NotHere("time mends it"),
    }
    a_proxy_with_an_internal_fault {
        set_up: || all(Status::new(500)),
        go: Go::Fails(TIDY, "500 Internal Server Error"),
        check: Check::Cause(&[Code::ProxyServerError]),
        heal: Heal::NotHere("the module proxy has to be mended"),
    }
    a_proxy_in_maintenance {
        set_up: || all(Status::text(503, "maintenance\n").header("retry-after", "120")),
        go: Go::Fails(TIDY, "503 Service Unavailable"),
        check: Check::Cause(&[Code::ProxyServerError]),
        heal: Heal::NotHere("time mends it"),
    }
    only_the_zip_is_refused {
        set_up: || Some(Scene::with_fault(On::ending(".zip"), Status::text(403, "virus scan failed\n"))),
        go: Go::Fails(TIDY, "403 Forbidden"),
        check: Check::Cause(&[Code::ProxyForbidden]),
        heal: Heal::NotHere("who runs the module proxy has to allow it"),
    }
    a_login_page_for_everything {
        set_up: || all(Html),
        // go reads the page as a go.mod, and blames the checksum.
        go: Go::Fails(DOWNLOAD, "checksum mismatch"),
        check: Check::Cause(&[Code::ProxyBadResponse]),
        heal: Heal::NotHere("the network has to let the module proxy through"),
    }
    a_cut_zip {
        set_up: || Some(Scene::with_fault(On::ending(".zip"), Corrupt::Cut)),
        go: Go::Fails(TIDY, "zip: not a valid zip file"),
        check: Check::Cause(&[Code::ProxyBadResponse]),
        heal: Heal::NotHere("the module proxy has to be mended"),
    }
    a_redirect_loop {
        set_up: || all(Redirect::Loop),
        go: Go::Fails(TIDY, "stopped after 10 redirects"),
        check: Check::Cause(&[Code::ProxyBadResponse]),
        heal: Heal::NotHere("the module proxy has to be mended"),
    }
    a_redirect_down_to_http {
        set_up: || {
            let storage = proxy().start();
            let (mut scene, _) =
                Scene::over_tls(Flaw::None, Faults::new().add(On::all(), Redirect::Base(storage.url())));
            scene.hold(storage);
            Some(scene)
        },
        go: Go::Fails(TIDY, "redirected from secure URL"),
        check: Check::Cause(&[Code::InsecureTransport, Code::ProxyBadResponse]),
        heal: Heal::NotHere("the module proxy has to be mended"),
    }
    goproxy_off {
        set_up: || goproxy("off"),
        go: Go::Fails(TIDY, "module lookup disabled by GOPROXY=off"),
        check: Check::Cause(&[Code::ProxyDisabled]),
        heal: Heal::Locally,
    }
    goproxy_with_another_scheme {
        set_up: || goproxy("ftp://proxy.corp.example"),
        go: Go::Fails(TIDY, "invalid proxy URL scheme"),
        check: Check::Cause(&[Code::ProxyMisconfigured]),
        heal: Heal::Locally,
    }
    goproxy_in_quotes {
        set_up: || {
            let mut scene = Scene::healthy();
            let url = scene.server(proxy());
            scene.sandbox.set("GOPROXY", format!("\"{url}\""));
            Some(scene)
        },
        go: Go::Fails(TIDY, "first path segment in URL cannot contain colon"),
        check: Check::Cause(&[Code::ProxyMisconfigured]),
        heal: Heal::Locally,
    }
    goproxy_with_nothing_in_it {
        set_up: || goproxy(","),
        go: Go::Fails(TIDY, "contains no entries"),
        check: Check::Cause(&[Code::ProxyMisconfigured]),
        heal: Heal::Locally,
    }
    goproxy_in_capitals {
        set_up: || {
            let mut scene = Scene::private_over_https(Faults::new());
            scene.sandbox.set("GOPROXY", "DIRECT").unset("GOPRIVATE").set("GONOSUMDB", "*.corp.example");
            Some(scene)
        },
        go: Go::Fails(TIDY, "invalid proxy URL missing scheme"),
        check: Check::Cause(&[Code::ProxyMisconfigured]),
        heal: Heal::Locally,
    }
}
