//! Go's own view of names: the servers of resolv.conf.

use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use gomoddoc::model::transport::{DnsFailure, ServersDnsOutcome};
use gomoddoc::net::dns::{HostsFile, ResolvConf};
use gomoddoc::net::{Deadline, Limits, Resolver};

use crate::support::dns::{DnsServer, Unknown};

const HOME: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 7);

fn server(unknown: Unknown) -> DnsServer {
    DnsServer::start(UdpSocket::bind("127.0.0.1:0").unwrap(), &[("proxy.corp.test", HOME)], unknown)
}

async fn ask(servers: &[SocketAddr], search: &[&str], host: &str) -> ServersDnsOutcome {
    ask_within(Duration::from_secs(30), servers, search, host).await
}

async fn ask_within(step: Duration, servers: &[SocketAddr], search: &[&str], host: &str) -> ServersDnsOutcome {
    let search = search.iter().map(|name| (*name).to_owned()).collect();
    let conf = ResolvConf { servers: servers.to_vec(), search, ..ResolvConf::default() };
    let (deadline, limits) = (Deadline::after(Duration::from_secs(300)), Limits::within(step));
    let resolver = Resolver::new(deadline, limits, HostsFile::parse("192.0.2.9 pinned.test"), Some(conf));
    resolver.servers(host).await.unwrap()
}

#[tokio::test]
async fn an_answer_and_a_no_carry_their_codes() {
    let dns = server(Unknown::NoSuchName);
    let found = ask(&[dns.addr()], &[], "Proxy.Corp.test").await;
    assert_eq!((&found.addresses[..], found.error), (&[HOME.into()][..], None));
    assert_eq!((found.servers[0].rcode, found.servers[0].error), (Some(0), None), "no IPv6 address is no trouble");
    let none = ask(&[dns.addr()], &[], "nowhere.test").await;
    assert_eq!((none.error, none.servers[0].rcode), (Some(DnsFailure::NoSuchHost), Some(3)));
}

#[tokio::test]
async fn the_search_list_is_walked_as_go_walks_it() {
    let dns = server(Unknown::NoSuchName);
    let found = ask(&[dns.addr()], &["other.test.", "corp.test."], "proxy").await;
    assert_eq!(found.addresses, [std::net::IpAddr::from(HOME)]);
    let names: Vec<_> = found.servers.iter().map(|server| server.name.as_str().to_owned()).collect();
    assert_eq!(names, ["proxy.other.test.", "proxy.corp.test."], "a name without a dot comes last");
}

#[tokio::test]
async fn a_failing_server_is_told_and_the_next_one_decides() {
    let (failing, good) = (server(Unknown::Fails), server(Unknown::NoSuchName));
    let failed = ask(&[failing.addr()], &[], "nowhere.test").await;
    assert_eq!((failed.error, failed.servers[0].rcode), (Some(DnsFailure::ServerFailure), Some(2)));
    let second = ask(&[failing.addr(), good.addr()], &[], "nowhere.test").await;
    assert_eq!(second.error, Some(DnsFailure::NoSuchHost));
}

#[tokio::test]
async fn a_silent_and_a_missing_server_differ() {
    let silent = server(Unknown::Silence);
    let outcome = ask_within(Duration::from_millis(400), &[silent.addr()], &[], "nowhere.test").await;
    assert_eq!(outcome.error, Some(DnsFailure::CutOff), "go would wait longer than we do");
    assert!(silent.names().len() > 2, "asked again within our time: {:?}", silent.names());
    let nobody = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let outcome = ask(&[nobody], &[], "nowhere.test").await;
    assert_eq!(outcome.error, Some(DnsFailure::NoServers));
}

#[tokio::test]
async fn the_hosts_file_comes_before_the_servers() {
    let dns = server(Unknown::NoSuchName);
    let outcome = ask(&[dns.addr()], &[], "pinned.test").await;
    assert!(outcome.from_hosts_file && outcome.servers.is_empty() && dns.names().is_empty());
}

/// An answer that does not fit into one packet is to be had over TCP.
#[tokio::test]
async fn a_cut_answer_is_asked_for_again_over_tcp() {
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    let addr = udp.local_addr().unwrap();
    let tcp = std::net::TcpListener::bind(addr).unwrap();
    std::thread::spawn(move || {
        let mut buffer = [0; 1500];
        while let Ok((len, from)) = udp.recv_from(&mut buffer) {
            let mut answer = buffer[..len].to_vec();
            // A response that is truncated.
            answer[2] |= 0x82;
            let _ = udp.send_to(&answer, from);
        }
    });
    std::thread::spawn(move || {
        use std::io::{Read, Write};
        for mut stream in tcp.incoming().flatten() {
            let mut len = [0; 2];
            stream.read_exact(&mut len).unwrap();
            let mut query = vec![0; usize::from(u16::from_be_bytes(len))];
            stream.read_exact(&mut query).unwrap();
            // NXDOMAIN, with the question and the EDNS record as they came.
            query[2] |= 0x80;
            query[3] = 0x83;
            stream.write_all(&[&len[..], &query].concat()).unwrap();
        }
    });
    let outcome = ask(&[addr], &[], "nowhere.test").await;
    assert_eq!((outcome.error, outcome.servers[0].rcode), (Some(DnsFailure::NoSuchHost), Some(3)));
}
