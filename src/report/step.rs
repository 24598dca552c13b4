//! One step of a fix, as it is told.

use super::shell::Step;
use super::words::Phrases;

/// One step of a fix, as it is told.
pub(super) enum Told {
    /// A command. It is never wrapped: what is copied must be whole.
    Command(String),
    /// A sentence about what a person does.
    Sentence(String),
}

pub(super) fn told(words: &dyn Phrases, step: Step) -> Told {
    Told::Sentence(match step {
        Step::Command(command) => return Told::Command(command),
        Step::Edit { path, line, from, to } => words.edit_line(&path, line, &from, &to),
        Step::Set { file, name, value } => words.set_variable(&file, &name, &value),
        Step::Unset { file, name } => words.unset_variable(&file, &name),
        Step::Withheld => words.no_command().to_owned(),
    })
}
