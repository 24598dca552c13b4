//! Which credential go and git would use for a host.

/// The name of the observation about a host, given with its port as the URL has it.
#[must_use]
pub fn host_id(host: &str) -> String {
    format!("credentials/{host}")
}
