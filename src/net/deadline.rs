//! The run's deadline, and the limit of each step within it.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

use crate::model::transport::TcpFailure;

/// When all network work ends. Clones end together.
#[derive(Debug, Clone)]
pub struct Deadline {
    at: Instant,
    cancelled: Arc<watch::Sender<bool>>,
}

/// A step was ended by us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// After how many milliseconds.
    pub after_ms: u64,
}

impl Deadline {
    /// A deadline in `time` from now.
    #[must_use]
    pub fn after(time: Duration) -> Self {
        let now = Instant::now();
        // A time beyond what the clock can count is as good as never.
        let at = now.checked_add(time).unwrap_or(now + Duration::from_secs(86_400 * 365));
        Self { at, cancelled: Arc::new(watch::Sender::new(false)) }
    }

    /// Ends everything that waits on this deadline, now.
    pub fn cancel(&self) {
        self.cancelled.send_replace(true);
    }

    /// Whether it has passed or was cancelled.
    #[must_use]
    pub fn is_over(&self) -> bool {
        *self.cancelled.borrow() || self.remaining().is_zero()
    }

    /// How much time is left.
    #[must_use]
    pub fn remaining(&self) -> Duration {
        self.at.saturating_duration_since(Instant::now())
    }

    /// Runs `step` for at most `limit`, and not beyond the deadline.
    ///
    /// # Errors
    /// If the limit, the deadline or a cancellation came first.
    pub async fn limit<T>(&self, limit: Duration, step: impl Future<Output = T>) -> Result<T, Ended> {
        let started = Instant::now();
        let mut cancelled = self.cancelled.subscribe();
        let ended = || Ended { after_ms: millis(started.elapsed()) };
        tokio::select! {
            biased;
            done = tokio::time::timeout(limit.min(self.remaining()), step) => done.map_err(|_| ended()),
            _ = cancelled.wait_for(|cancelled| *cancelled) => Err(ended()),
        }
    }
}

impl Ended {
    /// The silence of a peer, where go itself would have waited for `go_waits` (none: for ever).
    /// A little less than that counts as that: timers are not exact.
    #[must_use]
    pub fn as_silence(self, go_waits: Option<Duration>) -> TcpFailure {
        match go_waits {
            Some(wait) if self.after_ms + 100 >= millis(wait) => TcpFailure::Timeout,
            _ => TcpFailure::CutOff { after_ms: self.after_ms },
        }
    }
}

/// `time` in whole milliseconds.
#[must_use]
pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_step_ends_by_its_limit_the_deadline_or_a_cancellation() {
        let forever = || std::future::pending::<()>();
        let deadline = Deadline::after(Duration::from_secs(3600));
        assert!(deadline.limit(Duration::from_millis(1), forever()).await.is_err());
        assert_eq!(deadline.limit(Duration::from_secs(60), async { 7 }).await, Ok(7));
        assert!(Deadline::after(Duration::ZERO).limit(Duration::from_secs(3600), forever()).await.is_err());
        let other = deadline.clone();
        let waiting = tokio::spawn(async move { other.limit(Duration::from_secs(3600), forever()).await });
        deadline.cancel();
        assert!(waiting.await.unwrap().is_err());
        assert!(deadline.is_over());
    }

    #[test]
    fn silence_is_a_failure_only_where_go_would_give_up_too() {
        let ended = Ended { after_ms: 10_000 };
        assert_eq!(ended.as_silence(Some(Duration::from_secs(10))), TcpFailure::Timeout);
        assert_eq!(ended.as_silence(Some(Duration::from_secs(30))), TcpFailure::CutOff { after_ms: 10_000 });
        assert_eq!(ended.as_silence(None), TcpFailure::CutOff { after_ms: 10_000 });
    }
}
