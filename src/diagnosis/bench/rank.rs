//! Which module proxy is better, and by which way.

use std::cmp::Reverse;
use std::time::Duration;

use super::OtherWay;
use crate::golang::goproxy::Candidate;
use crate::model::bench::{Tally, Trial};
use crate::model::{Action, Foreign};

/// How good a module proxy is that may be recommended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Score {
    /// At least 99 of 100 requests went well.
    reliable: bool,
    mean: Duration,
}

impl Score {
    /// Nothing for who is not fit.
    pub(super) fn of(trial: &Trial) -> Option<Self> {
        let tally = Tally::of(trial);
        let reliable = tally.per_cent().is_some_and(|per_cent| per_cent >= 99);
        Some(Self { reliable, mean: tally.times.filter(|_| trial.is_fit())?.mean })
    }

    /// The best comes first.
    pub(super) fn order(self) -> (Reverse<bool>, Duration) {
        (Reverse(self.reliable), self.mean)
    }

    /// More than chance may have done: fewer failures, or a fifth and 5 ms less.
    pub(super) fn clearly_beats(self, other: Self) -> bool {
        let faster = self.mean.saturating_mul(6) / 5 + Duration::from_millis(5) <= other.mean;
        if self.reliable == other.reliable { faster } else { self.reliable }
    }
}

/// The way that the advice is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Chosen {
    /// The one that go takes today.
    Present,
    /// Another: through this HTTP proxy, or through none.
    Other(Option<Foreign>),
}

/// The present way, unless another one is clearly better.
pub(super) fn chosen_way(trials: &[Trial]) -> Chosen {
    let best = |way: &Chosen| {
        let scores = trials.iter().filter(|trial| way.takes(trial)).filter_map(Score::of);
        scores.min_by_key(|score| score.order())
    };
    let mut others: Vec<Chosen> = Vec::new();
    for trial in trials.iter().filter(|trial| !trial.way.present) {
        let way = Chosen::Other(trial.way.through.clone());
        if !others.contains(&way) {
            others.push(way);
        }
    }
    let best_other =
        others.into_iter().filter_map(|way| Some((best(&way)?, way))).min_by_key(|(score, _)| score.order());
    match (best(&Chosen::Present), best_other) {
        (Some(present), Some((other, way))) if other.clearly_beats(present) => way,
        (None, Some((_, way))) => way,
        _ => Chosen::Present,
    }
}

impl Chosen {
    pub(super) fn takes(&self, trial: &Trial) -> bool {
        match self {
            Self::Present => trial.way.present,
            Self::Other(through) => trial.way.through == *through,
        }
    }

    /// What it takes to have go take it; nothing where it does.
    pub(super) fn as_other(&self, trials: &[&Trial], candidates: &[Candidate]) -> Option<OtherWay> {
        let Self::Other(through) = self else { return None };
        let login = trials.iter().any(|trial| trial.way.login);
        let secure = candidates.iter().any(|candidate| candidate.proxy.url().scheme == "https");
        let name = if secure { "HTTPS_PROXY" } else { "HTTP_PROXY" };
        let set = |url: &Foreign| Action::SetVariable { name: name.to_owned(), value: url.to_string() };
        let actions = through.iter().filter(|_| !login).map(set).collect();
        Some(OtherWay { through: through.clone(), actions })
    }
}
