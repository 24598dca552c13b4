//! Where the go command will look for a module, with what it would send along: nobody is asked.

use serde::Serialize;

use super::contacts::{host_port, rewritten, rule};
use crate::facts::Facts;
use crate::facts::credentials::{CredentialSource, SshHost};
use crate::facts::version_control::Rewrite;
use crate::golang::module_path::ModuleVersion;
use crate::golang::repo_path::Vcs;
use crate::golang::route::{ChecksumRoute, DirectRoute, Recorded, Route, StepProvider, VcsRoute, route};
use crate::model::Foreign;

/// The route of one module.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// The module; without a version where none was named.
    pub module: ModuleVersion,
    /// Whom go asks.
    pub route: Route,
    /// What is sent to each host that is asked over https, in the order of the steps.
    pub credentials: Vec<Credential>,
    /// The git repository of the `direct` step, as far as the path tells it.
    pub repository: Option<Repository>,
    /// Public hosts that learn a path which looks private. Empty for all others.
    pub leaves_to: Vec<Foreign>,
}

/// What is sent to a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// The host, with its port where the URL has one.
    pub host: Foreign,
    /// From where the credential comes. The credential itself is never told.
    pub source: CredentialSource,
}

/// A git repository and the way to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Repository {
    /// The URL that go hands to git.
    pub url: Foreign,
    /// The URL that git uses.
    pub effective_url: Foreign,
    /// The `insteadOf` that makes one of the other.
    pub rewrite: Option<Rewrite>,
    /// Whether git takes ssh.
    pub over_ssh: bool,
    /// How ssh would reach the host, where that was looked at.
    pub ssh: Option<SshHost>,
}

/// The route of `module`. `recorded` says what go.sum has of it. `None` where the settings are not known.
#[must_use]
pub fn tell(facts: &Facts, module: &ModuleVersion, recorded: Recorded) -> Option<Told> {
    let environment = &facts.environment.get()?.environment;
    let route = route(environment, &module.path, recorded);
    let rewrites = facts.version_control.get().map_or(&[][..], |git| &git.rewrites);
    let repository = route.direct.as_ref().and_then(|direct| repository(facts, direct, rewrites));
    let credentials = route.modules.steps.iter().filter_map(|step| match &step.provider {
        StepProvider::Proxy { host, .. } => Some(credential(facts, host, false)),
        StepProvider::Direct => direct_host(route.direct.as_ref()?, repository.as_ref())
            .map(|(host, by_git)| credential(facts, &host, by_git)),
        StepProvider::Folder { .. } | StepProvider::Off => None,
    });
    let credentials = credentials.collect();
    let private = facts.privacy(&module.path).is_some_and(|privacy| privacy.keep_in_house);
    let leaves_to = if private { public_hosts(&route) } else { Vec::new() };
    Some(Told { module: module.clone(), credentials, repository, leaves_to, route })
}

fn repository(facts: &Facts, direct: &DirectRoute, rewrites: &[Rewrite]) -> Option<Repository> {
    let VcsRoute::ByPath { vcs: Vcs::Git, url, .. } = &direct.repository else { return None };
    let url = if url.contains("://") { url.clone() } else { format!("https://{url}") };
    let effective = rewritten(&url, rewrites);
    let over_ssh = match effective.split_once("://") {
        Some((scheme, _)) => scheme.contains("ssh"),
        None => host_port(&effective).is_some(),
    };
    let host = host_port(&effective).map(|(host, _)| host);
    let known = facts.credentials.get().into_iter().flat_map(|credentials| &credentials.ssh);
    let ssh = known.into_iter().find(|known| over_ssh && Some(known.host.as_str()) == host.as_deref()).cloned();
    Some(Repository {
        rewrite: rule(&url, rewrites).cloned(),
        url: Foreign::new(&url),
        effective_url: Foreign::new(&effective),
        over_ssh,
        ssh,
    })
}

/// The host that a direct fetch speaks https with first, and whether it is git that does.
fn direct_host(direct: &DirectRoute, repository: Option<&Repository>) -> Option<(String, bool)> {
    match (&direct.repository, repository) {
        (VcsRoute::ByPage { host, .. }, _) => Some((host.clone(), false)),
        (_, Some(repository)) if repository.effective_url.as_str().starts_with("https://") => {
            let (host, port) = host_port(repository.effective_url.as_str())?;
            Some((if port == 443 { host } else { format!("{host}:{port}") }, true))
        }
        _ => None,
    }
}

fn credential(facts: &Facts, host: &str, by_git: bool) -> Credential {
    let known = facts.credentials.get().into_iter().flat_map(|credentials| &credentials.hosts);
    let found = known.into_iter().find(|known| known.host.as_str() == host);
    let source = found.map(|known| if by_git { known.git.clone() } else { known.go.clone() });
    Credential { host: Foreign::new(host), source: source.unwrap_or(CredentialSource::NotAsked) }
}

/// The public servers that are told the path.
fn public_hosts(route: &Route) -> Vec<Foreign> {
    let proxies = route.modules.steps.iter().filter_map(|step| match &step.provider {
        StepProvider::Proxy { host, public: true, .. } => Some(host.as_str()),
        _ => None,
    });
    let database = match &route.checksum {
        ChecksumRoute::Database(source) if source.public => Some(source.name.as_str()),
        _ => None,
    };
    proxies.chain(database).map(Foreign::new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::testing;

    fn told(process: &[(&str, &str)], module: &str) -> Told {
        let mut facts = testing::nothing();
        facts.environment = testing::environment("go1.26.1", process);
        tell(&facts, &ModuleVersion::new(module, "v1.0.0"), Recorded::No).unwrap()
    }

    fn leaves(process: &[(&str, &str)], module: &str) -> Vec<String> {
        told(process, module).leaves_to.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn only_a_private_looking_path_leaves_the_house() {
        let public = [("GOPROXY", "https://proxy.golang.org,direct"), ("GOSUMDB", "sum.golang.org")];
        assert_eq!(leaves(&public, "git.team.corp/a/b"), ["proxy.golang.org", "sum.golang.org"]);
        assert!(leaves(&public, "github.com/spf13/cobra").is_empty());
        let [proxy, database] = public;
        assert!(leaves(&[proxy, database, ("GOPRIVATE", "git.team.corp")], "git.team.corp/a/b").is_empty());
        let only_proxy = [proxy, database, ("GONOPROXY", "git.team.corp")];
        assert_eq!(leaves(&only_proxy, "git.team.corp/a/b"), ["sum.golang.org"]);
    }

    #[test]
    fn credentials_stand_in_the_order_of_the_steps() {
        let told = told(&[("GOPROXY", "https://u:S3cr3t@a.example:8443/x|direct")], "github.com/a/b");
        let hosts: Vec<&str> = told.credentials.iter().map(|credential| credential.host.as_str()).collect();
        assert_eq!(hosts, ["a.example:8443", "github.com"]);
        assert_eq!(told.repository.as_ref().unwrap().url.as_str(), "https://github.com/a/b");
        assert!(!serde_json::to_string(&told).unwrap().contains("S3cr3t"));
    }
}
