//! Whom go trusts: its trust roots, its way of judging a certificate, and TLS set up like its own.

mod certificate;
mod config;
mod roots;
mod verifier;

pub use config::{Handshake, TlsSetupError, client_config};
pub use roots::{RootPlaces, Roots};
pub(super) use verifier::trust_of;
