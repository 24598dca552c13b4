//! go.sum against what was downloaded, and lines that it lacks.

use crate::catalog::{Code, Mender};
use crate::facts::Facts;
use crate::facts::checksum_database::HashOf;
use crate::facts::module_proxy::{Answer, Body, FileAnswer, Hop, Walk, Want};
use crate::facts::repository::RepositoryFacts;
use crate::model::situation::checksum::{Advice, Situation};
use crate::model::{Action, Finding, Fix, Foreign, Place, Role, Seen, Subject};

use super::super::network::goes_on;

/// Looks at downloads.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let walks = facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.walks);
    for walk in walks {
        findings.extend(walk.hops.iter().filter_map(|hop| mismatch(facts, walk, hop)));
    }
}

/// Lines that go.sum lacks: what to mend where nothing else is wrong, a note where something else keeps
/// `go mod tidy` from adding them.
pub fn missing_lines(facts: &Facts, findings: &mut Vec<Finding>) {
    let Some(missing) = facts.repository.get().and_then(missing) else { return };
    // A go.sum that go cannot read lacks everything: that follows, and the link says so.
    let blocked = findings.iter().any(|finding| finding.role == Role::Cause && finding.code != Code::GoSumMalformed);
    findings.push(if blocked { missing.note() } else { missing });
}

fn mismatch(facts: &Facts, walk: &Walk, hop: &Hop) -> Option<Finding> {
    let body = match &hop.answer {
        Answer::Http { body, .. } | Answer::File { file: FileAnswer::Found { body } } => body,
        _ => return None,
    };
    let Body::OtherHash { recorded, got } = body else { return None };
    let of = if walk.want == Want::Zip { HashOf::Zip } else { HashOf::GoMod };
    let entries = facts.module_proxy.get().into_iter().flat_map(|proxies| &proxies.entries);
    let host = entries.into_iter().find(|entry| entry.index == hop.entry).map(|entry| entry.host.clone());
    let module = &walk.module;
    let finding = Finding::new(
        Code::ChecksumMismatch,
        Subject::module(module.to_string()),
        Situation::SumMismatch {
            module: module.clone(),
            of,
            recorded: Foreign::new(recorded),
            got: Foreign::new(got),
            host: host.unwrap_or_default(),
        }
        .into(),
    )
    .about(&hop.observation.id)
    .with("module", &*module.path)
    .with("version", &*module.version)
    .with("expected", &**recorded)
    .with("found", &**got)
    .mended_by(Mender::ModuleAuthor)
    .seen("go.sum", None, format!("{module}: {recorded}"))
    .seen(&hop.observation.id, None, format!("{}: {got}", hop.url))
    .fix(Fix::safe(Advice::DoNotUse { module: module.clone() }.into(), Place::Elsewhere, Vec::new()))
    .fix(Fix::destructive(
        Advice::AcceptNew { module: module.clone() }.into(),
        Place::File { path: "go.sum".into(), line: None },
        Vec::new(),
    ));
    Some(if goes_on(walk, hop) { finding.warning() } else { finding })
}

/// Lines that `go build` and the like need, and that only `go mod tidy`, `go mod download` or `go get`
/// write.
fn missing(repository: &RepositoryFacts) -> Option<Finding> {
    let first = repository.missing_sums.first()?;
    // With vendor/ in use, go.sum is not looked at.
    if repository.vendor.as_ref().is_some_and(|vendor| vendor.used) {
        return None;
    }
    let sums = repository.sums.first()?;
    let count = repository.missing_sums.len();
    let argv = ["go", "mod", "tidy"].map(str::to_owned).to_vec();
    let mut finding = Finding::new(
        Code::GoSumMissing,
        Subject::module(first.module.to_string()),
        Situation::SumMissing { module: first.module.clone(), count, no_file: !sums.exists }.into(),
    )
    .about(&sums.observation.id)
    .with("path", sums.file.as_str())
    .with("count", count)
    .fix(Fix::safe(Advice::AddLines.into(), Place::Repository, vec![Action::Run { argv }]));
    for sum in repository.missing_sums.iter().take(3) {
        let what = if sum.of == HashOf::Zip { "" } else { "/go.mod" };
        finding = finding.seen(sums.file.as_str(), None, Seen::NoSumLine(format!("{}{what}", sum.module)));
    }
    Some(finding)
}
