//! Which credential go and which git would use for each host: never the credential itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Observation, Observed};
use crate::golang::netrc::Trouble;
use crate::model::Foreign;

/// The credentials of this user, without secrets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CredentialsFacts {
    /// The netrc file that go reads.
    pub netrc: Option<NetrcFacts>,
    /// GOAUTH, where it is more than the default.
    pub goauth: Option<GoauthFacts>,
    /// What is sent to each host.
    pub hosts: Vec<HostCredential>,
    /// ssh to each host that git reaches by it.
    pub ssh: Vec<SshHost>,
}

impl CredentialsFacts {
    /// Adds ssh to a host; to one host there is one way, whatever the repository.
    pub fn add_ssh(&mut self, host: SshHost) {
        if !self.ssh.iter().any(|known| known.observation.id == host.observation.id) {
            self.ssh.push(host);
        }
    }
}

/// A netrc file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetrcFacts {
    /// The observation.
    pub observation: Observation,
    /// The file.
    pub path: Foreign,
    /// Whether NETRC names it; git does not look at that variable.
    pub from_variable: bool,
    /// Whether it exists.
    pub exists: bool,
    /// Its entries, with the reason where go does not use one.
    pub machines: Vec<NetrcMachine>,
    /// Another netrc that exists where go does not look, such as `_netrc` beside `.netrc`.
    pub elsewhere: Vec<Foreign>,
}

/// An entry of a netrc file, as a person reads it, without login and password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetrcMachine {
    /// The line of its `machine` or `default`, from 1.
    pub line: usize,
    /// The machine as written; empty for a default entry.
    pub machine: Foreign,
    /// Whether there is a login.
    pub login: bool,
    /// Whether there is a password.
    pub password: bool,
    /// Whether go takes it up as an entry at all.
    pub read_by_go: bool,
    /// Why go does not use it, or not as it was meant.
    pub trouble: Option<Trouble>,
}

/// GOAUTH.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoauthFacts {
    /// The observation; skipped where a command would have to run.
    pub observation: Observation,
    /// What is wrong with its form, in Go's words.
    pub error: Option<Foreign>,
    /// Whether it names a command, which was run or not.
    pub has_command: bool,
    /// How a command that was run failed.
    pub command_failed: Option<Foreign>,
}

/// The credentials for one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostCredential {
    /// `credentials/HOST`.
    pub observation: Observation,
    /// Host, with the port where the URL has one.
    pub host: Foreign,
    /// What go sends with its own requests.
    pub go: CredentialSource,
    /// What git sends with https requests.
    pub git: CredentialSource,
    /// Whether every credential helper that git would ask is named and not installed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub helper_missing: bool,
    /// Entries that look meant for this host and are not used by go: lines of the netrc file.
    pub ineffective: Vec<usize>,
}

/// Where a credential comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "source", rename_all = "kebab-case")]
pub enum CredentialSource {
    /// There is none.
    None,
    /// A line of a netrc file.
    Netrc {
        /// The file.
        path: Foreign,
        /// The line of its `machine`, from 1.
        line: usize,
    },
    /// The user part of the URL.
    Url,
    /// GOAUTH.
    Goauth,
    /// A credential helper of git, which was not asked unless `--run-helpers`.
    Helper {
        /// Its name, without arguments.
        name: Foreign,
    },
    /// `http.extraHeader` in git's configuration.
    ExtraHeader,
    /// There may be one, which was not looked at.
    NotAsked,
}

/// ssh to one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SshHost {
    /// `credentials/ssh/HOST`.
    pub observation: Observation,
    /// The host as the URL names it.
    pub host: Foreign,
    /// The user, after ssh's configuration.
    pub user: Option<Foreign>,
    /// The host name, after ssh's configuration.
    pub hostname: Option<Foreign>,
    /// The port, after ssh's configuration.
    pub port: Option<u16>,
    /// The keys that ssh would offer.
    pub keys: Vec<SshKey>,
    /// The agent.
    pub agent: AgentState,
    /// Whether the host's key is known.
    pub host_key: HostKeyState,
    /// The known_hosts files, in order.
    pub known_hosts: Vec<Foreign>,
}

/// A key file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SshKey {
    /// The file.
    pub path: Foreign,
    /// Whether it exists.
    pub exists: bool,
    /// Whether it can be read.
    pub readable: bool,
    /// Whether others can read it, for which ssh refuses it.
    pub open_to_others: bool,
    /// Whether a passphrase protects it; `None` where that cannot be told.
    pub encrypted: Option<bool>,
}

/// The ssh agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "agent", rename_all = "kebab-case")]
pub enum AgentState {
    /// None is named.
    None,
    /// One is named and does not answer.
    Dead,
    /// It holds keys.
    Keys {
        /// How many.
        count: usize,
    },
    /// It was not asked.
    NotAsked,
}

/// Whether a host's key is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HostKeyState {
    /// A line of known_hosts names the host.
    Known,
    /// None does.
    Unknown,
    /// It was not looked at.
    NotAsked,
}

impl Observed for CredentialsFacts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        self.netrc.iter().for_each(|netrc| visit(&netrc.observation));
        self.goauth.iter().for_each(|goauth| visit(&goauth.observation));
        self.hosts.iter().for_each(|host| visit(&host.observation));
        self.ssh.iter().for_each(|host| visit(&host.observation));
    }
}
