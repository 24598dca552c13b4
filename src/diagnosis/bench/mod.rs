//! What follows from a measurement: the GOPROXY that it speaks for, and what its reader has to know.
//!
//! A module proxy of the house keeps its place in front of those of others: it may be the only one that has
//! private modules, and others must not be asked for them first. Who failed is never recommended.

mod list;
mod rank;

use crate::facts::Facts;
use crate::foreign::redact;
use crate::golang::goproxy::Candidate;
use crate::model::bench::{Measured, Trial};
use crate::model::{Action, Foreign, Place};

use super::settings;
use list::{Kind, List, Part};
use rank::{Score, chosen_way};

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What becomes of GOPROXY.
    pub line: Line,
    /// Another way than go takes today, where that one is better.
    pub way: Option<OtherWay>,
    /// What the reader has to know.
    pub notes: Vec<Note>,
}

/// What becomes of GOPROXY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Nobody can be recommended.
    Nobody,
    /// A module proxy of the house in GOPROXY failed: what is to become of it, its operator knows.
    HouseFails {
        /// It.
        url: Foreign,
    },
    /// It stays as it is.
    Keep {
        /// The first of its module proxies that was measured.
        first: Foreign,
    },
    /// It changes.
    Change {
        /// The module proxy that comes first.
        first: Foreign,
        /// The new value, without logins.
        value: Foreign,
        /// Where it is set.
        place: Place,
        /// What to do there. Empty where the value holds a login, which no command may show.
        actions: Vec<Action>,
    },
}

/// A way that is better than the one that go takes today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherWay {
    /// The HTTP proxy in between; none for the direct way.
    pub through: Option<Foreign>,
    /// What to do in the shell. Empty where there is no command for it.
    pub actions: Vec<Action>,
}

/// What the reader has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// An entry of GOPROXY was not measured and stays where it is.
    NotMeasured {
        /// It.
        url: Foreign,
    },
    /// An entry of GOPROXY is not in the new value.
    LeftOut {
        /// It.
        url: Foreign,
        /// Whether it failed; else it was not measured.
        failed: bool,
    },
    /// A module proxy of somebody else that is new in GOPROXY: its operator sees which modules are asked for.
    Learns {
        /// It.
        url: Foreign,
    },
    /// A module proxy of the house stays in front of one that is faster.
    HouseFirst {
        /// It.
        url: Foreign,
    },
    /// Two module proxies of the house stay in their order, although the later one is faster.
    HouseOrder {
        /// The later one.
        url: Foreign,
    },
    /// A bar stands in the new value.
    Bar,
    /// A comma stands before `direct`.
    CommaBeforeDirect,
}

/// What the measurement speaks for.
#[must_use]
pub fn advise(facts: &Facts, candidates: &[Candidate], measured: &Measured) -> Advice {
    let way = chosen_way(&measured.trials);
    let of_way: Vec<&Trial> = measured.trials.iter().filter(|trial| way.takes(trial)).collect();
    let other = way.as_other(&of_way, candidates);
    let list = List::present(facts, candidates);
    let mut notes = Vec::new();
    let line = line(facts, candidates, &of_way, &list, &mut notes);
    // The way is worth a word only where somebody can be reached by it.
    let other = other.filter(|_| !matches!(line, Line::Nobody));
    Advice { line, way: other, notes }
}

