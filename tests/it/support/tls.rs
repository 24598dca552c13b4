//! The lab's certificates, of which a test takes for granted that they can be made.

use std::sync::Arc;

use gomoddoc::lab;
pub use gomoddoc::lab::tls::Flaw;
use rustls::ServerConfig;

/// A certificate authority.
pub struct Authority(lab::tls::Authority);

impl Authority {
    /// A new one with a key of its own.
    pub fn new() -> Self {
        Self(lab::tls::Authority::new().expect("an authority"))
    }

    /// What goes into the file that SSL_CERT_FILE names.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server for 127.0.0.1 and localhost.
    pub fn server(&self, flaw: Flaw) -> Arc<ServerConfig> {
        self.0.server(flaw).expect("a certificate")
    }

    /// A server for some host names.
    pub fn server_for(&self, names: &[&str], flaw: Flaw) -> Arc<ServerConfig> {
        self.0.server_for(names, flaw).expect("a certificate")
    }
}
