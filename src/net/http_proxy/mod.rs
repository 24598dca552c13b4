//! The HTTP proxy in between: what it is, and asking it for a tunnel.

mod connect;
mod socks;

use std::sync::Arc;
use std::time::Instant;

use super::deadline::{Deadline, millis};
use super::limits::Limits;
use super::login::Login;
use super::stream::Stream;
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
#[derive(Clone, PartialEq, Eq)]
pub struct ProxyLogin {
    name: String,
    password: String,
}

impl std::fmt::Debug for ProxyLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ProxyLogin(REDACTED)")
    }
}

impl ProxyLogin {
    /// The two.
    #[must_use]
    pub fn new(name: impl Into<String>, password: impl Into<String>) -> Self {
        Self { name: name.into(), password: password.into() }
    }

    pub(super) fn as_login(&self) -> Login {
        Login::basic(&self.name, &self.password)
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
