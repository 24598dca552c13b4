//! Rules of the family `toolchain`: which release of Go runs, and whether it can.

use crate::catalog::{Code, Location};
use crate::facts::Facts;
use crate::facts::environment::variable_id;
use crate::facts::module_proxy::{Answer, FileAnswer, Walk, WalkEnd, WhyAsked};
use crate::facts::toolchain::SelectionFacts;
use crate::golang::go_version::GoVersion;
use crate::golang::goproxy::Provider;
use crate::golang::toolchain::{Gotoolchain, MODULE_PATH, Minimum, Reason, Selection, Switch};
use crate::model::situation::toolchain::{Advice, AskedBy, Situation};
use crate::model::{Finding, Fix, Foreign, Place, Subject, SubjectKind};

use super::settings;

mod release;
#[cfg(test)]
mod tests;

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let toolchain = facts.toolchain.get();
    if let Some(selection) = toolchain.and_then(|toolchain| toolchain.selection.as_ref()) {
        match &selection.choice {
            Err(words) => findings.push(misconfigured(facts, selection, words)),
            Ok(choice) => findings.extend(chosen(facts, selection, choice)),
        }
    }
    release::rules(facts, findings);
}

/// The release that runs a command here: the one that is selected, else that of the go command. `None`
/// where neither is known, or it is a development build.
#[must_use]
pub fn running(facts: &Facts) -> Option<GoVersion> {
    let toolchain = facts.toolchain.get();
    let selection = toolchain.and_then(|toolchain| toolchain.selection.as_ref());
    match selection.and_then(|selection| selection.choice.as_ref().ok()) {
        Some(choice) => choice.version.clone(),
        None => facts.environment.get().and_then(|settings| settings.environment.version.clone()),
    }
}

fn value(facts: &Facts) -> &str {
    facts.environment.get().map(|settings| settings.environment.value("GOTOOLCHAIN")).unwrap_or_default()
}

fn misconfigured(facts: &Facts, selection: &SelectionFacts, words: &Foreign) -> Finding {
    let value = value(facts);
    let situation = Situation::BadSetting { value: Foreign::new(value), problem: words.clone() };
    let (place, actions) = settings::unset(facts, "GOTOOLCHAIN");
    let finding = Finding::new(Code::ToolchainMisconfigured, Subject::variable("GOTOOLCHAIN"), situation.into())
        .about(variable_id("GOTOOLCHAIN"))
        .about(&selection.observation.id)
        .with("value", value)
        .seen(variable_id("GOTOOLCHAIN"), None, words.as_str());
    let meant = format!("go{value}");
    let finding = match GoVersion::of_toolchain(&meant) {
        Some(_) => {
            let (place, actions) = settings::set(facts, "GOTOOLCHAIN", format!("{meant}+auto"));
            finding.fix(Fix::safe(Advice::NameRelease { name: Foreign::new(&meant) }.into(), place, actions))
        }
        None => finding,
    };
    finding.fix(Fix::safe(Advice::UseDefault.into(), place, actions))
}

/// A release was chosen: is it at hand, and new enough?
fn chosen(facts: &Facts, selection: &SelectionFacts, choice: &Selection) -> Option<Finding> {
    let finding = match &choice.switch {
        Switch::None => None,
        Switch::PathOnly | Switch::PathOrDownload { .. } if selection.on_path => None,
        Switch::PathOnly => Some(not_on_path(facts, selection, choice)),
        Switch::PathOrDownload { version } => to_download(facts, selection, choice, version),
    };
    finding.or_else(|| too_old(facts, selection, choice))
}

fn asked_by(selection: &SelectionFacts, choice: &Selection) -> AskedBy {
    let file = || selection.file.clone().unwrap_or_else(|| "go.mod".into());
    match choice.reason {
        Reason::ToolchainLine => AskedBy::ToolchainLine { file: file() },
        Reason::GoLine => AskedBy::GoLine { file: file() },
        _ => AskedBy::Variable,
    }
}

fn unavailable(selection: &SelectionFacts, choice: &Selection, code: Code, situation: Situation) -> Finding {
    let subject = Subject::new(SubjectKind::Toolchain, &*choice.toolchain);
    let finding = Finding::new(code, subject, situation.into())
        .about(&selection.observation.id)
        .with("version", &*choice.toolchain)
        .located(Location::Local);
    match &selection.file {
        Some(file) => finding.with("path", file.as_str()),
        None => finding,
    }
}

