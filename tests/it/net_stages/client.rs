//! The client's manners: how many at once, when to stop, when to give up.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use gomoddoc::model::transport::{NotAsked, TransportError};
use gomoddoc::net::Get;

use super::{client, prober};
use crate::support::faults::{Broken, Faults, On};
use crate::support::server::{Answer, Asked, Delivery, Plan};

#[tokio::test]
async fn at_most_sixteen_requests_are_in_flight_at_a_host() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counting, highest) = (Arc::clone(&now), Arc::clone(&most));
    let server = Plan::new(move |_: &Asked| {
        highest.fetch_max(counting.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        counting.fetch_sub(1, Ordering::SeqCst);
        Answer::ok("text/plain", "ok")
    })
    .start();
    let client = client(&prober(None));
    let gets: Vec<_> = (0..60).map(|n| Get::new(format!("{}/{n}", server.url()).parse().unwrap(), 10)).collect();
    let results = join_all(gets.iter().map(|get| client.get(get))).await;
    assert!(results.iter().all(|result| result.as_ref().is_ok_and(|answer| answer.told.status == 200)));
    let most = most.load(Ordering::SeqCst);
    assert!((2..=16).contains(&most), "{most} at once");
}

#[tokio::test]
async fn after_a_429_a_host_is_left_alone() {
    let server = Plan::new(|_: &Asked| Answer::text(429, "slow down").header("retry-after", "60")).start();
    let url = || server.url().parse().unwrap();
    let client = client(&prober(None));
    let first = client.get(&Get::new(url(), 100)).await.unwrap();
    assert_eq!((first.told.status, first.told.header("retry-after")), (429, Some("60")));
    assert!(client.is_rate_limited(&url()));
    let second = client.get(&Get::new(url(), 100)).await.unwrap_err();
    assert_eq!(second.error, TransportError::Request { reason: NotAsked::RateLimited });
    assert_eq!(server.log.all().len(), 1);
}

#[tokio::test]
async fn a_cancelled_run_ends_what_is_under_way_and_asks_nothing_more() {
    let server = Plan::new(super::hello).faults(Faults::new().add(On::all(), Broken(Delivery::Silence))).start();
    let mut prober = prober(None);
    prober.limits.first_byte = Duration::from_secs(3600);
    let client = client(&prober);
    let get = Get::new(server.url().parse().unwrap(), 100);
    let asking = client.get(&get);
    let cancelling = async {
        while server.log.all().is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        prober.deadline.cancel();
    };
    let (result, ()) = tokio::join!(asking, cancelling);
    assert!(result.unwrap_err().error.is_cut_off());
    let later = client.get(&get).await.unwrap_err();
    assert_eq!(later.error, TransportError::Request { reason: NotAsked::NoTime });
    assert_eq!(server.log.all().len(), 1);
}

#[tokio::test]
async fn headers_go_along_and_a_long_body_is_dropped_at_the_cap() {
    let server = Plan::new(|asked: &Asked| {
        assert_eq!(asked.header("disable-module-fetch"), "true");
        Answer::ok("application/zip", vec![0; 10 << 20])
    })
    .start();
    let get = Get::new(server.url().parse().unwrap(), 64 << 10).header("disable-module-fetch", "true");
    let answer = client(&prober(None)).get(&get).await.unwrap();
    assert_eq!(answer.body.len(), 64 << 10);
    assert!(answer.told.first.is_empty(), "a zip is no text");
}

/// A server that closes its connection after each answer, without saying so: the next request finds
/// it dead and goes out again, as go's does.
#[tokio::test]
async fn a_connection_that_died_meanwhile_is_no_failure() {
    use std::io::Write;
    let addr = super::peer(|mut stream| {
        super::heard(&mut stream);
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").unwrap();
        // Whatever is asked next gets no answer.
        super::heard(&mut stream);
    });
    let client = client(&prober(None));
    let get = Get::new(format!("http://{addr}/").parse().unwrap(), 100);
    for _ in 0..3 {
        assert_eq!(client.get(&get).await.unwrap().body, b"ok");
    }
}
