//! What go and git send to one host.

use super::goauth::{Has, has};
use super::{host_id, of_git};
use crate::facts::credentials::{CredentialSource, HostCredential};
use crate::facts::version_control::VersionControlFacts;
use crate::facts::{Observation, Reason, State};
use crate::golang::goauth::Method;
use crate::golang::goproxy::{Provider, ProxyUrl};
use crate::golang::netrc::Netrc;
use crate::model::Foreign;
use crate::probe::World;
use crate::probe::version_control::{configuration, helper_is_missing, helpers_for};

/// What go and git would send to a host, given with its port where the URL has one.
pub async fn host(world: &World, _seen: Option<&VersionControlFacts>, host: &str) -> HostCredential {
    let config = configuration(world).await;
    let entry = entry_of(world, host);
    let (go, state) = go(world, entry, host).await;
    let ineffective = match (&go, content(world)) {
        (CredentialSource::Netrc { .. }, _) | (_, None) => Vec::new(),
        (_, Some(netrc)) => meant_for(netrc, host),
    };
    let mut observation = Observation::seen(host_id(host), host);
    observation.state = state;
    let git = of_git::source(world, config, host);
    let helpers = helpers_for(config, "https", host);
    let helper_missing = matches!(git, CredentialSource::Helper { .. })
        && !helpers.is_empty()
        && helpers.iter().all(|helper| helper_is_missing(world, helper));
    HostCredential { observation, host: Foreign::new(host), go, git, helper_missing, ineffective }
}

fn content(world: &World) -> Option<&Netrc> {
    world.netrc.as_ref()?.content.as_ref().ok()
}

/// The entry of GOPROXY on a host.
fn entry_of<'a>(world: &'a World, host: &str) -> Option<&'a ProxyUrl> {
    let entries = world.providers.iter().flat_map(|list| &list.entries);
    entries.into_iter().find_map(|entry| match &entry.provider {
        Provider::Proxy(proxy) if proxy.url().host == host => Some(proxy),
        _ => None,
    })
}

async fn go(world: &World, entry: Option<&ProxyUrl>, host: &str) -> (CredentialSource, State) {
    let of_url = entry.is_some_and(|entry| entry.user().is_some_and(|user| user.password().is_some()));
    let base = entry.map_or_else(|| format!("https://{host}/"), |entry| entry.url().without_user());
    // Since Go 1.24 a login in the URL comes before all others.
    if of_url && world.minor() >= 24 {
        return (CredentialSource::Url, State::Seen);
    }
    let mut unknown = false;
    for method in world.environment.goauth().unwrap_or_default() {
        if method == Method::Netrc {
            if let Some(line) = netrc_line(world, &base) {
                return (line, State::Seen);
            }
            continue;
        }
        match has(world, &method, &base).await {
            Has::Yes => return (CredentialSource::Goauth, State::Seen),
            Has::No => {}
            Has::NotAsked => unknown = true,
        }
    }
    match (of_url, unknown) {
        (true, _) => (CredentialSource::Url, State::Seen),
        (false, true) => (CredentialSource::NotAsked, State::Inconclusive(Reason::HelperNotRun)),
        (false, false) => (CredentialSource::None, State::Seen),
    }
}

fn netrc_line(world: &World, url: &str) -> Option<CredentialSource> {
    let file = world.netrc.as_ref()?;
    let entry = file.content.as_ref().ok()?.for_go(url)?;
    Some(CredentialSource::Netrc { path: Foreign::new(&file.path), line: entry.line })
}

/// The lines that a person may have meant for a host: the same name, whatever scheme, port, path,
/// case and quotes; or a default entry.
fn meant_for(netrc: &Netrc, host: &str) -> Vec<usize> {
    let name = bare(host);
    netrc
        .machines
        .iter()
        .filter(|machine| machine.machine.is_empty() || bare(&machine.machine) == name)
        .map(|machine| machine.line)
        .collect()
}

fn bare(machine: &str) -> String {
    let machine = machine.trim_matches(['"', '\'']);
    let rest = machine.split_once("://").map_or(machine, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let named = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match named.rsplit_once(':') {
        Some((host, port)) if port.chars().all(|c| c.is_ascii_digit()) && !host.ends_with(':') => host,
        _ => named,
    };
    host.trim_matches(['[', ']']).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golang::netrc::Rules;

    #[test]
    fn lines_meant_for_a_host() {
        let text = "machine Git.Corp.Example:8443 login u password p\nmachine https://git.corp.example/x login u password p\n\
                    machine other.example login u password p\nmachine \"git.corp.example\" login u password p\n\
                    default login u password p\n";
        let netrc = Netrc::parse(text.as_bytes(), Rules::From1_25);
        assert_eq!(meant_for(&netrc, "git.corp.example"), [1, 2, 4, 5]);
        assert_eq!(meant_for(&netrc, "git.corp.example:443"), [1, 2, 4, 5]);
        assert_eq!(meant_for(&netrc, "third.example"), [5]);
    }
}
