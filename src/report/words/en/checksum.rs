//! English sentences of the family `checksum`.

use crate::model::situation::checksum::{Advice, HashOf, NoteTrouble, Situation};
use crate::report::words::Said;

/// Whether anything is to be asked of the database.
fn why_asked(needed: bool) -> &'static str {
    if needed {
        "go.sum does not have every line that is needed, so go has to ask it."
    } else {
        "Nothing here needs it now: go.sum has every line. A new requirement would."
    }
}

/// What was seen.
#[must_use]
pub fn situation(situation: &Situation) -> Said {
    match situation {
        Situation::Misconfigured { value, error } => Said::new(format!("go cannot use GOSUMDB: {error}."))
            .because(format!("GOSUMDB is \"{value}\". It wants a database that go knows, or a name with its key.")),
        Situation::Off { variable, value } => {
            Said::new(format!("{variable}={value} switches the checksum database off."))
                .because("Nobody vouches for the content of modules that go.sum does not know yet.")
        }
        Situation::Unreachable { name, host, how, through_proxy, needed } => {
            let through = if *through_proxy { " through the module proxy" } else { "" };
            Said::new(format!("The checksum database {name} cannot be reached{through}, at {host}."))
                .because(format!("{how}. {}", why_asked(*needed)))
        }
        Situation::Refuses { name, host, status, needed } => {
            Said::new(format!("{host} does not answer for the checksum database {name} ({status})."))
                .because(why_asked(*needed))
        }
        Situation::NotFound { name, module } => {
            Said::new(format!("The checksum database {name} does not know {module}.")).because(
                "It knows what the public module proxy has. The module is private, does not exist, or was tagged minutes ago.",
            )
        }
        Situation::BadAnswer { name, host, trouble } => {
            let what = match trouble {
                NoteTrouble::Malformed => "does not answer as a checksum database",
                NoteTrouble::OtherKey => "signs with another key than GOSUMDB names",
                NoteTrouble::BadSignature => "sends a wrong signature",
                NoteTrouble::OtherTree => "shows another history than go has seen before",
            };
            Said::new(format!("{host} {what} ({name})."))
                .because("A login page, a mirror that signs by itself, or a wrong key in GOSUMDB can be behind it.")
        }
        Situation::Mismatch { module, of, recorded, got } => Said::new(format!(
            "The {} of {module} differs from what the checksum database records.",
            what(*of)
        ))
        .because(format!("Recorded: {recorded}. Downloaded: {got}. The version was changed after its release, or on the way.")),
        Situation::SumMismatch { module, of, recorded, got, host } => {
            Said::new(format!("The {} of {module} from {host} differs from go.sum.", what(*of)))
                .because(format!("go.sum has {recorded}, the download has {got}. go refuses it."))
        }
        Situation::SumMissing { no_file: true, count, .. } => {
            let lines = if *count == 1 { "1 line of it is" } else { &format!("{count} lines of it are") };
            Said::new(format!("There is no go.sum, and {lines} needed."))
                .because("go build and go list do not write it; go mod tidy does.")
        }
        Situation::SumMissing { module, count: 1, .. } => Said::new(format!("go.sum lacks the line for {module}."))
            .because("go build and go list do not write it; go mod tidy does."),
        Situation::SumMissing { module, count, .. } => {
            Said::new(format!("go.sum lacks {count} lines, the first for {module}."))
                .because("go build and go list do not write them; go mod tidy does.")
        }
        Situation::StoredDamaged { path, how } => {
            Said::new(format!("A stored piece of the checksum database is damaged: {path}."))
                .because(format!("{how}. go does not fetch it again by itself."))
        }
    }
}

fn what(of: HashOf) -> &'static str {
    match of {
        HashOf::Zip => "content",
        HashOf::GoMod => "go.mod file",
    }
}

/// What is to be done.
#[must_use]
pub fn advice(advice: &Advice) -> String {
    match advice {
        Advice::UseDefault => "Go back to Go's own checksum database.".into(),
        Advice::SwitchOn => "Switch it on again; exclude private modules with GOPRIVATE.".into(),
        Advice::UseChinaAddress => "In China, use the address of the same database there.".into(),
        Advice::OpenTheWay { host } => format!("Have {host} allowed, or have the module proxy pass the requests on."),
        Advice::Retry => "Try again later.".into(),
        Advice::ExcludePrivate { pattern } => format!("If {pattern} is private, exclude it."),
        Advice::CheckVersion { module } => {
            format!("See whether {module} exists and is public; for a new tag, wait some minutes.")
        }
        Advice::CheckKey => "See whether the key in GOSUMDB is that of the database.".into(),
        Advice::DoNotUse { module } => {
            format!("Do not use it. Ask the author of {} what was changed, or use another version.", module.path)
        }
        Advice::Refetch { module } => format!("Fetch {module} again."),
        Advice::AcceptNew { module } => {
            format!(
                "Only if the author confirms the new content: take the lines of {module} out of go.sum and run go mod tidy."
            )
        }
        Advice::AddLines => "Let go add the lines, and commit go.sum.".into(),
        Advice::RemoveStored => "Take the file away; go makes it anew.".into(),
    }
}
