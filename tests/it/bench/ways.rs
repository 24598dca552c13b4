//! The direct way against the way through an HTTP proxy.

use serde_json::Value;

use super::{dead, measure, plan, room};
use crate::support::http_proxy::{HttpProxyPlan, Manner};
use crate::support::tls::{Authority, Flaw};

fn by_way<'a>(document: &'a Value, through: Option<&str>) -> &'a Value {
    let through = through.map_or(Value::Null, Into::into);
    let results = document["results"].as_array().expect("results");
    results.iter().find(|result| result["through"] == through).unwrap_or_else(|| panic!("no {through}: {document:#}"))
}

#[test]
fn both_ways_are_measured() {
    let mut room = room();
    let authority = Authority::new();
    let server = plan().tls(authority.server(Flaw::None)).start();
    let proxy = HttpProxyPlan::default().host(&format!("127.0.0.1:{}", server.port()), server.addr()).start();
    room.write("ca.pem", authority.pem());
    let file = room.path("ca.pem");
    room.set("SSL_CERT_FILE", file);
    let (output, document) = measure(&room, &["-n", "10", "--through", &proxy.url(), &server.url()]);
    assert_eq!(output.code, Some(0), "{output}");
    for (through, present) in [(None, true), (Some(proxy.url()), false)] {
        let told = by_way(&document, through.as_deref());
        assert_eq!((&told["ok_per_cent"], &told["present_way"]), (&100.into(), &present.into()), "{output}");
    }
    assert_eq!(server.log.count(|_| true), 22, "{output}");
    assert!(proxy.log().iter().all(|line| line.starts_with("CONNECT ")) && !proxy.log().is_empty());
}

#[test]
fn the_way_that_leads_there_is_named() {
    let room = room();
    let (server, nowhere) = (plan().start(), dead());
    let place = nowhere.trim_start_matches("http://");
    let proxy = HttpProxyPlan::default().host(place, server.addr()).start();
    let (output, document) = measure(&room, &["-n", "10", "--through", &proxy.url(), &nowhere]);
    assert_eq!(by_way(&document, None)["ok_per_cent"], 0, "{output}");
    assert_eq!(by_way(&document, Some(&proxy.url()))["ok_per_cent"], 100, "{output}");
    assert_eq!(document["advice"]["other_way"]["through"], proxy.url(), "{output}");
    let export = format!("export HTTP_PROXY=\"{}\"", proxy.url());
    assert_eq!(document["advice"]["other_way"]["commands"], serde_json::json!([export]), "{output}");
}

#[test]
fn the_way_that_go_takes_today_is_measured_once() {
    // A name that nobody has (RFC 6761): only the HTTP proxy knows it.
    let (mut room, host) = (room(), "goproxy.invalid");
    let authority = Authority::new();
    let server = plan().tls(authority.server_for(&[host], Flaw::None)).start();
    let proxy = HttpProxyPlan::default().host(&format!("{host}:443"), server.addr()).start();
    room.write("ca.pem", authority.pem());
    let file = room.path("ca.pem");
    room.set("SSL_CERT_FILE", file).set("HTTPS_PROXY", proxy.url()).set("GOPROXY", format!("https://{host},direct"));
    for through in [&["--through", &proxy.url()][..], &[]] {
        let (output, document) = measure(&room, &[&["-n", "6"], through].concat());
        assert_eq!(document["results"].as_array().map(Vec::len), Some(1 + through.len() / 2), "{output}");
        let told = by_way(&document, Some(&proxy.url()));
        assert_eq!((&told["ok_per_cent"], &told["present_way"]), (&100.into(), &true.into()), "{output}");
        assert!(document["advice"]["goproxy"] == "keep" && document["advice"]["other_way"].is_null(), "{output}");
    }
}

#[test]
fn an_http_proxy_that_refuses_is_told() {
    let room = room();
    let server = plan().start();
    let proxy = HttpProxyPlan::new(Manner::Refuses("403 Forbidden".to_owned())).start();
    let (output, document) = measure(&room, &["-n", "10", "--through", &proxy.url(), &server.url()]);
    assert_eq!(by_way(&document, Some(&proxy.url()))["ok_per_cent"], 0, "{output}");
    assert!(document["advice"]["other_way"].is_null(), "{output}");
    assert!(proxy.log().len() < 12, "{:?}", proxy.log());
}
