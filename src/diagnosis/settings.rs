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

/// Adding an item to a list of patterns; the present items stay.
#[must_use]
pub fn extend(facts: &Facts, name: &str, item: &str) -> (Place, Vec<Action>) {
    let present = facts.environment.get().map(|settings| settings.environment.value(name)).unwrap_or_default();
    let value = if present.is_empty() { item.to_owned() } else { format!("{present},{item}") };
    set(facts, name, value)
}

/// GOPROXY changed; `None` where the value holds a secret, which no command may show.
#[must_use]
pub fn goproxy_with(facts: &Facts, change: impl FnOnce(&str) -> String) -> Option<(Place, Vec<Action>)> {
    let variable = facts.environment.get()?.environment.get("GOPROXY")?;
    (variable.value.shown() == variable.value.as_str()).then(|| set(facts, "GOPROXY", change(variable.value.as_str())))
}
