//! The rate that was planned, and the one that was kept.

use std::time::Duration;

use super::Foreign;

/// How fast one host was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// The host and its port.
    pub host: Foreign,
    /// The requests a second that were allowed.
    pub planned: f64,
    /// The requests that could go at once before that held.
    pub burst: u32,
    /// The requests that were sent, by all ways.
    pub requests: usize,
    /// From the first to the last of them.
    pub elapsed: Duration,
}

impl Rate {
    /// The requests a second that were sent after the burst; nothing where the burst covered all. A bucket of
    /// tokens lets through `burst + planned × elapsed`, so that this is never more than planned.
    #[must_use]
    pub fn kept(&self) -> Option<f64> {
        let burst = usize::try_from(self.burst).unwrap_or(usize::MAX);
        let after = self.requests.checked_sub(burst).filter(|after| *after > 0)?;
        let seconds = self.elapsed.as_secs_f64();
        // Fewer requests than 2^53 are counted exactly.
        #[allow(clippy::cast_precision_loss)]
        (seconds > 0.0).then(|| after as f64 / seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(requests: usize, ms: u64) -> Option<f64> {
        let elapsed = Duration::from_millis(ms);
        Rate { host: "h:443".into(), planned: 10.0, burst: 50, requests, elapsed }.kept()
    }

    #[test]
    fn what_the_burst_covers_has_no_rate() {
        assert_eq!(rate(50, 400), None);
        assert_eq!(rate(0, 0), None);
        assert_eq!(rate(100, 0), None, "a clock that stands still tells nothing");
        assert_eq!(rate(100, 5_000), Some(10.0));
        assert_eq!(rate(51, 1_000), Some(1.0));
    }
}
