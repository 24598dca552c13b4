//! Repositories, asked for their references as go asks them.

use std::time::Instant;

use super::attempt::{Outcome, Way, attempt};
use super::git_config::GitConfig;
use super::programs::program_id;
use super::references::Root;
use super::{configuration, settings};
use crate::facts::version_control::{GitTrouble, Remote, RemoteResult, VanityResult, VersionControlFacts};
use crate::facts::{Observation, Reason, State};
use crate::golang::go_version::GoVersion;
use crate::golang::govcs::denial;
use crate::golang::module_path::{ModuleVersion, has_path_prefix};
use crate::golang::repo_path::{RepoPath, Vcs, repo_path};
use crate::model::Foreign;
use crate::probe::{World, on_path};

/// Where a repository is rooted, and the URLs at which go looks for it.
struct Place {
    root: String,
    from_page: bool,
    urls: Vec<String>,
}

/// Asks a repository for its references, as go would: GOVCS first, then the URL, or each scheme in
/// turn where only a suffix such as `.git` says what it is.
pub async fn remote(
    world: &World,
    seen: Option<&VersionControlFacts>,
    url: &str,
    vcs: &str,
    modules: &[ModuleVersion],
) -> Remote {
    let config = configuration(world).await;
    let place = place(world, seen, config, url, modules);
    let observation = Observation::seen(format!("version-control/{}", Foreign::new(url)), url)
        .needing([program_id(if vcs.is_empty() { "git" } else { vcs })]);
    let remote = Remote {
        observation,
        modules: modules.to_vec(),
        url: Foreign::new(url),
        effective_url: None,
        rewritten_by: None,
        result: RemoteResult::NotAsked,
        lacks: Vec::new(),
        has: Vec::new(),
    };
    if let Some(error) = forbidden(world, vcs, &place.root) {
        return Remote { result: RemoteResult::Forbidden { error: Foreign::new(&error) }, ..remote };
    }
    if vcs != "git" {
        let reason = match on_path(vcs, &world.process) {
            Some(_) => Reason::Platform,
            None => Reason::ProgramMissing { program: vcs.to_owned() },
        };
        return skipped(remote, reason);
    }
    let Some(git) = on_path("git", &world.process) else {
        let way = Way::of(config, url);
        return skipped(along(remote, config, url, &way), Reason::ProgramMissing { program: "git".to_owned() });
    };
    let started = Instant::now();
    let mut first: Option<Remote> = None;
    for url in &place.urls {
        let way = Way::of(config, url);
        let outcome = attempt(world, config, &git, url, &way).await;
        let root = Root { path: &place.root, from_page: place.from_page };
        let mut asked = told(along(remote.clone(), config, url, &way), outcome, root);
        asked.observation = asked.observation.took(started.elapsed());
        if matches!(asked.result, RemoteResult::Answered { .. }) || !leads_on(&asked) {
            return first.filter(|_| !matches!(asked.result, RemoteResult::Answered { .. })).unwrap_or(asked);
        }
        first.get_or_insert(asked);
    }
    first.unwrap_or_else(|| skipped(remote, Reason::NotReached))
}

/// Whether go would try the next scheme, and whether that could come to something else.
fn leads_on(asked: &Remote) -> bool {
    match &asked.result {
        RemoteResult::Failed { trouble, .. } => !matches!(trouble, GitTrouble::TooOld | GitTrouble::BrokenConfig),
        _ => matches!(asked.observation.state, State::Inconclusive(_)),
    }
}

/// GOVCS' word, where it forbids the system.
fn forbidden(world: &World, vcs: &str, root: &str) -> Option<String> {
    let private = world.environment.goprivate().matches(root);
    match world.environment.govcs() {
        Err(problem) => Some(problem.to_string()),
        Ok(govcs) => (!govcs.allowed(vcs, root, private)).then(|| denial(vcs, root, private)),
    }
}

