//! Names to addresses, as git and as go see them.
//!
//! The go command that most people install is a static binary: it reads the hosts file and
//! resolv.conf itself and asks the servers named there, without the system's name service modules.
//! git, curl and a go that was built with cgo ask getaddrinfo. The two can disagree.

mod hosts_file;
mod message;
mod name_services;
mod resolv_conf;
mod servers;
mod system;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::{OnceCell, Semaphore};

use super::deadline::{Deadline, millis};
use super::limits::Limits;
use crate::model::transport::{DnsFailure, DnsOutcome, ServersDnsOutcome};

pub use hosts_file::HostsFile;
pub use resolv_conf::ResolvConf;

/// The most lookups that wait for getaddrinfo at once: each holds a thread.
const MAX_THREADS: usize = 16;

type Memory<T> = Mutex<HashMap<String, Arc<OnceCell<T>>>>;

/// Looks names up, each once a run.
#[derive(Debug)]
pub struct Resolver {
    deadline: Deadline,
    limits: Limits,
    hosts: HostsFile,
    /// None where go asks the system in any case (Windows).
    conf: Option<ResolvConf>,
    threads: Arc<Semaphore>,
    system: Memory<DnsOutcome>,
    servers: Memory<ServersDnsOutcome>,
}

impl Resolver {
    /// A resolver with this machine's hosts file, resolv.conf and nsswitch.conf.
    #[must_use]
    pub fn of_this_machine(deadline: Deadline, limits: Limits) -> Self {
        let mut conf = cfg!(unix).then(|| ResolvConf::read("/etc/resolv.conf".as_ref()));
        if let Some(conf) = conf.as_mut().filter(|_| name_services::know_files_only("/etc/nsswitch.conf".as_ref())) {
            conf.servers.clear();
        }
        Self::new(deadline, limits, HostsFile::read("/etc/hosts".as_ref()), conf)
    }

    /// A resolver that takes go's view from `hosts` and `conf`.
    #[must_use]
    pub fn new(deadline: Deadline, limits: Limits, hosts: HostsFile, conf: Option<ResolvConf>) -> Self {
        Self {
            deadline,
            limits,
            hosts,
            conf,
            threads: Arc::new(Semaphore::new(MAX_THREADS)),
            system: Memory::default(),
            servers: Memory::default(),
        }
    }

    /// What getaddrinfo says.
    pub async fn system(&self, host: &str) -> DnsOutcome {
        let cell = remembered(&self.system, host);
        cell.get_or_init(|| async {
            let started = Instant::now();
            let result = match checked(host) {
                Ok(()) => {
                    let lookup = system::lookup(host.to_owned(), Arc::clone(&self.threads));
                    self.deadline.limit(self.limits.dns, lookup).await.unwrap_or(Err(DnsFailure::CutOff))
                }
                Err(failure) => Err(failure),
            };
            let (addresses, error) = split(result);
            DnsOutcome { addresses, error, elapsed_ms: millis(started.elapsed()) }
        })
        .await
        .clone()
    }

    /// What the hosts file and the servers of resolv.conf say; none where go does not ask them.
    pub async fn servers(&self, host: &str) -> Option<ServersDnsOutcome> {
        let conf = self.conf.as_ref()?;
        let cell = remembered(&self.servers, host);
        let outcome = cell.get_or_init(|| async {
            let started = Instant::now();
            let mut outcome = if let Err(failure) = checked(host) {
                ServersDnsOutcome { error: Some(failure), ..ServersDnsOutcome::default() }
            } else if let Some(addresses) = self.hosts.addresses(host) {
                ServersDnsOutcome { addresses, from_hosts_file: true, ..ServersDnsOutcome::default() }
            } else {
                servers::lookup(conf, host, &self.deadline, self.limits.dns).await
            };
            outcome.elapsed_ms = millis(started.elapsed());
            outcome
        });
        Some(outcome.await.clone())
    }

    /// The addresses to connect to: getaddrinfo's, or, where it has none, those of go's own view.
    ///
    /// # Errors
    /// If there are none in either view: getaddrinfo's reason.
    pub async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, DnsFailure> {
        if let Ok(address) = host.trim_matches(['[', ']']).parse() {
            return Ok(vec![address]);
        }
        let system = self.system(host).await;
        match system.error {
            None => Ok(system.addresses),
            Some(failure) => match self.servers(host).await {
                Some(servers) if !servers.addresses.is_empty() => Ok(servers.addresses),
                _ => Err(failure),
            },
        }
    }
}

fn remembered<T>(memory: &Memory<T>, host: &str) -> Arc<OnceCell<T>> {
    let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(memory.entry(host.to_ascii_lowercase()).or_default())
}

fn split(result: Result<Vec<IpAddr>, DnsFailure>) -> (Vec<IpAddr>, Option<DnsFailure>) {
    match result {
        Ok(addresses) if addresses.is_empty() => (addresses, Some(DnsFailure::NoAddress)),
        Ok(addresses) => (addresses, None),
        Err(failure) => (Vec::new(), Some(failure)),
    }
}

/// Names that no resolver takes: go looks up whatever has sensible label lengths (RFC 1035).
fn checked(host: &str) -> Result<(), DnsFailure> {
    let name = host.strip_suffix('.').unwrap_or(host);
    let fits = !name.is_empty() && name.len() <= 253 && !name.contains('\0');
    let labels = name.split('.').all(|label| !label.is_empty() && label.len() <= 63);
    if fits && labels { Ok(()) } else { Err(DnsFailure::InvalidName) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn both_views_know_this_machine_and_no_invalid_name() {
        let deadline = Deadline::after(std::time::Duration::from_secs(60));
        let hosts = HostsFile::parse("127.0.0.1 localhost");
        let resolver = Resolver::new(deadline, Limits::default(), hosts, Some(ResolvConf::default()));
        let system = resolver.system("localhost").await;
        assert!(system.addresses.iter().all(IpAddr::is_loopback) && system.error.is_none(), "{system:?}");
        let servers = resolver.servers("LocalHost").await.unwrap();
        assert!(servers.from_hosts_file);
        for name in ["", "a..b", "a\0b", &"x".repeat(64), &"x.".repeat(200)] {
            assert_eq!(resolver.system(name).await.error, Some(DnsFailure::InvalidName), "{name:?}");
        }
        assert_eq!(resolver.addresses("[::1]").await.unwrap(), ["::1".parse::<IpAddr>().unwrap()]);
    }
}
