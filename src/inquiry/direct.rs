//! Modules that come straight from version control: their pages, repositories and credentials.

use std::collections::BTreeMap;

use super::modules::named;
use crate::facts::Facts;
use crate::facts::module_proxy::{WalkEnd, WhyAsked};
use crate::facts::question::Question;
use crate::facts::version_control::{Remote, RemoteResult, VanityResult};
use crate::golang::go_url::written_host;
use crate::golang::go_version::GoVersion;
use crate::golang::http_proxy::Target;
use crate::golang::module_path::{ModuleVersion, has_path_prefix};
use crate::golang::repo_path::{RepoPath, repo_path};

/// Repositories of one run.
const MAX_REPOSITORIES: usize = 20;

/// Vanity pages first, then repositories, then what go and git would send to their hosts.
pub fn questions(facts: &Facts, questions: &mut Vec<Question>) {
    let wanted = direct_modules(facts);
    let go = go_version(facts);
    let mut repositories: BTreeMap<(String, String), Vec<ModuleVersion>> = BTreeMap::new();
    for module in &wanted {
        match repo_path(&module.path, &go) {
            Ok(RepoPath::Host { url, vcs, .. }) => {
                repositories.entry((url, vcs.name().to_owned())).or_default().push(module.clone());
            }
            // go tries the schemes one after the other; https is the first that it takes.
            Ok(RepoPath::Suffix { repo, vcs, .. }) => {
                let url = format!("https://{repo}");
                repositories.entry((url, vcs.name().to_owned())).or_default().push(module.clone());
            }
            Ok(RepoPath::Vanity | RepoPath::VanityOr { .. }) => match vanity_root(facts, &module.path) {
                Some((url, vcs)) => repositories.entry((url, vcs)).or_default().push(module.clone()),
                None => questions.push(Question::Vanity { path: module.path.clone() }),
            },
            Err(_) => {}
        }
    }
    for ((url, vcs), modules) in repositories.into_iter().take(MAX_REPOSITORIES) {
        questions.push(Question::Remote { url, vcs, modules });
    }
    credentials(facts, questions);
}

/// Modules whose walk ended at `direct`. Those that only an import names come with the longest path
/// that may be their module.
fn direct_modules(facts: &Facts) -> Vec<ModuleVersion> {
    let walks = facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.walks);
    let mut modules: Vec<ModuleVersion> = Vec::new();
    let mut imports: BTreeMap<&str, &ModuleVersion> = BTreeMap::new();
    // A sample stands for modules that the cache has: no sync would go on to their repositories.
    for walk in walks.filter(|walk| walk.end == WalkEnd::Direct && walk.why != WhyAsked::Sample) {
        if let WhyAsked::Import { import, .. } = &walk.why {
            let longest = imports.entry(import.as_str()).or_insert(&walk.module);
            if walk.module.path.len() > longest.path.len() {
                *longest = &walk.module;
            }
        } else if !modules.contains(&walk.module) {
            modules.push(walk.module.clone());
        }
    }
    // An import that a module proxy serves a module for is none of ours.
    modules.extend(
        imports.into_iter().filter(|(import, _)| !is_served(facts, import)).map(|(import, _)| named(&import.into())),
    );
    modules
}

fn is_served(facts: &Facts, import: &str) -> bool {
    let served = facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.served_versions);
    served.into_iter().any(|module| module.version.is_empty() && has_path_prefix(import, &module.path))
}

/// The repository that a vanity page named for a path.
fn vanity_root(facts: &Facts, path: &str) -> Option<(String, String)> {
    let lookups = &facts.version_control.get()?.vanity;
    lookups.iter().find_map(|lookup| match &lookup.result {
        VanityResult::Found { prefix, vcs, root }
            if has_path_prefix(path, prefix.as_str()) && vcs.as_str() != "mod" =>
        {
            Some((root.to_string(), vcs.to_string()))
        }
        _ => None,
    })
}

/// What go and git would send to each host that wants a login or has refused one, and how ssh gets there.
fn credentials(facts: &Facts, questions: &mut Vec<Question>) {
    let entries = facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.entries);
    for entry in entries {
        if let Some(target) = Target::parse(entry.url.as_str()).filter(|target| target.scheme != "file") {
            let host = login_host(entry.url.as_str(), &target);
            questions.push(Question::Credential { host });
        }
    }
    for remote in facts.version_control.get().into_iter().flat_map(|version_control| &version_control.remotes) {
        let url = effective(remote);
        if is_ssh(url) {
            questions.push(Question::Ssh { url: url.to_owned() });
        } else if let Some(target) = Target::parse(url) {
            questions.push(Question::Credential { host: login_host(url, &target) });
        }
        if let RemoteResult::Failed { .. } = remote.result
            && let Some(target) = Target::parse(remote.url.as_str())
        {
            questions.push(Question::Credential { host: login_host(remote.url.as_str(), &target) });
        }
    }
}

fn effective(remote: &Remote) -> &str {
    remote.effective_url.as_ref().unwrap_or(&remote.url).as_str()
}

/// The host with its port where the URL writes one: so go compares it with netrc.
fn login_host(url: &str, target: &Target) -> String {
    written_host(url).filter(|host| !host.is_empty()).unwrap_or(&target.host).to_owned()
}

/// Whether git reaches a URL by ssh: `ssh://`, `git+ssh://` or `user@host:path`.
#[must_use]
pub fn is_ssh(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    match scheme {
        Some(scheme) => matches!(scheme, "ssh" | "git+ssh" | "ssh+git"),
        None => url.split_once(':').is_some_and(|(host, path)| !host.contains('/') && !path.is_empty()),
    }
}

fn go_version(facts: &Facts) -> GoVersion {
    let known = facts.environment.get().and_then(|settings| settings.environment.version.clone());
    known.unwrap_or_else(|| GoVersion::from_minor(27))
}
