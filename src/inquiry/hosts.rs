//! Which hosts to go to, stage by stage: each that a sync contacts, and those that turn up on the way.

use crate::facts::Facts;
use crate::facts::endpoint::Purpose;
use crate::facts::module_proxy::Answer;
use crate::facts::question::Question;
use crate::facts::version_control::{RemoteResult, VanityResult};
use crate::golang::env::Origin;
use crate::golang::goproxy::{self, Provider};
use crate::golang::http_proxy::Target;

/// The entries of GOPROXY, where redirects lead, vanity hosts and git servers that failed.
pub fn questions(facts: &Facts, questions: &mut Vec<Question>) {
    let mut ask = |url: &str, purpose| {
        if let Some(url) = root(url) {
            questions.push(Question::Endpoint { url, purpose });
        }
    };
    let providers = facts.environment.get().and_then(|settings| settings.environment.goproxy().ok());
    for entry in providers.iter().flat_map(|list| &list.entries) {
        if let Provider::Proxy(proxy) = &entry.provider {
            ask(&proxy.redacted(), Purpose::ModuleProxy);
        }
    }
    hidden_proxies(facts, &mut ask);
    let walks = facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.walks);
    for hop in walks.flat_map(|walk| &walk.hops) {
        if let Answer::Http { http, .. } = &hop.answer
            && http.status != 200
            && let Some(redirect) = http.redirects.last()
        {
            ask(redirect.to.as_str(), Purpose::Storage);
        }
    }
    if let Some(database) = facts.checksum_database.get()
        && let Some(base) = database.base.as_ref().filter(|base| base.through.is_none())
    {
        ask(base.url.as_str(), Purpose::ChecksumDatabase);
    }
    let Some(version_control) = facts.version_control.get() else { return };
    for lookup in &version_control.vanity {
        if matches!(lookup.result, VanityResult::Failed { .. }) {
            ask(lookup.url.as_str(), Purpose::VanityHost);
        }
    }
    for remote in &version_control.remotes {
        if matches!(remote.result, RemoteResult::Failed { .. }) {
            ask(remote.effective_url.as_ref().unwrap_or(&remote.url).as_str(), Purpose::VersionControl);
        }
    }
}

/// The module proxies of a GOPROXY that `go env -w` wrote and the process environment hides, once those that
/// count fail: would they have worked? The default that GOROOT/go.env holds is nobody's wish, and not asked.
fn hidden_proxies(facts: &Facts, ask: &mut impl FnMut(&str, Purpose)) {
    let Some(settings) = facts.environment.get() else { return };
    let Some(variable) = settings.environment.get("GOPROXY") else { return };
    let fails = settings.environment.goproxy().is_err()
        || facts.module_proxy.get().is_some_and(|proxies| !proxies.walks.is_empty());
    let by_hand = variable.shadowed.iter().filter(|setting| matches!(setting.origin, Origin::UserFile { .. }));
    for hidden in by_hand.filter(|_| fails && variable.origin == Origin::Process) {
        let list = goproxy::parse(hidden.value.as_str(), "", settings.environment.os);
        for proxy in list.iter().flat_map(goproxy::ProviderList::proxies) {
            ask(&proxy.redacted(), Purpose::ModuleProxy);
        }
    }
}

/// `scheme://host:port/` of an http or https URL: a host is gone to once, whatever is wanted there.
fn root(url: &str) -> Option<String> {
    let target = Target::parse(url)?;
    if !matches!(target.scheme.as_str(), "http" | "https") {
        return None;
    }
    let host = if target.host.contains(':') { format!("[{}]", target.host) } else { target.host };
    Some(format!("{}://{host}:{}/", target.scheme, target.port))
}
