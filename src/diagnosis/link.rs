//! Which finding follows from which.
//!
//! A finding is a symptom where a cause explains an observation that it is about, or where that
//! observation needed, directly or through others, one that a cause is about or explains. No rule
//! says "DNS explains the proxy".

use std::collections::{HashMap, HashSet};

use crate::facts::Facts;
use crate::model::{Finding, Role};

/// Makes symptoms of the findings that follow from another one.
pub fn link(facts: &Facts, findings: &mut [Finding]) {
    let needs = Needs::of(facts);
    let mut owners: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if finding.role == Role::Cause {
            for id in finding.about.iter().chain(&finding.explains) {
                owners.entry(id).or_default().push(index);
            }
        }
    }
    let mut explainers: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.role == Role::Cause) {
        finding.explains.iter().for_each(|id| explainers.entry(id).or_default().push(index));
    }
    let parents: Vec<Vec<usize>> =
        findings.iter().enumerate().map(|(at, finding)| needs.parents(at, finding, &explainers, &owners)).collect();
    let parents = without_circles(parents);
    let ids: Vec<String> = findings.iter().map(|finding| finding.id.clone()).collect();
    for (finding, parents) in findings.iter_mut().zip(parents) {
        if !parents.is_empty() {
            finding.role = Role::Symptom;
            finding.caused_by = parents.iter().filter_map(|parent| ids.get(*parent).cloned()).collect();
        }
    }
}

/// What each observation needed.
struct Needs<'a>(HashMap<&'a str, &'a [String]>);

impl<'a> Needs<'a> {
    fn of(facts: &'a Facts) -> Self {
        Self(facts.observations().into_iter().map(|seen| (seen.id.as_str(), seen.needs.as_slice())).collect())
    }

