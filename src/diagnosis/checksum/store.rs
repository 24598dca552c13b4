//! Pieces of the checksum database that are stored here.

use super::{is_needed, trouble};
use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::checksum_database::{StoredProblem, StoredState};
use crate::model::situation::checksum::{Advice, NoteTrouble, Situation};
use crate::model::{Action, Finding, Fix, Foreign, Place, Subject};

/// A damaged tree head stops every lookup, and survives `go clean -modcache`.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(database) = facts.checksum_database.get() else { return };
    for stored in &database.stored {
        if let Some(finding) = stored.problem.as_ref().and_then(|problem| damaged(stored, problem)) {
            findings.push(if facts.wishes.verify || is_needed(facts) { finding } else { finding.warning() });
        }
    }
}

fn damaged(stored: &StoredState, problem: &StoredProblem) -> Option<Finding> {
    let how = match problem {
        StoredProblem::Note(note) => match trouble(note)? {
            NoteTrouble::Malformed => "no signed note".into(),
            NoteTrouble::OtherKey => "signed with another key".into(),
            NoteTrouble::BadSignature => "the signature is wrong".into(),
            NoteTrouble::OtherTree => "a head of another tree".into(),
        },
        StoredProblem::Tile => "a damaged tile".into(),
        StoredProblem::Lookup => "no record".into(),
        StoredProblem::OtherTree => "a head of another tree".into(),
        StoredProblem::Unusable { error } => error.clone(),
    };
    let how: Foreign = how;
    let finding = Finding::new(
        Code::SumdbCacheCorrupt,
        Subject::file(&stored.path, None),
        Situation::StoredDamaged { path: stored.path.clone(), how: how.clone() }.into(),
    )
    .about(&stored.observation.id)
    .with("path", stored.path.as_str())
    .seen(stored.path.as_str(), None, how.as_str());
    let unusable = matches!(problem, StoredProblem::Unusable { .. });
    let action = Action::RemoveFromCache { path: stored.path.to_string() };
    Some(if unusable {
        finding
    } else {
        finding.fix(Fix::safe(Advice::RemoveStored.into(), Place::Cache, vec![action]))
    })
}
