//! Whether a child stands still: no output, and nothing at work beneath it.

use std::time::{Duration, Instant};

use tokio::time::{Interval, MissedTickBehavior, interval};

use super::super::tree::Work;

/// A watch for standing still.
#[derive(Debug)]
pub(super) struct Stall {
    limit: Duration,
    every: Interval,
    reads: u64,
    work: Option<(Instant, Work)>,
    since: Instant,
}

impl Stall {
    pub(super) fn new(limit: Duration) -> Self {
        let mut every = interval((limit / 10).clamp(Duration::from_millis(100), Duration::from_secs(5)));
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { limit, every, reads: 0, work: None, since: Instant::now() }
    }

    /// Until it is time to look again.
    pub(super) async fn tick(&mut self) {
        self.every.tick().await;
    }

    /// Looks at the processes below `pid`. Whether they have stood still for the limit.
    pub(super) fn is_over(&mut self, pid: i32, reads: u64, held_up: bool) -> bool {
        let now = Instant::now();
        let work = Work::below(pid);
        let busy = match &self.work {
            None => true,
            Some((before, last)) => work.is_more_than(last, now - *before),
        };
        if busy || held_up || reads != self.reads {
            self.since = now;
        }
        self.reads = reads;
        self.work = Some((now, work));
        now - self.since >= self.limit
    }
}
