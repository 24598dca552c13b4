//! The module proxies of GOPROXY, asked as the go command asks them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;

mod again;
mod ask;
pub mod body;
mod names;
mod product;
mod walk;

pub(super) use ask::login;
pub use ask::{File, entry_host};
pub use walk::{Walked, walk};

use super::World;
use crate::facts::module_proxy::{ModuleProxyFacts, Walk, WalkEnd, Want, WhyAsked};
use crate::golang::modfile::{GoMod, ReadAs};
use crate::golang::module_path::ModuleVersion;
use crate::model::{Step, Topic};

/// Asks for one file of a module; as often as is wished where it is a sample or a culprit.
pub async fn probe(world: &World, module: &ModuleVersion, want: Want, why: WhyAsked, whole: bool) -> ModuleProxyFacts {
    world.progress.step(Topic::ModuleProxy, Step::about(&module.path));
    let file = File { module, want, whole };
    let first = walk(world, file, why.clone()).await.facts;
    match why {
        WhyAsked::Sample | WhyAsked::Culprit => again::again(world, file, &why, first).await,
        WhyAsked::BuildList | WhyAsked::Import { .. } | WhyAsked::Toolchain => first,
    }
}

/// Asks for the go.mod files of `modules`, keeps those that come, and asks for what `more` then names
/// (the requirements of what came), until there is nothing new.
///
/// All are asked at once: the client lets only so many through to one host.
pub async fn fetch_go_mods(
    world: &World,
    modules: Vec<ModuleVersion>,
    limit: usize,
    more: impl Fn() -> Vec<ModuleVersion>,
) -> ModuleProxyFacts {
    let mut facts = ModuleProxyFacts::default();
    let mut known: std::collections::HashSet<ModuleVersion> = std::collections::HashSet::new();
    let mut wave = modules;
    let done = Arc::new(AtomicUsize::new(0));
    loop {
        wave.retain(|module| known.insert(module.clone()));
        let left = limit.saturating_sub(facts.asked);
        wave.truncate(left);
        if wave.is_empty() {
            return facts;
        }
        let all = facts.asked + wave.len();
        let mut asking: FuturesUnordered<_> = wave.iter().map(|module| fetch_go_mod(world, module)).collect();
        while let Some(walked) = asking.next().await {
            let now = done.fetch_add(1, Ordering::Relaxed) + 1;
            world.progress.step(Topic::ModuleProxy, Step::about("go.mod").of(now, all));
            facts.add(walked.facts);
        }
        drop(asking);
        wave = more();
    }
}

/// Whether a walk left somebody out, or ended before it came to anybody: at `off`, or at a malformed entry. At
/// `direct` the module's own host is asked.
fn asked_nobody(walk: &Walk) -> bool {
    let hops = &walk.hops;
    hops.iter().any(|hop| !hop.observation.is_seen()) || (hops.is_empty() && walk.end != WalkEnd::Direct)
}

async fn fetch_go_mod(world: &World, module: &ModuleVersion) -> Walked {
    let file = File { module, want: Want::Mod, whole: false };
    let mut walked = walk(world, file, WhyAsked::BuildList).await;
    walked.facts.asked = usize::from(!walked.facts.walks.iter().any(asked_nobody));
    if let Some(body) = &walked.body {
        world.keep(module.clone(), GoMod::parse(body, ReadAs::Dependency, world.os));
    }
    walked
}
