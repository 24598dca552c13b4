//! Findings with what follows from them beneath.

use std::collections::HashMap;

use crate::model::{Finding, Role};

/// A finding and how deep it hangs: 0 for what follows from nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) finding: &'a Finding,
    pub(super) depth: usize,
}

/// All findings, each symptom right beneath the first of its causes that is there, and otherwise in
/// the order given. Each finding comes once, even where causes name each other in a circle.
pub(super) fn arrange(findings: &[Finding]) -> Vec<Node<'_>> {
    let index: HashMap<&str, usize> = findings.iter().enumerate().map(|(at, f)| (f.id.as_str(), at)).collect();
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); findings.len()];
    let mut roots = Vec::new();
    for (at, finding) in findings.iter().enumerate() {
        let cause = finding.caused_by.iter().find_map(|id| index.get(id.as_str())).copied();
        match cause.filter(|cause| finding.role == Role::Symptom && *cause != at) {
            Some(cause) => {
                if let Some(below) = children.get_mut(cause) {
                    below.push(at);
                }
            }
            None => roots.push(at),
        }
    }
    let mut placed = vec![false; findings.len()];
    let mut nodes = Vec::with_capacity(findings.len());
    // Findings in a circle hang beneath no root: they come last, as if each were one.
    for root in roots.into_iter().chain(0..findings.len()) {
        let mut open = vec![(root, 0)];
        while let Some((at, depth)) = open.pop() {
            let (Some(done), Some(finding)) = (placed.get_mut(at), findings.get(at)) else { continue };
            if std::mem::replace(done, true) {
                continue;
            }
            nodes.push(Node { finding, depth });
            open.extend(children.get(at).into_iter().flatten().rev().map(|child| (*child, depth + 1)));
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Code;
    use crate::model::Subject;
    use crate::model::situation::sample;

    fn finding(id: &str, role: Role, caused_by: &[&str]) -> Finding {
        let mut finding = Finding::new(Code::DnsFailure, Subject::host("h"), sample::Situation::PatternScheme.into());
        finding.id = id.into();
        finding.role = role;
        finding.caused_by = caused_by.iter().map(|id| (*id).to_owned()).collect();
        finding
    }

    fn outline(findings: &[Finding]) -> String {
        arrange(findings).iter().map(|node| format!("{}{} ", ">".repeat(node.depth), node.finding.id)).collect()
    }

    #[test]
    fn symptoms_hang_beneath_their_causes() {
        let findings = [
            finding("a", Role::Cause, &[]),
            finding("b", Role::Cause, &[]),
            finding("c", Role::Symptom, &["b"]),
            finding("d", Role::Symptom, &["gone", "a"]),
            finding("e", Role::Symptom, &["d"]),
            finding("f", Role::Note, &[]),
        ];
        assert_eq!(outline(&findings), "a >d >>e b >c f ");
    }

    #[test]
    fn a_circle_loses_nobody() {
        let findings = [
            finding("a", Role::Symptom, &["b"]),
            finding("b", Role::Symptom, &["a"]),
            finding("c", Role::Symptom, &["c"]),
        ];
        assert_eq!(outline(&findings), "c a >b ");
    }
}