fn line(facts: &Facts, candidates: &[Candidate], trials: &[&Trial], list: &List, notes: &mut Vec<Note>) -> Line {
    let score = |index: usize| trials.iter().find(|trial| trial.proxy == index).and_then(|trial| Score::of(trial));
    let measured = |part: &Part| part.candidate.filter(|index| trials.iter().any(|trial| trial.proxy == *index));
    let failed = |part: &Part| measured(part).is_some_and(|index| score(index).is_none());
    if !(0..candidates.len()).any(|index| score(index).is_some()) {
        return Line::Nobody;
    }
    if let Some(part) = list.parts.iter().find(|part| part.kind == Kind::House && failed(part)) {
        return Line::HouseFails { url: part.shown.clone() };
    }
    let mut parts = house(candidates, list, &score, notes);
    parts.extend(open(candidates, list, &score));
    for part in list.parts.iter().filter(|part| part.kind == Kind::Open) {
        if measured(part).is_none() || failed(part) {
            notes.push(Note::LeftOut { url: part.shown.clone(), failed: failed(part) });
        }
    }
    for part in parts.iter().filter(|part| part.present && measured(part).is_none()) {
        notes.push(Note::NotMeasured { url: part.shown.clone() });
    }
    let first_of = |parts: &[Part]| parts.iter().find(|part| measured(part).is_some()).map(|part| part.shown.clone());
    let first = first_of(&parts).unwrap_or_default();
    let dropped = list.parts.iter().any(|part| part.kind == Kind::Open && failed(part));
    if let Some(present) = first_of(&list.parts).filter(|present| *present == first && !dropped) {
        notes.retain(|note| matches!(note, Note::HouseFirst { .. } | Note::HouseOrder { .. }));
        return Line::Keep { first: present };
    }
    parts.extend(list.parts.iter().filter(|part| part.kind == Kind::End).cloned());
    for part in parts.iter().filter(|part| !part.present && part.kind == Kind::Open) {
        notes.push(Note::Learns { url: part.shown.clone() });
    }
    let (value, shown) = list.joined(&parts);
    if value.contains('|') {
        notes.push(Note::Bar);
    }
    if value.ends_with(",direct") {
        notes.push(Note::CommaBeforeDirect);
    }
    let (place, actions) = settings::set(facts, "GOPROXY", value.clone());
    let secret = parts.iter().any(|part| part.login) || redact(&value) != value;
    Line::Change { first, value: shown, place, actions: if secret { Vec::new() } else { actions } }
}

type Scores<'a> = dyn Fn(usize) -> Option<Score> + 'a;

/// The module proxies of the house: those of GOPROXY in their order, since a refusal by one may be on purpose.
fn house(candidates: &[Candidate], list: &List, score: &Scores<'_>, notes: &mut Vec<Note>) -> Vec<Part> {
    let of = |part: &Part| part.candidate.and_then(score);
    let mut parts: Vec<Part> = list.parts.iter().filter(|part| part.kind == Kind::House).cloned().collect();
    let leader = parts.iter().find_map(of);
    let faster = parts.iter().find(|part| of(part).zip(leader).is_some_and(|(own, lead)| own.clearly_beats(lead)));
    notes.extend(faster.map(|part| Note::HouseOrder { url: part.shown.clone() }));
    let mut new = ranked(candidates, score, |candidate| candidate.is_of_the_house() && !candidate.present);
    let before = |part: &Part| leader.zip(of(part)).is_some_and(|(lead, own)| own.clearly_beats(lead));
    let at = new.iter().take_while(|part| before(part)).count();
    let after = new.split_off(at);
    new.append(&mut parts);
    new.extend(after);
    let best_open = ranked(candidates, score, |candidate| !candidate.is_of_the_house()).first().and_then(of);
    let first = new.iter().find(|part| part.present && of(part).is_some());
    let beaten = first.filter(|part| of(part).zip(best_open).is_some_and(|(own, open)| open.clearly_beats(own)));
    notes.extend(beaten.map(|part| Note::HouseFirst { url: part.shown.clone() }));
    new
}

/// The best of the others, the present one in front where none clearly beats it.
fn open(candidates: &[Candidate], list: &List, score: &Scores<'_>) -> Vec<Part> {
    /// So many stand in for each other.
    const MOST: usize = 3;
    let of = |part: &Part| part.candidate.and_then(score);
    let mut parts = ranked(candidates, score, |candidate| !candidate.is_of_the_house());
    let present = list.parts.iter().find(|part| part.kind == Kind::Open && of(part).is_some());
    let best = parts.first().and_then(of);
    if let Some(present) = present
        && !best.zip(of(present)).is_some_and(|(best, own)| best.clearly_beats(own))
        && let Some(at) = parts.iter().position(|part| part.candidate == present.candidate)
    {
        let part = parts.remove(at);
        parts.insert(0, part);
    }
    parts.truncate(MOST);
    parts
}

/// Those that are fit, the best first.
fn ranked(candidates: &[Candidate], score: &Scores<'_>, wanted: impl Fn(&Candidate) -> bool) -> Vec<Part> {
    let fit = candidates.iter().enumerate().filter(|(_, candidate)| wanted(candidate));
    let mut fit: Vec<(Score, Part)> =
        fit.filter_map(|(index, candidate)| Some((score(index)?, Part::of(index, candidate)))).collect();
    fit.sort_by_key(|(score, _)| score.order());
    fit.into_iter().map(|(_, part)| part).collect()
}

#[cfg(test)]
mod tests;
