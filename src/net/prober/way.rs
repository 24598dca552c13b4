//! From a connection to an answer: the proxy's own TLS, the tunnel, TLS, one request.

use super::{Prober, Target, Until, host_key};
use crate::model::transport::{
    ConnectFailure, ConnectOutcome, HttpAnswer, NotAsked, ProxyScheme, TcpFailure, TlsFailure, TlsOutcome,
    TransportError,
};
use crate::net::exchange::{Ask, exchange};
use crate::net::http_proxy::{HttpProxy, authority, tunnel};
use crate::net::stream::Stream;
use crate::net::tls::{ALPN, handshake};

/// What came of a connection that was made.
#[derive(Debug, Default)]
pub(super) struct Way {
    pub(super) proxy_tls: Option<TlsOutcome>,
    pub(super) connect: Option<ConnectOutcome>,
    pub(super) tls: Option<TlsOutcome>,
    pub(super) http: Option<HttpAnswer>,
}

impl Prober {
    pub(super) async fn go_on(&self, target: &Target, stream: Stream, way: &mut Way) -> Result<(), TransportError> {
        let secure = target.url.scheme() == "https";
        let host = target.url.host_str().unwrap_or_default();
        let mut stream = stream;
        if let Some(proxy) = &target.proxy {
            stream = self.to_proxy(proxy, stream, way).await?;
            // Plain http URLs are asked of an HTTP proxy itself; SOCKS tunnels everything.
            if secure || proxy.scheme == ProxyScheme::Socks5 {
                let port = target.url.port_or_known_default().unwrap_or(0);
                stream = self.through_proxy(proxy, host, port, stream, way).await?;
            }
        }
        if target.until < Until::Secured {
            return Ok(());
        }
        let mut http2 = false;
        if secure {
            let (outcome, secured) = handshake(stream, host, &ALPN, &self.roots, &self.limits, &self.deadline)
                .await
                .map_err(|_| TransportError::Request { reason: NotAsked::ClientSetup })?;
            let failure = outcome.error.clone();
            http2 = outcome.alpn.as_ref().is_some_and(|alpn| alpn.as_str() == "h2");
            way.tls = Some(outcome);
            stream = match (secured, failure) {
                (Some(secured), None) => secured,
                (_, failure) => {
                    let failure = failure.unwrap_or(TlsFailure::BrokenProtocol);
                    return Err(TransportError::Tls { failure, of_proxy: false });
                }
            };
        }
        if target.until < Until::Answered {
            return Ok(());
        }
        way.http = Some(self.ask(target, stream, http2).await?);
        Ok(())
    }

    /// The proxy itself may want TLS. Go offers it no HTTP/2.
    async fn to_proxy(&self, proxy: &HttpProxy, stream: Stream, way: &mut Way) -> Result<Stream, TransportError> {
        if proxy.scheme != ProxyScheme::Https {
            return Ok(stream);
        }
        let (outcome, secured) = handshake(stream, &proxy.host, &[], &self.roots, &self.limits, &self.deadline)
            .await
            .map_err(|_| TransportError::Request { reason: NotAsked::ClientSetup })?;
        let failure = outcome.error.clone().unwrap_or(TlsFailure::BrokenProtocol);
        way.proxy_tls = Some(outcome);
        secured.ok_or(TransportError::Tls { failure, of_proxy: true })
    }

    async fn through_proxy(
        &self,
        proxy: &HttpProxy,
        host: &str,
        port: u16,
        stream: Stream,
        way: &mut Way,
    ) -> Result<Stream, TransportError> {
        let trial = match &proxy.login {
            Some(login) => {
                let place = authority(&proxy.host, proxy.port);
                let trial = self.logins.acquire(&place, &login.as_login()).await;
                Some(trial.ok_or(TransportError::Request { reason: NotAsked::LoginRefused })?)
            }
            None => None,
        };
        let (outcome, tunnel) = tunnel(stream, proxy, host, port, &self.limits, &self.deadline).await;
        let refused =
            matches!(outcome.error, Some(ConnectFailure::Status { status: 407, .. } | ConnectFailure::SocksLogin));
        let answered = refused || tunnel.is_some() || outcome.status.is_some();
        if let Some(trial) = trial.filter(|_| answered) {
            trial.answered(refused);
        }
        let failure = outcome.error.clone();
        way.connect = Some(outcome);
        tunnel.ok_or_else(|| TransportError::HttpProxy {
            failure: failure.unwrap_or(ConnectFailure::Connection { failure: TcpFailure::Closed }),
        })
    }

    async fn ask(&self, target: &Target, stream: Stream, http2: bool) -> Result<HttpAnswer, TransportError> {
        let secure = target.url.scheme() == "https";
        let plain_proxy = target.proxy.as_ref().filter(|proxy| !secure && proxy.scheme != ProxyScheme::Socks5);
        let proxy_login = plain_proxy.and_then(|proxy| proxy.login.as_ref()).map(|login| login.as_login());
        // Who is asked to accept a login: the proxy for plain http, else the host itself.
        let (place, login) = match (plain_proxy, &proxy_login) {
            (Some(proxy), Some(login)) => (authority(&proxy.host, proxy.port), Some(login)),
            _ => (host_key(&target.url), target.login.as_ref().filter(|_| secure)),
        };
        let trial = match login {
            Some(login) => {
                let trial = self.logins.acquire(&place, login).await;
                Some(trial.ok_or(TransportError::Request { reason: NotAsked::LoginRefused })?)
            }
            None => None,
        };
        let ask = Ask {
            url: &target.url,
            http2,
            through_proxy: plain_proxy.is_some(),
            proxy_login: proxy_login.as_ref(),
            login: target.login.as_ref(),
            user_agent: self.user_agent,
            cap: target.cap,
        };
        let answer = exchange(stream, &ask, &self.limits, &self.deadline).await?;
        if let Some(trial) = trial {
            trial.answered(answer.status == if proxy_login.is_some() { 407 } else { 401 });
        }
        Ok(answer)
    }
}
