//! Imports that no module of the build provides, or more than one.

use super::{about_line, command, edit, is_vendored, line, mod_flag, run};
use crate::catalog::{Code, Severity};
use crate::facts::Facts;
use crate::facts::module_proxy::{Answer, FileAnswer, Hop, WalkEnd, Want, WhyAsked};
use crate::facts::repository::{AmbiguousImport, MissingImport, RepositoryFacts};
use crate::facts::version_control::RemoteResult;
use crate::golang::module_path::{ModuleVersion, check_path, has_path_prefix};
use crate::golang::semver;
use crate::model::situation::module::{Advice, Line, Situation};
use crate::model::{Confidence, Finding, Fix, Foreign, Place, Role, Seen, Subject, SubjectKind};

/// Looks at both kinds.
pub(super) fn rules(facts: &Facts, repository: &RepositoryFacts, findings: &mut Vec<Finding>) {
    findings.extend(repository.missing_imports.iter().filter_map(|import| {
        let finding = missing(facts, repository, import)?;
        // go mod vendor cannot bring what nothing provides.
        let vendor =
            repository.vendor.as_ref().filter(|vendor| vendor.lacks.iter().any(|lack| lack.import == import.import));
        Some(finding.explaining(vendor.map(|vendor| &vendor.observation.id)))
    }));
    findings.extend(repository.ambiguous_imports.iter().map(ambiguous));
}

/// Imports whose module is not listed yet: go mod tidy lists it, and a build stops. They are what to mend
/// where nothing else is wrong.
pub fn unlisted(facts: &Facts, findings: &mut [Finding]) {
    let Some(repository) = facts.repository.get() else { return };
    let blocked = findings.iter().any(|finding| finding.role == Role::Cause);
    if blocked || is_vendored(repository) || mod_flag(facts).as_deref() == Some("mod") {
        return;
    }
    let met = |path: &Foreign| repository.missing_imports.iter().any(|one| one.import == *path && one.built_here);
    for finding in findings {
        if let crate::model::Situation::Module(Situation::NotYetRequired { import, .. }) = &finding.situation
            && met(import)
        {
            finding.severity = Severity::Error;
            finding.role = Role::Cause;
        }
    }
}

/// What is known of the modules that could hold an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Search<'a> {
    /// A server has one of them.
    Found,
    /// A server has some of them, this first, and the newest version of none has the package.
    Lacking(&'a ModuleVersion),
    /// All of them were asked for, and none exists.
    Nowhere,
    /// Nobody was asked.
    NotAsked,
    /// The search failed or was not made to its end: others tell why.
    Undecided,
}

