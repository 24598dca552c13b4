//! The HTTP proxy in between: what it is, and asking it for a tunnel.

mod connect;
mod socks;

use std::sync::Arc;
use std::time::Instant;

use super::deadline::{Deadline, millis};
use super::limits::Limits;
use super::login::Login;
use super::stream::Stream;
use crate::golang::http_proxy::{ProxyAddress, Scheme};
use crate::golang::secret::Secret;
use crate::model::transport::{ConnectFailure, ConnectOutcome, ProxyScheme};

/// How long go waits for the answer to CONNECT.
const GO_WAITS: std::time::Duration = std::time::Duration::from_secs(60);

/// An HTTP or SOCKS proxy, as HTTPS_PROXY or HTTP_PROXY name it for a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpProxy {
    /// How one speaks with it.
    pub scheme: ProxyScheme,
    /// Its host; an IPv6 address without brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Name and password.
    pub login: Option<Arc<ProxyLogin>>,
}

/// Name and password for a proxy. Never shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyLogin {
    name: Secret,
    password: Secret,
}

impl ProxyLogin {
    /// The two.
    #[must_use]
    pub fn new(name: Secret, password: Secret) -> Self {
        Self { name, password }
    }

    pub(super) fn as_login(&self) -> Login {
        Login::basic(&self.name, &self.password)
    }

    /// Both as text, for a library that takes nothing else.
    pub(super) fn texts(&self) -> (String, String) {
        let text = |secret: &Secret| String::from_utf8_lossy(secret.expose()).into_owned();
        (text(&self.name), text(&self.password))
    }
}

/// An address that names no HTTP proxy which go can speak with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of an HTTP proxy")]
pub struct NoProxyAddress;

impl TryFrom<&ProxyAddress> for HttpProxy {
    type Error = NoProxyAddress;

    /// Fails for a scheme that go cannot speak, and for a port or host that cannot be dialled.
    fn try_from(address: &ProxyAddress) -> Result<Self, NoProxyAddress> {
        let scheme = match address.scheme {
            Scheme::Http => ProxyScheme::Http,
            Scheme::Https => ProxyScheme::Https,
            Scheme::Socks5 | Scheme::Socks5h => ProxyScheme::Socks5,
            Scheme::Unknown => return Err(NoProxyAddress),
        };
        let port = address.port_number().filter(|port| *port != 0).ok_or(NoProxyAddress)?;
        if address.host.is_empty() {
            return Err(NoProxyAddress);
        }
        let login = address.login.clone().map(|name| {
            let password = address.password.clone().unwrap_or_else(|| Secret::new(""));
            Arc::new(ProxyLogin::new(name, password))
        });
        Ok(Self { scheme, host: address.host.clone(), port, login })
    }
}

impl HttpProxy {
    /// A proxy without a login.
    #[must_use]
    pub fn new(scheme: ProxyScheme, host: impl Into<String>, port: u16) -> Self {
        Self { scheme, host: host.into(), port, login: None }
    }

    /// With a login.
    #[must_use]
    pub fn with_login(mut self, login: ProxyLogin) -> Self {
        self.login = Some(Arc::new(login));
        self
    }

    /// The URL, without the login.
    #[must_use]
    pub fn url(&self) -> String {
        let scheme = match self.scheme {
            ProxyScheme::Http => "http",
            ProxyScheme::Https => "https",
            ProxyScheme::Socks5 => "socks5h",
        };
        format!("{scheme}://{}", authority(&self.host, self.port))
    }
}

/// `host:port`, an IPv6 address in brackets.
pub(super) fn authority(host: &str, port: u16) -> String {
    if host.contains(':') && !host.starts_with('[') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// Asks the proxy at the other end of `stream` for a tunnel to `host`. Gives the tunnel if there is one.
pub(super) async fn tunnel(
    stream: Stream,
    proxy: &HttpProxy,
    host: &str,
    port: u16,
    limits: &Limits,
    deadline: &Deadline,
) -> (ConnectOutcome, Option<Stream>) {
    let started = Instant::now();
    let mut outcome = ConnectOutcome {
        status: None,
        headers: Vec::new(),
        error: None,
        login_sent: proxy.login.is_some(),
        elapsed_ms: 0,
    };
    let asking = async {
        match proxy.scheme {
            ProxyScheme::Socks5 => socks::connect(stream, proxy.login.as_deref(), host, port).await,
            ProxyScheme::Http | ProxyScheme::Https => {
                let login = proxy.login.as_ref().map(|login| login.as_login());
                connect::connect(stream, login.as_ref(), &authority(host, port), &mut outcome).await
            }
        }
    };
    let asked = deadline.limit(limits.tunnel, asking).await;
    let asked =
        asked.unwrap_or_else(|ended| Err(ConnectFailure::Connection { failure: ended.as_silence(Some(GO_WAITS)) }));
    outcome.elapsed_ms = millis(started.elapsed());
    match asked {
        Ok(stream) => (outcome, Some(stream)),
        Err(failure) => {
            outcome.error = Some(failure);
            (outcome, None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_s_proxy_addresses_are_taken_over() {
        let proxy = |value: &str| HttpProxy::try_from(&ProxyAddress::parse_as_go(value).unwrap());
        let plain = proxy("user:S3cr3t@proxy.corp:3128").unwrap();
        assert_eq!((plain.scheme, plain.url().as_str()), (ProxyScheme::Http, "http://proxy.corp:3128"));
        assert!(plain.login.is_some() && !format!("{plain:?}").contains("S3cr3t"));
        assert_eq!(proxy("socks5://[::1]").unwrap().url(), "socks5h://[::1]:1080");
        assert_eq!(proxy("https://h").unwrap().port, 443);
        assert_eq!(proxy("ftp://h"), Err(NoProxyAddress));
    }
}
