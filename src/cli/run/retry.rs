//! How long to wait before another try.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// Longer than this nobody waits.
const LONGEST: Duration = Duration::from_secs(5 * 60);

/// Before the `nth` retry, from 1: `first`, and twice as long each time, give or take a quarter, so that the
/// jobs of a CI system do not all come back at once.
pub(super) fn wait(first: Duration, nth: u32) -> Duration {
    // A fresh hasher is seeded by chance.
    let chance = RandomState::new().hash_one(nth) % 1_001;
    scattered(first, nth, u32::try_from(chance).unwrap_or_default())
}

fn scattered(first: Duration, nth: u32, per_mille: u32) -> Duration {
    let doubled = first.saturating_mul(2_u32.saturating_pow(nth.saturating_sub(1)));
    let wait = doubled.min(LONGEST.max(first));
    wait.mul_f64(0.75 + f64::from(per_mille) / 2_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_doubles_up_to_a_limit() {
        let seconds = |nth| scattered(Duration::from_secs(2), nth, 500).as_secs();
        assert_eq!([1, 2, 3, 4, 9, 100].map(seconds), [2, 4, 8, 16, 300, 300]);
        let hour = Duration::from_secs(3600);
        assert_eq!(scattered(hour, 3, 500), hour, "whoever asks for more gets it");
    }

    #[test]
    fn chance_moves_it_by_a_quarter_at_most() {
        let first = Duration::from_secs(4);
        assert_eq!(scattered(first, 1, 0), Duration::from_secs(3));
        assert_eq!(scattered(first, 1, 1_000), Duration::from_secs(5));
        let wait = wait(first, 1);
        assert!((3..=5).contains(&wait.as_secs()), "{wait:?}");
    }
}
