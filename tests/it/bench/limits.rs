//! How fast a server is asked, and what becomes of 429.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::{measure, plan, result, room, with_fault};
use crate::support::faults::RateLimit;
use crate::support::server::{Answer, Asked};

#[test]
fn a_server_that_is_asked_too_much_is_asked_no_more() {
    let room = room();
    let limit = Arc::new(RateLimit::new(0.001, 7.0));
    let (limited, good) = (with_fault(limit.clone()), plan().start());
    let (output, document) = measure(&room, &["-n", "60", "-c", "3", &limited.url(), &good.url()]);
    let told = result(&document, &limited.url());
    let account = limit.account();
    assert_eq!(told["outcomes"]["rate-limited"].as_u64(), Some(account.refused as u64), "{output}");
    // The one that connects is counted nowhere.
    assert_eq!(told["outcomes"]["good"].as_u64(), Some(account.passed as u64 - 1), "{output}");
    assert!(account.refused <= 3, "as many as were in flight, and no more: {account:?}");
    assert_eq!(told["stopped"]["is"], "pause-too-long", "{output}");
    assert_eq!(document["advice"]["value"], format!("{},off", good.url()), "{output}");
}

#[test]
fn the_rate_limit_of_the_lab_refuses_nothing() {
    if !crate::support::tools::have(&["go", "git"]) {
        return;
    }
    let own = env!("CARGO_BIN_EXE_gomoddoc");
    let args = ["lab", "rate-limit", "-v", "--", own, "bench", "-n", "70", "-c", "16", "--format", "json"];
    let output = room().gomoddoc(&args);
    let document: serde_json::Value = serde_json::from_str(&output.stdout).unwrap_or_else(|_| panic!("{output}"));
    assert_eq!(document["results"][0]["outcomes"], serde_json::json!({"good": 70}), "{output}");
    let kept = document["rates"][0]["kept_per_second"].as_f64();
    assert!(kept.is_some_and(|kept| kept <= 10.0), "{output}");
}

#[test]
fn a_short_pause_is_kept() {
    let room = room();
    let count = AtomicUsize::new(0);
    // The third request is refused, and all others are not.
    let server = with_fault(move |_: &Asked, answer: Answer| match count.fetch_add(1, Ordering::Relaxed) {
        2 => Answer::text(429, "slow down\n").header("retry-after", "1"),
        _ => answer,
    });
    let (output, document) = measure(&room, &["-n", "12", "-c", "1", &server.url()]);
    let told = result(&document, &server.url());
    assert_eq!(told["outcomes"], serde_json::json!({"good": 11, "rate-limited": 1}), "{output}");
    assert!(told["stopped"].is_null(), "{output}");
    let asked = server.log.all();
    assert_eq!(asked.len(), 13, "{output}");
    let pause = asked[3].at.duration_since(asked[2].at);
    assert!(pause >= Duration::from_millis(950), "asked again after {pause:?}");
}

#[test]
fn who_refuses_again_and_again_is_left() {
    let room = room();
    let server = with_fault(|_: &Asked, _| Answer::text(429, "").header("retry-after", "1"));
    let (output, document) = measure(&room, &["-n", "100", "-c", "2", &server.url()]);
    assert_eq!(output.code, Some(1), "{output}");
    let told = result(&document, &server.url());
    assert_eq!(told["stopped"], serde_json::json!({"is": "rate-limited", "pauses": 3}), "{output}");
    let asked = server.log.count(|_| true);
    assert!(asked <= 1 + 3 * 2, "{asked} requests in three pauses");
    assert_eq!(told["asked"].as_u64(), Some(asked as u64), "{output}");
}

#[test]
fn the_rate_is_kept_over_all_ways_to_a_host() {
    let room = room();
    let server = plan().start();
    let proxy = crate::support::http_proxy::HttpProxyPlan::default()
        .host(&format!("127.0.0.1:{}", server.port()), server.addr())
        .start();
    let args = ["bench", "--format", "json", "-n", "15", "--rate", "40", "--burst", "4", "--through", &proxy.url()];
    let output = room.gomoddoc(&[&args[..], &[&server.url()]].concat());
    let document: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON");
    let rate = &document["rates"][0];
    assert_eq!(rate["requests"].as_u64(), Some(server.log.count(|_| true) as u64), "{output}");
    assert_eq!(rate["requests"], 32, "two ways, fifteen requests and one that connects: {output}");
    let kept = rate["kept_per_second"].as_f64().expect("a rate");
    assert!(kept <= 40.0, "{output}");
}