    /// The causes nearest to `finding`, going from what it is about to what that needed. First come the
    /// causes that say themselves that they explain what it is about.
    fn parents(
        &self,
        at: usize,
        finding: &Finding,
        explainers: &HashMap<&str, Vec<usize>>,
        owners: &HashMap<&str, Vec<usize>>,
    ) -> Vec<usize> {
        let explained = |id: &str| owners.get(id).into_iter().flatten().copied().filter(|owner| *owner != at);
        let about: HashSet<&str> = finding.about.iter().map(String::as_str).collect();
        let mut seen = about.clone();
        let mut level: Vec<&str> = Vec::new();
        let explaining = finding.about.iter().filter_map(|id| explainers.get(id.as_str())).flatten().copied();
        let mut found: Vec<usize> = explaining.filter(|other| *other != at).collect();
        for id in &about {
            level.extend(self.0.get(id).into_iter().flat_map(|needs| needs.iter().map(String::as_str)));
        }
        while !level.is_empty() && found.is_empty() {
            let mut next = Vec::new();
            for id in level {
                if seen.insert(id) {
                    found.extend(explained(id));
                    next.extend(self.0.get(id).into_iter().flat_map(|needs| needs.iter().map(String::as_str)));
                }
            }
            level = next;
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Drops the last edge of every circle: two findings that explain each other are no mystery, and one
/// of them must stay a cause.
fn without_circles(mut parents: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut children = vec![Set::of(parents.len()); parents.len()];
    for (at, parents) in parents.iter().enumerate() {
        parents.iter().for_each(|parent| children[*parent].insert(at));
    }
    for (at, parents) in parents.iter_mut().enumerate() {
        let below = below(&children, at);
        let dropped: Vec<usize> = parents.extract_if(.., |parent| below.holds(*parent)).collect();
        dropped.into_iter().for_each(|parent| children[parent].remove(at));
    }
    parents
}

/// All that lead to `at`, itself too.
fn below(children: &[Set], at: usize) -> Set {
    let mut seen = Set::of(children.len());
    seen.insert(at);
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        let new = children[at].without(&seen);
        open.extend(&new);
        new.into_iter().for_each(|child| seen.insert(child));
    }
    seen
}

/// Some of the findings, a bit each: a log may hold a thousand that all explain each other.
#[derive(Clone)]
struct Set(Vec<u64>);

impl Set {
    fn of(all: usize) -> Self {
        Self(vec![0; all.div_ceil(64)])
    }

    fn insert(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn remove(&mut self, at: usize) {
        self.0[at / 64] &= !(1 << (at % 64));
    }

    fn holds(&self, at: usize) -> bool {
        self.0[at / 64] & (1 << (at % 64)) != 0
    }

    fn without(&self, other: &Self) -> Vec<usize> {
        let words = self.0.iter().zip(&other.0).map(|(here, there)| here & !there).enumerate();
        words
            .filter(|(_, word)| *word != 0)
            .flat_map(|(word, bits)| ones(bits).map(move |bit| word * 64 + bit))
            .collect()
    }
}

fn ones(bits: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |bit| bits & (1 << bit) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Code;
    use crate::diagnosis::testing;
    use crate::facts::Observation;
    use crate::facts::version_control::{Remote, RemoteResult};
    use crate::model::Subject;
    use crate::model::situation::sample::Situation;

    fn finding(code: Code) -> Finding {
        Finding::new(code, Subject::host("h"), Situation::Comma.into())
    }

    fn facts() -> Facts {
        let mut facts = testing::nothing();
        let remote = Remote {
            observation: Observation::seen("remote", "r").needing(["tls"]),
            modules: Vec::new(),
            url: "https://h/x".into(),
            effective_url: None,
            rewritten_by: None,
            result: RemoteResult::NotAsked,
            lacks: Vec::new(),
            has: Vec::new(),
        };
        facts.version_control.begin().remotes.push(remote);
        facts
    }

    #[test]
    fn what_an_observation_needed_explains_it() {
        let mut findings = [finding(Code::TlsUntrusted).about("tls"), finding(Code::VcsFailed).about("remote")];
        link(&facts(), &mut findings);
        assert_eq!(findings.each_ref().map(|finding| finding.role), [Role::Cause, Role::Symptom]);
    }

    #[test]
    fn warnings_and_notes_follow_too() {
        let about = |finding: Finding| finding.about("remote");
        let mut findings = [
            finding(Code::TlsUntrusted).about("tls"),
            about(finding(Code::SumdbUnreachable).warning()),
            about(finding(Code::FallbackBlocked).note()),
        ];
        link(&facts(), &mut findings);
        assert_eq!(findings.each_ref().map(|finding| finding.role), [Role::Cause, Role::Symptom, Role::Symptom]);
    }

    #[test]
    fn a_cause_explains_what_it_names() {
        let mut findings = [
            finding(Code::GitUrlRewrite).explaining(["remote"]),
            finding(Code::VcsFailed).about("remote"),
            finding(Code::VcsMissing).about("other"),
        ];
        link(&facts(), &mut findings);
        assert_eq!(findings.each_ref().map(|finding| finding.role), [Role::Cause, Role::Symptom, Role::Cause]);
        assert_eq!(findings[1].caused_by, [findings[0].id.clone()]);
    }

    #[test]
    fn two_that_explain_each_other_do_not_both_vanish() {
        let mut findings = [
            finding(Code::GitUrlRewrite).about("remote").explaining(["tls"]),
            finding(Code::TlsUntrusted).about("tls"),
        ];
        link(&facts(), &mut findings);
        assert_eq!(findings.iter().filter(|finding| finding.role == Role::Cause).count(), 1);
    }

    #[test]
    fn of_many_that_all_explain_each_other_one_stays() {
        let one = || finding(Code::GitUrlRewrite).about("remote").explaining(["remote"]);
        let mut findings: Vec<Finding> = (0..300).map(|_| one()).collect();
        link(&facts(), &mut findings);
        let causes: Vec<usize> = (0..300).filter(|at| findings[*at].role == Role::Cause).collect();
        assert_eq!(causes, [0]);
        assert!(findings[1..].iter().enumerate().all(|(at, finding)| finding.caused_by.len() == at + 1));
    }

    #[test]
    fn a_warning_explains_nothing() {
        let mut findings =
            [finding(Code::GitUrlRewrite).warning().explaining(["remote"]), finding(Code::VcsFailed).about("remote")];
        link(&facts(), &mut findings);
        assert_eq!(findings[1].role, Role::Cause);
    }
}
