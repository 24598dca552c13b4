//! Answers that are slow, broken or without end, asked by the prober and by the client.

use gomoddoc::model::transport::{BodyEnd, HttpAnswer, HttpFailure, Stage, TcpFailure, TransportError};
use gomoddoc::net::{Get, Prober};

use super::{client, hello, impatient, peer, pour, probe, prober};
use crate::support::faults::{Broken, Faults, On};
use crate::support::server::{Answer, Asked, Delivery, Plan, Server};

fn broken(delivery: Delivery) -> Server {
    Plan::new(|_: &Asked| Answer::ok("text/plain", vec![b'x'; 50_000]))
        .faults(Faults::new().add(On::all(), Broken(delivery)))
        .start()
}

async fn both(url: &str) -> [Result<HttpAnswer, TransportError>; 2] {
    both_by(&prober(None), url).await
}

/// What the prober and the client make of it.
async fn both_by(prober: &Prober, url: &str) -> [Result<HttpAnswer, TransportError>; 2] {
    let stages = probe(prober, url).await;
    let of_prober = stages.http.ok_or_else(|| stages.error.unwrap());
    let answer = client(prober).get(&Get::new(url.parse().unwrap(), 20_000)).await;
    [of_prober, answer.map(|answer| answer.told).map_err(|failed| failed.error)]
}

#[tokio::test]
async fn silence_and_early_ends_are_told_apart() {
    for result in both_by(&impatient(), &broken(Delivery::Silence).url()).await {
        let error = result.unwrap_err();
        assert_eq!((error.stage(), error.is_cut_off()), (Stage::Http, true), "{error:?}");
    }
    for (delivery, failure) in [(Delivery::Close, TcpFailure::Closed), (Delivery::Reset, TcpFailure::Reset)] {
        for result in both(&broken(delivery).url()).await {
            assert_eq!(
                result.unwrap_err(),
                TransportError::Http { failure: HttpFailure::Connection { failure } },
                "{delivery:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_keeps_its_answer() {
    let reset = HttpFailure::Connection { failure: TcpFailure::Reset };
    for (delivery, failure) in
        [(Delivery::Truncate(1000), HttpFailure::Incomplete), (Delivery::ResetAfter(1000), reset)]
    {
        for result in both(&broken(delivery).url()).await {
            let answer = result.unwrap();
            let error = TransportError::Body { failure: failure.clone() };
            assert_eq!((answer.status, answer.body_end), (200, BodyEnd::Failed { error }), "{delivery:?}");
        }
    }
}

#[tokio::test]
async fn a_stalled_body_is_cut_off_and_an_endless_one_capped() {
    for result in both_by(&impatient(), &broken(Delivery::Stall(1000)).url()).await {
        let BodyEnd::Failed { error } = result.unwrap().body_end else { panic!() };
        assert_eq!((error.stage(), error.is_cut_off()), (Stage::Body, true), "{error:?}");
    }
    for result in both(&broken(Delivery::Endless).url()).await {
        let answer = result.unwrap();
        assert_eq!(answer.body_end, BodyEnd::Capped);
        assert!(answer.body_bytes <= 20_000);
    }
}

#[tokio::test]
async fn a_slow_drip_ends_with_the_time_for_the_whole() {
    let pause = super::STEP / 4;
    let mut prober = impatient();
    prober.limits.total = super::STEP;
    for result in both_by(&prober, &broken(Delivery::Drip { bytes: 1, pause }).url()).await {
        let BodyEnd::Failed { error } = result.unwrap().body_end else { panic!() };
        assert_eq!((error.stage(), error.is_cut_off()), (Stage::Body, true), "{error:?}");
    }
}

#[tokio::test]
async fn endless_headers_and_what_is_no_http_are_refused() {
    let headers =
        peer(|stream| pour(stream, b"HTTP/1.1 200 OK\r\n", b"X-More: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n"));
    for result in both(&format!("http://{headers}/")).await {
        assert_eq!(result.unwrap_err(), TransportError::Http { failure: HttpFailure::HeadersTooLong });
    }
    let one_line = peer(|stream| pour(stream, b"HTTP/1.1 200 OK\r\nX-Long: ", &[b'x'; 4096]));
    for result in both(&format!("http://{one_line}/")).await {
        assert_eq!(result.unwrap_err(), TransportError::Http { failure: HttpFailure::HeadersTooLong });
    }
    let noise = peer(|stream| pour(stream, b"220 mail.test ESMTP\r\n", b"220 again\r\n"));
    for result in both(&format!("http://{noise}/")).await {
        assert_eq!(result.unwrap_err(), TransportError::Http { failure: HttpFailure::Malformed });
    }
    let chunks = peer(|stream| pour(stream, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"zz\r\n"));
    for result in both(&format!("http://{chunks}/")).await {
        let BodyEnd::Failed { error } = result.unwrap().body_end else { panic!() };
        assert_eq!(error, TransportError::Body { failure: HttpFailure::Malformed });
    }
}

#[tokio::test]
async fn a_gzip_body_is_inflated_as_go_does_and_no_further_than_the_cap() {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b'a'; 30 << 20]).unwrap();
    let bomb = encoder.finish().unwrap();
    let server = Plan::new(move |asked: &Asked| {
        assert_eq!(asked.header("accept-encoding"), "gzip");
        Answer::ok("text/plain", bomb.clone()).header("content-encoding", "gzip")
    })
    .start();
    for result in both(&server.url()).await {
        let answer = result.unwrap();
        assert_eq!(answer.body_end, BodyEnd::Capped);
        assert!(answer.first.as_str().starts_with("aaaa") && answer.body_bytes <= 20_000);
    }
}

#[tokio::test]
async fn hints_about_the_product_are_kept_and_cookies_are_not() {
    let server = Plan::new(|_: &Asked| {
        Answer::text(503, "maintenance\u{1b}[31m")
            .header("server", "Artifactory/7.9")
            .header("x-artifactory-id", "abc")
            .header("retry-after", "120")
            .header("set-cookie", "session=S3cr3t")
    })
    .start();
    for result in both(&server.url()).await {
        let answer = result.unwrap();
        assert_eq!(answer.header("server"), Some("Artifactory/7.9"));
        assert_eq!(answer.header("retry-after"), Some("120"));
        assert!(answer.header("date").is_some() && answer.header("x-artifactory-id").is_some());
        assert_eq!(answer.first.as_str(), "maintenance\\u{1b}[31m");
        assert!(!serde_json::to_string(&answer).unwrap().contains("S3cr3t"));
    }
    let healthy = Plan::new(hello).start();
    assert_eq!(
        both(&healthy.url()).await.map(|result| result.unwrap().body_end),
        [BodyEnd::Complete, BodyEnd::Complete]
    );
}
