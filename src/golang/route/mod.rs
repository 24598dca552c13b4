//! The route of a module.

mod host_name;
mod privacy;
mod public_hosts;

pub use host_name::HostKind;
pub use privacy::{Privacy, PrivacyHints, PrivateReason, looks_private};
pub use public_hosts::{is_public_checksum_database, is_public_module_host, is_public_proxy};
