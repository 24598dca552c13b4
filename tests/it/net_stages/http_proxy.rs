//! The HTTP proxy in between.

use std::io::{Read, Write};

use futures_util::future::join_all;
use gomoddoc::golang::http_proxy::ProxyAddress;
use gomoddoc::model::transport::{AuthScheme, ConnectFailure, NotAsked, Stage, TransportError};
use gomoddoc::net::{Get, HttpProxy, Prober, Target};

use super::{client_through, hello, impatient, peer, probe, prober, target};
use crate::support::http_proxy::{HttpProxyPlan, Manner};
use crate::support::ports::ClosedPort;
use crate::support::server::{Plan, Server};
use crate::support::tls::{Authority, Flaw};

const HOST: &str = "modules.corp.test";

fn server(authority: &Authority) -> Server {
    Plan::new(hello).tls(authority.server_for(&[HOST], Flaw::None)).start()
}

fn proxy(address: &str) -> HttpProxy {
    HttpProxy::try_from(&ProxyAddress::parse_as_go(address).unwrap()).unwrap()
}

/// How the prober and the client fail on the way through a proxy, which must be one.
async fn failure(prober: &Prober, address: &str) -> TransportError {
    let url = format!("https://{HOST}/");
    let through = proxy(address);
    let stages = prober.probe(&Target { proxy: Some(through.clone()), ..target(&url) }).await;
    assert!(stages.tls.is_none(), "{stages:?}");
    let failed = client_through(prober, &through).get(&Get::new(url.parse().unwrap(), 100)).await.unwrap_err();
    let error = stages.error.unwrap();
    if !error.is_cut_off() {
        assert_eq!(failed.error, error);
    }
    error
}

#[tokio::test]
async fn a_working_proxy_leads_to_a_host_that_only_it_knows() {
    let authority = Authority::new();
    let server = server(&authority);
    let working = HttpProxyPlan::new(Manner::Works).host(&format!("{HOST}:443"), server.addr()).start();
    let prober = prober(Some(&authority));
    let through = proxy(&working.url());
    let url = format!("https://{HOST}/");
    let stages = prober.probe(&Target { proxy: Some(through.clone()), ..target(&url) }).await;
    assert_eq!(stages.error, None, "{stages:?}");
    let hop = stages.proxy.unwrap();
    assert_eq!((hop.connect.unwrap().status, hop.port), (Some(200), through.port));
    assert_eq!(stages.http.map(|http| http.status), Some(200));
    let answer = client_through(&prober, &through).get(&Get::new(url.parse().unwrap(), 100)).await.unwrap();
    assert_eq!((answer.told.status, answer.body.as_slice()), (200, &b"hello"[..]));
    assert!(working.log().iter().all(|line| line == &format!("CONNECT {HOST}:443 HTTP/1.1")), "{:?}", working.log());
}

#[tokio::test]
async fn plain_http_is_asked_of_the_proxy_itself() {
    let server = Plan::new(hello).start();
    let working = HttpProxyPlan::new(Manner::Works).host(&format!("{HOST}:80"), server.addr()).start();
    let through = proxy(&working.url());
    let url = format!("http://{HOST}/x");
    let stages = prober(None).probe(&Target { proxy: Some(through.clone()), ..target(&url) }).await;
    assert_eq!(stages.http.as_ref().map(|http| http.status), Some(200), "{stages:?}");
    assert!(stages.proxy.is_some_and(|hop| hop.connect.is_none()));
    let answer = client_through(&prober(None), &through).get(&Get::new(url.parse().unwrap(), 100)).await.unwrap();
    assert_eq!(answer.told.status, 200);
    assert_eq!(working.log(), vec![format!("GET http://{HOST}/x HTTP/1.1"); 2]);
}

#[tokio::test]
async fn a_proxy_that_wants_a_login_says_which_kinds() {
    let schemes = vec!["Negotiate".to_owned(), "NTLM".to_owned(), "Basic realm=\"corp\"".to_owned()];
    let asking = HttpProxyPlan::new(Manner::WantsLogin { schemes, expected: None }).start();
    let error = failure(&prober(None), &asking.url()).await;
    let TransportError::HttpProxy { failure: ConnectFailure::Status { status: 407, reason, schemes } } = error else {
        panic!("{error:?}")
    };
    assert_eq!(reason.as_str(), "Proxy Authentication Required");
    assert_eq!(schemes, [AuthScheme::Negotiate, AuthScheme::Ntlm, AuthScheme::Basic]);
}

#[tokio::test]
async fn a_wrong_login_is_sent_to_the_proxy_once_and_a_right_one_opens_it() {
    let authority = Authority::new();
    let server = server(&authority);
    let expected = Some("Basic dXNlcjpyaWdodA==".to_owned());
    let manner = Manner::WantsLogin { schemes: vec!["Basic".to_owned()], expected };
    let asking = HttpProxyPlan::new(manner).host(&format!("{HOST}:443"), server.addr()).start();
    let prober = prober(Some(&authority));
    let host_port = asking.url().replace("http://", "");

    let client = client_through(&prober, &proxy(&format!("http://user:wrong@{host_port}")));
    let gets: Vec<_> = (0..10).map(|n| Get::new(format!("https://{HOST}/{n}").parse().unwrap(), 100)).collect();
    let results = join_all(gets.iter().map(|get| client.get(get))).await;
    assert!(results.iter().all(|result| {
        let error = &result.as_ref().unwrap_err().error;
        matches!(error, TransportError::HttpProxy { failure: ConnectFailure::Status { status: 407, .. } })
    }));
    assert_eq!(asking.log().len(), 1);
    // Another host through the same proxy would send the same wrong login again.
    let other = client.get(&Get::new("https://other.corp.test/".parse().unwrap(), 100)).await.unwrap_err();
    assert_eq!(other.error, TransportError::Request { reason: NotAsked::LoginRefused });
    assert_eq!(asking.log().len(), 1);

    let client = client_through(&prober, &proxy(&format!("http://user:right@{host_port}")));
    assert_eq!(client.get(&gets[0]).await.unwrap().told.status, 200);
}

