//! `vanity-import-failed`: the page of an import path names no repository.

use super::by_people;
use crate::catalog::{Code, Location, Mender};
use crate::facts::Facts;
use crate::facts::version_control::{VanityLookup, VanityResult, VersionControlFacts};
use crate::golang::module_path::has_path_prefix;
use crate::model::situation::version_control::{Advice, Situation};
use crate::model::transport::HttpAnswer;
use crate::model::{Finding, Foreign, Place, Subject};

/// Looks at the pages.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(version_control) = facts.version_control.get() else { return };
    for lookup in &version_control.vanity {
        let VanityResult::NoTag { http, error } = &lookup.result else { continue };
        if is_answered_elsewhere(version_control, lookup) {
            continue;
        }
        let finding = match http.status {
            500.. => fault(lookup, http),
            401 | 403 => wants_login(lookup, http),
            status => no_tag(lookup, status, error),
        };
        findings.push(told(finding, lookup, error, http));
    }
}

/// Whether the page of a shorter path names the repository: asking for the longer one is normal then.
fn is_answered_elsewhere(version_control: &VersionControlFacts, lookup: &VanityLookup) -> bool {
    version_control.vanity.iter().any(|other| match &other.result {
        VanityResult::Found { prefix, .. } => has_path_prefix(lookup.path.as_str(), prefix.as_str()),
        _ => false,
    })
}

fn host(lookup: &VanityLookup) -> &str {
    lookup.path.as_str().split('/').next().unwrap_or_default()
}

fn told(finding: Finding, lookup: &VanityLookup, error: &Foreign, http: &HttpAnswer) -> Finding {
    let id = lookup.observation.id.as_str();
    finding
        .about(id)
        .with("module", lookup.path.as_str())
        .with("host", host(lookup))
        .with("url", lookup.url.as_str())
        .with("status", http.status)
        .seen(id, None, error.as_str())
}

fn fault(lookup: &VanityLookup, http: &HttpAnswer) -> Finding {
    let host = Foreign::from(host(lookup));
    let situation = Situation::PageFault { host: host.clone(), status: http.status };
    Finding::new(Code::VcsServerError, Subject::host(host.as_str()), situation.into())
        .located(Location::VanityHost)
        .fix(by_people(Advice::RetryLater, Place::Repository))
        .fix(by_people(Advice::TellOperator { host }, Place::Elsewhere))
}

fn wants_login(lookup: &VanityLookup, http: &HttpAnswer) -> Finding {
    let host = Foreign::from(host(lookup));
    let (path, sent) = (lookup.path.clone(), http.login_sent);
    let situation = Situation::PageWantsLogin { path, host: host.clone(), status: http.status, sent };
    let subject = Subject::module(lookup.path.as_str());
    let finding = Finding::new(Code::VanityImportFailed, subject, situation.into()).mended_by(Mender::Developer);
    let finding = match sent {
        true => finding.fix(by_people(Advice::AskForAccess { host }, Place::Elsewhere)),
        false => finding.fix(by_people(Advice::LogInToPage { host }, Place::System)),
    };
    finding.fix(by_people(Advice::UsePathWithGit, Place::Repository))
}

fn no_tag(lookup: &VanityLookup, status: u16, error: &Foreign) -> Finding {
    let (path, error) = (lookup.path.clone(), error.clone());
    let host = Foreign::from(host(lookup));
    let situation = Situation::NoTag { path: path.clone(), status, error };
    Finding::new(Code::VanityImportFailed, Subject::module(path.as_str()), situation.into())
        .fix(by_people(Advice::CheckPath { path: path.clone() }, Place::Repository))
        .fix(by_people(Advice::TellPageOwner { path, host }, Place::Elsewhere))
}
