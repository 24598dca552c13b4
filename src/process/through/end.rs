//! The last bytes of a child that is gone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::activity::Activity;

/// How long nothing may come from a stream that a grandchild still holds.
const LINGER: Duration = Duration::from_millis(300);
const LOOK: Duration = Duration::from_millis(5);

/// Waits until all that the child wrote has been passed on.
pub(super) async fn drained(streams: &[Arc<Activity>]) {
    let reads = || streams.iter().map(|stream| stream.reads()).sum::<u64>();
    let (mut seen, mut since) = (reads(), Instant::now());
    while !streams.iter().all(|stream| stream.is_over()) {
        if reads() != seen || streams.iter().any(|stream| stream.is_writing()) {
            (seen, since) = (reads(), Instant::now());
        }
        if since.elapsed() > LINGER {
            return;
        }
        tokio::time::sleep(LOOK).await;
    }
}
