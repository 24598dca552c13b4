//! English sentences of the family `environment`.

use crate::model::situation::environment::{Advice, ElsewhereKind, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Stops { variable, value, error } => {
            Said::new(format!("{variable} has a value with which go stops: \"{value}\"."))
                .because(format!("go says: {}.", error.as_str().trim_start_matches("go: ").trim_end_matches('.')))
        }
        Situation::ModulesOff => Said::new("GO111MODULE=off switches modules off.")
            .because("go mod and go get need modules; without them go looks into GOPATH only."),
        Situation::Shadowed { variable, value, hidden, would_work } => {
            let end = if *would_work { " What is hidden would work here." } else { "" };
            Said::new(format!("The environment hides the {variable} that go env -w wrote.")).because(format!(
                "The process has \"{value}\", the go env file has \"{hidden}\"; the process wins.{end}"
            ))
        }
        Situation::UnknownName { name, suggestion: Some(suggestion) } => {
            Said::new(format!("go knows no variable {name}; {suggestion} was probably meant."))
        }
        Situation::UnknownName { name, suggestion: None } => Said::new(format!("go knows no variable {name}.")),
        Situation::OddLine { file, line, how } => {
            Said::new(format!("Line {line} of {file} may not do what was meant ({how})."))
                .because("go takes name and value as they stand: no quotes, no export, no blanks, no comments.")
        }
        Situation::Clock { host, ahead_seconds } => {
            let (way, by) = if *ahead_seconds > 0 {
                ("ahead", ahead_seconds.unsigned_abs())
            } else {
                ("behind", ahead_seconds.unsigned_abs())
            };
            Said::new(format!("The clock of this machine is {by} s {way}, compared with {host}."))
                .because("Certificates then look expired or not yet valid.")
        }
        Situation::Elsewhere { named, what } => {
            let what = match what {
                ElsewhereKind::Host => "the host",
                ElsewhereKind::Folder => "the folder",
                ElsewhereKind::Variable => "the setting",
            };
            Said::new(format!("The log comes from other settings than these: it names {what} {named}."))
                .because("An editor, sudo, a Docker build or a service runs go with an environment of its own.")
        }
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::Correct { variable } => format!("Correct {variable}, or unset it."),
        Advice::ModulesOn => "Switch modules on again.".into(),
        Advice::Unshadow { variable } => format!("Take {variable} out of the environment where it is set."),
        Advice::UseName { name } => format!("Use {name}."),
        Advice::CorrectLine => "Correct the line; go env -w writes it in the right form.".into(),
        Advice::SetClock => "Set the clock of this machine.".into(),
        Advice::RunThere => "Run gomoddoc check where the command failed, in the same environment.".into(),
    }
}
