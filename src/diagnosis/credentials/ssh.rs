//! `ssh-auth-failed` and `ssh-host-key`.

use crate::catalog::messages::read;
use crate::catalog::{Code, Location};
use crate::diagnosis::version_control::remote::{Failure, failures};
use crate::facts::Facts;
use crate::facts::credentials::{AgentState, SshHost, SshKey};
use crate::facts::version_control::GitTrouble;
use crate::model::situation::credentials::{Advice, Situation};
use crate::model::{Action, Confidence, Finding, Fix, Foreign, Place, Protection, Subject};

/// Looks at the repositories that ssh could not reach.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    for failure in failures(facts) {
        let known = ssh_host(facts, &failure.address.host);
        let finding = match failure.trouble {
            GitTrouble::KeyModes => open_key(&failure, known),
            GitTrouble::KeyRefused => refused(&failure, known),
            GitTrouble::HostKeyUnknown => host_unknown(&failure, known),
            GitTrouble::HostKeyChanged => host_changed(&failure, known),
            _ => continue,
        };
        findings.push(finding);
    }
}

fn ssh_host<'a>(facts: &'a Facts, host: &str) -> Option<&'a SshHost> {
    facts.credentials.get()?.ssh.iter().find(|known| known.host.as_str() == host)
}

fn new(code: Code, situation: Situation, failure: &Failure<'_>, known: Option<&SshHost>) -> Finding {
    let mut finding = failure.told(Finding::new(code, Subject::host(name(failure)), situation.into()));
    if let Some(user) = user(failure, known) {
        finding = finding.with("user", user.as_str());
    }
    finding
}

/// The host, with its port where that is not 22.
fn name(failure: &Failure<'_>) -> String {
    let address = &failure.address;
    if address.port == Some(22) { address.host.clone() } else { address.written() }
}

fn user(failure: &Failure<'_>, known: Option<&SshHost>) -> Option<Foreign> {
    // The gate for foreign text hides every user of a URL but `git`: ssh's own configuration names it.
    let named = failure.address.user.as_deref().filter(|user| *user != "REDACTED").map(Foreign::new);
    named.or_else(|| known.and_then(|known| known.user.clone()))
}

fn run(argv: &[&str]) -> Action {
    Action::Run { argv: argv.iter().map(|&word| word.to_owned()).collect() }
}

fn open_key(failure: &Failure<'_>, known: Option<&SshHost>) -> Finding {
    let named = read(failure.stderr)
        .filter(|message| message.format.id == "ssh/key-modes")
        .find_map(|message| message.get("path").map(Foreign::new));
    let seen = || known?.keys.iter().find(|key| key.open_to_others).map(|key| key.path.clone());
    let path = named.or_else(seen).unwrap_or_default();
    key_open(failure, known, path)
}

fn key_open(failure: &Failure<'_>, known: Option<&SshHost>, path: Foreign) -> Finding {
    let host = Foreign::from(name(failure));
    let situation = Situation::KeyOpen { host, path: path.clone() };
    let finding =
        new(Code::SshAuthFailed, situation, failure, known).located(Location::Local).with("path", path.as_str());
    let actions = match path.is_empty() {
        true => Vec::new(),
        false => vec![Action::RestrictMode { path: path.to_string() }],
    };
    finding.fix(Fix::safe(Advice::CloseKey { path }.into(), Place::System, actions))
}

/// Permission denied: what ssh had to offer tells why.
fn refused(failure: &Failure<'_>, known: Option<&SshHost>) -> Finding {
    let Some(ssh) = known else { return keys_refused(failure, None) };
    let agent_dead = ssh.agent == AgentState::Dead;
    if let AgentState::Keys { count: 1.. } | AgentState::NotAsked = ssh.agent {
        return keys_refused(failure, known);
    }
    let keys: Vec<&SshKey> = ssh.keys.iter().filter(|key| key.exists).collect();
    let usable = |key: &&SshKey| key.readable && !key.open_to_others;
    let usable: Vec<&SshKey> = keys.iter().copied().filter(usable).collect();
    match (keys.first(), usable.first()) {
        (None, _) => no_key(failure, ssh, agent_dead),
        (Some(key), None) if key.open_to_others => key_open(failure, known, key.path.clone()),
        (Some(key), None) => key_unreadable(failure, ssh, key),
        (_, Some(key)) if usable.iter().all(|key| key.encrypted == Some(true)) => {
            key_locked(failure, ssh, key, agent_dead)
        }
        _ => keys_refused(failure, known),
    }
}

fn no_key(failure: &Failure<'_>, ssh: &SshHost, agent_dead: bool) -> Finding {
    let host = Foreign::from(name(failure));
    let situation = Situation::NoKey { host: host.clone(), agent_dead };
    let mut finding = new(Code::SshAuthFailed, situation, failure, Some(ssh)).located(Location::Local);
    if agent_dead {
        finding = finding.fix(Fix::safe(Advice::StartAgent.into(), Place::System, Vec::new()));
    }
    let make = run(&["ssh-keygen", "-t", "ed25519"]);
    finding = finding.fix(Fix::safe(Advice::MakeKey { host }.into(), Place::System, vec![make]));
    without_ssh(finding, failure)
}

fn key_unreadable(failure: &Failure<'_>, ssh: &SshHost, key: &SshKey) -> Finding {
    let path = key.path.clone();
    let situation = Situation::KeyUnreadable { host: name(failure).into(), path: path.clone() };
    new(Code::SshAuthFailed, situation, failure, Some(ssh))
        .located(Location::Local)
        .with("path", path.as_str())
        .fix(Fix::safe(Advice::OpenKey { path }.into(), Place::System, Vec::new()))
}

