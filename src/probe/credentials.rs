//! Which credential go and git would use for a host.

use super::World;
use crate::facts::credentials::{
    AgentState, CredentialSource, CredentialsFacts, HostCredential, HostKeyState, SshHost,
};
use crate::facts::version_control::VersionControlFacts;
use crate::facts::{Observation, Reason};
use crate::model::Foreign;

/// The name of the observation about a host, given with its port as the URL has it.
#[must_use]
pub fn host_id(host: &str) -> String {
    format!("credentials/{host}")
}

/// Looks at the netrc file and GOAUTH.
#[must_use]
pub fn probe(_world: &World) -> CredentialsFacts {
    CredentialsFacts::default()
}

/// What go and git would send to a host.
pub async fn host(_world: &World, _seen: Option<&VersionControlFacts>, host: &str) -> HostCredential {
    HostCredential {
        observation: Observation::seen(host_id(host), host),
        host: Foreign::new(host),
        go: CredentialSource::NotAsked,
        git: CredentialSource::NotAsked,
        ineffective: Vec::new(),
    }
}

/// How ssh would reach the host of a URL.
pub async fn ssh(_world: &World, url: &str) -> SshHost {
    SshHost {
        observation: Observation::skipped(format!("credentials/ssh/{url}"), url, Reason::NotNeeded),
        host: Foreign::new(url),
        user: None,
        hostname: None,
        port: None,
        keys: Vec::new(),
        agent: AgentState::NotAsked,
        host_key: HostKeyState::NotAsked,
        known_hosts: Vec::new(),
    }
}
