//! `repository-not-found`, `vcs-server-error`, `git-unsafe-repository` and `vcs-failed`.

use super::hidden::may_not_exist;
use super::remote::{Failure, failures};
use super::rewrite::rule_of;
use super::{by_people, run};
use crate::catalog::messages::{deciding, read};
use crate::catalog::{Code, Location};
use crate::diagnosis::credentials::ways_in;
use crate::facts::Facts;
use crate::facts::version_control::{GitTrouble, VanityResult};
use crate::model::situation::version_control::{Advice, Situation};
use crate::model::{Action, Confidence, Finding, Fix, Foreign, Place, Protection, Subject, SubjectKind};

/// Looks at what git servers say of repositories.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    for failure in failures(facts) {
        let finding = match failure.trouble {
            GitTrouble::NotFound => not_found(facts, &failure),
            GitTrouble::LoginWanted if may_not_exist(facts, &failure) => perhaps_absent(facts, &failure),
            GitTrouble::ServerError => server_fault(&failure),
            GitTrouble::RateLimited => too_many(&failure),
            GitTrouble::UnsafeRepository => unsafe_repository(&failure),
            GitTrouble::NotGit => not_git(&failure),
            GitTrouble::ProtocolNotSupported if !is_forbidden(&failure) => protocol_unknown(&failure),
            GitTrouble::Other => other(&failure),
            _ => continue,
        };
        findings.push(failure.told(finding));
    }
}

fn by_url(code: Code, failure: &Failure<'_>, situation: Situation) -> Finding {
    Finding::new(code, Subject::new(SubjectKind::Url, failure.url()), situation.into())
}

fn host(failure: &Failure<'_>) -> Foreign {
    failure.address.written().into()
}

fn not_found(facts: &Facts, failure: &Failure<'_>) -> Finding {
    let path = failure.module().map(Foreign::new);
    if let Some(path) = path.clone().filter(|path| is_cut(facts, failure, path.as_str())) {
        let situation = Situation::SubgroupCut { url: failure.url().into(), path };
        return by_url(Code::RepositoryNotFound, failure, situation)
            .confidence(Confidence::Likely)
            .located(Location::Local)
            .fix(by_people(Advice::LogInToPage { host: host(failure) }, Place::System))
            .fix(by_people(Advice::UsePathWithGit, Place::Repository));
    }
    let login = failure.address.is_ssh() || failure.address.user.is_some() || sends_login(facts, failure);
    let rule = rule_of(facts, failure.remote);
    let situation = Situation::NotFound { url: failure.url().into(), login, rule: rule.clone() };
    let mut finding = by_url(Code::RepositoryNotFound, failure, situation);
    if let Some(path) = path {
        finding = finding.fix(by_people(Advice::CheckPath { path }, Place::Repository));
    }
    if let Some(rule) = rule {
        finding = finding.fix(by_people(Advice::RemoveRule { rule }, Place::GitConfig));
    }
    if login {
        return finding.fix(by_people(Advice::AskForAccess { host: host(failure) }, Place::Elsewhere));
    }
    finding.fix(by_people(Advice::LogInIfPrivate { host: host(failure) }, Place::System))
}

/// Whether a page that was read without a login named only the first two elements of a longer path.
/// GitLab does so for subgroups.
fn is_cut(facts: &Facts, failure: &Failure<'_>, path: &str) -> bool {
    let lookups = facts.version_control.get().into_iter().flat_map(|version_control| &version_control.vanity);
    lookups.into_iter().any(|lookup| match &lookup.result {
        VanityResult::Found { prefix, root, .. } => {
            *root == failure.remote.url
                && prefix.as_str().split('/').count() == 3
                && path.split('/').count() > 3
                && crate::golang::module_path::has_path_prefix(path, prefix.as_str())
        }
        _ => false,
    })
}

fn sends_login(facts: &Facts, failure: &Failure<'_>) -> bool {
    use crate::facts::credentials::CredentialSource::{None, NotAsked};
    let host = failure.address.written();
    let hosts = facts.credentials.get().into_iter().flat_map(|credentials| &credentials.hosts);
    hosts.into_iter().any(|known| known.host.as_str() == host && !matches!(known.git, None | NotAsked))
}

