//! Modules that were named on the command line or by a log: whether such a path, version or revision
//! can be.

use super::imports::does_not_exist;
use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::module_proxy::{ModuleProxyFacts, Walk, WalkEnd, Want, WhyAsked};
use crate::facts::repository::{MainModule, NeededUpdate, RepositoryFacts};
use crate::facts::version_control::RemoteResult;
use crate::golang::module_path::{ModuleVersion, check_path, check_path_major, split_path_version};
use crate::golang::semver;
use crate::model::situation::module::{Advice, Situation};
use crate::model::{Confidence, Finding, Fix, Foreign, Place, Subject};

/// Looks at paths, at walks for revisions and at repositories.
pub(super) fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    findings.extend(facts.wishes.modules.iter().filter_map(bad_path));
    if let Some(proxies) = facts.module_proxy.get() {
        let logged = facts.transcript.get().into_iter().flat_map(|transcript| &transcript.culprits);
        let named = facts.wishes.modules.iter().chain(logged.map(|mention| &mention.what));
        findings.extend(named.filter_map(|module| no_versions(proxies, module)));
        let culprits = proxies.walks.iter().filter(|walk| walk.why == WhyAsked::Culprit && is_nowhere(walk));
        for walk in culprits {
            findings.extend(other_major(walk).or_else(|| no_revision(facts, proxies, walk)));
        }
    }
    revisions_of_repositories(facts, findings);
}

fn bad_path(module: &ModuleVersion) -> Option<Finding> {
    let error = check_path(&module.path).err()?;
    let path = Foreign::new(&module.path);
    let situation = Situation::BadPath { at: None, path: path.clone(), problem: Foreign::new(&error.to_string()) };
    let fix = Fix::safe(Advice::CorrectImport { import: path }.into(), Place::Shell, Vec::new());
    Some(Finding::new(Code::InvalidModulePath, Subject::module(&*module.path), situation.into()).fix(fix))
}

/// Whether every entry that go asks says that it does not exist.
fn is_nowhere(walk: &Walk) -> bool {
    walk.end == WalkEnd::Exhausted && !walk.hops.is_empty() && walk.hops.iter().all(does_not_exist)
}

fn finding(code: Code, walk: &Walk, situation: Situation) -> Finding {
    let module = &walk.module;
    let ids = || walk.hops.iter().map(|hop| hop.observation.id.as_str());
    let finding = Finding::new(code, Subject::module(module.to_string()), situation.into())
        .with("module", &*module.path)
        .with("version", &*module.version)
        // That no server has it follows from there being no such thing.
        .explaining(ids());
    walk.hops.iter().fold(finding, |finding, hop| {
        finding.about(&hop.observation.id).seen(&hop.observation.id, None, hop.url.as_str())
    })
}

/// `v2.0.0` of a path without `/v2`. Without a go.mod in the repository go would find `+incompatible`;
/// then a server has it.
fn other_major(walk: &Walk) -> Option<Finding> {
    let module = &walk.module;
    if walk.want != Want::Info || !semver::is_canonical_version(&module.version) {
        return None;
    }
    let (_, path_major) = split_path_version(&module.path)?;
    let error = check_path_major(&module.version, path_major).err()?;
    let situation = Situation::OtherMajor { module: module.clone(), expected: Foreign::new(&error.expected) };
    Some(finding(Code::InvalidVersion, walk, situation).fix(Fix::safe(
        Advice::MatchMajor.into(),
        Place::Repository,
        Vec::new(),
    )))
}

/// A branch, tag or commit of a module that a server knows.
fn no_revision(facts: &Facts, proxies: &ModuleProxyFacts, walk: &Walk) -> Option<Finding> {
    let module = &walk.module;
    if walk.want != Want::Info || semver::is_valid(&module.version) {
        return None;
    }
    let listed = ModuleVersion::new(&*module.path, "");
    if !proxies.served_versions.contains(&listed) {
        return None;
    }
    let situation = Situation::NoRevision { module: module.clone(), repository: None };
    let advice = Fix::safe(Advice::CheckRevision.into(), Place::Repository, Vec::new());
    let mut finding = finding(Code::UnknownRevision, walk, situation).fix(advice);
    // go resolves what go.mod asks for before it looks at anything else.
    for main in facts.repository.get().into_iter().flat_map(|repository| requirers(repository, module)) {
        finding = finding.with("path", main.file.as_str()).explaining([&main.observation.id]);
    }
    Some(finding)
}

