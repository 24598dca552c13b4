//! Where the go command will look for a module, with what it would send along: nobody is asked.

use schemars::JsonSchema;
use serde::Serialize;

use super::contacts::{host_port, rewritten, rule};
use crate::facts::Facts;
use crate::facts::credentials::{AgentState, CredentialSource, HostKeyState, SshHost};
use crate::facts::version_control::Rewrite;
use crate::golang::module_path::ModuleVersion;
use crate::golang::repo_path::Vcs;
use crate::golang::route::{
    ChecksumRoute, DirectRoute, PrivateReason, Recorded, Route, StepProvider, VcsDecision, VcsRoute, route,
};
use crate::model::Foreign;

/// The route of one module.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Told {
    /// The module; without a version where none was named.
    pub module: ModuleVersion,
    /// Whom go asks.
    pub route: Route,
    /// Whether go can ask nobody for the module, or can take no answer: GOPROXY or GOSUMDB is malformed, the
    /// path is none, or the only way is one that GOVCS does not allow.
    pub blocked: bool,
    /// What is sent to each host that is asked over https, in the order of the steps.
    pub credentials: Vec<Credential>,
    /// The git repository of the `direct` step, as far as the path tells it.
    pub repository: Option<Repository>,
    /// Public hosts that learn a path which looks private. Empty for all others.
    pub leaves_to: Vec<Foreign>,
    /// Why the path looks private. Empty where it does not, or is told to nobody.
    pub looks_private: Vec<PrivateReason>,
}

/// What is sent to a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Credential {
    /// The host, with its port where the URL has one.
    pub host: Foreign,
    /// From where the credential comes. The credential itself is never told.
    pub source: CredentialSource,
}

/// A git repository and the way to it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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
    pub ssh: Option<Ssh>,
}

/// How ssh reaches a host, after its configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Ssh {
    /// The user.
    pub user: Option<Foreign>,
    /// The host name.
    pub hostname: Option<Foreign>,
    /// The port.
    pub port: Option<u16>,
    /// The keys that exist and would be offered.
    pub keys: Vec<Key>,
    /// The agent.
    pub agent: AgentState,
    /// Whether the host's key is known.
    pub host_key: HostKeyState,
}

/// A key of ssh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Key {
    /// The file.
    pub path: Foreign,
    /// Whether others can read it, for which ssh refuses it.
    pub open_to_others: bool,
}

impl Ssh {
    fn of(host: &SshHost) -> Self {
        let there = host.keys.iter().filter(|key| key.exists);
        let keys = there.map(|key| Key { path: key.path.clone(), open_to_others: key.open_to_others });
        Self {
            user: host.user.clone(),
            hostname: host.hostname.clone(),
            port: host.port,
            keys: keys.collect(),
            agent: host.agent,
            host_key: host.host_key,
        }
    }
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
    let mut privacy = facts.privacy(&module.path).filter(|privacy| privacy.keep_in_house).unwrap_or_default();
    let leaves_to = if privacy.keep_in_house { public_hosts(&route) } else { Vec::new() };
    if leaves_to.is_empty() {
        privacy.reasons.clear();
    }
    // One list that lends its value to two variables is one reason.
    let mut looks_private: Vec<PrivateReason> = Vec::new();
    for reason in privacy.reasons {
        if !looks_private.contains(&reason) {
            looks_private.push(reason);
        }
    }
    let blocked = blocked(&route);
    Some(Told { module: module.clone(), blocked, credentials, repository, leaves_to, looks_private, route })
}

/// Whether go ends without having asked anybody, or can take no answer. A search that GOPROXY=off ends is
/// no mistake: the module cache may be all that is wanted.
fn blocked(route: &Route) -> bool {
    let steps = &route.modules.steps;
    let only_direct = !steps.is_empty() && steps.iter().all(|step| step.provider == StepProvider::Direct);
    let refused = route.direct.as_ref().is_some_and(|direct| match &direct.repository {
        VcsRoute::Refused { .. } => true,
        VcsRoute::ByPath { govcs, .. } => *govcs != VcsDecision::Allowed,
        // The page may name another version control system.
        VcsRoute::ByPage { govcs, .. } => matches!(govcs, VcsDecision::Malformed { .. }),
    });
    route.modules.none.is_some() || matches!(route.checksum, ChecksumRoute::Unusable { .. }) || (only_direct && refused)
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
    let ssh = known.into_iter().find(|known| over_ssh && Some(known.host.as_str()) == host.as_deref());
    Some(Repository {
        rewrite: rule(&url, rewrites).cloned(),
        url: Foreign::new(&url),
        effective_url: Foreign::new(&effective),
        over_ssh,
        ssh: ssh.map(Ssh::of),
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
        assert_eq!(
            told(&public, "git.team.corp/a/b").looks_private,
            [PrivateReason::Host(crate::golang::route::HostKind::Internal { suffix: "corp".into() })]
        );
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

    #[test]
    fn settings_that_stop_go_block_the_way() {
        for (process, module, blocked) in [
            (&[] as &[(&str, &str)], "github.com/a/b", false),
            (&[("GOPROXY", "foo")], "github.com/a/b", true),
            (&[("GOPROXY", "foo"), ("GOPRIVATE", "github.com/a")], "github.com/a/b", true),
            (&[("GOSUMDB", "no-such-key")], "github.com/a/b", true),
            (&[("GOSUMDB", "no-such-key"), ("GONOSUMDB", "github.com/a")], "github.com/a/b", false),
            (&[("GOPROXY", "off")], "github.com/a/b", false),
            (&[("GOPROXY", "direct"), ("GOVCS", "*:off")], "github.com/a/b", true),
            (&[("GOVCS", "*:off")], "github.com/a/b", false),
            (&[("GOPROXY", "direct"), ("GOVCS", "*:off")], "vanity.example/b", false),
            (&[("GOPROXY", "direct"), ("GOVCS", "nonsense")], "vanity.example/b", true),
        ] {
            assert_eq!(told(process, module).blocked, blocked, "{process:?} {module}");
        }
    }

    #[test]
    fn where_goproxy_is_set_is_told_unless_a_pattern_decides() {
        let decided = |process: &[(&str, &str)]| {
            let modules = told(process, "github.com/a/b").route.modules;
            modules.decided.map(|decision| (decision.text, decision.origin))
        };
        let default = decided(&[]).unwrap();
        assert_eq!(default.0, "https://proxy.golang.org,direct");
        assert_eq!(default.1, crate::golang::env::Origin::GorootFile { line: 1 });
        let set = decided(&[("GOPROXY", "https://u:S3cr3t@a.example")]).unwrap();
        assert_eq!(set.1, crate::golang::env::Origin::Process);
        assert!(!set.0.contains("S3cr3t"), "{}", set.0);
        assert_eq!(decided(&[("GOPRIVATE", "github.com/a")]), None);
    }
}
