//! Which module proxy is recommended.

use std::time::Duration;

use super::{dead, measure, plan, result, room, with_fault};
use crate::support::faults::{BasicLogin, Faults, Html, Latency, On, Status};
use crate::support::tls::{Authority, Flaw};

#[test]
fn the_faster_one_comes_first() {
    let room = room();
    let (slow, fast) = (with_fault(Latency(Duration::from_millis(300))), plan().start());
    let (output, document) = measure(&room, &["-n", "6", &slow.url(), &fast.url()]);
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(document["advice"]["value"], format!("{}|{},off", fast.url(), slow.url()), "{output}");
    // GOPROXY is set in the environment here, which hides what `go env -w` writes.
    assert_eq!(document["advice"]["commands"][0], format!("export GOPROXY=\"{}|{},off\"", fast.url(), slow.url()));
    let mean = |url: &str| result(&document, url)["total_ms"]["mean"].as_f64().expect("a mean");
    assert!(mean(&slow.url()) >= 300.0 && mean(&fast.url()) < mean(&slow.url()), "{output}");
}

#[test]
fn both_get_the_same_requests() {
    let room = room();
    let (one, other) = (plan().start(), with_fault(Latency(Duration::from_millis(20))));
    let (output, document) = measure(&room, &["-n", "9", "-c", "2", &one.url(), &other.url()]);
    assert_eq!(one.log.paths(), other.log.paths(), "{output}");
    assert_eq!(one.log.count(|_| true), 10, "nine, and the one that connects\n{output}");
    assert_eq!(document["requests"]["source"], "build-list", "{output}");
    let asked: Vec<String> = one.log.paths().into_keys().collect();
    let each = ["/example.dev/a/@v/list", "/example.dev/a/@v/v1.0.0.info", "/example.dev/a/@v/v1.0.0.mod"];
    assert!(asked.len() == 6 && each.iter().all(|path| asked.iter().any(|asked| asked == path)), "{asked:?}");
}

#[test]
fn who_does_not_answer_well_is_not_recommended() {
    let room = room();
    let good = plan().start();
    let (login_page, broken) = (with_fault(Html), with_fault(Status::new(503)));
    let dead = dead();
    let all = [dead.as_str(), &login_page.url(), &broken.url(), &good.url()];
    let (output, document) = measure(&room, &[&["-n", "30"], &all[..]].concat());
    assert_eq!(output.code, Some(0), "{output}");
    assert_eq!(document["advice"]["value"], format!("{},off", good.url()), "{output}");
    for (url, outcome) in
        [(dead.as_str(), "no-answer"), (&login_page.url(), "bad-content"), (&broken.url(), "server-error")]
    {
        let result = result(&document, url);
        assert_eq!((&result["ok_per_cent"], &result["fit"]), (&0.into(), &false.into()), "{result:#}");
        assert_eq!(result["outcomes"][outcome], result["asked"], "{result:#}");
        assert_eq!(result["stopped"]["is"], "failing", "{result:#}");
    }
    assert!(broken.log.count(|_| true) < 15, "{} requests to one that only fails", broken.log.count(|_| true));
}

#[test]
fn nobody_is_recommended_where_all_fail() {
    let room = room();
    let (one, other) = (dead(), dead());
    let (output, document) = measure(&room, &["-n", "10", &one, &other]);
    assert_eq!((output.code, &document["advice"]["goproxy"]), (Some(1), &"nobody".into()), "{output}");
    assert!(document["advice"]["value"].is_null() && document["advice"]["commands"] == serde_json::json!([]));
}

#[test]
fn goproxy_is_measured_and_stays_where_it_is_good() {
    let mut room = room();
    let (fast, slow) = (plan().start(), with_fault(Latency(Duration::from_millis(300))));
    room.set("GOPROXY", format!("{}|{},direct", fast.url(), slow.url()));
    let (output, document) = measure(&room, &["-n", "4"]);
    assert_eq!((output.code, &document["advice"]["goproxy"]), (Some(0), &"keep".into()), "{output}");
    assert_eq!(document["results"].as_array().map(Vec::len), Some(2), "{output}");
}

#[test]
fn one_of_the_house_that_fails_is_not_dropped() {
    let mut room = room();
    let (dead, other) = (dead(), plan().start());
    room.set("GOPROXY", format!("{dead},direct"));
    let (output, document) = measure(&room, &["-n", "6", &dead, &other.url()]);
    assert_eq!((output.code, &document["advice"]["goproxy"]), (Some(0), &"house-fails".into()), "{output}");
    assert!(document["advice"]["value"].is_null(), "{output}");
}

#[test]
fn a_login_that_is_refused_is_tried_once() {
    let mut room = room();
    let authority = Authority::new();
    let faults = Faults::new().add(On::all(), BasicLogin::new("dev", "another"));
    let server = plan().tls(authority.server(Flaw::None)).faults(faults).start();
    room.write("ca.pem", authority.pem());
    let file = room.path("ca.pem");
    room.set("SSL_CERT_FILE", file);
    let port = format!("127.0.0.1:{}", server.port());
    room.write_mode("home/.netrc", format!("machine {port} login dev password no\n"), 0o600);
    let (output, document) = measure(&room, &["-n", "30", &server.url()]);
    assert_eq!(output.code, Some(1), "{output}");
    let told = result(&document, &server.url());
    assert_eq!(told["outcomes"], serde_json::json!({"refused": told["asked"]}), "{output}");
    assert_eq!(server.log.count(|_| true), 1, "{output}");
}

#[test]
fn logins_are_sent_as_go_sends_them_and_never_shown() {
    let mut room = room();
    let authority = Authority::new();
    let login = || BasicLogin::new("dev", "S3cr3t");
    let server = || {
        let faults = Faults::new().add(On::all(), login());
        plan().tls(authority.server(Flaw::None)).faults(faults).start()
    };
    let (by_url, by_netrc) = (server(), server());
    room.write("ca.pem", authority.pem());
    let (file, url) = (room.path("ca.pem"), format!("https://dev:S3cr3t@127.0.0.1:{}", by_url.port()));
    room.set("SSL_CERT_FILE", file);
    let netrc = format!("machine 127.0.0.1:{} login dev password S3cr3t\n", by_netrc.port());
    room.write_mode("home/.netrc", netrc, 0o600);
    for format in ["json", "table"] {
        let output = room.gomoddoc(&["bench", "-n", "6", "--format", format, &url, &by_netrc.url()]);
        assert_eq!(output.code, Some(0), "{output}");
        assert!(!output.all().contains("S3cr3t"), "{output}");
        if format == "json" {
            let document: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON");
            let fit = document["results"].as_array().expect("results").iter().all(|result| result["fit"] == true);
            assert!(fit && document["advice"]["commands"] == serde_json::json!([]), "{output}");
            assert_eq!(document["results"][0]["http"], serde_json::json!(["2"]), "{output}");
        }
    }
}
