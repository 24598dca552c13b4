//! The build list's modules in the module cache, hashed as far as the time goes.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crate::cachescan::{self, Limits, Order, Scanned, Sums, Wanted};
use crate::facts::cache::{ModuleDamage, Scan};
use crate::facts::repository::RepositoryFacts;
use crate::facts::{Observation, Reason};
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_path::ModuleVersion;
use crate::model::{Damage, Foreign, Step, Topic};
use crate::probe::World;

/// The most time that hashing may take, however much is left.
const MAX_TIME: Duration = Duration::from_secs(5);

/// Looks at the modules of the build list that the cache holds: for a third of the time that is left,
/// since the rest of the run waits for nothing of it.
pub async fn scan(world: &World, repository: &RepositoryFacts) -> Scan {
    let started = Instant::now();
    let Some(cache) = world.environment.gomodcache().map(str::to_owned) else {
        return nothing(Observation::skipped("cache/modules", "GOMODCACHE", Reason::NotNeeded));
    };
    let wanted = wanted(world, repository);
    let until = started + (world.deadline.remaining() / 3).min(MAX_TIME);
    let count = wanted.len();
    world.progress.step(Topic::Cache, Step::about("hashing").of(0, count));
    let path = cache.clone();
    let done = tokio::task::spawn_blocking(move || in_own_pool(Path::new(&path), &wanted, until)).await;
    let done = match done {
        Ok(done) => done,
        Err(broke) => {
            let reason = Reason::ProbeBroke { error: Foreign::new(&broke.to_string()) };
            return nothing(Observation::inconclusive("cache/modules", &cache, reason));
        }
    };
    let observation = if done.not_reached.is_empty() {
        Observation::seen("cache/modules", &cache)
    } else {
        Observation::inconclusive("cache/modules", &cache, Reason::Deadline)
    };
    told(Path::new(&cache), &done, observation.took(started.elapsed()))
}

/// What was seen, as facts.
pub(super) fn told(cache: &Path, done: &cachescan::Scan, observation: Observation) -> Scan {
    let count = |of: fn(&&Scanned) -> bool| done.modules.iter().filter(of).count();
    let damages = done.modules.iter().flat_map(|seen| damages(cache, &seen.module, &seen.damages));
    Scan {
        scanned: done.modules.len(),
        not_reached: done.not_reached.len(),
        damages: damages.collect(),
        absent: count(|seen| !seen.present),
        unchanged: count(|seen| seen.unchanged),
        bytes: done.modules.iter().map(|seen| seen.bytes).sum(),
        ..nothing(observation)
    }
}

/// The damages of one module.
pub(super) fn damages(cache: &Path, module: &ModuleVersion, damages: &[Damage]) -> Vec<ModuleDamage> {
    if damages.is_empty() {
        return Vec::new();
    }
    let extracted = is_extracted(cache, module);
    let told = |damage: &Damage| ModuleDamage {
        observation: Observation::seen(format!("cache/{module}"), module.to_string()),
        module: module.clone(),
        damage: damage.clone(),
        extracted,
    };
    damages.iter().map(told).collect()
}

/// Whether go takes the extracted folder as it is (cmd/go/internal/modfetch, DownloadDir).
fn is_extracted(cache: &Path, module: &ModuleVersion) -> bool {
    let Ok(files) = ModuleFiles::of(module) else { return false };
    let there = |name: &str| cache.join(name).exists();
    cache.join(&files.folder).is_dir() && there(&files.ziphash) && !there(&files.partial)
}

fn nothing(observation: Observation) -> Scan {
    Scan {
        observation,
        scanned: 0,
        not_reached: 0,
        damages: Vec::new(),
        absent: 0,
        unchanged: 0,
        bytes: 0,
        quick: false,
        limits: Vec::new(),
    }
}

/// What go would fetch and the cache has, with the hashes of go.sum; what the build needs first.
fn wanted(world: &World, repository: &RepositoryFacts) -> Vec<Wanted> {
    let mut held: Vec<_> =
        repository.build_list.iter().filter(|module| module.source_in_cache || module.mod_in_cache).collect();
    held.sort_by_key(|module| !(module.needed && module.source_in_cache));
    held.into_iter()
        .filter_map(|module| module.fetched())
        .map(|module| {
            let recorded = world.recorded(module);
            let sums = Sums { zip: recorded.zip, go_mod: recorded.go_mod };
            Wanted { module: module.clone(), sums: vec![sums] }
        })
        .collect()
}

/// Hashes with half of the processors: connections are timed meanwhile.
fn in_own_pool(cache: &Path, wanted: &[Wanted], until: Instant) -> cachescan::Scan {
    let cancelled = Arc::new(AtomicBool::new(false));
    let order = Order::full(Limits { until: Some(until), cancelled: &cancelled });
    let threads = std::thread::available_parallelism().map_or(1, |all| all.get().div_ceil(2));
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(|| cachescan::scan(cache, wanted, &order)),
        Err(_) => cachescan::scan(cache, wanted, &order),
    }
}
