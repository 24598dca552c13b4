//! ssh to a host: user, port, keys, agent, and whether the host is known.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::ssh_id;
use crate::facts::credentials::{AgentState, HostKeyState, SshHost, SshKey};
use crate::facts::{Observation, Reason, State};
use crate::model::Foreign;
use crate::probe::ssh::{Resolved, SshCommand, SshTarget, inspect, known_hosts_files, resolve};
use crate::probe::version_control::{bare_environment, configuration};
use crate::probe::{World, on_path};
use crate::process::{Command, End};

/// Keys that ssh tries of its own accord, where they exist.
const USUAL: [&str; 7] = ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk", "id_xmss", "id_dsa"];
/// A file that is larger names more hosts than anybody knows.
const MAX_KNOWN_HOSTS: u64 = 8 << 20;

/// How ssh would reach the host of a URL. ssh itself is asked (`ssh -G`), unless that would run a
/// program of the user's.
pub async fn ssh(world: &World, url: &str) -> SshHost {
    let config = configuration(world).await;
    let Some(mut target) = SshTarget::parse(url) else { return unknown(url, Reason::NotNeeded) };
    if target.user.as_deref() == Some("REDACTED") {
        target.user = configured_user(config.entries.iter().filter_map(|entry| entry.within("url")), &target);
    }
    let command = SshCommand::of(world, config);
    if !command.is_openssh() {
        return unknown(&target.host, Reason::HelperNotRun);
    }
    let resolved = match resolve(world, &command, &target).await {
        Ok(resolved) => resolved,
        Err(reason) => return unknown(&target.host, reason),
    };
    let files: Vec<PathBuf> = ["userknownhostsfile", "globalknownhostsfile"]
        .iter()
        .flat_map(|key| known_hosts_files(&resolved, key))
        .collect();
    let (agent, host_key) = tokio::join!(agent(world, &resolved), host_key(world, &resolved, &files));
    let mut host = unknown(&target.host, Reason::NotNeeded);
    host.observation.state = State::Seen;
    SshHost {
        user: resolved.get("user").map(Foreign::new),
        hostname: resolved.get("hostname").map(Foreign::new),
        port: resolved.get("port").and_then(|port| port.parse().ok()),
        keys: keys(&resolved),
        agent,
        host_key,
        known_hosts: files.iter().map(|file| Foreign::new(&file.display().to_string())).collect(),
        ..host
    }
}

fn unknown(host: &str, reason: Reason) -> SshHost {
    SshHost {
        observation: Observation::skipped(ssh_id(host), host, reason)
            .needing([crate::probe::version_control::program_id("ssh")]),
        host: Foreign::new(host),
        user: None,
        hostname: None,
        port: None,
        keys: Vec::new(),
        agent: AgentState::NotAsked,
        host_key: HostKeyState::NotAsked,
        known_hosts: Vec::new(),
    }
}

/// The user that a rewrite names for the host: the facts do not show it, for it may be a token.
fn configured_user<'a>(urls: impl Iterator<Item = (&'a str, &'a str)>, target: &SshTarget) -> Option<String> {
    let named = urls.filter(|(_, name)| *name == "insteadof").filter_map(|(to, _)| SshTarget::parse(&format!("{to}x")));
    named.filter(|known| known.host == target.host && known.port == target.port).find_map(|known| known.user)
}

fn keys(resolved: &Resolved) -> Vec<SshKey> {
    let usual = |path: &Path| {
        let in_home = resolved.home.as_ref().is_some_and(|home| path.parent() == Some(&home.join(".ssh")));
        in_home && path.file_name().and_then(|name| name.to_str()).is_some_and(|name| USUAL.contains(&name))
    };
    let mut keys = Vec::new();
    for path in resolved.all("identityfile").filter(|name| *name != "none").filter_map(|name| resolved.path(name)) {
        let key = inspect(&path);
        if key.exists || !usual(&path) {
            keys.push(key);
        }
    }
    keys
}

/// The agent that ssh would ask, and how many keys it holds.
async fn agent(world: &World, resolved: &Resolved) -> AgentState {
    let variable = |name: &str| world.variable(name).filter(|value| !value.is_empty()).map(str::to_owned);
    let socket = match resolved.get("identityagent") {
        Some("none") => return AgentState::None,
        None | Some("SSH_AUTH_SOCK") => variable("SSH_AUTH_SOCK"),
        Some(named) => match named.strip_prefix('$') {
            Some(name) => variable(name.trim_matches(['{', '}'])),
            None => resolved.path(named).map(|path| path.display().to_string()),
        },
    };
    let Some(socket) = socket else { return AgentState::None };
    let Some(program) = on_path("ssh-add", &world.process) else { return AgentState::NotAsked };
    let limit = Duration::from_secs(3).min(world.deadline.remaining());
    let command = bare_environment(world, Command::new(program)).arg("-l").env("SSH_AUTH_SOCK", socket).limit(limit);
    let output = command.run().await;
    match output.end {
        End::Exited(0) => {
            AgentState::Keys { count: output.stdout.text().lines().filter(|line| !line.trim().is_empty()).count() }
        }
        // "The agent has no identities."
        End::Exited(1) => AgentState::Keys { count: 0 },
        End::Exited(2) | End::TimedOut => AgentState::Dead,
        _ => AgentState::NotAsked,
    }
}

/// Whether a line of known_hosts names the host, hashed or not.
async fn host_key(world: &World, resolved: &Resolved, files: &[PathBuf]) -> HostKeyState {
    let Some(program) = on_path("ssh-keygen", &world.process) else { return HostKeyState::NotAsked };
    let alias = resolved.get("hostkeyalias").filter(|alias| *alias != "none");
    let Some(host) = alias.or_else(|| resolved.get("hostname")) else { return HostKeyState::NotAsked };
    let mut names = vec![host.to_owned()];
    // ssh looks for the name with its port first, then for the name alone.
    match resolved.get("port") {
        Some(port) if port != "22" && alias.is_none() => names.insert(0, format!("[{host}]:{port}")),
        _ => {}
    }
    let small = |file: &Path| std::fs::metadata(file).is_ok_and(|seen| seen.is_file() && seen.len() <= MAX_KNOWN_HOSTS);
    for file in files.iter().filter(|file| small(file)) {
        for name in &names {
            let limit = Duration::from_secs(3).min(world.deadline.remaining());
            let command = bare_environment(world, Command::new(&program)).args(["-F", name.as_str(), "-f"]).arg(file);
            if command.limit(limit).run().await.succeeded() {
                return HostKeyState::Known;
            }
        }
    }
    HostKeyState::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_of_a_rewrite_is_found_by_its_host() {
        let target = SshTarget::parse("ssh://REDACTED@h:2222/x").unwrap();
        let urls = [("ssh://me@h:2222/", "insteadof"), ("ssh://you@h/", "insteadof")];
        assert_eq!(configured_user(urls.into_iter(), &target).as_deref(), Some("me"));
        assert_eq!(configured_user([].into_iter(), &target), None);
    }
}
