//! How far one module proxy has been asked by one way, and whether it is asked on.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::pace::Paced;
use super::{Course, pause};
use crate::golang::goproxy::ProxyUrl;
use crate::model::Foreign;
use crate::model::bench::{Outcome, Sample, Stopped, Trial};
use crate::model::transport::Header;
use crate::net::{Client, Deadline};
use crate::probe::module_proxy::entry_host;

/// So many failures in a row end it: who does not answer is not asked a hundred times.
const MOST_FAILURES: usize = 5;
/// A module proxy that lacks what others have is asked a little longer.
const MOST_MISSING: usize = 20;
/// So many pauses are kept; the next 429 ends it.
const MOST_PAUSES: u32 = 3;

/// One course under way.
pub(super) struct Lane {
    pub(super) client: Client,
    pub(super) paced: Arc<Paced>,
    pub(super) proxy: ProxyUrl,
    host: String,
    trial: Trial,
    pauses: u32,
    until: Option<Instant>,
}

/// A sample, with the pause that its answer asks for.
pub(super) struct Asked {
    pub(super) sample: Sample,
    pub(super) headers: Vec<Header>,
}

impl Lane {
    pub(super) fn new(client: Client, paced: Arc<Paced>, course: Course, planned: usize) -> Self {
        let url = Foreign::new(&course.proxy.redacted());
        let trial = Trial {
            proxy: course.index,
            url,
            way: course.way,
            planned,
            cold: None,
            samples: Vec::new(),
            stopped: None,
        };
        let host = entry_host(&course.proxy);
        Self { client, paced, proxy: course.proxy, host, trial, pauses: 0, until: None }
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }

    /// How many requests were sent.
    pub(super) fn done(&self) -> usize {
        self.trial.samples.len()
    }

    pub(super) fn is_ready(&self, now: Instant) -> bool {
        self.is_open() && self.until.is_none_or(|until| until <= now)
    }

    /// When the pause ends that it keeps.
    pub(super) fn paused_until(&self, now: Instant) -> Option<Instant> {
        self.until.filter(|until| self.is_open() && *until > now)
    }

    fn is_open(&self) -> bool {
        self.trial.stopped.is_none() && self.done() < self.trial.planned
    }

    /// Takes the request that made the connection.
    pub(super) fn begin(&mut self, asked: Asked, deadline: &Deadline) {
        if asked.sample.outcome == Outcome::Good {
            self.trial.cold = Some(asked.sample.total);
        } else {
            self.take(vec![asked], deadline);
        }
    }

    /// Takes what came of a round, and decides whether to go on.
    pub(super) fn take(&mut self, round: Vec<Asked>, deadline: &Deadline) {
        let refused: Vec<&Asked> = round.iter().filter(|asked| asked.sample.outcome == Outcome::RateLimited).collect();
        let wanted = refused.iter().filter_map(|asked| pause::wanted(&asked.headers, SystemTime::now())).max();
        let limited = !refused.is_empty();
        self.trial.samples.extend(round.into_iter().map(|asked| asked.sample));
        if !self.is_open() {
            return;
        }
        if limited {
            self.pause(wanted, deadline);
        } else {
            self.give_up();
        }
    }

    /// All that were in flight together are one refusal.
    fn pause(&mut self, wanted: Option<Duration>, deadline: &Deadline) {
        if self.pauses == MOST_PAUSES {
            self.trial.stopped = Some(Stopped::RateLimited { pauses: self.pauses });
            return;
        }
        let length = wanted.unwrap_or(Duration::from_secs(1 << self.pauses));
        if length > pause::LONGEST || length >= deadline.remaining() {
            self.trial.stopped = Some(Stopped::PauseTooLong { seconds: length.as_secs() });
            return;
        }
        self.pauses += 1;
        self.until = Some(Instant::now() + length);
    }

    fn give_up(&mut self) {
        let last = |wanted: fn(Outcome) -> bool| {
            self.trial.samples.iter().rev().take_while(|sample| wanted(sample.outcome)).count()
        };
        let failing = last(|outcome| !matches!(outcome, Outcome::Good | Outcome::NotFound | Outcome::RateLimited));
        let missing = last(|outcome| outcome != Outcome::Good);
        let in_a_row = if failing >= MOST_FAILURES { failing } else { missing };
        if failing >= MOST_FAILURES || missing >= MOST_MISSING {
            self.trial.stopped = Some(Stopped::Failing { in_a_row });
        }
    }

    /// Ends it, unless it is through.
    pub(super) fn end(&mut self, why: Stopped) {
        if self.is_open() {
            self.trial.stopped = Some(why);
        }
    }

    pub(super) fn into_trial(self) -> Trial {
        self.trial
    }
}
