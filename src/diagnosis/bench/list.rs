//! GOPROXY in parts, and parts made a GOPROXY.

use crate::facts::Facts;
use crate::golang::goproxy::{Candidate, Fallback, Provider, redacted};
use crate::golang::route::is_public_proxy;
use crate::model::Foreign;

/// Whose an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A module proxy of the house, or a folder.
    House,
    /// A module proxy of somebody else.
    Open,
    /// `direct` or `off`.
    End,
}

/// One entry.
#[derive(Clone)]
pub(super) struct Part {
    /// As it was written, perhaps with a login.
    item: String,
    pub(super) shown: Foreign,
    pub(super) login: bool,
    pub(super) kind: Kind,
    /// Whether GOPROXY has it.
    pub(super) present: bool,
    /// Which of those that were named it is.
    pub(super) candidate: Option<usize>,
}

impl Part {
    pub(super) fn of(index: usize, candidate: &Candidate) -> Self {
        Self {
            item: String::from_utf8_lossy(candidate.item.expose()).into_owned(),
            shown: Foreign::new(&candidate.proxy.redacted()),
            login: candidate.proxy.user().is_some(),
            kind: if candidate.is_of_the_house() { Kind::House } else { Kind::Open },
            present: candidate.present,
            candidate: Some(index),
        }
    }
}

/// GOPROXY as it stands.
pub(super) struct List {
    pub(super) parts: Vec<Part>,
    /// What stands behind the parts.
    separators: Vec<char>,
}

impl List {
    /// Empty but for `direct` where it is not known, or go does not take it.
    pub(super) fn present(facts: &Facts, candidates: &[Candidate]) -> Self {
        let environment = facts.environment.get().map(|settings| &settings.environment);
        let value = environment.map(|environment| environment.value("GOPROXY")).unwrap_or_default();
        let items: Vec<&str> = value.split([',', '|']).map(str::trim).collect();
        let mut list = Self { parts: Vec::new(), separators: Vec::new() };
        let entries = environment.and_then(|environment| environment.goproxy().ok()).map(|list| list.entries);
        for entry in entries.unwrap_or_default() {
            let Some(item) = entry.position.and_then(|position| items.get(position)) else { continue };
            let part = match &entry.provider {
                Provider::Proxy(proxy) => {
                    let same = |candidate: &Candidate| candidate.present && candidate.item.expose() == item.as_bytes();
                    let open = is_public_proxy(proxy.host());
                    Part {
                        item: (*item).to_owned(),
                        shown: Foreign::new(&proxy.redacted()),
                        login: proxy.user().is_some(),
                        kind: if open { Kind::Open } else { Kind::House },
                        present: true,
                        candidate: candidates.iter().position(same),
                    }
                }
                Provider::Direct | Provider::Off => end(item),
                Provider::NoProxy => continue,
            };
            list.parts.push(part);
            list.separators.push(if entry.fallback == Fallback::AnyError { '|' } else { ',' });
        }
        if list.parts.is_empty() {
            list.parts.push(end("direct"));
            list.separators.push(',');
        }
        list
    }

    /// The value that has these parts in this order, and the same without logins.
    pub(super) fn joined(&self, parts: &[Part]) -> (String, Foreign) {
        let mut value = String::new();
        for (at, part) in parts.iter().enumerate() {
            value.push_str(&part.item);
            if let Some(next) = parts.get(at + 1) {
                value.push(self.between(part, next));
            }
        }
        let shown = Foreign::new(&redacted(&value));
        (value, shown)
    }

    /// A present separator stays where it still stands between the same two kinds. Else an outage of one module
    /// proxy is covered by the next (`|`), but an error of one of the house must not send a private path to
    /// others, and an outage of all must not send everything to where it comes from (`,`).
    fn between(&self, part: &Part, next: &Part) -> char {
        let stood = self.parts.iter().position(|present| part.present && present.item == part.item);
        let kept = stood.and_then(|at| {
            let follower = self.parts.get(at + 1)?;
            (follower.kind == next.kind && next.present).then(|| self.separators.get(at).copied())?
        });
        // What stood before `direct` stands before it again, whoever is the last module proxy now.
        let before_end = || {
            let at = self.parts.iter().position(|present| present.kind == Kind::End)?;
            self.separators.get(at.checked_sub(1)?).copied()
        };
        match (part.kind, next.kind) {
            (_, Kind::End) => before_end().unwrap_or(','),
            _ if kept.is_some() => kept.unwrap_or(','),
            (Kind::House, Kind::Open) => ',',
            _ => '|',
        }
    }
}

fn end(item: &str) -> Part {
    Part {
        item: item.to_owned(),
        shown: Foreign::new(item),
        login: false,
        kind: Kind::End,
        present: true,
        candidate: None,
    }
}