fn key_locked(failure: &Failure<'_>, ssh: &SshHost, key: &SshKey, agent_dead: bool) -> Finding {
    let path = key.path.clone();
    let situation = Situation::KeyLocked { host: name(failure).into(), path: path.clone(), agent_dead };
    let finding = new(Code::SshAuthFailed, situation, failure, Some(ssh))
        .located(Location::Local)
        .with("path", path.as_str())
        // Since Go 1.25 ssh may ask for the passphrase, where there is a terminal.
        .confidence(Confidence::Likely);
    if agent_dead {
        return finding.fix(Fix::safe(Advice::StartAgent.into(), Place::System, Vec::new()));
    }
    let add = run(&["ssh-add", path.as_str()]);
    finding.fix(Fix::safe(Advice::AddKeyToAgent { path }.into(), Place::System, vec![add]))
}

fn keys_refused(failure: &Failure<'_>, known: Option<&SshHost>) -> Finding {
    let host = Foreign::from(name(failure));
    let user = user(failure, known);
    let usable = |key: &&SshKey| key.exists && key.readable && !key.open_to_others;
    let keys = known.map(|ssh| ssh.keys.iter().filter(usable).map(|key| key.path.clone()).collect());
    let in_agent = match known.map(|ssh| ssh.agent) {
        Some(AgentState::Keys { count }) => count,
        _ => 0,
    };
    let keys = keys.unwrap_or_default();
    let situation = Situation::KeysRefused { host: host.clone(), user: user.clone(), keys, in_agent };
    let mut finding = new(Code::SshAuthFailed, situation, failure, known);
    if let Some(user) = user.filter(|user| user.as_str() != "git") {
        finding = finding.fix(Fix::safe(Advice::LogInAsGit { user }.into(), Place::GitConfig, Vec::new()));
    }
    let register = Fix::safe(Advice::RegisterKey { host }.into(), Place::Elsewhere, Vec::new());
    without_ssh(finding.fix(register), failure)
}

/// Where a rewrite leads to ssh, https is a way too.
fn without_ssh(finding: Finding, failure: &Failure<'_>) -> Finding {
    if failure.remote.rewritten_by.is_none() {
        return finding;
    }
    finding.fix(Fix::safe(Advice::UseHttpsForGit.into(), Place::GitConfig, Vec::new()))
}

fn host_unknown(failure: &Failure<'_>, known: Option<&SshHost>) -> Finding {
    let host = Foreign::from(name(failure));
    let files = known.into_iter().flat_map(|ssh| &ssh.known_hosts).filter(|file| file.as_str() != "/dev/null");
    let files = files.cloned().collect();
    let situation = Situation::HostKeyUnknown { host: host.clone(), files };
    let mut argv = vec!["ssh".to_owned(), "-T".to_owned()];
    argv.extend(store(known));
    if let Some(port) = failure.address.port.filter(|port| *port != 22) {
        argv.extend(["-p".to_owned(), port.to_string()]);
    }
    let user = user(failure, known).unwrap_or_else(|| "git".into());
    argv.push(format!("{user}@{}", failure.address.host));
    let compare = Advice::CompareFingerprint { host: host.clone() };
    new(Code::SshHostKey, situation, failure, known)
        .fix(Fix::safe(compare.into(), Place::System, vec![Action::Run { argv }]))
        .fix(Fix::safe(Advice::KeepHostKeyInCi { host }.into(), Place::System, Vec::new()))
}

/// Where the key is to be stored, if not where ssh stores keys by itself. git may call ssh with settings of
/// its own (GIT_SSH_COMMAND), which ssh on its own does not have.
fn store(known: Option<&SshHost>) -> Option<String> {
    let file = known?.known_hosts.first()?.as_str();
    let usual = file.ends_with("/.ssh/known_hosts") || file.ends_with("\\.ssh\\known_hosts");
    // ssh takes a space for the end of the name.
    (!usual && file != "/dev/null" && !file.contains(char::is_whitespace))
        .then(|| format!("-oUserKnownHostsFile={file}"))
}

fn host_changed(failure: &Failure<'_>, known: Option<&SshHost>) -> Finding {
    let host = Foreign::from(name(failure));
    let offending = read(failure.stderr)
        .find(|message| message.format.id == "ssh/offending-key")
        .and_then(|message| Some((Foreign::new(message.get("path")?), message.get("line")?.parse::<usize>().ok()?)));
    let situation = Situation::HostKeyChanged { host: host.clone(), known: offending.clone() };
    let mut finding = new(Code::SshHostKey, situation, failure, known);
    if let Some((path, line)) = &offending {
        finding = finding.with("path", path.as_str()).with("line", *line);
    }
    let named = match failure.address.port.filter(|port| *port != 22) {
        Some(port) => format!("[{}]:{port}", failure.address.host),
        None => failure.address.host.clone(),
    };
    let mut argv = vec!["ssh-keygen", "-R", named.as_str()];
    if let Some((path, _)) = &offending {
        argv.extend(["-f", path.as_str()]);
    }
    let remove = run(&argv);
    finding.fix(Fix::safe(Advice::AskAboutHostKey { host: host.clone() }.into(), Place::Elsewhere, Vec::new())).fix(
        Fix::weakening(Advice::RemoveOldHostKey { host }.into(), Place::System, vec![remove])
            .removing(Protection::HostKey),
    )
}
