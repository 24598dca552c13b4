//! Lists of two entries in GOPROXY, of which the second is in order: what becomes of each failure of the first
//! with a comma and with a bar behind it.

use gomoddoc::catalog::Code;

use super::frame::{Check, DOWNLOAD, Go, Heal, TIDY, live};
use super::scene::{Scene, proxy};
use crate::support::faults::{BasicLogin, Broken, Fault, Faults, Html, On, Redirect, Status};
use crate::support::ports::ClosedPort;
use crate::support::server::{Delivery, OnAccept, Plan};
use crate::support::tls::{Authority, Flaw};
use crate::support::tools::have;

/// The bad entry at this URL, then the good one.
fn list(scene: &mut Scene, bad: &str, separator: &str) {
    let good = scene.server(proxy());
    scene.sandbox.set("GOPROXY", format!("{bad}{separator}{good}"));
}

fn plan(plan: Plan, separator: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    let bad = scene.server(plan);
    list(&mut scene, &bad, separator);
    Some(scene.with_fresh_cache())
}

fn fault(fault: impl Fault, separator: &str) -> Option<Scene> {
    plan(proxy().faults(Faults::new().add(On::all(), fault)), separator)
}

fn refused(separator: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    let port = ClosedPort::new();
    list(&mut scene, &format!("http://{}", port.addr()), separator);
    scene.hold(port);
    Some(scene.with_fresh_cache())
}

/// Nobody here trusts the authority.
fn untrusted(separator: &str) -> Option<Scene> {
    plan(proxy().tls(Authority::new().server(Flaw::None)), separator)
}

fn no_tls(separator: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    let bad = scene.server(proxy()).replace("http://", "https://");
    list(&mut scene, &bad, separator);
    Some(scene.with_fresh_cache())
}

const LATER: &str = "a bar does not help either: go waits for ever, and the first entry has to be mended";

