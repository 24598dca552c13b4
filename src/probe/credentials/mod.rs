//! Which credential go and git would use for a host: never the credential itself.

use super::World;
use crate::facts::credentials::{CredentialsFacts, GoauthFacts, NetrcFacts, NetrcMachine};
use crate::facts::{Observation, Reason, State};
use crate::golang::goauth::Method;
use crate::golang::netrc::{Rules, paths};
use crate::model::Foreign;

mod goauth;
mod host;
mod of_git;
mod of_ssh;

pub use host::host;
pub use of_git::{ask_pass, netrc_for_git};
pub use of_ssh::ssh;

/// The name of the observation about a host, given with its port as the URL has it.
#[must_use]
pub fn host_id(host: &str) -> String {
    format!("credentials/{host}")
}

/// The name of the observation of ssh to a host, given without a port.
#[must_use]
pub fn ssh_id(host: &str) -> String {
    format!("credentials/ssh/{host}")
}

/// Looks at the netrc file and GOAUTH.
#[must_use]
pub fn probe(world: &World) -> CredentialsFacts {
    CredentialsFacts { netrc: netrc(world), goauth: goauth(world), hosts: Vec::new(), ssh: Vec::new() }
}

fn netrc(world: &World) -> Option<NetrcFacts> {
    let variable = world.variable("NETRC").filter(|path| !path.is_empty());
    let home = world.home().and_then(|home| home.to_str());
    let expected = paths(world.os, Rules::of(world.minor()), variable, home);
    let path = world.netrc.as_ref().map(|file| file.path.clone()).or_else(|| expected.first().cloned())?;
    let mut observation = Observation::seen("credentials/netrc", &path);
    let mut machines = Vec::new();
    match world.netrc.as_ref().map(|file| &file.content) {
        Some(Ok(content)) => machines.extend(content.machines.iter().map(|machine| NetrcMachine {
            line: machine.line,
            machine: Foreign::new(&machine.machine),
            login: machine.login,
            password: machine.password,
            read_by_go: machine.read_by_go,
            trouble: machine.trouble,
        })),
        Some(Err(error)) => {
            observation.state = State::Inconclusive(Reason::Unreadable {
                path: Foreign::new(&path),
                error: Foreign::new(&error.to_string()),
            });
        }
        None => {}
    }
    let beside = world.home().into_iter().flat_map(|home| [".netrc", "_netrc"].map(|name| home.join(name)));
    let elsewhere = beside.filter(|other| other.as_os_str() != path.as_str() && other.is_file());
    Some(NetrcFacts {
        observation,
        from_variable: variable.is_some(),
        exists: world.netrc.is_some(),
        machines,
        elsewhere: elsewhere.map(|other| Foreign::new(&other.display().to_string())).collect(),
        path: Foreign::new(&path),
    })
}

fn goauth(world: &World) -> Option<GoauthFacts> {
    let facts = |observation, error, has_command| GoauthFacts { observation, error, has_command, command_failed: None };
    let observation = Observation::seen("credentials/goauth", "GOAUTH");
    match world.environment.goauth() {
        Err(problem) => Some(facts(observation, Some(Foreign::new(&problem.to_string())), false)),
        Ok(methods) if methods == [Method::Netrc] => None,
        Ok(methods) => {
            let has_command =
                methods.iter().any(|method| matches!(method, Method::Git { .. } | Method::Command { .. }));
            let observation = match has_command && !world.wishes.run_helpers {
                true => Observation::skipped("credentials/goauth", "GOAUTH", Reason::HelperNotRun),
                false => observation,
            };
            Some(facts(observation, None, has_command))
        }
    }
}