fn place(
    world: &World,
    seen: Option<&VersionControlFacts>,
    config: &GitConfig,
    url: &str,
    modules: &[ModuleVersion],
) -> Place {
    let go = world.environment.version.clone().unwrap_or_else(|| GoVersion::from_minor(27));
    let path = modules.first().map(|module| module.path.as_str()).unwrap_or_default();
    let only = |root: String, from_page| Place { root, from_page, urls: vec![url.to_owned()] };
    match repo_path(path, &go) {
        Ok(RepoPath::Host { root, .. }) => only(root, false),
        Ok(RepoPath::Suffix { root, vcs, repo }) => {
            let insecure = world.environment.goinsecure().matches(path);
            let allowed = world.variable("GIT_ALLOW_PROTOCOL").unwrap_or_default();
            let urls = urls(config, vcs, &repo, insecure, allowed);
            Place { root, from_page: false, urls: if urls.is_empty() { vec![url.to_owned()] } else { urls } }
        }
        _ => only(prefix(seen, url, path).unwrap_or_else(|| path.to_owned()), true),
    }
}

/// `git+ssh` is the same way as `ssh`, unless a rewrite is for one of them only.
fn urls(config: &GitConfig, vcs: Vcs, repo: &str, insecure: bool, allowed: &str) -> Vec<String> {
    let schemes = vcs.schemes(insecure, allowed);
    let same_way = |scheme: &str| {
        scheme == "git+ssh"
            && schemes.contains(&"ssh")
            && Way::of(config, &format!("git+ssh://{repo}")).rewritten.rule.is_none()
    };
    schemes.iter().filter(|scheme| !same_way(scheme)).map(|scheme| format!("{scheme}://{repo}")).collect()
}

/// The prefix that a page gave for this repository.
fn prefix(seen: Option<&VersionControlFacts>, url: &str, path: &str) -> Option<String> {
    seen?.vanity.iter().find_map(|lookup| match &lookup.result {
        VanityResult::Found { prefix, root, .. } if root.as_str() == url && has_path_prefix(path, prefix.as_str()) => {
            Some(prefix.to_string())
        }
        _ => None,
    })
}

/// The same with the URLs of this way.
fn along(mut remote: Remote, config: &GitConfig, url: &str, way: &Way) -> Remote {
    remote.url = Foreign::new(url);
    remote.observation = remote.observation.needing(way.needs());
    if let Some((to, from)) = &way.rewritten.rule {
        let (to, from) = (Foreign::new(to), Foreign::new(from));
        let rewrites = settings::rewrites(config);
        remote.effective_url = Some(Foreign::new(&way.rewritten.url));
        remote.rewritten_by =
            rewrites.iter().position(|rule| rule.to == to && rule.from == from && rule.origin.seen_by_go());
    }
    remote
}

fn skipped(mut remote: Remote, reason: Reason) -> Remote {
    remote.observation.state = State::Skipped(reason);
    remote
}

fn told(mut remote: Remote, outcome: Outcome, root: Root<'_>) -> Remote {
    match outcome {
        Outcome::Answered(references) => {
            remote.lacks = references.lacks(&remote.modules, root);
            remote.has = remote.lacks.iter().flat_map(|module| references.versions(&module.path, root)).collect();
            remote.result = RemoteResult::Answered { references: references.count };
        }
        Outcome::Failed { exit, trouble, stderr } => remote.result = RemoteResult::Failed { exit, trouble, stderr },
        Outcome::CutOff { after_ms, stderr } => {
            remote.observation.state = State::Inconclusive(Reason::CutOff { after_ms });
            remote.result = RemoteResult::Failed { exit: None, trouble: GitTrouble::Timeout, stderr };
        }
        Outcome::Skipped(reason) => remote.observation.state = State::Skipped(reason),
        Outcome::WithoutHelper => remote.observation.state = State::Inconclusive(Reason::HelperNotRun),
    }
    remote
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_tried_in_go_s_order() {
        let config = GitConfig::default();
        let of = |insecure, allowed| urls(&config, Vcs::Git, "h.x/r", insecure, allowed);
        assert_eq!(of(false, ""), ["https://h.x/r", "ssh://h.x/r"]);
        assert_eq!(of(true, ""), ["git://h.x/r", "https://h.x/r", "http://h.x/r", "ssh://h.x/r"]);
        assert_eq!(of(false, "git+ssh"), ["git+ssh://h.x/r"]);
    }
}
