//! A module cache, or the build lists of repositories in it, verified as a whole.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{clones, scan};
use crate::cachescan::{self, Limits, Order, Strength, Sums, Survey, Verified, Wanted};
use crate::facts::cache::{CacheFacts, Misnamed, Scan};
use crate::facts::{Observation, Reason};
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;
use crate::probe::World;
use crate::probe::repository::Listed;

/// What is to be verified.
pub struct Plan {
    /// The module cache.
    pub cache: PathBuf,
    /// Whether it is all that the cache holds.
    pub whole: bool,
    /// The size of all zips, in bytes.
    pub size: u64,
    wanted: Vec<Wanted>,
    survey: Survey,
    limits: Vec<Observation>,
}

impl Plan {
    /// The build lists of repositories, with what their go.sum files record.
    #[must_use]
    pub fn of_repositories(cache: PathBuf, listed: Vec<(&World, Listed)>, limits: &Limits<'_>) -> Self {
        let mut sums: BTreeMap<ModuleVersion, Vec<Sums>> = BTreeMap::new();
        let mut told = Vec::new();
        for (world, mut listed) in listed {
            for module in listed.modules {
                let recorded = listed.recorded.remove(&module).unwrap_or_default();
                sums.entry(module).or_default().push(Sums { zip: recorded.zip, go_mod: recorded.go_mod });
            }
            if listed.lacks > 0 {
                let reason = Reason::GraphLacks { go_mods: listed.lacks };
                let directory = world.directory.display().to_string();
                told.push(Observation::inconclusive(format!("cache/build-list/{directory}"), &directory, reason));
            }
        }
        let modules: Vec<ModuleVersion> = sums.keys().cloned().collect();
        let survey = cachescan::survey_of(&cache, &modules, limits);
        let wanted = sums.into_iter().map(|(module, sums)| Wanted { module, sums }).collect();
        Self::new(cache, false, wanted, survey, told)
    }

    /// All that a cache holds.
    #[must_use]
    pub fn of_cache(cache: PathBuf, limits: &Limits<'_>) -> Self {
        let survey = cachescan::survey(&cache, limits);
        let wanted = survey.modules.iter().cloned().map(Wanted::unsummed).collect();
        Self::new(cache, true, wanted, survey, Vec::new())
    }

    fn new(cache: PathBuf, whole: bool, wanted: Vec<Wanted>, survey: Survey, mut limits: Vec<Observation>) -> Self {
        if !survey.complete {
            let shown = cache.display().to_string();
            limits.push(Observation::inconclusive("cache/listing", &shown, Reason::Interrupted));
        }
        let mut sized: Vec<(u64, Wanted)> =
            wanted.into_iter().map(|wanted| (zip_size(&cache, &wanted.module), wanted)).collect();
        // The largest first, so that no thread begins a large one when the others are done.
        sized.sort_by(|(a, of_a), (b, of_b)| b.cmp(a).then_with(|| of_a.module.cmp(&of_b.module)));
        let size = sized.iter().map(|(size, _)| size).sum();
        Self { cache, whole, size, wanted: sized.into_iter().map(|(_, wanted)| wanted).collect(), survey, limits }
    }

    /// Nothing but these modules, with what is known to be recorded of them.
    #[must_use]
    pub fn only(self, modules: &[ModuleVersion], limits: &Limits<'_>) -> Self {
        let survey = cachescan::survey_of(&self.cache, modules, limits);
        let known = |module: &ModuleVersion| self.wanted.iter().find(|wanted| wanted.module == *module).cloned();
        let wanted = modules.iter().map(|module| known(module).unwrap_or_else(|| Wanted::unsummed(module.clone())));
        Self::new(self.cache.clone(), false, wanted.collect(), survey, self.limits.clone())
    }

    /// What the go.sum files at hand record, by module.
    #[must_use]
    pub fn sums(&self) -> HashMap<ModuleVersion, Vec<Sums>> {
        self.wanted.iter().map(|wanted| (wanted.module.clone(), wanted.sums.clone())).collect()
    }

    /// Verifies it with the threads of the current rayon pool. What is found to be whole is kept in
    /// `verified`, where there is such; what is known there is left alone.
    #[must_use]
    pub fn carry_out(
        &self,
        strength: Strength,
        limits: Limits<'_>,
        progress: &(dyn Fn(u64) + Sync),
        verified: Option<&mut Verified>,
    ) -> CacheFacts {
        let started = Instant::now();
        let order = Order { strength, limits, verified: verified.as_deref(), progress };
        let mut done = cachescan::scan(&self.cache, &self.wanted, &order);
        if let Some(verified) = verified {
            done.modules.iter().for_each(|seen| verified.keep(&seen.module, seen.stamp));
        }
        done.modules.sort_by(|a, b| a.module.cmp(&b.module));
        self.add_survey(&mut done);
        let shown = self.cache.display().to_string();
        let observation = if done.not_reached.is_empty() {
            Observation::seen("cache/modules", &shown)
        } else {
            Observation::inconclusive("cache/modules", &shown, Reason::Interrupted)
        };
        let mut scan = scan::told(&self.cache, &done, observation.took(started.elapsed()));
        scan.quick = strength == Strength::Quick;
        scan.limits = self.limits.clone();
        if scan.quick {
            scan.limits.push(Observation::skipped("cache/zip-contents", &shown, Reason::Quick));
        }
        CacheFacts { misnamed: self.misnamed(), clones: self.clones(&limits), ..self.facts(scan) }
    }

    fn facts(&self, scan: Scan) -> CacheFacts {
        CacheFacts { scan: Some(scan), ..CacheFacts::default() }
    }

    /// Adds to each module what lies beside its files.
    fn add_survey(&self, done: &mut cachescan::Scan) {
        for (module, damage) in &self.survey.damages {
            match done.modules.binary_search_by(|seen| seen.module.cmp(module)) {
                Ok(at) => done.modules.get_mut(at).into_iter().for_each(|seen| seen.damages.push(damage.clone())),
                // Nothing but a leftover is there of the module.
                Err(at) if !done.not_reached.contains(module) => {
                    let damages = vec![damage.clone()];
                    done.modules
                        .insert(at, cachescan::Scanned { module: module.clone(), damages, ..Default::default() });
                }
                Err(_) => {}
            }
        }
    }

    fn misnamed(&self) -> Vec<Misnamed> {
        let told = |path: &Foreign| {
            let observation = Observation::seen(format!("cache/misnamed/{path}"), path.as_str());
            Misnamed { observation, path: path.clone() }
        };
        self.survey.misnamed.iter().map(told).collect()
    }

    /// Clones belong to no build list.
    fn clones(&self, limits: &Limits<'_>) -> Vec<crate::facts::cache::CloneState> {
        if self.whole { clones::look(&self.cache, limits) } else { Vec::new() }
    }
}

fn zip_size(cache: &Path, module: &ModuleVersion) -> u64 {
    let Ok(files) = ModuleFiles::of(module) else { return 0 };
    std::fs::symlink_metadata(cache.join(files.zip)).map_or(0, |metadata| metadata.len())
}
