//! The lab's HTTP proxy, of which a test takes for granted that it can be started.

use std::net::SocketAddr;

use gomoddoc::lab::http_proxy;
pub use gomoddoc::lab::http_proxy::{HttpProxy, Manner};

/// How an HTTP proxy is to be set up.
#[derive(Debug, Clone, Default)]
pub struct HttpProxyPlan(http_proxy::HttpProxyPlan);

impl HttpProxyPlan {
    /// One that behaves so.
    pub fn new(manner: Manner) -> Self {
        Self(http_proxy::HttpProxyPlan::new(manner))
    }

    /// `host:port` leads to this address; other names lead nowhere.
    pub fn host(self, name: &str, addr: SocketAddr) -> Self {
        Self(self.0.host(name, addr))
    }

    /// Starts on a free port of 127.0.0.1.
    pub fn start(self) -> HttpProxy {
        HttpProxy::start(super::server::listener(), self.0).expect("an HTTP proxy on loopback")
    }
}