fn perhaps_absent(facts: &Facts, failure: &Failure<'_>) -> Finding {
    let path = Foreign::new(failure.module().unwrap_or_default());
    let situation = Situation::PerhapsAbsent { host: host(failure), path: path.clone() };
    let finding = by_url(Code::RepositoryNotFound, failure, situation)
        .confidence(Confidence::Likely)
        .fix(by_people(Advice::CheckPath { path }, Place::Repository));
    ways_in(facts, finding, failure)
}

fn server_fault(failure: &Failure<'_>) -> Finding {
    let status = read(failure.stderr).find_map(|message| message.get("status").and_then(|status| status.parse().ok()));
    let situation = Situation::ServerFault { host: host(failure), status };
    let finding = Finding::new(Code::VcsServerError, Subject::host(host(failure).as_str()), situation.into())
        .fix(by_people(Advice::RetryLater, Place::Repository))
        .fix(by_people(Advice::TellOperator { host: host(failure) }, Place::Elsewhere));
    match status {
        Some(status) => finding.with("status", status),
        None => finding,
    }
}

fn too_many(failure: &Failure<'_>) -> Finding {
    let situation = Situation::TooManyRequests { host: host(failure) };
    Finding::new(Code::VcsFailed, Subject::host(host(failure).as_str()), situation.into())
        .with("status", 429)
        .retryable(true)
        .fix(by_people(Advice::RetryLater, Place::Repository))
        .fix(by_people(Advice::LogInIfPrivate { host: host(failure) }, Place::System))
}

fn unsafe_repository(failure: &Failure<'_>) -> Finding {
    let named = read(failure.stderr).find(|message| message.format.id == "git/dubious-ownership");
    let path = Foreign::new(named.and_then(|message| message.get("path")).unwrap_or(failure.url()));
    let situation = Situation::UnsafeRepository { path: path.clone() };
    let trust = run(&["git", "config", "--global", "--add", "safe.directory", path.as_str()]);
    Finding::new(Code::GitUnsafeRepository, Subject::new(SubjectKind::Directory, path.as_str()), situation.into())
        .with("path", path.as_str())
        .fix(by_people(Advice::OwnRepository { path: path.clone() }, Place::System))
        .fix(
            Fix::weakening(Advice::TrustRepository { path }.into(), Place::GitConfig, vec![trust])
                .removing(Protection::Ownership),
        )
}

/// The command that asks the server by hand.
fn by_hand(failure: &Failure<'_>) -> Fix {
    let ask: Action = run(&["git", "ls-remote", failure.remote.url.as_str()]);
    Fix::safe(Advice::AskByHand.into(), Place::Repository, vec![ask])
}

fn not_git(failure: &Failure<'_>) -> Finding {
    by_url(Code::VcsFailed, failure, Situation::NotGit { url: failure.url().into() })
        .retryable(false)
        .fix(by_hand(failure))
        .fix(by_people(Advice::TellOperator { host: host(failure) }, Place::Elsewhere))
}

fn is_forbidden(failure: &Failure<'_>) -> bool {
    deciding(failure.stderr).is_some_and(|(_, message)| message.format.id == "git/protocol-not-allowed")
}

/// git has lost its helper for https, or the scheme is none that git knows.
fn protocol_unknown(failure: &Failure<'_>) -> Finding {
    let scheme = Foreign::from(failure.address.scheme.as_str());
    let situation = Situation::ProtocolUnknown { scheme, url: failure.url().into() };
    let finding = by_url(Code::VcsFailed, failure, situation).located(Location::Local).retryable(false);
    if failure.address.is_http() {
        finding.fix(by_people(Advice::UpgradeGit, Place::System))
    } else {
        finding.fix(by_hand(failure))
    }
}

fn other(failure: &Failure<'_>) -> Finding {
    let situation = Situation::GitFails { url: failure.url().into(), line: failure.line().into() };
    let finding = by_url(Code::VcsFailed, failure, situation).retryable(false).fix(by_hand(failure));
    match failure.exit {
        Some(exit) => finding.with("exit", exit),
        None => finding,
    }
}
