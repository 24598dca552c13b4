//! `unknown-revision`: a repository has no tag or commit for a required version.

use super::{by_people, run};
use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::version_control::{Remote, RemoteResult};
use crate::golang::module_path::ModuleVersion;
use crate::model::situation::version_control::{Advice, Situation};
use crate::model::{Confidence, Finding, Fix, Foreign, Place, Seen, Subject};

/// Looks at the versions that repositories lack.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let remotes = facts.version_control.get().into_iter().flat_map(|version_control| &version_control.remotes);
    for remote in remotes {
        if let RemoteResult::Answered { references } = remote.result {
            findings.extend(remote.lacks.iter().map(|module| lacking(facts, remote, module, references)));
        }
    }
}

fn lacking(facts: &Facts, remote: &Remote, module: &ModuleVersion, references: usize) -> Finding {
    let (path, version) = (Foreign::new(&module.path), Foreign::new(&module.version));
    let url = remote.url.clone();
    let has = remote.has.iter().filter(|other| other.path == module.path);
    let has: Vec<Foreign> = has.map(|other| Foreign::new(&other.version)).collect();
    // A login page with status 200 makes git see an empty repository.
    let situation = match references {
        0 => Situation::NoReferences { path, version: version.clone(), url },
        _ => Situation::NoSuchVersion { path, version: version.clone(), url, has: has.clone() },
    };
    let required = facts.repository.get().and_then(|repository| {
        let of_path = |known: &&crate::facts::repository::BuildModule| known.module.path == module.path;
        repository.build_list.iter().find(of_path)?.required_at.as_ref()
    });
    let id = remote.observation.id.as_str();
    let mut finding = Finding::new(Code::UnknownRevision, Subject::module(module.to_string()), situation.into())
        .about(id)
        .with("module", module.path.as_str())
        .with("version", module.version.as_str())
        .with("url", remote.url.as_str())
        .seen(id, None, Seen::NoReference { url: remote.url.to_string(), references, version: module.version.clone() });
    if let Some((file, line)) = required {
        finding = finding.with("path", file.as_str()).with("line", *line);
    }
    if references == 0 {
        let host = super::remote::Address::parse(super::remote::effective_url(remote)).written().into();
        let ask = Fix::safe(
            Advice::AskByHand.into(),
            Place::Repository,
            vec![run(&["git", "ls-remote", remote.url.as_str()])],
        );
        return finding
            .confidence(Confidence::Likely)
            .fix(ask)
            .fix(by_people(Advice::LogInIfPrivate { host }, Place::System));
    }
    // Only what the main module itself requires can be changed by an edit of its go.mod.
    if let (Some(newest), Some(_)) = (has.first(), required) {
        let edit = run(&["go", "mod", "edit", &format!("-require={}@{newest}", module.path)]);
        let advice = Advice::UseVersion { version: newest.clone() };
        finding = finding.fix(Fix::safe(advice.into(), Place::Repository, vec![edit]));
    }
    finding.fix(by_people(Advice::PushTag { version }, Place::Elsewhere))
}
