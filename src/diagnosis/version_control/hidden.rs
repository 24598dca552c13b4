//! Repositories that a public forge does not show: private, or not there at all.

use super::remote::Failure;
use crate::facts::Facts;
use crate::facts::module_proxy::Answer;
use crate::golang::route::{self, PrivateReason, is_public_module_host};

/// Whether a repository for which git wants a login rather does not exist: it is on a public forge,
/// nothing makes its path look private, and no module proxy has it.
#[must_use]
pub fn may_not_exist(facts: &Facts, failure: &Failure<'_>) -> bool {
    if !is_public_module_host(&failure.address.host) || failure.remote.rewritten_by.is_some() {
        return false;
    }
    failure.remote.modules.iter().all(|module| !looks_private(facts, &module.path) && !is_served(facts, &module.path))
}

/// Whether anything makes a path look private.
#[must_use]
pub fn looks_private(facts: &Facts, path: &str) -> bool {
    let Some(settings) = facts.environment.get() else { return false };
    let repository = facts.repository.get();
    let mains: Vec<&str> = repository
        .into_iter()
        .flat_map(|repository| &repository.main_modules)
        .filter_map(|module| module.path.as_ref().map(AsRef::as_ref))
        .collect();
    let remotes: Vec<&str> =
        repository.into_iter().flat_map(|repository| &repository.own_remotes).map(AsRef::as_ref).collect();
    let privacy = route::privacy(&settings.environment, &mains, &remotes, path);
    // A pattern for everything says nothing about this path.
    privacy.reasons.iter().any(|reason| !matches!(reason, PrivateReason::Listed { item, .. } if item == "*"))
}

/// Whether a module proxy has any version of a module.
fn is_served(facts: &Facts, path: &str) -> bool {
    let Some(proxies) = facts.module_proxy.get() else { return false };
    let walked = proxies.walks.iter().filter(|walk| walk.module.path == path).flat_map(|walk| &walk.hops);
    proxies.served_versions.iter().any(|module| module.path == path)
        || walked.into_iter().any(|hop| matches!(&hop.answer, Answer::Http { http, .. } if http.status == 200))
}
