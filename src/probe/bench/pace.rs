//! The bucket of tokens of one host, and the account of what it let through.

use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

use crate::model::Foreign;
use crate::model::bench::Rate;
use crate::net::{Bucket, Deadline, Pace};

pub(super) struct Paced {
    pace: Pace,
    bucket: Bucket,
    account: Mutex<Account>,
}

#[derive(Default)]
struct Account {
    first: Option<Instant>,
    last: Option<Instant>,
    sent: usize,
}

impl Paced {
    pub(super) fn new(pace: Pace) -> Self {
        Self { pace, bucket: Bucket::new(pace), account: Mutex::default() }
    }

    /// Waits for its turn; false where the time is over before.
    pub(super) async fn turn(&self, deadline: &Deadline) -> bool {
        self.account().first.get_or_insert_with(Instant::now);
        let came = deadline.limit(std::time::Duration::MAX, self.bucket.take()).await.is_ok();
        if came {
            let mut account = self.account();
            account.sent += 1;
            account.last = Some(Instant::now());
        }
        came
    }

    /// What was sent so far has been answered: the host's own bucket counts from some time before now.
    pub(super) fn recount(&self) {
        self.bucket.recount(u32::try_from(self.account().sent).unwrap_or(u32::MAX));
    }

    pub(super) fn rate(&self, host: Foreign) -> Rate {
        let account = self.account();
        let elapsed = account.first.zip(account.last).map(|(first, last)| last.saturating_duration_since(first));
        Rate {
            host,
            planned: self.pace.per_second,
            burst: self.pace.burst,
            requests: account.sent,
            elapsed: elapsed.unwrap_or_default(),
        }
    }

    fn account(&self) -> std::sync::MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn the_account_never_shows_more_than_was_planned() {
        let paced = Paced::new(Pace { per_second: 200.0, burst: 3 });
        let deadline = Deadline::after(Duration::from_secs(60));
        for _ in 0..9 {
            assert!(paced.turn(&deadline).await);
        }
        let rate = paced.rate("h:80".into());
        assert_eq!((rate.requests, rate.burst), (9, 3));
        assert!(rate.kept().unwrap() <= 200.0, "{rate:?}");
    }

    #[tokio::test]
    async fn whose_time_is_over_is_not_counted() {
        let paced = Paced::new(Pace { per_second: 0.001, burst: 1 });
        let deadline = Deadline::after(Duration::from_secs(60));
        assert!(paced.turn(&deadline).await);
        deadline.cancel();
        assert!(!paced.turn(&deadline).await);
        assert_eq!((paced.rate("h:80".into()).requests, paced.rate("h:80".into()).kept()), (1, None));
    }
}
