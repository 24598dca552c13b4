//! What is known of the hosts in this run: how many requests are in flight, who asked for a pause,
//! to whom a proxy opens a tunnel.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::MAX_IN_FLIGHT;
use super::pace::{Bucket, Pace};
use crate::model::transport::TransportError;
use crate::net::http_proxy::HttpProxy;
use crate::net::prober::{Prober, Target, Until, host_key};

#[derive(Debug, Default)]
pub(super) struct Hosts {
    hosts: Mutex<HashMap<String, Arc<Host>>>,
    pace: Option<Pace>,
    /// Whether a 429 ends nothing.
    pauses_elsewhere: bool,
    tunnels: Mutex<HashMap<(String, String), Tunnel>>,
}

type Tunnel = Arc<OnceCell<Result<(), TransportError>>>;

#[derive(Debug)]
pub(super) struct Host {
    in_flight: Arc<Semaphore>,
    bucket: Option<Bucket>,
    pauses_elsewhere: bool,
    rate_limited: AtomicBool,
    answered: AtomicBool,
}

impl Hosts {
    /// Hosts of which none is asked faster than `pace`.
    pub(super) fn paced(pace: Pace) -> Self {
        Self { pace: Some(pace), ..Self::default() }
    }

    /// The same, but a 429 ends nothing.
    pub(super) fn pausing_elsewhere(mut self) -> Self {
        self.pauses_elsewhere = true;
        self
    }

    /// The host with this `host:port`.
    pub(super) fn of(&self, key: &str) -> Arc<Host> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || {
            let in_flight = Arc::new(Semaphore::new(MAX_IN_FLIGHT));
            let bucket = self.pace.map(Bucket::new);
            Arc::new(Host {
                in_flight,
                bucket,
                pauses_elsewhere: self.pauses_elsewhere,
                rate_limited: AtomicBool::new(false),
                answered: AtomicBool::new(false),
            })
        };
        Arc::clone(hosts.entry(key.to_ascii_lowercase()).or_insert_with(fresh))
    }

    /// Whether the proxy opens a tunnel to the URL's host: asked once.
    pub(super) async fn tunnel(&self, prober: &Prober, proxy: &HttpProxy, url: &Url) -> Result<(), TransportError> {
        let cell = {
            let mut tunnels = self.tunnels.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(tunnels.entry((proxy.url(), host_key(url))).or_default())
        };
        let asking = || async {
            let target = Target { proxy: Some(proxy.clone()), until: Until::Connected, ..Target::new(url.clone()) };
            prober.reach(&target).await
        };
        cell.get_or_init(asking).await.clone()
    }
}

impl Host {
    /// Leave to send a request, once fewer than the limit are in flight. None: the host asked for a
    /// pause.
    pub(super) async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        if self.is_rate_limited() {
            return None;
        }
        let permit = Arc::clone(&self.in_flight).acquire_owned().await.ok();
        if let Some(bucket) = &self.bucket {
            bucket.take().await;
        }
        permit.filter(|_| !self.is_rate_limited())
    }

    pub(super) fn note_answer(&self) {
        self.answered.store(true, Ordering::Relaxed);
    }

    pub(super) fn has_answered(&self) -> bool {
        self.answered.load(Ordering::Relaxed)
    }

    pub(super) fn rate_limit(&self) {
        self.rate_limited.store(!self.pauses_elsewhere, Ordering::Relaxed);
    }

    pub(super) fn is_rate_limited(&self) -> bool {
        self.rate_limited.load(Ordering::Relaxed)
    }
}