fn install(release: &str) -> Fix {
    Fix::safe(Advice::Install { release: Foreign::new(release) }.into(), Place::System, Vec::new())
}

/// GOTOOLCHAIN so that newer releases may be fetched.
fn allow_switch(facts: &Facts) -> Fix {
    let minimum = match Gotoolchain::parse(value(facts)) {
        Ok(Some(Gotoolchain { minimum: Minimum::Named { name, .. }, .. })) => Some(name),
        _ => None,
    };
    let new = minimum.map_or_else(|| "auto".to_owned(), |name| format!("{name}+auto"));
    let (place, actions) = settings::set(facts, "GOTOOLCHAIN", new);
    // Who pins the toolchain may have to.
    Fix::safe(Advice::AllowSwitch.into(), place, actions).guessed()
}

fn not_on_path(facts: &Facts, selection: &SelectionFacts, choice: &Selection) -> Finding {
    let situation = Situation::NotOnPath {
        toolchain: Foreign::new(&choice.toolchain),
        by: asked_by(selection, choice),
        value: Foreign::new(value(facts)),
    };
    unavailable(selection, choice, Code::ToolchainUnavailable, situation)
        .with("value", value(facts))
        .fix(allow_switch(facts))
        .fix(install(&choice.toolchain))
}

/// A release that comes as a module, and that the checksum database must vouch for.
fn to_download(facts: &Facts, selection: &SelectionFacts, choice: &Selection, version: &str) -> Option<Finding> {
    let (toolchain, by) = (Foreign::new(&choice.toolchain), asked_by(selection, choice));
    let code = Code::ToolchainUnavailable;
    if choice.is_language_version && !selection.in_cache {
        return Some(language_version(facts, selection, choice));
    }
    if is_unverifiable(facts) {
        let (place, actions) = settings::unset(facts, "GOSUMDB");
        let situation = Situation::NotVerified { toolchain, by };
        return Some(
            unavailable(selection, choice, code, situation)
                .about(variable_id("GOSUMDB"))
                .fix(Fix::safe(Advice::UseDatabase.into(), place, actions))
                .fix(install(&choice.toolchain)),
        );
    }
    if selection.in_cache {
        return None;
    }
    if is_off(facts) {
        let (place, actions) = settings::unset(facts, "GOPROXY");
        let situation = Situation::LookupsOff { toolchain, by };
        return Some(
            unavailable(selection, choice, code, situation)
                .fix(Fix::safe(Advice::AllowLookups.into(), place, actions).guessed())
                .fix(install(&choice.toolchain)),
        );
    }
    match walk(facts, version) {
        Some(walk) => unfetched(facts, selection, choice, walk),
        None if facts.wishes.offline => {
            let situation = Situation::NotAtHand { toolchain, by };
            Some(unavailable(selection, choice, code, situation).note().fix(install(&choice.toolchain)))
        }
        None => None,
    }
}

fn language_version(facts: &Facts, selection: &SelectionFacts, choice: &Selection) -> Finding {
    let by = asked_by(selection, choice);
    let first = choice
        .version
        .as_ref()
        .map_or_else(|| choice.toolchain.clone(), |version| format!("go{}", version.first_release()));
    let name = Advice::NameRelease { name: Foreign::new(&first) };
    let fix = match &by {
        AskedBy::Variable => {
            let new = value(facts).replacen(&choice.toolchain, &first, 1);
            let (place, actions) = settings::set(facts, "GOTOOLCHAIN", new);
            Fix::safe(name.into(), place, actions)
        }
        AskedBy::GoLine { file } | AskedBy::ToolchainLine { file } => {
            Fix::safe(name.into(), Place::File { path: file.to_string(), line: None }, Vec::new())
        }
        AskedBy::Dependency { .. } => install(&first),
    };
    let situation = Situation::LanguageVersion { toolchain: Foreign::new(&choice.toolchain), by };
    unavailable(selection, choice, Code::ToolchainMisconfigured, situation).fix(fix)
}

/// GOSUMDB=off stops every toolchain but those of a lone `file://` module proxy (cmd/go/internal/modfetch).
fn is_unverifiable(facts: &Facts) -> bool {
    let Some(settings) = facts.environment.get() else { return false };
    let goproxy = settings.environment.value("GOPROXY");
    let from_folder = goproxy.starts_with("file://") && !goproxy.contains([',', '|']);
    settings.environment.value("GOSUMDB") == "off" && !from_folder
}

