//! Who would be asked: the hosts that follow from what is known before anybody is asked.
//!
//! At least these: a redirect, a page or a fallback may name more on the way.

use serde::Serialize;

use super::next;
use crate::facts::Facts;
use crate::facts::endpoint::Purpose;
use crate::facts::question::Question;
use crate::facts::version_control::Rewrite;
use crate::golang::checksum_database::{Setting, parse_gosumdb};
use crate::golang::env::Environment;
use crate::golang::http_proxy::{Decision, ProxyVariables, Target, decide};
use crate::golang::route::{Recorded, StepProvider, VcsRoute, route};
use crate::model::Foreign;

/// A host that would be contacted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// The host name or address.
    pub host: Foreign,
    /// The port.
    pub port: u16,
    /// What is wanted of it.
    pub purpose: Wanted,
    /// The HTTP proxy on the way, `host:port`: then that is what this machine talks to.
    pub through: Option<Foreign>,
    /// Why.
    pub why: Why,
}

/// What is wanted of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// The way to other hosts.
    HttpProxy,
    /// Modules, by the GOPROXY protocol.
    ModuleProxy,
    /// Checksums.
    ChecksumDatabase,
    /// The page of a custom import path.
    VanityHost,
    /// A repository.
    VersionControl,
}

/// Why a host would be contacted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum Why {
    /// A variable names it.
    Setting {
        /// The variable.
        variable: Foreign,
    },
    /// Modules come straight from it.
    Modules {
        /// The first of them.
        module: Foreign,
        /// How many there are.
        count: usize,
    },
}

/// The hosts that a run would contact in its first round, each once for what is wanted of it; HTTP
/// proxies first. Nothing where the network may not be used.
#[must_use]
pub fn contacts(facts: &Facts) -> Vec<Contact> {
    let Some(settings) = facts.environment.get().filter(|_| !facts.wishes.offline) else { return Vec::new() };
    let environment = &settings.environment;
    let mut list = List { environment, proxies: proxies(environment), contacts: Vec::new() };
    let questions = next(facts);
    for question in &questions {
        if let Question::Endpoint { url, purpose: Purpose::ModuleProxy } = question {
            list.setting(url, Wanted::ModuleProxy, "GOPROXY");
        }
    }
    if questions.iter().any(|question| matches!(question, Question::ChecksumDatabase { .. }))
        && let Ok(Setting::Database(database)) = parse_gosumdb(environment.value("GOSUMDB"))
    {
        let url = database.url.as_ref().map_or_else(|| database.direct_url(), |url| url.redacted());
        list.setting(&url, Wanted::ChecksumDatabase, "GOSUMDB");
    }
    let rewrites = facts.version_control.get().map_or(&[][..], |version_control| &version_control.rewrites);
    for path in direct(facts) {
        list.module(&path, rewrites);
    }
    list.contacts.sort_by(|a, b| (a.purpose, &a.host, a.port).cmp(&(b.purpose, &b.host, b.port)));
    list.contacts
}

/// The modules that a sync fetches, as far as it is known before anybody is asked.
fn direct(facts: &Facts) -> Vec<String> {
    let mut paths: Vec<String> = facts.wishes.modules.iter().map(|module| module.path.clone()).collect();
    if let Some(repository) = facts.repository.get() {
        let lacking = repository
            .build_list
            .iter()
            .filter(|module| !module.mod_in_cache || (module.needed && !module.source_in_cache));
        paths.extend(lacking.filter_map(|module| module.fetched()).map(|module| module.path.clone()));
        paths.extend(repository.graph_lacks.iter().map(|module| module.path.clone()));
        let imports = repository.missing_imports.iter().filter(|import| import.malformed.is_none());
        paths.extend(imports.map(|import| import.import.to_string()));
    }
    paths.sort();
    paths.dedup();
    paths
}

fn proxies(environment: &Environment) -> ProxyVariables {
    ProxyVariables::read(|name| environment.get(name).map(|variable| variable.value.as_str().to_owned()))
}

struct List<'a> {
    environment: &'a Environment,
    proxies: ProxyVariables,
    contacts: Vec<Contact>,
}

impl List<'_> {
    fn setting(&mut self, url: &str, wanted: Wanted, variable: &str) {
        self.url(url, wanted, Why::Setting { variable: variable.into() });
    }

    /// A module that go fetches from its own host, nobody else being asked before.
    fn module(&mut self, path: &str, rewrites: &[Rewrite]) {
        let route = route(self.environment, path, Recorded::No);
        let straight = matches!(route.modules.steps.first().map(|step| &step.provider), Some(StepProvider::Direct));
        let Some(direct) = route.direct.filter(|_| straight) else { return };
        let why = Why::Modules { module: path.into(), count: 1 };
        match direct.repository {
            VcsRoute::ByPath { url, .. } => {
                let url = if url.contains("://") { url } else { format!("https://{url}") };
                self.url(&rewritten(&url, rewrites), Wanted::VersionControl, why);
            }
            VcsRoute::ByPage { host, .. } => self.url(&format!("https://{host}/"), Wanted::VanityHost, why),
            VcsRoute::Refused { .. } => {}
        }
    }

    fn url(&mut self, url: &str, wanted: Wanted, why: Why) {
        let Some((host, port)) = host_port(url) else { return };
        let mut through = None;
        if let Some(target) = Target::parse(url)
            && let Decision::Proxy { variable, proxy } = decide(&self.proxies, &target)
            && let Some(port) = proxy.port_number()
        {
            through = Some(Foreign::new(&format!("{}:{port}", proxy.host)));
            let why = Why::Setting { variable: variable.name().into() };
            let host = Foreign::new(&proxy.host);
            self.add(Contact { host, port, purpose: Wanted::HttpProxy, through: None, why });
        }
        self.add(Contact { host: Foreign::new(&host), port, purpose: wanted, through, why });
    }

    fn add(&mut self, contact: Contact) {
        let known = self
            .contacts
            .iter_mut()
            .find(|known| (&known.host, known.port, known.purpose) == (&contact.host, contact.port, contact.purpose));
        match known {
            None => self.contacts.push(contact),
            Some(known) => {
                if let Why::Modules { count, .. } = &mut known.why {
                    *count += 1;
                }
            }
        }
    }
}

