//! Rules of the family `cache`: the folders that a sync writes, and the modules in the module cache.

use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::cache::{CacheFacts, HeldLock};
use crate::model::situation::cache::{Advice, Situation};
use crate::model::{Confidence, Finding, Fix, Place, Subject};

mod clones;
mod folders;
mod go;
mod modules;
#[cfg(test)]
mod tests;

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(cache) = facts.cache.get() else { return };
    folders::rules(facts, cache, findings);
    findings.extend(locks(cache));
    if let Some(scan) = &cache.scan {
        modules::rules(facts, scan, findings);
    }
    clones::rules(facts, cache, findings);
}

/// A lock that was held at one moment: it may be gone at the next.
fn locks(cache: &CacheFacts) -> impl Iterator<Item = Finding> {
    cache.locks.iter().map(|lock| {
        let HeldLock { observation, path, pid, command } = lock;
        let situation = Situation::Locked { path: path.clone(), pid: *pid, command: command.clone() };
        let holder = command.as_ref().map_or("?", |command| command.as_str());
        let finding = Finding::new(Code::CacheLock, Subject::file(path, None), situation.into())
            .note()
            .confidence(Confidence::Likely)
            .about(&observation.id)
            .with("path", path.as_str())
            .seen(&observation.id, None, pid.map_or_else(|| holder.to_owned(), |pid| format!("{pid}: {holder}")))
            .fix(Fix::safe(Advice::LetEnd { pid: *pid }.into(), Place::System, Vec::new()));
        match pid {
            Some(pid) => finding.with("pid", *pid),
            None => finding,
        }
    })
}
