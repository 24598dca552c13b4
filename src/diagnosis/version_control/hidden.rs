//! Repositories that a public forge does not show: private, or not there at all.

use super::remote::Failure;
use crate::facts::Facts;
use crate::facts::module_proxy::Answer;
use crate::golang::route::{PrivateReason, is_public_module_host};

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
    let Some(privacy) = facts.privacy(path) else { return false };
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
