//! Rules of the family `module`.

use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::repository::{Mode, RepositoryFacts};
use crate::model::situation::module::{Advice, Situation};
use crate::model::{Action, Finding, Fix, Place, Subject, SubjectKind};

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(repository) = facts.repository.get() else { return };
    findings.extend(no_go_mod(facts, repository));
}

/// A folder without go.mod is wrong only where no module was named.
fn no_go_mod(facts: &Facts, repository: &RepositoryFacts) -> Option<Finding> {
    if repository.mode != Mode::NoModule || !facts.wishes.modules.is_empty() {
        return None;
    }
    let directory = &repository.directory;
    let argv = ["go", "mod", "init"].map(str::to_owned).to_vec();
    Some(
        Finding::new(
            Code::GoModMissing,
            Subject::new(SubjectKind::Directory, directory.as_str()),
            Situation::NoGoMod { directory: directory.clone() }.into(),
        )
        .about("repository/go.mod")
        .fix(Fix::safe(Advice::InitModule.into(), Place::Repository, vec![Action::Run { argv }])),
    )
}
