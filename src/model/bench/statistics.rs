//! Mean and percentiles of times.

use std::time::Duration;

/// What many times come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statistics {
    /// The arithmetic mean.
    pub mean: Duration,
    /// The shortest time.
    pub min: Duration,
    /// Half of the times are no longer.
    pub p50: Duration,
    /// 95 of 100 are no longer.
    pub p95: Duration,
    /// 99 of 100 are no longer.
    pub p99: Duration,
    /// The longest time.
    pub max: Duration,
}

impl Statistics {
    /// Of these times; nothing where there are none. A percentile is the nearest rank, so always one of the
    /// times: of ten times the 95th percentile is the longest.
    #[must_use]
    pub fn of(times: impl IntoIterator<Item = Duration>) -> Option<Self> {
        let mut times: Vec<Duration> = times.into_iter().collect();
        times.sort_unstable();
        let (min, max) = (*times.first()?, *times.last()?);
        let sum: u128 = times.iter().map(Duration::as_nanos).sum();
        let mean = sum / u128::try_from(times.len()).unwrap_or(1).max(1);
        Some(Self {
            mean: Duration::from_nanos(u64::try_from(mean).unwrap_or(u64::MAX)).min(max),
            min,
            p50: nearest_rank(&times, 50).unwrap_or(max),
            p95: nearest_rank(&times, 95).unwrap_or(max),
            p99: nearest_rank(&times, 99).unwrap_or(max),
            max,
        })
    }
}

fn nearest_rank(sorted: &[Duration], per_cent: usize) -> Option<Duration> {
    let rank = (sorted.len() * per_cent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ms(times: impl IntoIterator<Item = u64>) -> Option<Statistics> {
        Statistics::of(times.into_iter().map(Duration::from_millis))
    }

    #[test]
    fn percentiles_are_nearest_ranks() {
        let of_100 = ms(1..=100).unwrap();
        let ranks = [of_100.min, of_100.p50, of_100.p95, of_100.p99, of_100.max].map(|time| time.as_millis());
        assert_eq!(ranks, [1, 50, 95, 99, 100]);
        assert_eq!(of_100.mean, Duration::from_micros(50_500));
        let of_4 = ms([40, 10, 30, 20]).unwrap();
        assert_eq!([of_4.p50, of_4.p95, of_4.p99].map(|time| time.as_millis()), [20, 40, 40]);
        assert_eq!(ms([7]).map(|of_1| (of_1.mean, of_1.p50, of_1.p99)), Some([7; 3].map(Duration::from_millis).into()));
        assert_eq!(ms([]), None);
    }

    proptest! {
        #[test]
        fn they_are_ordered_and_no_order_of_the_times_changes_them(mut times in prop::collection::vec(any::<u64>(), 1..200)) {
            let of = |times: &[u64]| Statistics::of(times.iter().copied().map(Duration::from_nanos)).unwrap();
            let first = of(&times);
            prop_assert!(first.min <= first.p50 && first.p50 <= first.p95 && first.p95 <= first.p99 && first.p99 <= first.max);
            prop_assert!(first.min <= first.mean && first.mean <= first.max);
            let under = times.iter().filter(|time| Duration::from_nanos(**time) <= first.p95).count();
            prop_assert!(under * 100 >= times.len() * 95);
            times.reverse();
            prop_assert_eq!(first, of(&times));
        }
    }
}
