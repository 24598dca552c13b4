//! What each host that a sync contacts answered, stage by stage.

use serde::{Deserialize, Serialize};

use super::{Observation, ObservationId, Observed};
use crate::model::Foreign;
use crate::model::transport::Stages;

/// The hosts, each once per port and way.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct EndpointFacts {
    /// One for each host and port.
    pub endpoints: Vec<Endpoint>,
}

impl EndpointFacts {
    /// The endpoint at `host` and `port`.
    #[must_use]
    pub fn at(&self, host: &str, port: u16) -> Option<&Endpoint> {
        self.endpoints.iter().find(|endpoint| endpoint.host.as_str() == host && endpoint.port == port)
    }

    /// Adds an endpoint, or its purposes where it is known already.
    pub fn add(&mut self, endpoint: Endpoint) {
        let known = self.endpoints.iter_mut().find(|known| known.host == endpoint.host && known.port == endpoint.port);
        match known {
            None => self.endpoints.push(endpoint),
            Some(known) => {
                for purpose in endpoint.purposes {
                    if !known.purposes.contains(&purpose) {
                        known.purposes.push(purpose);
                    }
                }
            }
        }
    }
}

/// A host and port that a sync contacts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Endpoint {
    /// The host name or address, without brackets.
    pub host: Foreign,
    /// The port.
    pub port: u16,
    /// What a sync wants of it.
    pub purposes: Vec<Purpose>,
    /// The variable that names the HTTP proxy on the way, as it is written there (`HTTPS_PROXY` or `https_proxy`).
    pub proxy_variable: Option<String>,
    /// One observation for each step, in the order in which they need each other.
    pub steps: Vec<(Step, Observation)>,
    /// What was seen at each step; `None` where none was made.
    pub stages: Option<Stages>,
}

impl Endpoint {
    /// The observation of a step.
    #[must_use]
    pub fn step(&self, step: Step) -> Option<&Observation> {
        self.steps.iter().find(|(at, _)| *at == step).map(|(_, observation)| observation)
    }
}

/// The name of the observation of a step: `endpoint/HOST:PORT/tls`.
#[must_use]
pub fn step_id(host: &str, port: u16, step: Step) -> ObservationId {
    let step = match step {
        Step::Dns => "dns",
        Step::Tcp => "tcp",
        Step::HttpProxy => "http-proxy",
        Step::Tls => "tls",
        Step::Http => "http",
    };
    format!("endpoint/{host}:{port}/{step}")
}

/// A step on the way to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Name resolution (of the HTTP proxy, where one stands in between).
    Dns,
    /// A connection (to the HTTP proxy, where one stands in between).
    Tcp,
    /// The HTTP proxy's part: its own TLS and the tunnel.
    HttpProxy,
    /// The handshake.
    Tls,
    /// One HTTP exchange.
    Http,
}

/// What a sync wants of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// An entry of GOPROXY.
    ModuleProxy,
    /// The checksum database, asked directly.
    ChecksumDatabase,
    /// The page of a custom import path.
    VanityHost,
    /// A git (or other) server.
    VersionControl,
    /// Where a module proxy redirects downloads to.
    Storage,
}

impl Observed for EndpointFacts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        for (_, observation) in self.endpoints.iter().flat_map(|endpoint| &endpoint.steps) {
            visit(observation);
        }
    }
}
