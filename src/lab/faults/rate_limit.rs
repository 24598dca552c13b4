//! A token bucket over all requests of a server.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::{Answer, Asked, Fault};

/// Answers 429 when the bucket is empty, and counts what it let through.
pub struct RateLimit {
    rate: f64,
    burst: f64,
    state: Mutex<State>,
}

struct State {
    tokens: f64,
    since: Instant,
}

impl RateLimit {
    /// So many requests a second, and so many at once after a rest.
    pub fn new(rate: f64, burst: f64) -> Self {
        Self { rate, burst, state: Mutex::new(State { tokens: burst, since: Instant::now() }) }
    }

    fn take(&self, now: Instant) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = now.saturating_duration_since(state.since).as_secs_f64();
        state.tokens = (state.tokens + passed * self.rate).min(self.burst);
        state.since = now;
        let enough = state.tokens >= 1.0;
        if enough {
            state.tokens -= 1.0;
        }
        enough
    }
}

impl Fault for RateLimit {
    fn spoil(&self, asked: &Asked, answer: Answer) -> Answer {
        if self.take(asked.at) {
            return answer;
        }
        Answer::text(429, "too many requests\n")
            .header("retry-after", "30")
            .header("ratelimit-limit", &format!("{}", self.burst))
            .header("ratelimit-remaining", "0")
    }
}
