//! The build list's modules in the module cache, hashed as far as the time goes.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crate::cachescan::{self, Limits, Wanted};
use crate::facts::cache::{ModuleDamage, Scan};
use crate::facts::repository::RepositoryFacts;
use crate::facts::{Observation, Reason};
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_path::ModuleVersion;
use crate::model::{Foreign, Step, Topic};
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
    let root = Path::new(&cache);
    let damages = done.modules.iter().filter(|seen| !seen.damages.is_empty()).flat_map(|seen| {
        let extracted = is_extracted(root, &seen.module);
        seen.damages.iter().map(move |damage| ModuleDamage {
            observation: Observation::seen(format!("cache/{}", seen.module), seen.module.to_string()),
            module: seen.module.clone(),
            damage: damage.clone(),
            extracted,
        })
    });
    Scan {
        observation: observation.took(started.elapsed()),
        scanned: done.modules.len(),
        not_reached: done.not_reached.len(),
        damages: damages.collect(),
    }
}

/// Whether go takes the extracted folder as it is (cmd/go/internal/modfetch, DownloadDir).
fn is_extracted(cache: &Path, module: &ModuleVersion) -> bool {
    let Ok(files) = ModuleFiles::of(module) else { return false };
    let there = |name: &str| cache.join(name).exists();
    cache.join(&files.folder).is_dir() && there(&files.ziphash) && !there(&files.partial)
}

fn nothing(observation: Observation) -> Scan {
    Scan { observation, scanned: 0, not_reached: 0, damages: Vec::new() }
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
            Wanted { module: module.clone(), zip_sums: recorded.zip, go_mod_sums: recorded.go_mod }
        })
        .collect()
}

/// Hashes with half of the processors: connections are timed meanwhile.
fn in_own_pool(cache: &Path, wanted: &[Wanted], until: Instant) -> cachescan::Scan {
    let cancelled = Arc::new(AtomicBool::new(false));
    let limits = Limits { until: Some(until), cancelled: &cancelled };
    let threads = std::thread::available_parallelism().map_or(1, |all| all.get().div_ceil(2));
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(|| cachescan::scan(cache, wanted, &limits)),
        Err(_) => cachescan::scan(cache, wanted, &limits),
    }
}
