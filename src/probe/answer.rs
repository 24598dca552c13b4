//! Each question goes to its probe.

use super::{World, cache, checksum_database, credentials, endpoint, module_proxy, repository, version_control};
use crate::facts::Facts;
use crate::facts::question::{Found, Question};
use crate::model::Topic;

/// The probe that answers a question.
#[must_use]
pub fn topic(question: &Question) -> Topic {
    match question {
        Question::Endpoint { .. } => Topic::Endpoint,
        Question::BuildList | Question::Walk { .. } => Topic::ModuleProxy,
        Question::ChecksumDatabase { .. } => Topic::ChecksumDatabase,
        Question::Vanity { .. } | Question::Remote { .. } => Topic::VersionControl,
        Question::Credential { .. } | Question::Ssh { .. } => Topic::Credentials,
        Question::CacheScan => Topic::Cache,
    }
}

/// Asks. `facts` is what is known so far; what is found is for the caller to add.
pub async fn answer(world: &World, facts: &Facts, question: &Question) -> Vec<Found> {
    match question {
        Question::Endpoint { url, purpose } => match endpoint::probe(world, url, *purpose).await {
            Some(found) => {
                let clock = endpoint::clock(&found).map(Found::Clock);
                [Found::Endpoint(Box::new(found))].into_iter().chain(clock).collect()
            }
            None => Vec::new(),
        },
        Question::BuildList => build_list(world, facts).await,
        Question::Walk { module, want, why, whole } => {
            vec![Found::ModuleProxy(module_proxy::probe(world, module, *want, why.clone(), *whole).await)]
        }
        Question::ChecksumDatabase { lookups } => {
            vec![Found::ChecksumDatabase(checksum_database::probe(world, lookups).await)]
        }
        Question::Vanity { path } => vec![Found::Vanity(version_control::vanity(world, path).await)],
        Question::Remote { url, vcs, modules } => {
            let seen = facts.version_control.get();
            vec![Found::Remote(version_control::remote(world, seen, url, vcs, modules).await)]
        }
        Question::Credential { host } => {
            vec![Found::Credential(credentials::host(world, facts.version_control.get(), host).await)]
        }
        Question::Ssh { url } => vec![Found::Ssh(credentials::ssh(world, url).await)],
        Question::CacheScan => match facts.repository.get() {
            Some(repository) => vec![Found::Scan(cache::scan(world, repository).await)],
            None => Vec::new(),
        },
    }
}

/// The go.mod files that the cache lacks, until the module graph has all that can be had; then the
/// repository is read again with them.
async fn build_list(world: &World, facts: &Facts) -> Vec<Found> {
    let Some(known) = facts.repository.get() else { return Vec::new() };
    let listed = known.build_list.iter().filter(|module| !module.mod_in_cache);
    let mut wanted: Vec<_> = listed.filter_map(|module| module.fetched().cloned()).collect();
    wanted.extend(known.graph_lacks.iter().filter(|module| !wanted.contains(module)).cloned().collect::<Vec<_>>());
    let limit = facts.wishes.max_modules;
    let proxies = module_proxy::fetch_go_mods(world, wanted, limit, || repository::lacking(world)).await;
    vec![Found::ModuleProxy(proxies), Found::Repository(Box::new(repository::probe(world)))]
}
