//! Connections.

use std::net::Ipv4Addr;
use std::sync::Arc;

use gomoddoc::model::transport::{Stage, TcpFailure, TransportError};
use gomoddoc::net::dns::{HostsFile, ResolvConf};
use gomoddoc::net::{Get, Resolver};

use super::{client, hello, impatient, probe, prober};
use crate::support::ports::{BlackHole, ClosedPort};
use crate::support::server::{OnAccept, Plan};

#[tokio::test]
async fn a_closed_port_refuses() {
    let port = ClosedPort::new();
    let url = format!("http://{}/", port.addr());
    let stages = probe(&prober(None), &url).await;
    let refused = TransportError::Tcp { failure: TcpFailure::Refused, of_proxy: false };
    assert_eq!(stages.error, Some(refused.clone()));
    assert_eq!((stages.tcp.len(), stages.tcp[0].error), (1, Some(TcpFailure::Refused)));
    assert!(stages.http.is_none() && stages.dns.is_none(), "an address needs no lookup");
    let failed = client(&prober(None)).get(&Get::new(url.parse().unwrap(), 100)).await.unwrap_err();
    assert_eq!(failed.error, refused);
}

#[tokio::test]
async fn where_packets_vanish_we_stop_before_go_would() {
    let hole = std::thread::spawn(BlackHole::new).join().unwrap();
    let url = format!("https://{}/", hole.addr());
    let stages = probe(&impatient(), &url).await;
    let error = stages.error.unwrap();
    assert_eq!((error.stage(), error.is_cut_off()), (Stage::Tcp, true), "{error:?}");
    let failed = client(&impatient()).get(&Get::new(url.parse().unwrap(), 100)).await.unwrap_err();
    assert_eq!((failed.error.stage(), failed.error.is_cut_off()), (Stage::Connect, true), "{failed:?}");
}

#[tokio::test]
async fn a_dead_address_beside_a_live_one_shows_and_does_not_hinder() {
    let server = Plan::new(hello).start();
    // The server listens on 127.0.0.1 only.
    let mut prober = prober(None);
    let hosts = HostsFile::parse("127.0.0.2 two.test\n127.0.0.1 two.test\n");
    prober.resolver = Arc::new(Resolver::new(
        prober.deadline.clone(),
        prober.limits,
        hosts,
        Some(ResolvConf { servers: Vec::new(), ..ResolvConf::default() }),
    ));
    let servers = prober.resolver.servers("two.test").await.unwrap();
    assert_eq!(servers.addresses, [Ipv4Addr::new(127, 0, 0, 2), Ipv4Addr::new(127, 0, 0, 1)]);
    let stages = probe(&prober, &format!("http://two.test:{}/", server.port())).await;
    assert_eq!(stages.http.as_ref().map(|http| http.status), Some(200), "{stages:?}");
    let dead = stages.tcp.iter().find(|tcp| tcp.address.ip() == Ipv4Addr::new(127, 0, 0, 2)).unwrap();
    assert_eq!(dead.error, Some(TcpFailure::Refused));
}

#[tokio::test]
async fn a_reset_after_the_first_word_is_told_in_its_stage() {
    let server = Plan::new(hello).on_accept(OnAccept::Reset).start();
    let plain = probe(&prober(None), &server.url()).await;
    assert_eq!(plain.error.map(|error| error.stage()), Some(Stage::Http));
    let secure = probe(&prober(None), &format!("https://{}/", server.addr())).await;
    assert_eq!(secure.error.map(|error| error.stage()), Some(Stage::Tls));
}