/// The rewrite that git applies to a URL: the longest prefix counts.
pub(super) fn rule<'a>(url: &str, rewrites: &'a [Rewrite]) -> Option<&'a Rewrite> {
    let fitting =
        rewrites.iter().filter(|rewrite| rewrite.origin.seen_by_go() && url.starts_with(rewrite.from.as_str()));
    fitting.max_by_key(|rewrite| rewrite.from.as_str().len())
}

/// The URL after git's rewrites.
pub(super) fn rewritten(url: &str, rewrites: &[Rewrite]) -> String {
    match rule(url, rewrites) {
        Some(rewrite) => format!("{}{}", rewrite.to, url.get(rewrite.from.as_str().len()..).unwrap_or_default()),
        None => url.to_owned(),
    }
}

/// Host and port of a URL, or of git's `user@host:path`; none for a folder.
pub(super) fn host_port(url: &str) -> Option<(String, u16)> {
    if !url.contains("://") {
        let (authority, _) = url.split_once(':').filter(|(authority, _)| !authority.contains('/'))?;
        return Some((authority.rsplit('@').next()?.to_owned(), 22));
    }
    let url = url::Url::parse(url).ok()?;
    let port = match url.scheme() {
        "ssh" | "git+ssh" | "ssh+git" => Some(22),
        "git" => Some(9418),
        _ => None,
    };
    let host = url.host_str().filter(|host| !host.is_empty())?.trim_matches(['[', ']']).to_owned();
    Some((host, url.port_or_known_default().or(port)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::testing;
    use crate::golang::module_path::ModuleVersion;

    fn listed(process: &[(&str, &str)], module: &str) -> Vec<String> {
        let mut facts = testing::nothing();
        facts.environment = testing::environment("go1.26.1", process);
        facts.wishes.modules.push(ModuleVersion::new(module, "v1.0.0"));
        let shown = |contact: &Contact| {
            let through = contact.through.as_ref().map(|through| format!(" through {through}")).unwrap_or_default();
            format!("{:?} {}:{}{through}", contact.purpose, contact.host, contact.port)
        };
        contacts(&facts).iter().map(shown).collect()
    }

    #[test]
    fn settings_name_hosts() {
        let process = [
            ("GOPROXY", "https://u:p@goproxy.corp.example,direct"),
            ("GOSUMDB", "sum.golang.org"),
            ("HTTPS_PROXY", "http://proxy.corp.example:3128"),
        ];
        assert_eq!(
            listed(&process, "github.com/a/b"),
            [
                "HttpProxy proxy.corp.example:3128",
                "ModuleProxy goproxy.corp.example:443 through proxy.corp.example:3128",
                "ChecksumDatabase sum.golang.org:443 through proxy.corp.example:3128",
            ]
        );
    }

    #[test]
    fn modules_that_come_straight_from_their_host_name_it() {
        let process =
            [("GOPROXY", "https://goproxy.corp.example"), ("GOSUMDB", "off"), ("GOPRIVATE", "*.corp.example")];
        let direct = |module| listed(&process, module).pop().unwrap_or_default();
        assert_eq!(direct("git.corp.example/team/lib.git"), "VersionControl git.corp.example:443");
        assert_eq!(direct("go.corp.example/lib"), "VanityHost go.corp.example:443");
        assert_eq!(direct("github.com/a/b"), "ModuleProxy goproxy.corp.example:443");
        assert!(listed(&[("GOPROXY", "off"), ("GOSUMDB", "off")], "github.com/a/b").is_empty());
    }

    #[test]
    fn rewrites_lead_elsewhere() {
        let origin =
            crate::facts::version_control::ConfigOrigin { scope: "global".into(), file: "f".into(), line: None };
        let rule = |from: &str, to: &str| Rewrite {
            from: from.into(),
            to: to.into(),
            has_login: false,
            origin: origin.clone(),
        };
        let rules = [rule("https://h/", "git@a:"), rule("https://h/team/", "ssh://git@b:2222/")];
        assert_eq!(host_port(&rewritten("https://h/x", &rules)), Some(("a".into(), 22)));
        assert_eq!(host_port(&rewritten("https://h/team/x", &rules)), Some(("b".into(), 2222)));
        assert_eq!(host_port("/srv/git/x"), None);
        assert_eq!(host_port("file:///srv/git/x"), None);
    }
}
