//! Keeping paths that look private from public servers.

use super::{has_own_proxies, has_own_sums, pattern_for};
use crate::diagnosis::settings;
use crate::facts::Facts;
use crate::model::situation::private::Advice;
use crate::model::{Fix, Foreign};

/// A path that public servers are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving<'a> {
    /// The module path.
    pub path: &'a str,
    /// Whether only module proxies of the house are asked for the module, so that the checksum database is all
    /// that is told.
    pub by_house: bool,
}

/// What keeps `leaving` in the house: patterns for the variable that decides here, each added once to
/// what stands there. A path that goes to a proxy of the house first is kept from the checksum database
/// only: GOPRIVATE would send it past that proxy.
#[must_use]
pub fn keep(facts: &Facts, leaving: &[Leaving<'_>]) -> Vec<Fix> {
    let Some(settings) = facts.environment.get() else { return Vec::new() };
    let environment = &settings.environment;
    let (gonoproxy, gonosumdb) = (environment.gonoproxy(), environment.gonosumdb());
    // A variable without a value takes that of GOPRIVATE.
    let own_proxies = has_own_proxies(environment);
    let own_sums = has_own_sums(environment);
    let proxies = if own_proxies { "GONOPROXY" } else { "GOPRIVATE" };
    let mut lists: Vec<(&str, Vec<String>)> = Vec::new();
    let mut add = |variable: &'static str, pattern: &str| match lists.iter_mut().find(|(name, _)| *name == variable) {
        Some((_, patterns)) if patterns.iter().any(|known| known == pattern) => {}
        Some((_, patterns)) => patterns.push(pattern.to_owned()),
        None => lists.push((variable, vec![pattern.to_owned()])),
    };
    for one in leaving {
        let pattern = pattern_for(one.path);
        if !one.by_house && !gonoproxy.matches(one.path) {
            add(proxies, &pattern);
        }
        let asked = !gonosumdb.matches(one.path) && environment.value("GOSUMDB") != "off";
        if asked && (one.by_house || own_proxies || own_sums) {
            add("GONOSUMDB", &pattern);
        }
    }
    let fix = |(variable, patterns): (&str, Vec<String>)| {
        let patterns = patterns.join(",");
        let (place, actions) = settings::extend(facts, variable, &patterns);
        let advice = Advice::KeepInHouse { variable: variable.into(), patterns: Foreign::new(&patterns) };
        Fix::safe(advice.into(), place, actions)
    };
    lists.into_iter().map(fix).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::testing;
    use crate::model::{Action, Place};

    fn kept(process: &[(&str, &str)], leaving: &[(&str, bool)]) -> Vec<(String, String)> {
        let mut facts = testing::nothing();
        facts.environment = testing::environment("go1.26.1", process);
        let leaving: Vec<_> = leaving.iter().map(|(path, by_house)| Leaving { path, by_house: *by_house }).collect();
        let set = |action: &Action| match action {
            Action::SetVariable { name, value } => (name.clone(), value.clone()),
            other => panic!("{other:?}"),
        };
        keep(&facts, &leaving).iter().flat_map(|fix| fix.actions.iter().map(set)).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_variable_that_decides_is_extended_once() {
        let both = [("git.team.corp/a/b", false), ("git.team.corp/c", false), ("github.com/acme/x", false)];
        for (process, leaving, expected) in [
            (&[] as &[(&str, &str)], &both[..], &[("GOPRIVATE", "git.team.corp,github.com/acme")] as &[_]),
            (&[("GOPRIVATE", "x.example")], &both[..1], &[("GOPRIVATE", "x.example,git.team.corp")]),
            (
                &[("GONOPROXY", "x.example")],
                &both[..1],
                &[("GONOPROXY", "x.example,git.team.corp"), ("GONOSUMDB", "git.team.corp")],
            ),
            (&[("GONOPROXY", "none"), ("GOSUMDB", "off")], &both[..1], &[("GONOPROXY", "none,git.team.corp")]),
            (
                &[("GOPRIVATE", "x.example"), ("GONOSUMDB", "none")],
                &both[..1],
                &[("GOPRIVATE", "x.example,git.team.corp"), ("GONOSUMDB", "none,git.team.corp")],
            ),
            // What stands there is not added again.
            (&[("GONOPROXY", "none,git.team.corp")], &both[..1], &[("GONOSUMDB", "git.team.corp")]),
            // A proxy of the house stays in use.
            (&[("GOPRIVATE", "x.example")], &[("git.team.corp/a", true)], &[("GONOSUMDB", "x.example,git.team.corp")]),
            (&[], &[], &[]),
        ] {
            assert_eq!(kept(process, leaving), pairs(expected), "{process:?}");
        }
    }

    #[test]
    fn the_place_is_where_the_variable_is_set() {
        let mut facts = testing::nothing();
        let leaving = [Leaving { path: "git.team.corp/a", by_house: false }];
        assert!(keep(&facts, &leaving).is_empty());
        for (process, place) in
            [(&[] as &[(&str, &str)], Place::UserEnvFile), (&[("GOPRIVATE", "x.example")], Place::Shell)]
        {
            facts.environment = testing::environment("go1.26.1", process);
            assert_eq!(keep(&facts, &leaving)[0].place, place);
        }
    }
}
