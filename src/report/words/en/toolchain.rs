//! English sentences of the family `toolchain`.

use super::list;
use crate::model::situation::toolchain::{Advice, AskedBy, Situation};
use crate::report::words::Said;

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::BadSetting { value, problem } => {
            Said::new(format!("GOTOOLCHAIN is \"{value}\", which go does not understand.")).because(format!(
                "No command runs: {problem}. A value is local, auto, path, or a release such as go1.24.3, with +auto \
                 or +path behind it."
            ))
        }
        Situation::LanguageVersion { toolchain, by } => {
            Said::new(format!("{} asks for {toolchain}, which is no release.", asked(by)))
                .because("Since 1.21 the first release of a series ends in .0; without it, it is a language version.")
        }
        Situation::Nowhere { toolchain, by, hosts } => {
            Said::new(format!("{} asks for {toolchain}, and no module proxy has it.", asked(by))).because(format!(
                "go fetches releases as the module golang.org/toolchain. Asked were {}: either there is no such \
                 release for this system, or they do not carry toolchains.",
                list(hosts)
            ))
        }
        Situation::NotFetched { toolchain, by } => {
            Said::new(format!("{} asks for {toolchain}, which could not be fetched.", asked(by)))
                .because("go fetches releases as the module golang.org/toolchain, through GOPROXY.")
        }
        Situation::NotAtHand { toolchain, by } => {
            Said::new(format!("{} asks for {toolchain}, which go has still to fetch.", asked(by)))
                .because("It is neither on PATH nor in the module cache. Nobody was asked for it.")
        }
        Situation::LookupsOff { toolchain, by } => {
            Said::new(format!("{} asks for {toolchain}, and GOPROXY=off forbids to fetch it.", asked(by)))
                .because("It is neither on PATH nor in the module cache.")
        }
        Situation::NotVerified { toolchain, by } => {
            Said::new(format!("{} asks for {toolchain}, which go does not use with GOSUMDB=off.", asked(by)))
                .because("A toolchain is never run unless the checksum database vouches for it, also from the cache.")
        }
        Situation::NotOnPath { toolchain, by, value } => {
            Said::new(format!("{} asks for {toolchain}, which is not on PATH.", asked(by)))
                .because(format!("GOTOOLCHAIN is {value}: go then looks on PATH for a program of that name only."))
        }
        Situation::TooOld { running, wants, by, value } => {
            let why =
                if value.is_empty() { "GOTOOLCHAIN is not set".into() } else { format!("GOTOOLCHAIN is {value}") };
            Said::new(format!("{} needs go {wants}, and {running} runs here.", asked(by)))
                .because(format!("{why}, so go does not switch to a newer release."))
        }
        Situation::CannotRead { running, file, line } => Said::new(format!(
            "{running} cannot read \"{line}\" in {file}."
        ))
        .because(
            "A Go before 1.21 knows no toolchain line and no go line with three parts. It calls the file malformed.",
        ),
        Situation::MayFail { running, file, wants } => Said::new(format!(
            "{file} asks for go {wants}, and {running} runs here."
        ))
        .because("A Go before 1.21 builds all the same, and says that the file is newer only where the build fails."),
        Situation::WillSwitch { running, wants, module } => Said::new(format!(
            "{module} needs go {wants}, and {running} runs here."
        ))
        .because("go mod tidy switches to a newer release and raises the go line; go build does not, and fails."),
    }
}

/// Who asks for a release, at the beginning of a sentence.
fn asked(by: &AskedBy) -> String {
    match by {
        AskedBy::Variable => "GOTOOLCHAIN".into(),
        AskedBy::GoLine { file } => format!("The go line of {file}"),
        AskedBy::ToolchainLine { file } => format!("The toolchain line of {file}"),
        AskedBy::Dependency { module } => module.to_string(),
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::UseDefault => "Go back to the default of GOTOOLCHAIN.".into(),
        Advice::NameRelease { name } => format!("Name the release {name}."),
        Advice::AllowSwitch => "Let go fetch a newer release; the checksum database verifies it.".into(),
        Advice::Install { release } => {
            format!("Install {release} or newer (https://go.dev/dl, in China https://golang.google.cn/dl).")
        }
        Advice::CorrectLine { file } => format!("See whether the release in {file} exists, and correct the line."),
        Advice::AskOperator { host } => format!("Ask whoever runs {host} to carry golang.org/toolchain."),
        Advice::UseDatabase => "Let the checksum database verify again.".into(),
        Advice::AllowLookups => "Let go ask a module proxy.".into(),
        Advice::OlderDependency { path } => format!("Take an older version of {path} that this go can build."),
        Advice::Tidy => "Let go switch and put go.mod in order.".into(),
    }
}
