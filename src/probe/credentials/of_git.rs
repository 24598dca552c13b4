//! What git sends to a host over https.

use std::path::PathBuf;

use crate::disk::{Follow, read_capped};
use crate::facts::credentials::CredentialSource;
use crate::golang::netrc::{Netrc, Rules};
use crate::model::Foreign;
use crate::probe::World;
use crate::probe::version_control::{GitConfig, has_login, helper_for, leads_to};

const MAX_NETRC: u64 = 4 << 20;

/// Where git's credential comes from: the URL after rewrites, a header, netrc, a helper.
pub fn source(world: &World, config: &GitConfig, host: &str) -> CredentialSource {
    let visible = || config.entries.iter().filter(|entry| entry.seen_by_go());
    let in_url = visible().any(|entry| {
        entry.within("url").is_some_and(|(to, name)| {
            name == "insteadof" && has_login(to) && (leads_to(to, "https", host) || leads_to(to, "http", host))
        })
    });
    if in_url {
        return CredentialSource::Url;
    }
    let in_header = visible().any(|entry| {
        entry.within("http").is_some_and(|(url, name)| {
            let name_of_header = entry.value().split(':').next().unwrap_or_default().trim();
            name == "extraheader"
                && name_of_header.eq_ignore_ascii_case("authorization")
                && (url.is_empty() || leads_to(url, "https", host))
        })
    });
    if in_header {
        return CredentialSource::ExtraHeader;
    }
    let name = host.rsplit_once(':').filter(|(_, port)| !port.ends_with(']')).map_or(host, |(name, _)| name);
    if let Some((path, line)) = netrc_for_git(world, name.trim_matches(['[', ']'])) {
        return CredentialSource::Netrc { path: Foreign::new(&path), line };
    }
    match helper_for(config, "https", host).or_else(|| ask_pass(world, config)) {
        Some(name) => CredentialSource::Helper { name: Foreign::new(&name) },
        None => CredentialSource::None,
    }
}

/// The program that git asks for a login where no helper knows one: `GIT_ASKPASS`,
/// `core.askPass`, `SSH_ASKPASS`. The first that is set counts, also if set to nothing.
#[must_use]
pub fn ask_pass(world: &World, config: &GitConfig) -> Option<String> {
    let set = world.variable("GIT_ASKPASS").or_else(|| config.last("core.askpass"));
    let program = set.or_else(|| world.variable("SSH_ASKPASS")).filter(|program| !program.trim().is_empty())?;
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
    Some(name.split_whitespace().next().unwrap_or(name).to_owned())
}

/// The line of the netrc file that curl, and so git, uses for a host (without port). It is the one
/// in the home folder: git does not look at NETRC.
#[must_use]
pub fn netrc_for_git(world: &World, host: &str) -> Option<(String, usize)> {
    let home = world.home()?;
    let names: &[&str] = if cfg!(windows) { &["_netrc", ".netrc"] } else { &[".netrc"] };
    let path: PathBuf = names.iter().map(|name| home.join(name)).find(|path| path.is_file())?;
    let content = read_capped(&path, MAX_NETRC, Follow::Yes).ok()?;
    let netrc = Netrc::parse(&content, Rules::of(world.minor()));
    let entry = netrc.for_curl(host).filter(|entry| entry.login.is_some() || entry.password.is_some())?;
    Some((path.display().to_string(), entry.line))
}