/// Whether GOPROXY asks nobody at all.
fn is_off(facts: &Facts) -> bool {
    let list = facts.environment.get().and_then(|settings| settings.environment.goproxy().ok());
    let first =
        list.and_then(|list| list.entries.into_iter().find(|entry| !matches!(entry.provider, Provider::NoProxy)));
    first.is_some_and(|entry| matches!(entry.provider, Provider::Off))
}

fn walk<'a>(facts: &'a Facts, version: &str) -> Option<&'a Walk> {
    facts.module_proxy.get()?.walks.iter().find(|walk| {
        walk.why == WhyAsked::Toolchain && walk.module.path == MODULE_PATH && walk.module.version == version
    })
}

/// No server has it, or none could be asked.
fn unfetched(facts: &Facts, selection: &SelectionFacts, choice: &Selection, walk: &Walk) -> Option<Finding> {
    let (toolchain, by) = (Foreign::new(&choice.toolchain), asked_by(selection, choice));
    let failed = walk.hops.iter().any(|hop| matches!(&hop.answer, Answer::Failed { .. }) || refused(&hop.answer));
    let nowhere = walk.end == WalkEnd::Exhausted && !failed;
    let situation = match walk.end {
        WalkEnd::Exhausted if nowhere => Situation::Nowhere { toolchain, by, hosts: hosts(facts, walk) },
        WalkEnd::Exhausted | WalkEnd::Stopped { .. } => Situation::NotFetched { toolchain, by },
        WalkEnd::Off => Situation::LookupsOff { toolchain, by },
        // What direct comes to was not asked.
        WalkEnd::Found { .. } | WalkEnd::Direct | WalkEnd::Unfinished => return None,
    };
    let mut finding = unavailable(selection, choice, Code::ToolchainUnavailable, situation)
        .located(Location::ModuleProxy)
        .with("module", MODULE_PATH);
    for hop in &walk.hops {
        finding = finding.seen(&hop.observation.id, None, hop.url.as_str());
    }
    if !nowhere {
        return Some(finding.fix(install(&choice.toolchain)));
    }
    if let Some(file) = selection.file.clone().filter(|_| choice.reason != Reason::Gotoolchain) {
        let place = Place::File { path: file.to_string(), line: None };
        finding = finding.fix(Fix::safe(Advice::CorrectLine { file }.into(), place, Vec::new()));
    }
    for host in hosts(facts, walk).into_iter().take(1) {
        finding = finding.fix(Fix::safe(Advice::AskOperator { host }.into(), Place::Elsewhere, Vec::new()));
    }
    Some(finding.fix(install(&choice.toolchain)))
}

/// An answer that is neither the file nor that there is none.
fn refused(answer: &Answer) -> bool {
    match answer {
        Answer::Http { http, .. } => !matches!(http.status, 200 | 404 | 410),
        Answer::File { file } => matches!(file, FileAnswer::Unreadable { .. }),
        Answer::Failed { .. } | Answer::NotAsked => false,
    }
}

fn hosts(facts: &Facts, walk: &Walk) -> Vec<Foreign> {
    let entries = || facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.entries);
    let host = |index: usize| entries().find(|entry| entry.index == index).map(|entry| entry.host.clone());
    walk.hops.iter().filter_map(|hop| host(hop.entry)).collect()
}

/// The chosen release is older than the go line, and GOTOOLCHAIN allows no other.
fn too_old(facts: &Facts, selection: &SelectionFacts, choice: &Selection) -> Option<Finding> {
    let wants = choice.too_old_for.as_ref()?;
    let file = selection.file.clone().unwrap_or_else(|| "go.mod".into());
    let situation = Situation::TooOld {
        running: Foreign::new(&choice.toolchain),
        wants: Foreign::new(wants.as_str()),
        by: AskedBy::GoLine { file: file.clone() },
        value: Foreign::new(value(facts)),
    };
    Some(
        Finding::new(Code::GoTooOld, Subject::file(&file, None), situation.into())
            .about(&selection.observation.id)
            .with("version", wants.as_str())
            .with("running", &*choice.toolchain)
            .with("value", value(facts))
            .with("path", file.as_str())
            .seen(file.as_str(), None, format!("go {wants}"))
            .fix(allow_switch(facts))
            .fix(install(&format!("go{}", wants.first_release()))),
    )
}
