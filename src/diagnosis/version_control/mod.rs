//! Rules of the family `version-control`: git and what it is asked for, and the pages that lead there.

use crate::facts::Facts;
use crate::golang::env::Origin;
use crate::model::{Action, Finding, Fix, Place};

mod govcs;
pub mod hidden;
mod install;
mod program;
pub mod remote;
mod repository;
mod revision;
mod rewrite;
#[cfg(test)]
mod tests;
mod transport;
mod vanity;

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    program::rules(facts, findings);
    govcs::rules(facts, findings);
    vanity::rules(facts, findings);
    rewrite::rules(facts, findings);
    repository::rules(facts, findings);
    transport::rules(facts, findings);
    revision::rules(facts, findings);
}

/// What a variable is worth, empty where it is not set.
fn value<'a>(facts: &'a Facts, variable: &str) -> &'a str {
    facts.environment.get().map_or("", |settings| settings.environment.value(variable))
}

/// Where a variable is set, so where it is to be changed.
fn place_of(facts: &Facts, variable: &str) -> Place {
    match facts.environment.get().map(|settings| settings.environment.origin(variable)) {
        Some(Origin::Process) => Place::Shell,
        _ => Place::UserEnvFile,
    }
}

/// Work for people.
fn by_people(advice: crate::model::situation::version_control::Advice, place: Place) -> Fix {
    Fix::safe(advice.into(), place, Vec::new())
}

/// A command.
fn run(argv: &[&str]) -> Action {
    Action::Run { argv: argv.iter().map(|&word| word.to_owned()).collect() }
}

/// Lets a module proxy fetch what is public, where no entry of GOPROXY does and no path looks private.
fn module_proxy_instead<'a>(facts: &Facts, paths: impl IntoIterator<Item = &'a str>) -> Option<Fix> {
    use crate::model::situation::version_control::Advice;
    if facts.environment.get().is_none() || value(facts, "GOPROXY") != "direct" {
        return None;
    }
    let mut paths = paths.into_iter().peekable();
    paths.peek()?;
    if paths.any(|path| hidden::looks_private(facts, path)) {
        return None;
    }
    let value = "https://proxy.golang.org,direct".to_owned();
    let set = Action::SetVariable { name: "GOPROXY".into(), value };
    Some(Fix::safe(Advice::UseModuleProxy.into(), place_of(facts, "GOPROXY"), vec![set]))
}
