//! Where a variable is set here, and so where a fix has to be made.

use crate::facts::Facts;
use crate::facts::environment::{Candidate, CandidateKind};
use crate::golang::env::{Origin, UserFile};
use crate::model::{Action, Place};

/// What GOENV may name to have no file.
const NO_FILE: &str = "/dev/null";

/// The place where the effective value of a variable comes from.
#[must_use]
pub fn place(facts: &Facts, name: &str) -> Place {
    let Some(settings) = facts.environment.get() else { return Place::Shell };
    match settings.environment.origin(name) {
        Origin::Process => {
            settings.candidates.iter().find(|candidate| candidate.variable == name).map_or(Place::Shell, of)
        }
        Origin::Variable { name } => place(facts, &name.clone()),
        Origin::UserFile { .. } | Origin::GorootFile { .. } | Origin::BuiltIn => {
            match &settings.environment.user_file {
                UserFile::At { path } if path.shown() != NO_FILE => Place::UserEnvFile,
                // go reads no such file here, so that `go env -w` would change nothing.
                UserFile::At { .. } | UserFile::Off | UserFile::Nowhere { .. } => Place::Shell,
            }
        }
    }
}

fn of(candidate: &Candidate) -> Place {
    let (path, line) = (candidate.file.to_string(), candidate.line);
    match candidate.kind {
        CandidateKind::Ci => Place::CiFile { path, line },
        CandidateKind::Dockerfile => Place::Dockerfile { path, line },
        CandidateKind::Shell | CandidateKind::Project => Place::File { path, line: Some(line) },
    }
}

/// Giving a variable a value, at the place where it is set.
#[must_use]
pub fn set(facts: &Facts, name: &str, value: impl Into<String>) -> (Place, Vec<Action>) {
    (place(facts, name), vec![Action::SetVariable { name: name.to_owned(), value: value.into() }])
}

/// Taking a value away, at the place where it is set.
#[must_use]
pub fn unset(facts: &Facts, name: &str) -> (Place, Vec<Action>) {
    (place(facts, name), vec![Action::UnsetVariable { name: name.to_owned() }])
}

/// Adding an item to a list of patterns. The present items stay, but for those that were to be this one: with a
/// scheme, a slash at the end or blanks around it, go takes them for something else.
#[must_use]
pub fn extend(facts: &Facts, name: &str, item: &str) -> (Place, Vec<Action>) {
    let present = facts.environment.get().map(|settings| settings.environment.value(name)).unwrap_or_default();
    let meant = |known: &str| {
        let known = known.trim().trim_end_matches('/');
        known.split_once("://").map_or(known, |(_, rest)| rest) == item
    };
    let kept = present.split(',').filter(|known| !known.is_empty() && !meant(known));
    set(facts, name, kept.chain([item]).collect::<Vec<_>>().join(","))
}

/// GOPROXY changed; `None` where the value holds a secret, which no command may show.
#[must_use]
pub fn goproxy_with(facts: &Facts, change: impl FnOnce(&str) -> String) -> Option<(Place, Vec<Action>)> {
    let variable = facts.environment.get()?.environment.get("GOPROXY")?;
    (variable.value.shown() == variable.value.as_str()).then(|| set(facts, "GOPROXY", change(variable.value.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::testing;

    #[test]
    fn a_list_is_extended_and_what_was_meant_is_replaced() {
        for (present, expected) in [
            ("", "git.corp.example"),
            ("a.example,b.example", "a.example,b.example,git.corp.example"),
            ("https://git.corp.example/, git.corp.example,a.example", "a.example,git.corp.example"),
            ("https://other.example", "https://other.example,git.corp.example"),
        ] {
            let mut facts = testing::nothing();
            facts.environment = testing::environment("go1.26.1", &[("GOPRIVATE", present)]);
            let set = Action::SetVariable { name: "GOPRIVATE".into(), value: expected.into() };
            assert_eq!(extend(&facts, "GOPRIVATE", "git.corp.example").1, [set], "{present}");
        }
    }

    #[test]
    fn where_go_reads_no_file_the_shell_is_the_place() {
        for (goenv, expected) in
            [("off", Place::Shell), ("/dev/null", Place::Shell), ("/home/dev/env", Place::UserEnvFile)]
        {
            let mut facts = testing::nothing();
            facts.environment = testing::environment("go1.26.1", &[("GOENV", goenv)]);
            assert_eq!(place(&facts, "GOPRIVATE"), expected, "{goenv}");
        }
    }
}
