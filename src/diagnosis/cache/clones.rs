//! Clones of repositories that git cannot read, and files and folders that go never finds.

use crate::catalog::{Code, Location, Mender};
use crate::facts::Facts;
use crate::facts::cache::{CacheFacts, CloneState, Misnamed};
use crate::model::situation::cache::{Advice, Situation};
use crate::model::{Action, CloneTrouble, Finding, Fix, Place, Seen, Subject};

/// Looks at each.
pub(super) fn rules(facts: &Facts, cache: &CacheFacts, findings: &mut Vec<Finding>) {
    let Some(root) = facts.environment.get().and_then(|settings| settings.environment.gomodcache()) else { return };
    let clones = cache.clones.iter().filter_map(|clone| Some(damaged(root, clone, clone.trouble.as_ref()?)));
    findings.extend(clones);
    findings.extend(cache.misnamed.iter().map(|misnamed| never_found(root, misnamed)));
}

fn damaged(root: &str, clone: &CloneState, trouble: &CloneTrouble) -> Finding {
    let CloneState { observation, path, url, .. } = clone;
    let situation = Situation::CloneDamaged { path: path.clone(), url: url.clone(), trouble: trouble.clone() };
    // Not the `.lock`: another go process may hold it.
    let remove = ["", ".info"].map(|end| Action::RemoveFromCache { path: format!("{root}/{path}{end}") });
    let finding = Finding::new(Code::CacheCorrupt, Subject::file(path, None), situation.into())
        .about(&observation.id)
        .located(Location::Local)
        .mended_by(Mender::Developer)
        .with("path", path.as_str())
        .with("damage", serde_json::to_value(trouble).unwrap_or_default())
        .fix(Fix::safe(Advice::RemoveClone.into(), Place::Cache, remove.to_vec()));
    let finding = match url {
        Some(url) => finding.with("url", url.as_str()).seen(&observation.id, None, url.as_str()),
        None => finding,
    };
    let finding =
        evidence(trouble).into_iter().fold(finding, |finding, seen| finding.seen(&observation.id, None, seen));
    // go makes it anew.
    if *trouble == CloneTrouble::Incomplete { finding.note() } else { finding.error() }
}

fn evidence(trouble: &CloneTrouble) -> Vec<Seen> {
    match trouble {
        CloneTrouble::OtherInfo | CloneTrouble::Incomplete => Vec::new(),
        CloneTrouble::NoRepository { reason } => vec![reason.as_str().into()],
        CloneTrouble::ObjectDamaged { reference, reason } => vec![format!("{reference}: {reason}").into()],
        CloneTrouble::PackDamaged { pack } => vec![pack.as_str().into()],
        CloneTrouble::SpecialFiles(files) => {
            vec![Seen::Files { count: files.count, first: files.first.iter().map(ToString::to_string).collect() }]
        }
    }
}

fn never_found(root: &str, misnamed: &Misnamed) -> Finding {
    let path = &misnamed.path;
    let action = Action::RemoveFromCache { path: format!("{root}/{path}") };
    Finding::new(Code::CacheCorrupt, Subject::file(path, None), Situation::Misnamed { path: path.clone() }.into())
        .about(&misnamed.observation.id)
        .located(Location::Local)
        .with("path", path.as_str())
        .fix(Fix::safe(Advice::RemoveMisnamed.into(), Place::Cache, vec![action]))
        .warning()
}
