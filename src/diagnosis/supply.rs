//! From where the modules of a build come, for whoever wants to know that all is well.

use crate::facts::Facts;
use crate::facts::endpoint::Step;
use crate::golang::goproxy::{Provider, ProxyUrl};
use crate::model::Supply;
use crate::model::supply::{Checksums, Source};

/// The entries of GOPROXY with what is known of them, the way to the checksum database, and the
/// state of go.sum.
#[must_use]
pub fn supply(facts: &Facts) -> Supply {
    Supply { sources: sources(facts), checksums: checksums(facts), go_sum_complete: go_sum_complete(facts) }
}

fn sources(facts: &Facts) -> Vec<Source> {
    let environment = facts.environment.get().map(|settings| &settings.environment);
    let Some(list) = environment.and_then(|environment| environment.goproxy().ok()) else { return Vec::new() };
    let source = |provider: &Provider| match provider {
        Provider::Proxy(proxy) => {
            Some(Source::ModuleProxy { host: host(facts, proxy), answered_ms: answered_ms(facts, proxy) })
        }
        Provider::Direct => Some(Source::Direct),
        Provider::Off => Some(Source::Off),
        Provider::NoProxy => None,
    };
    list.entries.iter().filter_map(|entry| source(&entry.provider)).collect()
}

fn host(facts: &Facts, proxy: &ProxyUrl) -> String {
    if let Some(path) = proxy.is_file().then(|| proxy.file_path(facts.os)).flatten() {
        return path;
    }
    match proxy.port() {
        None | Some(80 | 443) => proxy.host().to_owned(),
        Some(port) => format!("{}:{port}", proxy.host()),
    }
}

/// The time of all steps of the way to it, where the last was an answer.
fn answered_ms(facts: &Facts, proxy: &ProxyUrl) -> Option<u64> {
    let endpoint = facts.endpoint.get()?.at(proxy.host(), proxy.port()?)?;
    let answered = endpoint.step(Step::Http).is_some_and(|seen| seen.is_seen());
    answered.then(|| endpoint.steps.iter().map(|(_, seen)| seen.elapsed_ms).sum())
}

fn checksums(facts: &Facts) -> Option<Checksums> {
    let database = facts.checksum_database.get()?;
    let (name, base) = (database.name.as_ref()?, database.base.as_ref()?);
    Some(match base.through {
        Some(_) => Checksums::ThroughModuleProxy,
        None => Checksums::Directly { name: name.to_string() },
    })
}

/// With vendor/ in use go.sum is not looked at, and says nothing.
fn go_sum_complete(facts: &Facts) -> bool {
    facts.repository.get().is_some_and(|repository| {
        let vendored = repository.vendor.as_ref().is_some_and(|vendor| vendor.used);
        !vendored && repository.sums.first().is_some_and(|sums| sums.exists) && repository.missing_sums.is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::testing;
    use crate::facts::Observation;
    use crate::facts::endpoint::{Endpoint, step_id};

    fn told(goproxy: &str) -> Vec<Source> {
        let mut facts = testing::nothing();
        facts.environment = testing::environment("go1.26.0", &[("GOPROXY", goproxy), ("GOPRIVATE", "corp.example")]);
        let step = |step, ms| {
            let mut seen = Observation::seen(step_id("a.example", 443, step), "a.example:443");
            seen.elapsed_ms = ms;
            (step, seen)
        };
        facts.endpoint.begin().endpoints.push(Endpoint {
            host: "a.example".into(),
            port: 443,
            purposes: Vec::new(),
            proxy_variable: None,
            steps: vec![step(Step::Dns, 2), step(Step::Tcp, 10), step(Step::Tls, 20), step(Step::Http, 6)],
            stages: None,
        });
        sources(&facts)
    }

    #[test]
    fn each_entry_of_goproxy_is_told_with_how_fast_it_answered() {
        let proxy = |host: &str, answered_ms| Source::ModuleProxy { host: host.into(), answered_ms };
        let answered = proxy("a.example", Some(38));
        assert_eq!(
            told("https://a.example/go,http://b.example:8081|direct"),
            [answered.clone(), proxy("b.example:8081", None), Source::Direct]
        );
        assert_eq!(told("a.example,off"), [answered, Source::Off]);
        assert_eq!(told("file:///srv/modules"), [proxy("/srv/modules", None)]);
        assert_eq!(told("//"), []);
    }
}