live! {
    a_comma_after_an_entry_that_wants_a_login {
        set_up: || fault(BasicLogin::new("dev", "unknown"), ","),
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::ProxyUnauthorized]),
        heal: Heal::AtACost,
    }
    a_bar_after_an_entry_that_wants_a_login {
        set_up: || fault(BasicLogin::new("dev", "unknown"), "|"),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::ProxyUnauthorized),
    }
    a_comma_after_an_entry_that_forbids {
        set_up: || fault(Status::text(403, "blocked\n"), ","),
        go: Go::Fails(TIDY, "403 Forbidden"),
        check: Check::Cause(&[Code::ProxyForbidden]),
        heal: Heal::AtACost,
    }
    a_bar_after_an_entry_that_forbids {
        set_up: || fault(Status::text(403, "blocked\n"), "|"),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::ProxyForbidden),
    }
    a_bar_after_an_entry_that_has_nothing {
        set_up: || fault(Status::text(404, "not found\n"), "|"),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_comma_after_an_entry_whose_modules_are_gone {
        set_up: || fault(Status::text(410, "gone\n"), ","),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_comma_after_an_entry_with_a_rate_limit {
        set_up: || fault(Status::text(429, "slow down\n"), ","),
        go: Go::Fails(TIDY, "429 Too Many Requests"),
        check: Check::Cause(&[Code::ProxyRateLimited]),
        heal: Heal::AtACost,
    }
    a_bar_after_an_entry_with_a_rate_limit {
        set_up: || fault(Status::text(429, "slow down\n"), "|"),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::ProxyRateLimited),
    }
    a_comma_after_an_entry_with_an_internal_fault {
        set_up: || fault(Status::new(500), ","),
        go: Go::Fails(TIDY, "500 Internal Server Error"),
        check: Check::Cause(&[Code::ProxyServerError]),
        heal: Heal::AtACost,
    }
    a_bar_after_an_entry_with_an_internal_fault {
        set_up: || fault(Status::new(500), "|"),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::ProxyServerError),
    }
    a_comma_after_an_entry_that_is_not_there {
        set_up: || refused(","),
        go: Go::Fails(TIDY, "connection refused"),
        check: Check::Cause(&[Code::ConnectRefused]),
        heal: Heal::AtACost,
    }
    a_bar_after_an_entry_that_is_not_there {
        set_up: || refused("|"),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::ConnectRefused),
    }
    a_comma_after_an_entry_that_resets {
        set_up: || plan(proxy().on_accept(OnAccept::Reset), ","),
        go: Go::Fails(TIDY, "connection reset by peer"),
        check: Check::Cause(&[Code::ConnectionReset]),
        heal: Heal::AtACost,
    }
    a_bar_after_an_entry_that_resets {
        set_up: || plan(proxy().on_accept(OnAccept::Reset), "|"),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::ConnectionReset),
    }
    a_comma_after_an_entry_that_breaks_off {
        set_up: || fault(Broken(Delivery::Truncate(5)), ","),
        go: Go::Fails(TIDY, "unexpected EOF"),
        check: Check::Cause(&[Code::ConnectionReset]),
        heal: Heal::AtACost,
    }
    a_bar_after_an_entry_that_breaks_off {
        set_up: || fault(Broken(Delivery::Truncate(5)), "|"),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::ConnectionReset),
    }
    a_comma_after_an_entry_that_nobody_vouches_for {
        set_up: || untrusted(","),
        go: Go::Fails(TIDY, "certificate signed by unknown authority"),
        check: Check::Cause(&[Code::TlsUntrusted]),
        heal: Heal::AtACost,
    }
    a_bar_after_an_entry_that_nobody_vouches_for {
        set_up: || untrusted("|"),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::TlsUntrusted),
    }
    a_comma_after_an_entry_without_tls {
        set_up: || no_tls(","),
        go: Go::Fails(TIDY, "server gave HTTP response to HTTPS client"),
        check: Check::Cause(&[Code::TlsProtocol]),
        heal: Heal::AtACost,
    }
    a_bar_after_an_entry_without_tls {
        set_up: || no_tls("|"),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::TlsProtocol),
    }
    a_comma_after_an_entry_that_redirects_for_ever {
        set_up: || fault(Redirect::Loop, ","),
        go: Go::Fails(TIDY, "stopped after 10 redirects"),
        check: Check::Cause(&[Code::ProxyBadResponse]),
        heal: Heal::AtACost,
    }
    a_bar_after_an_entry_that_redirects_for_ever {
        set_up: || fault(Redirect::Loop, "|"),
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::ProxyBadResponse),
    }
    a_comma_after_an_entry_that_is_silent {
        set_up: || fault(Broken(Delivery::Silence), ","),
        go: Go::Hangs(TIDY),
        check: Check::Cause(&[Code::ConnectTimeout]),
        heal: Heal::NotHere(LATER),
    }
    a_bar_after_an_entry_that_is_silent {
        set_up: || fault(Broken(Delivery::Silence), "|"),
        go: Go::Hangs(TIDY),
        check: Check::Cause(&[Code::ConnectTimeout]),
        heal: Heal::NotHere(LATER),
    }
    /// go takes the page for a go.mod: to the list that is a success.
    a_comma_after_an_entry_with_a_login_page {
        set_up: || fault(Html, ","),
        go: Go::Fails(DOWNLOAD, "checksum mismatch"),
        check: Check::Cause(&[Code::ProxyBadResponse]),
        heal: Heal::NotHere("the network has to let the module proxy through"),
    }
    a_bar_after_an_entry_with_a_login_page {
        set_up: || fault(Html, "|"),
        go: Go::Fails(DOWNLOAD, "checksum mismatch"),
        check: Check::Cause(&[Code::ProxyBadResponse]),
        heal: Heal::NotHere("the network has to let the module proxy through"),
    }
    a_list_that_ends_in_off {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.public_proxy(proxy());
            let empty = scene.server(proxy().faults(Faults::new().add(On::all(), Status::text(404, "not found\n"))));
            scene.sandbox.set("GOPROXY", format!("{empty},off"));
            Some(scene.with_fresh_cache())
        },
        go: Go::Fails(TIDY, "module lookup disabled by GOPROXY=off"),
        check: Check::Cause(&[Code::ProxyDisabled]),
        heal: Heal::Locally,
    }
}

/// GOPROXY ends the search before anybody is asked: then nobody was.
#[test]
fn modules_that_nobody_was_asked_for_are_not_counted_as_asked() {
    if !have(&["go"]) {
        return;
    }
    let mut scene = Scene::healthy();
    for (goproxy, asked) in [(None, 2), (Some("off"), 0), (Some("nonsense"), 0)] {
        if let Some(goproxy) = goproxy {
            scene.sandbox.set("GOPROXY", goproxy);
        }
        let output = scene.sandbox.gomoddoc(&["check", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&output.stdout).expect("a document");
        assert_eq!(document["coverage"]["asked"], asked, "{goproxy:?}: {output}");
    }
}
