//! GOPROXY itself.

use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::module_proxy::WalkEnd;
use crate::golang::goproxy::{self, Provider};
use crate::golang::platform::Os;
use crate::model::situation::module_proxy::{Advice, Situation};
use crate::model::{Action, Finding, Fix, Foreign, Subject};

use super::super::settings;

/// A value that does not parse stops the first lookup; an odd host is told where it fails.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(settings) = facts.environment.get() else { return };
    let environment = &settings.environment;
    let Some(variable) = environment.get("GOPROXY") else { return };
    let value = Foreign::new(variable.value.shown());
    let (place, actions) = settings::unset(facts, "GOPROXY");
    let correct = || {
        // A value with a secret is not shown, so that no command can hold it.
        let value = corrected(variable.value.as_str(), environment.os).filter(|it| goproxy::redacted(it) == *it);
        let set = value.map(|value| Action::SetVariable { name: "GOPROXY".into(), value });
        Fix::safe(Advice::CorrectGoproxy.into(), place.clone(), set.into_iter().collect())
    };
    let default = || {
        let fix = Fix::safe(Advice::UseDefault.into(), place.clone(), actions.clone());
        // The module proxy that somebody meant would no longer be asked.
        let names_one = variable.value.as_str().contains(|c: char| !matches!(c, ',' | '|') && !c.is_whitespace());
        if names_one { fix.guessed() } else { fix }
    };
    match environment.goproxy() {
        Err(error) => {
            let error = Foreign::new(&error.to_string());
            let finding = Finding::new(
                Code::ProxyMisconfigured,
                Subject::variable("GOPROXY"),
                Situation::Unparsable { value: value.clone(), error: error.clone() }.into(),
            )
            .about("environment/GOPROXY")
            .with("value", value.as_str())
            .seen("environment/GOPROXY", None, format!("GOPROXY={value}: {error}"))
            .fix(correct())
            .fix(default());
            findings.push(if needs_a_lookup(facts) { finding } else { finding.warning() });
        }
        Ok(list) => {
            for entry in &list.entries {
                let Provider::Proxy(proxy) = &entry.provider else { continue };
                if proxy.suspicion().is_none() {
                    continue;
                }
                let shown = Foreign::new(&proxy.redacted());
                let port = proxy.port().unwrap_or(443);
                let finding = Finding::new(
                    Code::ProxyMisconfigured,
                    Subject::variable("GOPROXY"),
                    Situation::OddHost { entry: shown }.into(),
                )
                .about("environment/GOPROXY")
                .explaining([crate::facts::endpoint::step_id(proxy.host(), port, crate::facts::endpoint::Step::Dns)])
                .with("value", value.as_str())
                .fix(correct())
                .fix(default());
                findings.push(if needs_a_lookup(facts) { finding } else { finding.warning() });
            }
        }
    }
}

/// The value as it was meant, where that is no guess: without quotation marks, and with its words in small
/// letters.
fn corrected(value: &str, os: Os) -> Option<String> {
    let meant = |item: &str| {
        let bare = item.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\u{201c}' | '\u{201d}'));
        let word = ["direct", "off"].into_iter().find(|word| bare.eq_ignore_ascii_case(word));
        word.unwrap_or(bare).to_owned()
    };
    let written: String = value
        .split_inclusive([',', '|'])
        .map(|part| match part.strip_suffix([',', '|']) {
            Some(item) => meant(item) + part.get(item.len()..).unwrap_or_default(),
            None => meant(part),
        })
        .collect();
    (written != value && goproxy::parse(&written, "", os).is_ok()).then_some(written)
}

/// Whether a sync here looks a module up: something was asked for that the cache does not settle.
fn needs_a_lookup(facts: &Facts) -> bool {
    let asked = facts.module_proxy.get().is_some_and(|proxies| {
        proxies.walks.iter().any(|walk| {
            walk.why != crate::facts::module_proxy::WhyAsked::Sample && !matches!(walk.end, WalkEnd::Found { .. })
        })
    });
    let lacking = facts.repository.get().is_some_and(|repository| {
        let module_lacks =
            |module: &crate::facts::repository::BuildModule| !module.mod_in_cache || !module.source_in_cache;
        repository.build_list.iter().any(module_lacks)
            || !repository.graph_lacks.is_empty()
            || !repository.missing_imports.is_empty()
    });
    asked || lacking
}

/// The value with a bar instead of a comma behind the item at `position`.
#[must_use]
pub fn with_bar(value: &str, position: usize) -> String {
    let mut at = 0;
    value
        .chars()
        .map(|c| match c {
            ',' | '|' => {
                at += 1;
                if at == position + 1 { '|' } else { c }
            }
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{corrected, with_bar};
    use crate::golang::platform::Os;

    #[test]
    fn what_was_meant_is_no_guess() {
        let meant = |value: &str| corrected(value, Os::Linux);
        assert_eq!(meant("\"https://a.example,direct\"").as_deref(), Some("https://a.example,direct"));
        assert_eq!(meant("'https://a.example'|DIRECT").as_deref(), Some("https://a.example|direct"));
        assert_eq!(meant("Off").as_deref(), Some("off"));
        for unknown in ["ftp://a.example", ",", "\"\"", "https://a.example,direct"] {
            assert_eq!(meant(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn only_the_separator_behind_the_item_changes() {
        assert_eq!(with_bar("https://a,https://b,direct", 0), "https://a|https://b,direct");
        assert_eq!(with_bar("https://a,https://b,direct", 1), "https://a,https://b|direct");
        assert_eq!(with_bar("https://a|https://b,direct", 0), "https://a|https://b,direct");
    }
}
