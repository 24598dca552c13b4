//! `git-auth-required` and `git-auth-failed`: https and its logins.

use super::host_credential;
use crate::catalog::Code;
use crate::catalog::messages::read;
use crate::diagnosis::version_control::hidden::may_not_exist;
use crate::diagnosis::version_control::remote::{Failure, failures};
use crate::facts::Facts;
use crate::facts::credentials::CredentialSource;
use crate::facts::version_control::GitTrouble;
use crate::golang::route::is_public_module_host;
use crate::model::situation::credentials::{Advice, LoginFrom, Situation};
use crate::model::{Action, Confidence, Finding, Fix, Foreign, Place, Subject};

/// Looks at the repositories that git could not ask for want of a login, or in spite of one.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    for failure in failures(facts).filter(|failure| failure.address.is_http()) {
        let finding = match failure.trouble {
            // A public forge says the same of a repository that does not exist.
            GitTrouble::LoginWanted if may_not_exist(facts, &failure) => continue,
            GitTrouble::LoginWanted => wanted(facts, &failure),
            GitTrouble::LoginRefused => refused(facts, &failure),
            GitTrouble::Forbidden => forbidden(facts, &failure),
            _ => continue,
        };
        findings.push(finding);
    }
}

fn wanted(facts: &Facts, failure: &Failure<'_>) -> Finding {
    let host = Foreign::from(failure.address.written());
    let subject = Subject::host(host.as_str());
    let said = read(failure.stderr)
        .find(|message| message.format.id == "git/credential-helper-missing")
        .and_then(|message| message.get("helper").map(Foreign::new));
    let known = host_credential(facts, host.as_str());
    let configured = known.and_then(|known| match &known.git {
        CredentialSource::Helper { name } => Some(name.clone()),
        _ => None,
    });
    let missing = said.or_else(|| configured.clone().filter(|_| known.is_some_and(|known| known.helper_missing)));
    if let Some(helper) = missing {
        let situation = Situation::HelperMissing { helper: helper.clone(), host: host.clone() };
        let finding = failure.told(Finding::new(Code::GitAuthRequired, subject, situation.into()));
        let install = Fix::safe(Advice::InstallHelper { helper }.into(), Place::System, Vec::new());
        return ways_in(facts, finding.fix(install), failure);
    }
    let situation = Situation::LoginWanted { host: host.clone(), helper: configured.clone() };
    let mut finding = failure.told(Finding::new(Code::GitAuthRequired, subject, situation.into()));
    if let Some(helper) = configured {
        let advice = Advice::LogInWithHelper { helper, host };
        finding = finding.fix(Fix::safe(advice.into(), Place::System, Vec::new()));
    }
    ways_in(facts, finding, failure)
}

/// The ways to give git a login for a host.
pub fn ways_in(facts: &Facts, finding: Finding, failure: &Failure<'_>) -> Finding {
    let host = Foreign::from(failure.address.written());
    let netrc = netrc_of_git(facts);
    let place = Place::File { path: netrc.to_string(), line: None };
    let advice = Advice::AddNetrcLine { path: netrc, host: failure.address.host.as_str().into() };
    let mut finding = finding.fix(Fix::safe(advice.into(), place, Vec::new()));
    if has_ssh(facts) && failure.remote.rewritten_by.is_none() && failure.address.port.is_none() {
        let action = Action::AddInsteadOf { from: format!("https://{host}/"), to: format!("ssh://git@{host}/") };
        finding = finding.fix(Fix::safe(Advice::UseSsh { host }.into(), Place::GitConfig, vec![action]));
    }
    if let Some(path) = failure.module().filter(|_| is_public_module_host(&failure.address.host)) {
        let advice = Advice::CheckSpelling { path: path.into() };
        finding = finding.fix(Fix::safe(advice.into(), Place::Repository, Vec::new()));
    }
    finding
}

/// The netrc file that git reads: NETRC does not lead it elsewhere.
fn netrc_of_git(facts: &Facts) -> Foreign {
    let known = facts.credentials.get().and_then(|credentials| credentials.netrc.as_ref());
    known.filter(|netrc| !netrc.from_variable).map_or_else(|| "~/.netrc".into(), |netrc| netrc.path.clone())
}

fn has_ssh(facts: &Facts) -> bool {
    let programs = facts.version_control.get().into_iter().flat_map(|version_control| &version_control.programs);
    programs.into_iter().any(|program| program.name == "ssh" && program.path.is_some())
}

/// Where the login comes from that git sends to a host.
fn from(facts: &Facts, failure: &Failure<'_>) -> Option<LoginFrom> {
    let known = host_credential(facts, &failure.address.written());
    let from_url = failure.address.user.is_some();
    match known.map(|known| &known.git) {
        Some(CredentialSource::Netrc { path, line }) => Some(LoginFrom::Netrc { path: path.clone(), line: *line }),
        Some(CredentialSource::Helper { name }) => Some(LoginFrom::Helper { name: name.clone() }),
        Some(CredentialSource::ExtraHeader) => Some(LoginFrom::ExtraHeader),
        Some(CredentialSource::Url) => Some(LoginFrom::Url),
        _ if from_url => Some(LoginFrom::Url),
        _ => None,
    }
}

fn place_of_login(from: &LoginFrom) -> Place {
    match from {
        LoginFrom::Netrc { path, line } => Place::File { path: path.to_string(), line: Some(*line) },
        LoginFrom::Url | LoginFrom::ExtraHeader => Place::GitConfig,
        LoginFrom::Helper { .. } | LoginFrom::Unknown => Place::System,
    }
}

fn refused(facts: &Facts, failure: &Failure<'_>) -> Finding {
    let host = Foreign::from(failure.address.written());
    let from = from(facts, failure).unwrap_or(LoginFrom::Unknown);
    let situation = Situation::LoginRefused { host: host.clone(), from: from.clone() };
    let finding = Finding::new(Code::GitAuthFailed, Subject::host(host.as_str()), situation.into());
    let place = place_of_login(&from);
    let (path, line) = match &from {
        LoginFrom::Netrc { path, line } => (Some(path.to_string()), Some(*line)),
        _ => (None, None),
    };
    let mut finding = failure.told(finding).fix(Fix::safe(Advice::RenewLogin { from }.into(), place, Vec::new()));
    if let (Some(path), Some(line)) = (path, line) {
        finding = finding.with("path", path).with("line", line);
    }
    finding
}

fn forbidden(facts: &Facts, failure: &Failure<'_>) -> Finding {
    let host = Foreign::from(failure.address.written());
    let from = from(facts, failure);
    let situation =
        Situation::RepositoryForbidden { host: host.clone(), url: failure.url().into(), from: from.clone() };
    let finding = Finding::new(Code::GitAuthFailed, Subject::host(host.as_str()), situation.into()).with("status", 403);
    let finding = failure.told(finding);
    match from {
        Some(from) => {
            let ask = Fix::safe(Advice::AskForAccess { host }.into(), Place::Elsewhere, Vec::new());
            let place = place_of_login(&from);
            finding.fix(ask).fix(Fix::safe(Advice::RenewLogin { from }.into(), place, Vec::new()))
        }
        // Without a login 403 may also be a rule about addresses.
        None => ways_in(facts, finding.confidence(Confidence::Likely), failure).fix(Fix::safe(
            Advice::AskForAccess { host }.into(),
            Place::Elsewhere,
            Vec::new(),
        )),
    }
}
