//! Requests that were refused for want of a login, or in spite of one.

use crate::diagnosis::network;
use crate::diagnosis::version_control::remote::failures;
use crate::facts::Facts;
use crate::facts::module_proxy::{Answer, ModuleProxyFacts};
use crate::facts::version_control::{GitTrouble, VanityResult};
use crate::golang::go_url::GoUrl;
use crate::model::Foreign;
use crate::model::Seen;
use crate::model::situation::credentials::Client;

/// One request that was refused.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The observation.
    pub observation: String,
    /// The URL, without secrets.
    pub url: Foreign,
    /// The host, with its port as the URL has it.
    pub host: String,
    /// Whether the URL is https.
    pub https: bool,
    /// The status, where there was one.
    pub status: Option<u16>,
    /// Whether a login was sent.
    pub sent: bool,
    /// Whether a sync fails of it.
    pub fatal: bool,
    /// Whether the refusal only looks like one: a server that hides what it has answers 404.
    pub hidden: bool,
    /// Who asked.
    pub client: Client,
    /// What was seen.
    pub seen: Seen,
}

/// The refusals of module proxies, of the checksum database, of vanity pages and of git servers.
pub fn refusals(facts: &Facts) -> Vec<Refusal> {
    let mut found = Vec::new();
    if let Some(proxies) = facts.module_proxy.get() {
        module_proxies(proxies, &mut found);
    }
    checksum_database(facts, &mut found);
    vanity_pages(facts, &mut found);
    git_servers(facts, &mut found);
    found
}

fn refused(status: u16) -> bool {
    matches!(status, 401 | 403)
}

fn by_go(observation: &str, url: &Foreign, status: u16, sent: bool) -> Option<Refusal> {
    let parsed = GoUrl::parse(url.as_str()).ok()?;
    Some(Refusal {
        observation: observation.to_owned(),
        url: url.clone(),
        host: parsed.host.clone(),
        https: parsed.scheme == "https",
        status: Some(status),
        sent,
        fatal: true,
        hidden: false,
        client: Client::Go,
        seen: Seen::Refused { url: url.to_string(), status, login_sent: sent },
    })
}

fn module_proxies(proxies: &ModuleProxyFacts, found: &mut Vec<Refusal>) {
    for walk in &proxies.walks {
        for hop in &walk.hops {
            let Answer::Http { http, .. } = &hop.answer else { continue };
            let hidden = matches!(http.status, 404 | 410) && !hop.credentials_sent && gives_nothing(proxies, hop.entry);
            if !(refused(http.status) || hidden) {
                continue;
            }
            let Some(refusal) = by_go(&hop.observation.id, &hop.url, http.status, hop.credentials_sent) else {
                continue;
            };
            found.push(Refusal { fatal: !network::goes_on(walk, hop), hidden, ..refusal });
        }
    }
}

/// Whether an entry answered nothing but 404 and 410, as one does that hides what it has.
fn gives_nothing(proxies: &ModuleProxyFacts, entry: usize) -> bool {
    let hops = proxies.walks.iter().flat_map(|walk| &walk.hops).filter(|hop| hop.entry == entry);
    let mut asked = 0;
    for hop in hops {
        match &hop.answer {
            Answer::Http { http, .. } if matches!(http.status, 404 | 410) => asked += 1,
            _ => return false,
        }
    }
    asked > 0 && !proxies.served.iter().any(|served| served.entry == entry && served.count > 0)
}

fn checksum_database(facts: &Facts, found: &mut Vec<Refusal>) {
    let Some(database) = facts.checksum_database.get() else { return };
    let answers = database.supported.iter().map(|ask| (&ask.observation, &ask.answer));
    let answers = answers.chain(database.latest.iter().map(|ask| (&ask.observation, &ask.answer)));
    let answers = answers.chain(database.lookups.iter().map(|lookup| (&lookup.observation, &lookup.answer)));
    for (observation, answer) in answers {
        let Answer::Http { http, .. } = answer else { continue };
        if refused(http.status) && http.redirects.is_empty() {
            found.extend(by_go(&observation.id, &http.url, http.status, http.login_sent));
        }
    }
}

fn vanity_pages(facts: &Facts, found: &mut Vec<Refusal>) {
    for lookup in facts.version_control.get().into_iter().flat_map(|version_control| &version_control.vanity) {
        let VanityResult::NoTag { http, .. } = &lookup.result else { continue };
        if !refused(http.status) {
            continue;
        }
        found.extend(by_go(&lookup.observation.id, &lookup.url, http.status, http.login_sent));
    }
}

fn git_servers(facts: &Facts, found: &mut Vec<Refusal>) {
    for failure in failures(facts).filter(|failure| failure.address.is_http()) {
        let sent = match failure.trouble {
            GitTrouble::LoginWanted => false,
            GitTrouble::LoginRefused => true,
            _ => continue,
        };
        found.push(Refusal {
            observation: failure.remote.observation.id.clone(),
            url: failure.url().into(),
            host: failure.address.written(),
            https: failure.address.scheme == "https",
            status: None,
            sent,
            fatal: true,
            hidden: false,
            client: Client::Git,
            seen: failure.line().into(),
        });
    }
}