fn missing(facts: &Facts, repository: &RepositoryFacts, import: &MissingImport) -> Option<Finding> {
    let path = &import.import;
    let at = line(&import.file, import.line);
    let correct = || edit(Advice::CorrectImport { import: path.clone() }, &at);
    if let Some(words) = &import.malformed {
        // go gives the same sentence for a path that could be of the standard library only.
        if path.as_str().split('/').next().is_some_and(|first| !first.contains('.')) && is_legal(path.as_str()) {
            let situation = Situation::NotInStd { import: path.clone(), at: at.clone() };
            return Some(about(import, Code::PackageNotFound, situation).fix(correct()));
        }
        let situation = Situation::BadPath { at: Some(at.clone()), path: path.clone(), problem: words.clone() };
        let finding = about(import, Code::InvalidModulePath, situation);
        return Some(Finding { subject: about_line(&at), ..finding }.fix(correct()));
    }
    let own = repository
        .main_modules
        .iter()
        .filter_map(|main| main.path.as_ref())
        .any(|main| has_path_prefix(path.as_str(), main.as_str()));
    let tidy = || command(Advice::Tidy, &["go", "mod", "tidy"]);
    match (search(facts, repository, import), &import.lacking_in) {
        (Search::Found, _) => {
            let situation = Situation::NotYetRequired { import: path.clone(), at, found: true };
            Some(about(import, Code::PackageNotFound, situation).warning().fix(tidy()))
        }
        (_, None) if own => {
            let situation = Situation::NoModuleHas { import: path.clone(), at: at.clone(), own: true };
            let fix = Fix::safe(Advice::MakePackage.into(), Place::Repository, vec![run(&["go", "generate", "./..."])]);
            // That no server has it follows: it is looked for elsewhere because it is not here.
            let finding = about(import, Code::PackageNotFound, situation).explaining([&import.observation.id]);
            Some(finding.confidence(Confidence::Likely).fix(fix).fix(correct()))
        }
        (Search::Lacking(module), _) => {
            let situation = Situation::NotInModule { import: path.clone(), at: at.clone(), module: module.clone() };
            let finding = about(import, Code::PackageNotInModule, situation);
            let finding = finding.with("module", &*module.path).with("version", &*module.version);
            Some(finding.fix(correct()))
        }
        // A later version of the module may have it: only go get can tell.
        (Search::Nowhere, Some(module)) => {
            let situation = Situation::NotInModule { import: path.clone(), at: at.clone(), module: module.clone() };
            let finding = about(import, Code::PackageNotInModule, situation)
                .with("module", &*module.path)
                .with("version", &*module.version);
            if is_newest(facts, module) {
                return Some(finding.fix(correct()));
            }
            let get = format!("{path}@latest");
            let advice = Advice::OtherVersion { path: Foreign::new(&module.path) };
            let finding = finding.confidence(Confidence::Likely).fix(command(advice, &["go", "get", &get]));
            Some(finding.fix(correct()))
        }
        (Search::Nowhere, None) => {
            let situation = Situation::NoModuleHas { import: path.clone(), at: at.clone(), own: false };
            Some(about(import, Code::PackageNotFound, situation).fix(correct()))
        }
        (Search::NotAsked, _) => {
            let situation = Situation::NotYetRequired { import: path.clone(), at, found: false };
            let finding = about(import, Code::PackageNotFound, situation).warning();
            Some(finding.confidence(Confidence::Likely).fix(tidy()))
        }
        (Search::Undecided, _) => None,
    }
}

/// Whether a server lists no later version of the module.
fn is_newest(facts: &Facts, module: &ModuleVersion) -> bool {
    let listed = facts.module_proxy.get().map(|proxies| proxies.listed.as_slice()).unwrap_or_default();
    let highest = listed.iter().find(|highest| highest.path == module.path);
    highest.is_some_and(|highest| semver::compare(&highest.version, &module.version).is_le())
}

/// Whether each character may stand in an import path; a relative path or one with a blank may not.
fn is_legal(path: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./~+".contains(c);
    !path.is_empty() && path.chars().all(plain) && !path.starts_with(['.', '/'])
}

fn about(import: &MissingImport, code: Code, situation: Situation) -> Finding {
    let MissingImport { observation, import: path, file, line: number, .. } = import;
    Finding::new(code, Subject::new(SubjectKind::Package, path.as_str()), situation.into())
        .about(&observation.id)
        .with("package", path.as_str())
        .with("path", file.as_str())
        .with("line", *number)
        .seen(file.as_str(), Some(*number).filter(|line| *line > 0), format!("import \"{path}\""))
}

