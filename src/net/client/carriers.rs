//! The reqwest clients that carry requests: one for each HTTP proxy, and one for none.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::MAX_IN_FLIGHT;
use crate::model::transport::ProxyScheme;
use crate::net::dns::Resolver;
use crate::net::exchange::MAX_HTTP2_HEADERS;
use crate::net::http_proxy::HttpProxy;
use crate::net::prober::Prober;
use crate::net::tls::ALPN;
use crate::net::trust::{Roots, client_config};

/// As long as go keeps idle connections.
const IDLE: Duration = Duration::from_secs(90);

pub(super) struct Carriers {
    roots: Roots,
    resolver: Arc<Resolver>,
    connect_limit: Duration,
    /// By the proxy's URL; its login is one and the same for a run.
    made: Mutex<HashMap<Option<String>, reqwest::Client>>,
}

/// Why there is no response.
pub(super) enum NotCarried {
    /// The client cannot be made.
    Setup,
    /// The request failed.
    Failed(reqwest::Error),
}

impl Carriers {
    pub(super) fn new(prober: &Prober) -> Self {
        Self {
            roots: prober.roots.clone(),
            resolver: Arc::clone(&prober.resolver),
            connect_limit: prober.limits.tcp,
            made: Mutex::default(),
        }
    }

    pub(super) async fn send(
        &self,
        proxy: Option<&HttpProxy>,
        request: reqwest::Request,
    ) -> Result<reqwest::Response, NotCarried> {
        let client = self.client(proxy).ok_or(NotCarried::Setup)?;
        client.execute(request).await.map_err(NotCarried::Failed)
    }

    fn client(&self, proxy: Option<&HttpProxy>) -> Option<reqwest::Client> {
        let key = proxy.map(HttpProxy::url);
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = made.get(&key) {
            return Some(client.clone());
        }
        let client = self.make(proxy)?;
        made.insert(key, client.clone());
        Some(client)
    }

    fn make(&self, proxy: Option<&HttpProxy>) -> Option<reqwest::Client> {
        let (config, _) = client_config(&self.roots, &ALPN).ok()?;
        let mut builder = reqwest::Client::builder()
            // Its own reading of the proxy variables is not go's.
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .tls_backend_preconfigured(config)
            .dns_resolver(Arc::new(Shared(Arc::clone(&self.resolver))))
            .connect_timeout(self.connect_limit)
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(MAX_IN_FLIGHT)
            .http2_max_header_list_size(MAX_HTTP2_HEADERS);
        if let Some(proxy) = proxy {
            let mut through = reqwest::Proxy::all(proxy.url()).ok()?;
            if let Some(login) = &proxy.login {
                let (name, password) = login.texts();
                through = match proxy.scheme {
                    ProxyScheme::Http | ProxyScheme::Https => {
                        let login = login.as_login();
                        login.basic_value().cloned().map_or(through.clone(), |value| through.custom_http_auth(value))
                    }
                    ProxyScheme::Socks5 => through.basic_auth(&name, &password),
                };
            }
            builder = builder.proxy(through);
        }
        builder.build().ok()
    }
}

/// Our resolver, for reqwest.
struct Shared(Arc<Resolver>);

impl Resolve for Shared {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = Arc::clone(&self.0);
        Box::pin(async move {
            let addresses = resolver.addresses(name.as_str()).await?;
            // Port 0: reqwest puts the URL's in its place.
            let addresses = addresses.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}
