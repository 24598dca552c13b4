//! go.mod, go.work and go.sum themselves: what in them go cannot read.

use super::{about_line, edit, file, line, run};
use crate::catalog::Code;
use crate::diagnosis::toolchain;
use crate::facts::Facts;
use crate::facts::repository::{RepositoryFacts, SumFile};
use crate::golang::go_version::GoVersion;
use crate::golang::modfile::{Problem, ProblemKind, SumProblemKind, VersionProblem};
use crate::golang::semver;
use crate::model::situation::module::{Advice, Line, Situation};
use crate::model::{Action, Finding, Fix, Foreign, Place, Subject, SubjectKind};

/// How many problems of one file are told: go itself reports ten.
const TOLD: usize = 10;

/// Looks at each file. Returns whether go stops at go.mod or go.work.
pub(super) fn rules(facts: &Facts, repository: &RepositoryFacts, findings: &mut Vec<Finding>) -> bool {
    let first = findings.len();
    if let Some(work) = &repository.work {
        of_file(&work.observation.id, &work.file, &work.problems, findings);
    }
    for main in &repository.main_modules {
        if let Some(error) = &main.unreadable {
            findings.push(unreadable(&main.observation.id, &main.file, error));
        }
        of_file(&main.observation.id, &main.file, &main.problems, findings);
    }
    let stops = findings.len() > first;
    let hidden = hidden(repository);
    for finding in findings.iter_mut().skip(first) {
        finding.explains.clone_from(&hidden);
    }
    // An older go reads no further than a malformed line: that matters where it needs what follows.
    let stops_there = toolchain::running(facts).is_none_or(|version| version.is_at_least(22));
    let hurts = stops_there || !repository.missing_sums.is_empty();
    for sums in &repository.sums {
        of_sums(sums, stops_there, hurts, findings);
    }
    stops
}

/// What go does not come to where it cannot read a module file.
fn hidden(repository: &RepositoryFacts) -> Vec<String> {
    let files = |id: &&String| !id.ends_with("/go.mod") && !id.ends_with("/go.work");
    let general = repository.observations.iter().map(|seen| &seen.id).filter(files);
    let imports = repository.missing_imports.iter().map(|import| &import.observation.id);
    let ambiguous = repository.ambiguous_imports.iter().map(|import| &import.observation.id);
    let graph = repository.graph_troubles.iter().map(|trouble| &trouble.observation.id);
    let vendor = repository.vendor.iter().map(|vendor| &vendor.observation.id);
    general.chain(imports).chain(ambiguous).chain(graph).chain(vendor).cloned().collect()
}

fn unreadable(id: &str, path: &Foreign, error: &Foreign) -> Finding {
    let advice = Advice::MakeReadable { file: path.clone() };
    let place = Place::File { path: path.to_string(), line: None };
    Finding::new(
        Code::CachePermission,
        Subject::new(SubjectKind::File, path.as_str()),
        Situation::Unreadable { file: path.clone(), error: error.clone() }.into(),
    )
    .about(id)
    .with("path", path.as_str())
    .seen(path.as_str(), None, error.as_str())
    .fix(Fix::safe(advice.into(), place, Vec::new()))
}

fn of_file(id: &str, path: &Foreign, problems: &[Problem], findings: &mut Vec<Finding>) {
    // After an error of syntax go reads no further.
    let told = if problems.first().is_some_and(|first| first.kind.is_syntax()) { 1 } else { TOLD };
    findings.extend(problems.iter().take(told).map(|problem| of_problem(id, path, problem)));
}