#[tokio::test]
async fn refusals_silence_and_strangers_are_told_apart() {
    for (answer, code) in [("403 Forbidden", 403), ("502 Bad Gateway", 502)] {
        let refusing = HttpProxyPlan::new(Manner::Refuses(answer.to_owned())).start();
        let error = failure(&prober(None), &refusing.url()).await;
        assert!(
            matches!(error, TransportError::HttpProxy { failure: ConnectFailure::Status { status, .. } } if status == code),
            "{error:?}"
        );
    }
    let silent = HttpProxyPlan::new(Manner::Silent).start();
    let error = failure(&impatient(), &silent.url()).await;
    assert_eq!((error.stage(), error.is_cut_off()), (Stage::HttpProxy, true), "{error:?}");
    let closing = HttpProxyPlan::new(Manner::Closes).start();
    let error = failure(&prober(None), &closing.url()).await;
    assert!(matches!(error, TransportError::HttpProxy { failure: ConnectFailure::Connection { .. } }), "{error:?}");
    let stranger = peer(|stream| super::pour(stream, b"SSH-2.0-x\r\n", b"more\r\n"));
    let error = failure(&prober(None), &format!("http://{stranger}")).await;
    assert!(matches!(error, TransportError::HttpProxy { failure: ConnectFailure::NotAProxy { .. } }), "{error:?}");
    let endless = peer(|stream| super::pour(stream, b"HTTP/1.1 200 OK\r\n", b"X-More: xxxxxxxxxxxxxxxx\r\n"));
    let error = failure(&prober(None), &format!("http://{endless}")).await;
    assert_eq!(error, TransportError::HttpProxy { failure: ConnectFailure::HeadersTooLong });
    let closed = ClosedPort::new();
    let error = failure(&prober(None), &format!("http://{}", closed.addr())).await;
    assert!(matches!(error, TransportError::Tcp { of_proxy: true, .. }), "{error:?}");
}

#[tokio::test]
async fn a_proxy_that_speaks_tls_must_be_trusted_too() {
    // Any TLS server will do: the handshake comes before CONNECT.
    let authority = Authority::new();
    let secure = Plan::new(hello).tls(authority.server(Flaw::None)).start();
    let error = failure(&prober(Some(&Authority::new())), &secure.url()).await;
    assert!(matches!(error, TransportError::Tls { of_proxy: true, .. }), "{error:?}");
}

/// A SOCKS 5 proxy without login that sends everything to one server, or refuses.
fn socks(to: Option<std::net::SocketAddr>) -> String {
    let addr = peer(move |mut client| {
        let mut greeting = [0; 3];
        client.read_exact(&mut greeting).unwrap();
        assert_eq!(greeting, [5, 1, 0]);
        client.write_all(&[5, 0]).unwrap();
        let mut request = [0; 5];
        client.read_exact(&mut request).unwrap();
        assert_eq!(request[..4], [5, 1, 0, 3], "the name goes to the proxy");
        let mut rest = vec![0; usize::from(request[4]) + 2];
        client.read_exact(&mut rest).unwrap();
        let Some(to) = to else {
            client.write_all(&[5, 5, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
            return;
        };
        client.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).unwrap();
        let mut server = std::net::TcpStream::connect(to).unwrap();
        let (mut to_client, mut from_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        std::thread::spawn(move || std::io::copy(&mut from_server, &mut to_client));
        let _ = std::io::copy(&mut client, &mut server);
    });
    format!("socks5://{addr}")
}

#[tokio::test]
async fn socks_proxies_resolve_names_themselves() {
    let authority = Authority::new();
    let server = server(&authority);
    let prober = prober(Some(&authority));
    let through = proxy(&socks(Some(server.addr())));
    let url = format!("https://{HOST}/");
    let stages = prober.probe(&Target { proxy: Some(through.clone()), ..target(&url) }).await;
    assert_eq!(stages.http.as_ref().map(|http| http.status), Some(200), "{stages:?}");
    let answer = client_through(&prober, &through).get(&Get::new(url.parse().unwrap(), 100)).await.unwrap();
    assert_eq!(answer.told.status, 200);
    let error = failure(&prober, &socks(None)).await;
    assert_eq!(error, TransportError::HttpProxy { failure: ConnectFailure::Socks { reply: 5 } });
}

#[tokio::test]
async fn names_of_proxies_are_looked_up_and_the_host_s_are_not() {
    let stages = prober(None)
        .probe(&Target { proxy: Some(proxy("http://localhost:1")), ..target("https://only.the.proxy.knows.test/") })
        .await;
    assert!(stages.dns.is_some_and(|dns| dns.addresses.iter().all(std::net::IpAddr::is_loopback)));
    assert!(matches!(stages.error, Some(TransportError::Tcp { of_proxy: true, .. })));
    let direct = probe(&prober(None), "http://localhost:1/").await;
    assert!(matches!(direct.error, Some(TransportError::Tcp { of_proxy: false, .. })));
}