/// What became of the candidates that are longer than the module which lacks the package: that one is
/// part of the build already.
fn search<'a>(facts: &'a Facts, repository: &RepositoryFacts, import: &MissingImport) -> Search<'a> {
    let mains = repository.main_modules.iter().filter_map(|main| main.path.as_ref()).map(AsRef::as_ref);
    let within = mains.filter(|main: &&str| has_path_prefix(import.import.as_str(), main)).map(str::len);
    let known = import.lacking_in.iter().map(|module| module.path.len()).chain(within).max().unwrap_or(0);
    let candidates = import.candidates.iter().map(AsRef::as_ref).filter(|path: &&str| path.len() > known);
    // go asks for no path that could not be a module's.
    let candidates: Vec<&str> = candidates.filter(|path| check_path(path).is_ok()).collect();
    let states: Vec<Search> = candidates.iter().map(|path| of_candidate(facts, import, path)).collect();
    if states.contains(&Search::Found) {
        Search::Found
    } else if states.contains(&Search::Undecided) {
        Search::Undecided
    } else if states.iter().all(|state| matches!(state, Search::Nowhere | Search::Lacking(_))) {
        let lacking = states.into_iter().find(|state| *state != Search::Nowhere);
        lacking.unwrap_or(Search::Nowhere)
    } else if states.iter().all(|state| *state == Search::NotAsked) {
        Search::NotAsked
    } else {
        Search::Undecided
    }
}

fn of_candidate<'a>(facts: &'a Facts, import: &MissingImport, path: &str) -> Search<'a> {
    let Some(proxies) = facts.module_proxy.get() else { return Search::NotAsked };
    let seen = proxies.looked_into.iter().find(|seen| seen.module.path == path);
    if let Some(seen) = seen.filter(|seen| seen.lacks.contains(&import.import)) {
        return Search::Lacking(&seen.module);
    }
    if proxies.served_versions.iter().any(|module| module.version.is_empty() && module.path == path) {
        return Search::Found;
    }
    let walk = proxies.walks.iter().find(|walk| {
        let of_import = matches!(&walk.why, WhyAsked::Import { import: of, .. } if *of == import.import);
        of_import && walk.want == Want::List && walk.module.path == path
    });
    match walk.map(|walk| (&walk.end, walk.hops.as_slice())) {
        None => Search::NotAsked,
        Some((WalkEnd::Found { .. }, _)) => Search::Found,
        Some((WalkEnd::Exhausted, hops)) if !hops.is_empty() && hops.iter().all(does_not_exist) => Search::Nowhere,
        Some((WalkEnd::Direct, _)) if repository_answers(facts, import) => Search::Found,
        Some(_) => Search::Undecided,
    }
}

/// Whether an entry says that there is no such module.
pub(super) fn does_not_exist(hop: &Hop) -> bool {
    match &hop.answer {
        Answer::Http { http, .. } => matches!(http.status, 404 | 410),
        Answer::File { file } => *file == FileAnswer::Missing,
        Answer::Failed { .. } | Answer::NotAsked => false,
    }
}

/// Whether the repository that an import leads to could be asked.
fn repository_answers(facts: &Facts, import: &MissingImport) -> bool {
    let remotes = facts.version_control.get().into_iter().flat_map(|version_control| &version_control.remotes);
    remotes
        .filter(|remote| matches!(remote.result, RemoteResult::Answered { .. }))
        .any(|remote| remote.modules.iter().any(|module| has_path_prefix(import.import.as_str(), &module.path)))
}

fn ambiguous(import: &AmbiguousImport) -> Finding {
    let AmbiguousImport { observation, import: path, file, line: number, modules } = import;
    let at: Line = line(file, *number);
    let situation = Situation::Ambiguous { import: path.clone(), at, modules: modules.clone() };
    let mut finding =
        Finding::new(Code::AmbiguousImport, Subject::new(SubjectKind::Package, path.as_str()), situation.into())
            .about(&observation.id)
            .with("package", path.as_str())
            .with("path", file.as_str())
            .with("line", *number);
    for module in modules {
        finding = finding.seen(
            &observation.id,
            None,
            Seen::Provides { module: module.to_string(), package: path.to_string() },
        );
    }
    match modules.iter().min_by_key(|module| module.path.len()) {
        Some(outer) => {
            let get = format!("{}@latest", outer.path);
            let advice = Advice::RaiseOuter { path: Foreign::new(&outer.path) };
            let actions = vec![run(&["go", "get", &get]), run(&["go", "mod", "tidy"])];
            finding.fix(Fix::safe(advice.into(), Place::Repository, actions))
        }
        None => finding,
    }
}
