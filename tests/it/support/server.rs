//! The lab's HTTP server, of which a test takes for granted that it can be started.

use std::net::TcpListener;
use std::sync::Arc;

use gomoddoc::lab;
pub use gomoddoc::lab::server::{
    Answer, Asked, Delivery, Log, OnAccept, Server, Site, Stop, Stopped, accept_all, stop, tokio_listener,
};
use tokio::runtime::Runtime;

use super::faults::Faults;

/// How a server is to be set up.
pub struct Plan(lab::server::Plan);

impl Plan {
    /// A plain HTTP server of a site in good health.
    pub fn new(site: impl Site) -> Self {
        Self(lab::server::Plan::new(site))
    }

    /// Adds faults; they spoil an answer in the order in which they were added.
    pub fn faults(self, faults: Faults) -> Self {
        Self(self.0.faults(faults))
    }

    /// Serves https.
    pub fn tls(self, config: Arc<rustls::ServerConfig>) -> Self {
        Self(self.0.tls(config))
    }

    /// What becomes of connections.
    pub fn on_accept(self, on_accept: OnAccept) -> Self {
        Self(self.0.on_accept(on_accept))
    }

    /// Starts on a port of 127.0.0.1 that the system chooses.
    pub fn start(self) -> Server {
        self.start_on(listener())
    }

    /// Serves on a listener that is bound already.
    pub fn start_on(self, listener: TcpListener) -> Server {
        Server::start(listener, self.0).expect("a server on loopback")
    }
}

/// A listener on a free port of 127.0.0.1.
pub fn listener() -> TcpListener {
    lab::server::listener(0).expect("a free port on loopback")
}

/// The threads that all servers share.
pub fn runtime() -> &'static Runtime {
    lab::server::runtime().expect("threads for the servers")
}
