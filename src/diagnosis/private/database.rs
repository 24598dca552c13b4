//! Private modules whose names go to the checksum database only: GONOPROXY without GONOSUMDB, for example.

use std::collections::BTreeSet;

use super::{Sent, has_own_proxies, has_own_sums, lookups, needs_database, pattern_for, strongest};
use crate::catalog::{Code, Location};
use crate::facts::Facts;
use crate::facts::module_proxy::Answer;
use crate::model::situation::private::{Advice, Situation};
use crate::model::{Confidence, Finding, Fix, Foreign, Subject};

use super::super::settings;

/// The database refuses them, or would.
pub fn rules(facts: &Facts, sent: &[Sent], findings: &mut Vec<Finding>) {
    let Some(repository) = facts.repository.get() else { return };
    let paths: BTreeSet<&str> = repository.missing_sums.iter().map(|sum| sum.module.path.as_str()).collect();
    for path in paths {
        if sent.iter().any(|sent| sent.path == path) || !needs_database(facts, path) {
            continue;
        }
        findings.extend(told_to_database(facts, path));
    }
}

fn told_to_database(facts: &Facts, path: &str) -> Option<Finding> {
    let environment = &facts.environment.get()?.environment;
    let privacy = facts.privacy(path).filter(|privacy| privacy.keep_in_house)?;
    let lookup = facts.checksum_database.get()?.lookups.iter().find(|lookup| lookup.module.path == path);
    let refused = lookup.is_some_and(|lookup| match &lookup.answer {
        Answer::Http { http, .. } => matches!(http.status, 403 | 404 | 410),
        _ => false,
    });
    // A database of the house may well know it.
    if lookup.is_some() && !refused {
        return None;
    }
    let only_gonoproxy = environment.gonoproxy().matches(path);
    let is_apart = only_gonoproxy || has_own_proxies(environment) || has_own_sums(environment);
    let variable = if is_apart { "GONOSUMDB" } else { "GOPRIVATE" };
    let pattern = pattern_for(path);
    let (place, actions) = settings::extend(facts, variable, &pattern);
    let name = facts.checksum_database.get().and_then(|database| database.name.clone());
    let finding = Finding::new(
        Code::PrivateNotConfigured,
        Subject::module(path),
        Situation::NotConfigured {
            path: Foreign::new(path),
            hosts: name.into_iter().collect(),
            because: strongest(&privacy),
            imported_at: None,
            only_gonoproxy,
        }
        .into(),
    )
    .located(Location::Local)
    .with("module", path)
    .confidence(if refused { Confidence::Confirmed } else { Confidence::Likely })
    .about(crate::facts::environment::variable_id(variable))
    .explaining(lookups(facts, path))
    .fix(Fix::safe(
        Advice::AddPattern { variable: variable.into(), pattern: Foreign::new(&pattern) }.into(),
        place,
        actions,
    ));
    Some(finding)
}