fn of_problem(id: &str, path: &Foreign, problem: &Problem) -> Finding {
    let at = line(path, problem.position.line as usize);
    let words = Foreign::new(&problem.go_message(path.as_str()));
    let correct = || edit(Advice::CorrectLine { at: at.clone() }, &at);
    let (code, situation, fixes) = match &problem.kind {
        ProblemKind::MergeConflict { conflict, .. } => {
            let at = line(path, conflict.start as usize);
            let fix = edit(Advice::ResolveConflict { file: path.clone() }, &at);
            (
                Code::GoModMalformed,
                Situation::MergeConflict { at, end: conflict.end as usize, noticed: true },
                vec![fix],
            )
        }
        ProblemKind::InvalidVersion { path: of, version, reason, .. } => {
            let situation = Situation::BadVersion {
                at: at.clone(),
                path: of.clone(),
                version: version.clone(),
                problem: words.clone(),
            };
            (Code::InvalidVersion, situation, vec![version_fix(&at, version, reason)])
        }
        ProblemKind::InvalidModulePath { path: of, .. } | ProblemKind::ReservedModulePath { path: of } => {
            let situation = Situation::BadPath { at: Some(at.clone()), path: of.clone(), problem: words.clone() };
            (Code::InvalidModulePath, situation, vec![correct()])
        }
        ProblemKind::InvalidToolchain { name } => {
            let fixes = vec![toolchain_fix(&at, name).unwrap_or_else(correct)];
            (Code::ToolchainMisconfigured, Situation::BadLine { at: at.clone(), problem: words }, fixes)
        }
        _ => (Code::GoModMalformed, Situation::BadLine { at: at.clone(), problem: words }, vec![correct()]),
    };
    let finding = Finding::new(code, about_line(&at), situation.into())
        .about(id)
        .with("path", path.as_str())
        .with("line", problem.position.line)
        .seen(path.as_str(), Some(at.line).filter(|line| *line > 0), problem.go_line(path.as_str()));
    fixes.into_iter().fold(finding, Finding::fix)
}

/// A release without its `go`, such as `1.24.3`.
fn toolchain_fix(at: &Line, name: &Foreign) -> Option<Fix> {
    GoVersion::parse(name.as_str())?;
    let (path, from) = (at.file.to_string(), name.to_string());
    let actions = vec![Action::EditLine { path, line: at.line, from, to: format!("go{name}") }];
    Some(Fix::safe(Advice::CorrectLine { at: at.clone() }.into(), file(at), actions))
}

fn version_fix(at: &Line, version: &Foreign, reason: &VersionProblem) -> Fix {
    match reason {
        VersionProblem::PathMajor { .. } => edit(Advice::MatchMajor, at),
        VersionProblem::Form | VersionProblem::String(_) | VersionProblem::MalformedPath => {
            let corrected = format!("v{version}");
            let actions = if semver::is_valid(&corrected) && at.line > 0 {
                let to = semver::canonical(&corrected).unwrap_or(corrected);
                vec![Action::EditLine { path: at.file.to_string(), line: at.line, from: version.to_string(), to }]
            } else {
                Vec::new()
            };
            Fix::safe(Advice::WriteVersion.into(), file(at), actions)
        }
    }
}

fn of_sums(sums: &SumFile, stops_there: bool, hurts: bool, findings: &mut Vec<Finding>) {
    let id = &sums.observation.id;
    if let Some(error) = &sums.unreadable {
        findings.push(unreadable(id, &sums.file, error).explaining([id]));
    }
    let tidy = run(&["go", "mod", "tidy"]);
    let mut told = 0;
    for problem in &sums.problems {
        let at = line(&sums.file, problem.line as usize);
        let (is_cause, situation, fix) = match &problem.kind {
            SumProblemKind::MergeConflict { conflict, reported } => {
                let at = line(&sums.file, conflict.start as usize);
                let fix = Fix::safe(Advice::KeepBothSides.into(), file(&at), vec![Action::Ask, tidy.clone()]);
                let noticed = reported.is_some();
                (noticed && hurts, Situation::MergeConflict { at, end: conflict.end as usize, noticed }, fix)
            }
            SumProblemKind::WrongNumberOfFields { fields } => {
                let situation = Situation::SumLine { at: at.clone(), fields: *fields, stops: stops_there };
                (hurts, situation, edit(Advice::CorrectLine { at: at.clone() }, &at))
            }
            SumProblemKind::MalformedHash => {
                let situation = Situation::SumHash { at: at.clone() };
                (false, situation, edit(Advice::CorrectLine { at: at.clone() }, &at))
            }
            SumProblemKind::SeveralHashes { .. }
            | SumProblemKind::Duplicate { .. }
            | SumProblemKind::UnknownAlgorithm
            | SumProblemKind::EmptyGoModHash => continue,
        };
        told += 1;
        if told > TOLD {
            return;
        }
        let words = problem.go_message(sums.file.as_str()).unwrap_or_else(|| format!("{}:{}", sums.file, problem.line));
        let finding = Finding::new(Code::GoSumMalformed, about_line(&at), situation.into())
            .about(id)
            .with("path", sums.file.as_str())
            .with("line", problem.line)
            .seen(sums.file.as_str(), Some(at.line), words)
            .fix(fix);
        // What go.sum seems to lack may stand in the lines that cannot be read.
        findings.push(if is_cause { finding.explaining([id]) } else { finding.warning() });
    }
}
