//! Whether there is something to do, by the diagnosis alone.

use super::Choice;
use crate::model::{Action, Diagnosis, Place, Safety};

/// Whether a plan is likely to have something in it. The files that it would change are not looked at.
#[must_use]
pub fn is_likely(diagnosis: &Diagnosis) -> bool {
    let wanted = diagnosis.findings.iter().filter(|finding| Choice::default().wants(finding));
    wanted.flat_map(|finding| &finding.fixes).any(|fix| {
        let can = fix.actions.iter().all(|action| can(action, &fix.place));
        fix.safety == Safety::Safe && !fix.is_guess && !fix.actions.is_empty() && can
    })
}

fn can(action: &Action, place: &Place) -> bool {
    match action {
        Action::SetVariable { .. } | Action::UnsetVariable { .. } => {
            matches!(place, Place::UserEnvFile | Place::GitConfig | Place::Cache)
        }
        Action::EditLine { .. }
        | Action::RestrictMode { .. }
        | Action::AddInsteadOf { .. }
        | Action::RefetchModule { .. }
        | Action::RemoveFromCache { .. } => true,
        Action::Run { argv } => changes_repository(argv),
        Action::Ask => false,
    }
}

/// Whether it is a go command that changes go.mod and the files beside it.
pub(super) fn changes_repository(argv: &[String]) -> bool {
    let words: Vec<&str> = argv.iter().map(String::as_str).collect();
    matches!(
        words.as_slice(),
        ["go", "mod", "tidy" | "edit" | "download", ..]
            | ["go", "get", ..]
            | ["go", "work", "use" | "edit" | "sync", ..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Code;
    use crate::diagnosis::{diagnose, testing};
    use crate::model::situation::sample::{Advice, Situation};
    use crate::model::{Finding, Fix, Subject};

    #[test]
    fn what_only_people_do_is_no_work() {
        let run = |words: &[&str]| Action::Run { argv: words.iter().map(|word| (*word).to_owned()).collect() };
        let set = || Action::SetVariable { name: "GOPROXY".into(), value: "direct".into() };
        let safe = |place, actions| Fix::safe(Advice::DropPort.into(), place, actions);
        for (fix, expected) in [
            (safe(Place::UserEnvFile, vec![set()]), true),
            (safe(Place::Shell, vec![set()]), false),
            (safe(Place::UserEnvFile, vec![set()]).guessed(), false),
            (Fix::weakening(Advice::DropPort.into(), Place::UserEnvFile, vec![set()]), false),
            (safe(Place::Repository, vec![run(&["go", "mod", "tidy"])]), true),
            (safe(Place::Repository, vec![Action::Ask, run(&["go", "mod", "tidy"])]), false),
            (safe(Place::System, vec![run(&["ssh-keygen"])]), false),
            (safe(Place::Elsewhere, Vec::new()), false),
        ] {
            let mut diagnosis = diagnose(&testing::nothing(), &[]);
            let told = format!("{fix:?}");
            diagnosis.findings =
                vec![Finding::new(Code::NetrcIneffective, Subject::host("h"), Situation::Comma.into()).fix(fix)];
            assert_eq!(is_likely(&diagnosis), expected, "{told}");
        }
    }
}
