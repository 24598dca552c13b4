//! A token bucket over all requests of a server, with a penalty for whom it refuses.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Answer, Asked, Fault};

/// The most requests of which an account keeps the lines.
const MOST_LINES: usize = 10_000;

/// Answers 429 when the bucket is empty, and keeps an account of what it let through.
pub struct RateLimit {
    rate: f64,
    burst: f64,
    penalty: Duration,
    state: Mutex<State>,
}

struct State {
    tokens: f64,
    since: Instant,
    /// Until when everything is refused.
    barred: Option<Instant>,
    account: Account,
    first: Option<Instant>,
}

/// What a rate limit let through and what it refused.
#[derive(Debug, Clone, Default)]
pub struct Account {
    /// So many requests a second.
    pub rate: f64,
    /// And so many at once after a rest.
    pub burst: f64,
    /// For how long everything is refused after that.
    pub penalty: Duration,
    /// How many requests were let through.
    pub passed: usize,
    /// How many were refused.
    pub refused: usize,
    /// The first that was refused, and when, counted from the first request.
    pub first_refused: Option<(String, Duration)>,
    /// From the first request to the last.
    pub elapsed: Duration,
    /// Each request: when, what, and whether it was let through. At most the first 10,000.
    pub lines: Vec<(Duration, String, bool)>,
}

impl RateLimit {
    /// So many requests a second, and so many at once after a rest.
    #[must_use]
    pub fn new(rate: f64, burst: f64) -> Self {
        let account = Account { rate, burst, ..Account::default() };
        let state = State { tokens: burst, since: Instant::now(), barred: None, account, first: None };
        Self { rate, burst, penalty: Duration::ZERO, state: Mutex::new(state) }
    }

    /// Whoever is refused is refused everything for so long. On loopback all come from one address, so that
    /// it meets all.
    #[must_use]
    pub fn penalty(mut self, penalty: Duration) -> Self {
        self.penalty = penalty;
        self.state().account.penalty = penalty;
        self
    }

    /// The account so far.
    #[must_use]
    pub fn account(&self) -> Account {
        self.state().account.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the request is let through; else for how long it is not.
    fn take(&self, asked: &Asked) -> Result<(), Duration> {
        let mut state = self.state();
        let now = asked.at;
        let passed = now.saturating_duration_since(state.since).as_secs_f64();
        state.tokens = (state.tokens + passed * self.rate).min(self.burst);
        state.since = now;
        let left = state.barred.map(|until| until.saturating_duration_since(now)).unwrap_or_default();
        let outcome = if !left.is_zero() {
            Err(left)
        } else if state.tokens >= 1.0 {
            state.tokens -= 1.0;
            Ok(())
        } else {
            state.barred = Some(now + self.penalty);
            Err(self.penalty.max(self.next_token()))
        };
        state.enter(asked, outcome.is_ok());
        outcome
    }

    /// How long a token takes to come; where none ever comes, half a minute stands for it.
    fn next_token(&self) -> Duration {
        Duration::try_from_secs_f64(1.0 / self.rate).unwrap_or(Duration::from_secs(30))
    }
}

impl State {
    fn enter(&mut self, asked: &Asked, passed: bool) {
        let first = *self.first.get_or_insert(asked.at);
        let (when, what) = (asked.at.saturating_duration_since(first), format!("{} {}", asked.method, asked.path));
        let account = &mut self.account;
        account.elapsed = account.elapsed.max(when);
        if passed {
            account.passed += 1;
        } else {
            account.refused += 1;
            account.first_refused.get_or_insert_with(|| (what.clone(), when));
        }
        if account.lines.len() < MOST_LINES {
            account.lines.push((when, what, passed));
        }
    }
}

impl Fault for RateLimit {
    fn spoil(&self, asked: &Asked, answer: Answer) -> Answer {
        let Err(wait) = self.take(asked) else { return answer };
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        Answer::text(429, "too many requests\n")
            .header("retry-after", &seconds.to_string())
            .header("ratelimit-limit", &format!("{}", self.burst))
            .header("ratelimit-remaining", "0")
    }
}

/// One rate limit at several places, or one whose account is asked for later.
impl Fault for Arc<RateLimit> {
    fn spoil(&self, asked: &Asked, answer: Answer) -> Answer {
        self.as_ref().spoil(asked, answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(at: Instant) -> Asked {
        Asked {
            method: "GET".to_owned(),
            path: "/m/@v/v1.0.0.mod".to_owned(),
            query: String::new(),
            headers: hyper::HeaderMap::new(),
            body: hyper::body::Bytes::new(),
            at,
            before: 0,
        }
    }

    #[test]
    fn a_bucket_empties_fills_again_and_bars() {
        let limit = RateLimit::new(10.0, 2.0).penalty(Duration::from_secs(3));
        let start = Instant::now() + Duration::from_secs(1);
        let at = |ms| asked(start + Duration::from_millis(ms));
        let answers: Vec<_> = [0, 0, 0, 500, 2_900, 3_001, 3_002, 3_003]
            .map(|ms| limit.spoil(&at(ms), Answer::new(200, "")))
            .map(|answer| (answer.status, answer.headers.iter().find(|(name, _)| name == "retry-after").cloned()))
            .into_iter()
            .map(|(status, header)| (status, header.map(|(_, value)| value).unwrap_or_default()))
            .collect();
        let want = [(200, ""), (200, ""), (429, "3"), (429, "3"), (429, "1"), (200, ""), (200, ""), (429, "3")];
        assert_eq!(answers, want.map(|(status, wait)| (status, wait.to_owned())));
        let account = limit.account();
        assert_eq!((account.passed, account.refused), (4, 4));
        assert_eq!(account.first_refused, Some(("GET /m/@v/v1.0.0.mod".to_owned(), Duration::ZERO)));
        assert_eq!(account.elapsed, Duration::from_millis(3_003));
    }
}
