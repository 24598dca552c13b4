//! Facts become findings: which error type it is, about what, how sure, and how to mend it.
//!
//! A pure function of the facts: no I/O, no clock, no environment. Each family has a file of rules;
//! a rule looks at the facts and emits findings about observations. The generic passes then merge
//! what is the same, hang symptoms beneath their cause, and say what each check came to.

use crate::facts::Facts;
use crate::model::{Diagnosis, Finding};

pub mod bench;
pub mod cache;
pub mod checks;
pub mod checksum;
pub mod credentials;
pub mod environment;
pub mod ignore;
pub mod link;
pub mod log;
pub mod module;
pub mod module_proxy;
pub mod network;
pub mod private;
pub mod rank;
pub mod settings;
pub mod supply;
#[cfg(test)]
pub mod testing;
pub mod toolchain;
pub mod tries;
pub mod verdict;
pub mod version_control;

pub use ignore::Ignore;

/// The rules, family by family, in the order of the taxonomy.
const RULES: &[fn(&Facts, &mut Vec<Finding>)] = &[
    environment::rules,
    private::rules,
    network::rules,
    module_proxy::rules,
    checksum::rules,
    credentials::rules,
    version_control::rules,
    module::rules,
    toolchain::rules,
    cache::rules,
    log::rules,
    // What `go mod tidy` would add is missing only where nothing keeps it from doing so.
    checksum::missing_lines,
];

/// The rules for a module cache that is to be judged by itself (`cache verify`).
const OF_CACHE: &[fn(&Facts, &mut Vec<Finding>)] = &[checksum::stored, cache::rules];

/// What the facts come to. Findings that `ignores` names are left out as if they had not been made.
#[must_use]
pub fn diagnose(facts: &Facts, ignores: &[Ignore]) -> Diagnosis {
    let mut findings = Vec::new();
    for rules in if facts.wishes.verify { OF_CACHE } else { RULES } {
        rules(facts, &mut findings);
    }
    findings.retain(|finding| !ignores.iter().any(|ignore| ignore.covers(finding)));
    module::unlisted(facts, &mut findings);
    let mut findings = rank::merged(findings);
    if facts.transcript.get().is_some() && facts.environment.get().is_none() {
        rank::cap(&mut findings);
    }
    tries::count(facts, &mut findings);
    link::link(facts, &mut findings);
    rank::order(&mut findings);
    let checks = checks::checks(facts, &findings);
    verdict::diagnosis(facts, findings, checks)
}

#[cfg(test)]
mod tests;
