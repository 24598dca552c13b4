//! Servers that mean harm, or are so broken that it comes to the same: check ends in time, in
//! bounded memory, and hands out nothing.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::frame::check;
use super::scene::{Scene, proxy};
use crate::support::faults::{BasicLogin, Broken, Fault, Faults, On, Redirect};
use crate::support::server::{Answer, Delivery, OnAccept};
use crate::support::tls::{Authority, Flaw};

fn with(fault: impl Fault) -> Scene {
    Scene::with_fault(On::all(), fault)
}

/// A house whose proxy over TLS takes this login from .netrc and then does what the fault says.
fn with_login(authority: &Authority, fault: impl Fault) -> Scene {
    let mut scene = Scene::healthy();
    let faults = Faults::new().add(On::all(), fault).add(On::all(), BasicLogin::new("dev", "s3cret-word"));
    let port = scene.proxy(proxy().tls(authority.server(Flaw::None)).faults(faults));
    scene.trust(authority);
    let text = format!("machine 127.0.0.1:{port} login dev password s3cret-word\n");
    scene.sandbox.write_mode("home/.netrc", text, 0o600);
    scene.secrets.push("s3cret-word".to_owned());
    scene
}

#[test]
fn a_body_without_end() {
    let fault = |_: &_, _| Answer::ok("text/plain", vec![b'v'; 1 << 20]).delivered(Delivery::Endless);
    let _ = check(&mut with(fault));
}

#[test]
fn headers_without_end() {
    let mut bytes = b"HTTP/1.1 200 OK\r\n".to_vec();
    for _ in 0..1_000_000 {
        bytes.extend(b"X-More: and more\r\n");
    }
    let mut scene = Scene::healthy();
    scene.proxy(proxy().on_accept(OnAccept::Say(bytes)));
    let _ = check(&mut scene);
}

#[test]
fn a_byte_now_and_then() {
    let delivery = Delivery::Drip { bytes: 1, pause: Duration::from_millis(700) };
    let _ = check(&mut with(Broken(delivery)));
}

#[test]
fn what_is_small_on_the_wire_and_large_after() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..512 {
        encoder.write_all(&zeros).expect("compress");
    }
    let bomb = encoder.finish().expect("compress");
    let fault = move |_: &_, _| Answer::ok("text/plain", bomb.clone()).header("content-encoding", "gzip");
    let _ = check(&mut with(fault));
}

#[test]
fn an_answer_that_is_no_http() {
    let mut scene = Scene::healthy();
    scene.proxy(proxy().on_accept(OnAccept::Say(b"220 mail.example ESMTP\r\n\x00\xff\xfe".to_vec())));
    let _ = check(&mut scene);
}

#[test]
fn escapes_in_a_refusal() {
    let text = "\u{1b}[2J\u{1b}]0;owned\u{7}blocked \u{202e}gnp.exe\u{9b}31m\r\nsecond\u{0}line\n";
    // printable() in the frame is the assertion.
    let _ = check(&mut with(move |_: &_, _| Answer::text(403, text)));
}

#[test]
fn a_secret_in_a_refusal() {
    let text = "denied for Authorization: Basic ZGV2OnMzY3JldC13b3Jk at https://dev:s3cret-word@proxy.corp.example/\n";
    let mut scene = with(move |_: &_, _| Answer::text(403, text));
    scene.secrets = vec!["s3cret-word".to_owned(), "ZGV2OnMzY3JldC13b3Jk".to_owned()];
    let _ = check(&mut scene);
}

#[test]
fn a_redirect_to_another_host_carries_no_login() {
    let authority = Authority::new();
    let other = proxy().tls(authority.server(Flaw::None)).start();
    let base = other.url().replace("127.0.0.1", "localhost");
    let mut scene = with_login(&authority, Redirect::Base(base));
    let _ = check(&mut scene);
    let told: Vec<_> = other.log.all().into_iter().filter(|asked| !asked.header("authorization").is_empty()).collect();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn a_redirect_down_to_http_is_not_followed() {
    let authority = Authority::new();
    let plain = proxy().start();
    let mut scene = with_login(&authority, Redirect::Base(plain.url()));
    let _ = check(&mut scene);
    assert_eq!(plain.log.all().len(), 0);
}

#[test]
fn a_redirect_that_leads_from_host_to_host() {
    let authority = Authority::new();
    let fault = |asked: &crate::support::server::Asked, _: Answer| {
        Answer::new(302, "").header("location", &format!("{}x", asked.path))
    };
    let mut scene = with_login(&authority, fault);
    let _ = check(&mut scene);
}

#[test]
fn a_list_of_a_million_versions() {
    let list: String = (0..1_000_000).map(|n| format!("v1.{n}.0\n")).collect();
    let fault = move |_: &_, answer: Answer| Answer { body: list.clone().into(), ..answer };
    let _ = check(&mut Scene::with_fault(On::ending("/@v/list"), fault));
}

#[test]
fn an_info_that_is_nested_without_end() {
    let json = "[".repeat(1_000_000);
    let fault = move |_: &_, answer: Answer| Answer { body: json.clone().into(), ..answer };
    let _ = check(&mut Scene::with_fault(On::ending(".info"), fault));
}

#[test]
fn a_checksum_database_without_end() {
    let mut scene = Scene::healthy();
    scene.sandbox.write("repo/go.sum", "");
    let fault = |_: &_, _| Answer::ok("text/plain", vec![b'1'; 1 << 20]).delivered(Delivery::Endless);
    let database = crate::support::sumdb::Sumdb::new(&super::scene::key(), &super::scene::modules());
    scene.sumdb(crate::support::server::Plan::new(database).faults(Faults::new().add(On::all(), fault)));
    let _ = check(&mut scene);
}