/// The main modules, where one of their lines asks for the revision.
fn requirers<'a>(
    repository: &'a RepositoryFacts,
    module: &ModuleVersion,
) -> impl Iterator<Item = &'a MainModule> + use<'a> {
    let asked = repository
        .needs_update
        .iter()
        .any(|update| matches!(update, NeededUpdate::NotCanonical { required, .. } if required == module));
    repository.main_modules.iter().filter(move |_| asked)
}

/// A query that no version fits: the list of the module came, and is empty or ends below it.
fn no_versions(proxies: &ModuleProxyFacts, module: &ModuleVersion) -> Option<Finding> {
    if !proxies.served_versions.contains(&ModuleVersion::new(&*module.path, "")) {
        return None;
    }
    let highest = proxies.listed.iter().find(|highest| highest.path == module.path);
    let latest = proxies.walks.iter().find(|walk| walk.want == Want::Latest && walk.module.path == module.path);
    let confidence = match (module.version.as_str(), highest) {
        // Without a tag go takes the newest commit.
        ("" | "latest" | "upgrade" | "patch", None) if latest.is_some_and(is_nowhere) => Confidence::Confirmed,
        (query, highest) => {
            let least = query.trim_start_matches(['>', '=']);
            if semver::is_canonical_version(query) || !semver::is_valid(least) {
                return None;
            }
            match highest {
                None => Confidence::Confirmed,
                // A pre-release of the wanted version would fit as well.
                Some(highest) if semver::compare(&highest.version, least).is_lt() && !fits(highest, query) => {
                    Confidence::Likely
                }
                Some(_) => return None,
            }
        }
    };
    let shown = highest.map(|highest| Foreign::new(&highest.version));
    let situation = Situation::NoVersions { module: module.clone(), highest: shown };
    let ids = latest.into_iter().flat_map(|walk| &walk.hops).map(|hop| hop.observation.id.clone());
    let advice = Advice::NameRevision { path: Foreign::new(&module.path) };
    let finding = Finding::new(Code::NoMatchingVersions, Subject::module(module.to_string()), situation.into())
        .confidence(confidence)
        .explaining(ids)
        .with("module", &*module.path)
        .with("version", &*module.version)
        .fix(Fix::safe(advice.into(), Place::Repository, Vec::new()));
    Some(
        latest.into_iter().flat_map(|walk| &walk.hops).fold(finding, |finding, hop| finding.about(&hop.observation.id)),
    )
}

/// Whether a version is one of a prefix such as `v1` or `v1.2`.
fn fits(version: &ModuleVersion, query: &str) -> bool {
    version.version.strip_prefix(query).is_some_and(|rest| rest.starts_with('.'))
}

/// Repositories that answer, and have no tag or commit for a required version.
fn revisions_of_repositories(facts: &Facts, findings: &mut Vec<Finding>) {
    let remotes = facts.version_control.get().into_iter().flat_map(|version_control| &version_control.remotes);
    for remote in remotes.filter(|remote| matches!(remote.result, RemoteResult::Answered { .. })) {
        for module in &remote.lacks {
            let situation = Situation::NoRevision { module: module.clone(), repository: Some(remote.url.clone()) };
            let finding = Finding::new(Code::UnknownRevision, Subject::module(module.to_string()), situation.into())
                .about(&remote.observation.id)
                .with("module", &*module.path)
                .with("version", &*module.version)
                .with("url", remote.url.as_str())
                .fix(Fix::safe(Advice::CheckRevision.into(), Place::Repository, Vec::new()));
            findings.push(finding);
        }
    }
}
