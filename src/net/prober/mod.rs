//! The staged prober: one host, step by step, each step told on its own.

mod way;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use url::Url;

use super::deadline::{Deadline, millis};
use super::dns::Resolver;
use super::http_proxy::{HttpProxy, authority};
use super::limits::Limits;
use super::login::{Login, Logins};
use super::tcp;
use super::trust::Roots;
use super::user_agent::UserAgent;
use crate::model::Foreign;
use crate::model::transport::{
    DnsOutcome, NotAsked, ProxyHop, ServersDnsOutcome, Stages, TcpFailure, TcpOutcome, TransportError,
};
use way::Way;

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// A connection, or a tunnel.
    Connected,
    /// The TLS handshake too, for https.
    Secured,
    /// One request too.
    Answered,
}

/// Where to go.
#[derive(Debug, Clone)]
pub struct Target {
    /// The URL to ask; only http and https.
    pub url: Url,
    /// The HTTP proxy that go's rules choose for it.
    pub proxy: Option<HttpProxy>,
    /// What to log in with, for https only.
    pub login: Option<Login>,
    /// How far to go.
    pub until: Until,
    /// How many bytes of the body are wanted.
    pub cap: usize,
}

impl Target {
    /// A request for `url`, without proxy and login, for the first 4 KiB of the answer.
    #[must_use]
    pub fn new(url: Url) -> Self {
        Self { url, proxy: None, login: None, until: Until::Answered, cap: 4 << 10 }
    }
}

/// Goes to hosts, step by step.
#[derive(Debug, Clone)]
pub struct Prober {
    /// Looks names up.
    pub resolver: Arc<Resolver>,
    /// Whom go trusts.
    pub roots: Roots,
    /// The limits of the steps.
    pub limits: Limits,
    /// The run's deadline.
    pub deadline: Deadline,
    /// How go names itself.
    pub user_agent: UserAgent,
    /// Which logins were refused; shared with the client.
    pub logins: Logins,
}

impl Prober {
    /// Goes to a host as far as wanted, or as far as it goes.
    pub async fn probe(&self, target: &Target) -> Stages {
        let started = Instant::now();
        let host = target.url.host_str().unwrap_or_default().to_owned();
        let port = target.url.port_or_known_default().unwrap_or(0);
        let mut stages = Stages {
            url: Foreign::new(target.url.as_str()),
            host: Foreign::new(&host),
            port,
            proxy: None,
            dns: None,
            dns_servers: None,
            tcp: Vec::new(),
            tls: None,
            http: None,
            error: None,
            elapsed_ms: 0,
        };
        if host.is_empty() || !matches!(target.url.scheme(), "http" | "https") {
            stages.error = Some(TransportError::Request { reason: NotAsked::InvalidUrl });
            return stages;
        }
        let (dial, _) = dialled(target);
        let looking = async {
            match dial.parse::<IpAddr>() {
                Ok(_) => (None, None),
                Err(_) => self.look_up(&dial).await,
            }
        };
        // Both views of the name are told, and the way goes on with the first that has an address.
        let ((tcp, mut way, result), (dns, dns_servers)) = tokio::join!(self.go(target), looking);
        stages.error = result.err();
        (stages.dns, stages.dns_servers, stages.tcp) = (dns, dns_servers, tcp);
        stages.proxy = target.proxy.as_ref().map(|proxy| ProxyHop {
            scheme: proxy.scheme,
            host: Foreign::new(&proxy.host),
            port: proxy.port,
            tls: way.proxy_tls.take(),
            connect: way.connect.take(),
        });
        (stages.tls, stages.http) = (way.tls, way.http);
        stages.elapsed_ms = millis(started.elapsed());
        stages
    }

    /// Goes to a host as [`Prober::probe`] does, and tells only whether it got there.
    pub(super) async fn reach(&self, target: &Target) -> Result<(), TransportError> {
        self.go(target).await.2
    }

    async fn go(&self, target: &Target) -> (Vec<TcpOutcome>, Way, Result<(), TransportError>) {
        let of_proxy = target.proxy.is_some();
        let (host, port) = dialled(target);
        let addresses = match self.resolver.addresses(&host).await {
            Ok(addresses) => tcp::to_try(addresses),
            Err(failure) => {
                return (Vec::new(), Way::default(), Err(TransportError::Dns { failure, of_proxy }));
            }
        };
        let go_on = |stream| async {
            let mut way = Way::default();
            let result = self.go_on(target, Box::new(stream), &mut way).await;
            (way, result)
        };
        let (outcomes, went) = tcp::connect(&addresses, port, &self.limits, &self.deadline, go_on).await;
        let (way, result) = went.unwrap_or_else(|| {
            let failure = outcomes.iter().find_map(|outcome| outcome.error).unwrap_or(TcpFailure::Unreachable);
            (Way::default(), Err(TransportError::Tcp { failure, of_proxy }))
        });
        (outcomes, way, result)
    }

    async fn look_up(&self, host: &str) -> (Option<DnsOutcome>, Option<ServersDnsOutcome>) {
        let (system, servers) = tokio::join!(self.resolver.system(host), self.resolver.servers(host));
        (Some(system), servers)
    }
}

/// The host and port to which the connection goes: the proxy's, if there is one.
fn dialled(target: &Target) -> (String, u16) {
    let (host, port) = match &target.proxy {
        Some(proxy) => (proxy.host.as_str(), proxy.port),
        None => (target.url.host_str().unwrap_or_default(), target.url.port_or_known_default().unwrap_or(0)),
    };
    (host.trim_matches(['[', ']']).to_owned(), port)
}

/// A URL's host and port, as what a login belongs to.
pub(super) fn host_key(url: &Url) -> String {
    authority(url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(0))
}
