//! So many requests a second, to be gentle with a host (`--rate`, `--burst`).

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// How fast one host may be asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Requests a second, more than 0.
    pub per_second: f64,
    /// How many may go at once before that holds; at least 1.
    pub burst: u32,
}

/// A token bucket, kept as the time at which it would be full again.
#[derive(Debug)]
pub struct Bucket {
    interval: Duration,
    /// How far ahead of that time a request may go.
    credit: Duration,
    full: Mutex<Option<Instant>>,
}

impl Bucket {
    /// A full bucket.
    #[must_use]
    pub fn new(pace: Pace) -> Self {
        // A rate so low that its interval is beyond all time is as good as once a year.
        let year = Duration::from_secs(86_400 * 365);
        let interval = Duration::try_from_secs_f64(pace.per_second.recip()).map_or(year, |interval| interval.min(year));
        let credit = interval.saturating_mul(pace.burst.saturating_sub(1)).min(year);
        Self { interval, credit, full: Mutex::default() }
    }

    /// Waits for its turn. Who stops waiting has used up its turn all the same.
    pub async fn take(&self) {
        let now = Instant::now();
        let turn = self.turn(now);
        if turn > now {
            tokio::time::sleep_until(turn).await;
        }
    }

    /// Counts from now on as if it had been full until now, and `sent` requests had gone at once: the host may
    /// have seen them later than they were sent, and its own bucket counts from then.
    pub fn recount(&self, sent: u32) {
        let now = Instant::now();
        let mut full = self.full.lock().unwrap_or_else(PoisonError::into_inner);
        *full = self.interval.checked_mul(sent).and_then(|debt| now.checked_add(debt)).or(*full);
    }

    /// When a request that comes `now` may go.
    fn turn(&self, now: Instant) -> Instant {
        let mut full = self.full.lock().unwrap_or_else(PoisonError::into_inner);
        let due = full.map_or(now, |full| full.max(now));
        *full = due.checked_add(self.interval).or(Some(due));
        due.checked_sub(self.credit).map_or(now, |turn| turn.max(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(bucket: &Bucket, now: Instant, count: usize) -> Vec<u128> {
        (0..count).map(|_| bucket.turn(now).duration_since(now).as_millis()).collect()
    }

    #[test]
    fn a_burst_goes_at_once_and_the_rest_at_the_rate() {
        let bucket = Bucket::new(Pace { per_second: 10.0, burst: 3 });
        let start = Instant::now();
        assert_eq!(turns(&bucket, start, 6), [0, 0, 0, 100, 200, 300]);
        let later = start + Duration::from_secs(60);
        assert_eq!(turns(&bucket, later, 4), [0, 0, 0, 100], "an idle host saves up no more than a burst");
        let one = Bucket::new(Pace { per_second: 2.0, burst: 1 });
        assert_eq!(turns(&one, start, 3), [0, 500, 1000]);
    }

    #[test]
    fn what_was_sent_counts_from_when_it_was_answered() {
        let bucket = Bucket::new(Pace { per_second: 10.0, burst: 3 });
        turns(&bucket, Instant::now(), 1);
        std::thread::sleep(Duration::from_millis(2));
        let answered = Instant::now();
        bucket.recount(1);
        let after = Instant::now();
        let turns: Vec<Instant> = (0..3).map(|_| bucket.turn(after)).collect();
        assert!(turns[1] == after && turns[2] >= answered + Duration::from_millis(100), "{turns:?}");
    }

    #[test]
    fn no_rate_breaks_the_clock() {
        let now = Instant::now();
        for per_second in [f64::MIN_POSITIVE, f64::MAX] {
            let bucket = Bucket::new(Pace { per_second, burst: u32::MAX });
            assert_eq!(turns(&bucket, now, 2), [0, 0]);
        }
    }

    #[tokio::test]
    async fn who_has_to_wait_waits() {
        let bucket = Bucket::new(Pace { per_second: 1000.0, burst: 1 });
        let started = Instant::now();
        for _ in 0..4 {
            bucket.take().await;
        }
        assert!(started.elapsed() >= Duration::from_millis(3));
    }
}
