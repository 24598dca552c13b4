//! What the requests to one module proxy come to.

use std::collections::{BTreeMap, BTreeSet};

use super::{CacheUse, Outcome, Sample, Statistics, Stopped, Trial};
use crate::model::transport::HttpVersion;

/// What the requests to one module proxy by one way come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// How many were sent.
    pub asked: usize,
    /// How many came to what. Nothing is counted as 0.
    pub outcomes: BTreeMap<Outcome, usize>,
    /// The times of the good ones, from sending to the end of the answer.
    pub times: Option<Statistics>,
    /// The times of the good ones until the headers came.
    pub first_byte: Option<Statistics>,
    /// The versions of HTTP of all answers.
    pub versions: BTreeSet<HttpVersion>,
    /// How many good ones a cache had.
    pub hits: usize,
    /// How many a cache had not.
    pub misses: usize,
    /// The median Age of those that had one, in seconds.
    pub age: Option<u64>,
}

impl Tally {
    /// Of one trial.
    #[must_use]
    pub fn of(trial: &Trial) -> Self {
        let samples = &trial.samples;
        let good = || samples.iter().filter(|sample| sample.outcome == Outcome::Good);
        let mut outcomes = BTreeMap::new();
        for sample in samples {
            *outcomes.entry(sample.outcome).or_default() += 1;
        }
        let cached = |wanted| good().filter(|sample| sample.cache == Some(wanted)).count();
        let mut ages: Vec<u64> = good().filter_map(|sample| sample.age).collect();
        ages.sort_unstable();
        Self {
            asked: samples.len(),
            outcomes,
            times: Statistics::of(good().map(|sample| sample.total)),
            first_byte: Statistics::of(good().filter_map(|sample| sample.first_byte)),
            versions: samples.iter().filter_map(|sample| sample.version).collect(),
            hits: cached(CacheUse::Hit),
            misses: cached(CacheUse::Miss),
            age: ages.get(ages.len().saturating_sub(1) / 2).copied(),
        }
    }

    /// How many came to this.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }

    /// How many of a hundred had a good answer, rounded down: 100 means all. Nothing where none was sent.
    #[must_use]
    pub fn per_cent(&self) -> Option<usize> {
        share(self.count(Outcome::Good), self.asked)
    }

    /// How many of a hundred a cache had, of those that say so.
    #[must_use]
    pub fn hit_per_cent(&self) -> Option<usize> {
        share(self.hits, self.hits + self.misses)
    }
}

impl Trial {
    /// Whether it may be recommended: nine of ten requests had a good answer, and it was not given up.
    #[must_use]
    pub fn is_fit(&self) -> bool {
        let good = self.samples.iter().filter(|sample| sample.outcome == Outcome::Good).count();
        let given_up = matches!(
            self.stopped,
            Some(Stopped::RateLimited { .. } | Stopped::PauseTooLong { .. } | Stopped::Failing { .. })
        );
        !given_up && good > 0 && good * 10 >= self.samples.len() * 9
    }

    /// The failure that there was most of, by its last sample.
    #[must_use]
    pub fn trouble(&self) -> Option<&Sample> {
        let tally = Tally::of(self);
        let (most, _) = tally
            .outcomes
            .into_iter()
            .filter(|(outcome, _)| *outcome != Outcome::Good)
            .max_by_key(|(_, count)| *count)?;
        self.samples.iter().rev().find(|sample| sample.outcome == most)
    }
}

fn share(part: usize, all: usize) -> Option<usize> {
    (all > 0).then(|| part * 100 / all)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;
    use crate::model::bench::Way;

    /// A sample of so many milliseconds.
    fn sample(outcome: Outcome, ms: u64) -> Sample {
        Sample {
            outcome,
            first_byte: (outcome != Outcome::NoAnswer).then(|| Duration::from_millis(ms / 2)),
            total: Duration::from_millis(ms),
            status: (outcome != Outcome::NoAnswer).then_some(200),
            error: None,
            version: (outcome != Outcome::NoAnswer).then_some(HttpVersion::V2),
            cache: None,
            age: None,
        }
    }

    /// A direct trial of a module proxy.
    fn trial(proxy: usize, url: &str, samples: Vec<Sample>) -> Trial {
        let way = Way { through: None, login: false, present: true };
        Trial { proxy, url: url.into(), way, planned: samples.len(), cold: None, samples, stopped: None }
    }

    #[test]
    fn only_good_answers_have_times() {
        let mut samples = vec![sample(Outcome::Good, 10), sample(Outcome::Good, 30), sample(Outcome::NoAnswer, 9_999)];
        samples[0].cache = Some(CacheUse::Hit);
        samples[1].cache = Some(CacheUse::Miss);
        samples[1].age = Some(7);
        let tally = Tally::of(&trial(0, "https://a.example", samples));
        assert_eq!((tally.asked, tally.per_cent(), tally.hit_per_cent()), (3, Some(66), Some(50)));
        assert_eq!(tally.times.unwrap().max, Duration::from_millis(30));
        assert_eq!(tally.first_byte.unwrap().min, Duration::from_millis(5));
        assert_eq!((tally.age, tally.count(Outcome::NoAnswer)), (Some(7), 1));
        let nothing = Tally::of(&trial(0, "https://a.example", Vec::new()));
        assert_eq!((nothing.per_cent(), nothing.hit_per_cent(), nothing.times), (None, None, None));
    }

    #[test]
    fn who_failed_or_was_given_up_is_not_fit() {
        let of = |good, bad| {
            let good = std::iter::repeat_n(sample(Outcome::Good, 5), good);
            trial(
                0,
                "https://a.example",
                good.chain(std::iter::repeat_n(sample(Outcome::ServerError, 5), bad)).collect(),
            )
        };
        for (good, bad, fit) in [(10, 0, true), (9, 1, true), (8, 2, false), (0, 5, false), (0, 0, false)] {
            assert_eq!(of(good, bad).is_fit(), fit, "{good} {bad}");
        }
        let stopped = |stopped| Trial { stopped: Some(stopped), ..of(10, 0) }.is_fit();
        assert!(!stopped(Stopped::RateLimited { pauses: 3 }) && !stopped(Stopped::Failing { in_a_row: 5 }));
        assert!(stopped(Stopped::TimeOver) && stopped(Stopped::Interrupted));
    }

    proptest! {
        #[test]
        fn every_request_is_counted_once(kinds in prop::collection::vec(0usize..4, 0..100)) {
            let kinds = kinds.iter().map(|kind| {
                [Outcome::Good, Outcome::RateLimited, Outcome::NotFound, Outcome::NoAnswer][*kind]
            });
            let trial = trial(0, "https://a.example", kinds.map(|outcome| sample(outcome, 1)).collect());
            let tally = Tally::of(&trial);
            prop_assert_eq!(tally.outcomes.values().sum::<usize>(), tally.asked);
            prop_assert_eq!(tally.per_cent() == Some(100), tally.asked > 0 && tally.count(Outcome::Good) == tally.asked);
            prop_assert_eq!(trial.trouble().is_none(), tally.count(Outcome::Good) == tally.asked);
        }
    }
}
