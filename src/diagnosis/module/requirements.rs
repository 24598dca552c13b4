//! What go.mod requires against what the module graph comes to.

use super::{about_line, command, edit, file, is_vendored, line, mod_flag};
use crate::catalog::Code;
use crate::diagnosis::toolchain;
use crate::facts::Facts;
use crate::facts::repository::{BuildModule, Conflict, Mode, NeededUpdate, RepositoryFacts};
use crate::golang::go_version::GoVersion;
use crate::golang::module_path::{ModuleVersion, check_path, has_path_prefix};
use crate::golang::semver;
use crate::model::situation::module::{Advice, Situation};
use crate::model::{Action, Confidence, Finding, Fix, Foreign, Subject};

/// Looks at needed changes and exclusions.
pub(super) fn rules(facts: &Facts, repository: &RepositoryFacts, findings: &mut Vec<Finding>) {
    findings.extend(stale(facts, repository));
    findings.extend(repository.build_list.iter().filter_map(|module| bad_path(repository, module)));
    findings.extend(repository.needs_update.iter().filter_map(|update| without_letter(repository, update)));
    findings.extend(repository.conflicts.iter().map(|conflict| match conflict {
        Conflict::Excluded { module, line } => excluded(repository, module, *line),
        Conflict::SameSource { source, path, other, line } => same_source(repository, source, path, other, *line),
    }));
}

/// A requirement that cannot be fetched from anywhere, since its path is none: `utils`, without a folder in
/// its place. go accepts the line, and stops once it needs the module.
fn bad_path(repository: &RepositoryFacts, module: &BuildModule) -> Option<Finding> {
    let fetched = module.fetched()?;
    let error = check_path(&fetched.path).err()?;
    let (file, at) = module.required_at.as_ref()?;
    let at = line(file, *at);
    let path = Foreign::new(&fetched.path);
    let situation = Situation::BadPath { at: Some(at.clone()), path, problem: Foreign::new(&error.to_string()) };
    let sums = repository.sums.iter().map(|sums| &sums.observation.id);
    let inside =
        repository.missing_imports.iter().filter(|import| has_path_prefix(import.import.as_str(), &fetched.path));
    let finding = Finding::new(Code::InvalidModulePath, about_line(&at), situation.into())
        .with("path", at.file.as_str())
        .with("line", at.line)
        .with("module", &*fetched.path)
        .seen(at.file.as_str(), Some(at.line), fetched.to_string())
        .explaining(sums.chain(inside.map(|import| &import.observation.id)))
        .fix(edit(Advice::CorrectLine { at: at.clone() }, &at));
    Some(if is_vendored(repository) { finding.warning() } else { finding })
}

/// Commands other than `go mod tidy`, `go get` and `go mod download` stop with "updates to go.mod
/// needed" (seen with Go 1.26).
fn stale(facts: &Facts, repository: &RepositoryFacts) -> Option<Finding> {
    let main = repository.main_modules.first()?;
    let (mut higher, mut unlisted, mut unresolved) = (Vec::new(), Vec::new(), Vec::new());
    let mut lines: Vec<usize> = Vec::new();
    for update in &repository.needs_update {
        match update {
            NeededUpdate::Higher { required, selected } if is_too_new(facts, required, selected) => {}
            NeededUpdate::Higher { required, selected } => {
                higher.push(Foreign::new(&format!("{} {} → {selected}", required.path, required.version)));
            }
            // A line without a version counts as none until it is resolved.
            NeededUpdate::NotListed { module } if is_unresolved(repository, &module.path) => {}
            NeededUpdate::NotListed { module } => unlisted.push(Foreign::new(&module.to_string())),
            NeededUpdate::NotCanonical { required, .. } if with_letter(required).is_some() => {}
            NeededUpdate::NotCanonical { required, line } => {
                unresolved.push(Foreign::new(&format!("{} {}", required.path, required.version)));
                lines.push(*line);
            }
        }
    }
    if higher.is_empty() && unlisted.is_empty() && unresolved.is_empty() {
        return None;
    }
    let certain = !higher.is_empty() || !unresolved.is_empty();
    let mut finding = Finding::new(
        Code::GoModNeedsUpdate,
        Subject::file(&main.file, None),
        Situation::Stale {
            file: main.file.clone(),
            higher: higher.clone(),
            unlisted: unlisted.clone(),
            unresolved: unresolved.clone(),
        }
        .into(),
    )
    .about(&main.observation.id)
    .with("path", main.file.as_str())
    .fix(command(Advice::Tidy, &["go", "mod", "tidy"]));
    for what in higher.iter().chain(&unlisted).chain(&unresolved).take(3) {
        finding = finding.seen(main.file.as_str(), None, what.as_str());
    }
    if let Some(line) = lines.first() {
        finding = finding.with("line", *line);
    }
    // Another platform's sources may import what is not listed; then this one builds.
    let finding = if certain { finding } else { finding.confidence(Confidence::Likely) };
    let may_change = mod_flag(facts).as_deref() == Some("mod");
    Some(if may_change {
        finding.note()
    } else if is_vendored(repository) || repository.mode == Mode::Workspace {
        finding.warning()
    } else {
        finding
    })
}

fn is_unresolved(repository: &RepositoryFacts, path: &str) -> bool {
    repository.needs_update.iter().any(|update| match update {
        NeededUpdate::NotCanonical { required, .. } => required.path == path,
        NeededUpdate::Higher { .. } | NeededUpdate::NotListed { .. } => false,
    })
}

/// The version that was meant by one without its `v`: go takes `1.2.3` for a branch, which there hardly is.
fn with_letter(required: &ModuleVersion) -> Option<String> {
    semver::canonical(&format!("v{}", required.version))
}

fn without_letter(repository: &RepositoryFacts, update: &NeededUpdate) -> Option<Finding> {
    let NeededUpdate::NotCanonical { required, line: number } = update else { return None };
    let corrected = with_letter(required)?;
    let main = repository.main_modules.first()?;
    let at = line(&main.file, *number);
    let situation = Situation::BadVersion {
        at: at.clone(),
        path: Foreign::new(&required.path),
        version: Foreign::new(&required.version),
        problem: "must be of the form v1.2.3".into(),
    };
    let edit =
        Action::EditLine { path: main.file.to_string(), line: *number, from: required.version.clone(), to: corrected };
    Some(
        Finding::new(Code::InvalidVersion, about_line(&at), situation.into())
            .about(&main.observation.id)
            .with("module", &*required.path)
            .with("version", &*required.version)
            .with("path", main.file.as_str())
            .with("line", *number)
            .seen(main.file.as_str(), Some(*number), format!("{} {}", required.path, required.version))
            .fix(Fix::safe(Advice::WriteVersion.into(), file(&at), vec![edit])),
    )
}

/// A go line that a dependency raises above the running release is the family `toolchain`'s.
fn is_too_new(facts: &Facts, required: &ModuleVersion, selected: &Foreign) -> bool {
    let running = toolchain::running(facts);
    required.path == "go" && GoVersion::parse(selected.as_str()).is_some_and(|wanted| Some(wanted) > running)
}

/// go stops before it builds or tidies anything (seen with Go 1.26).
fn same_source(
    repository: &RepositoryFacts,
    source: &ModuleVersion,
    path: &Foreign,
    other: &Foreign,
    number: usize,
) -> Finding {
    let main = repository.main_modules.first();
    let file = main.map_or_else(|| Foreign::new("go.mod"), |main| main.file.clone());
    let id = main.map_or_else(|| "repository/go.mod".to_owned(), |main| main.observation.id.clone());
    let drop = format!("-dropreplace={path}");
    let situation = Situation::SameSource { source: source.clone(), path: path.clone(), other: other.clone() };
    let finding = Finding::new(Code::VersionConflict, Subject::module(source.to_string()), situation.into())
        .about(id)
        .with("module", &*source.path)
        .with("version", &*source.version)
        .with("path", file.as_str())
        .with("line", number)
        .seen(file.as_str(), Some(number).filter(|line| *line > 0), format!("replace {path} => {source}"))
        .fix(command(Advice::DropReplace { path: path.clone() }, &["go", "mod", "edit", &drop]).guessed());
    if is_vendored(repository) { finding.warning() } else { finding }
}

fn excluded(repository: &RepositoryFacts, module: &ModuleVersion, line_number: usize) -> Finding {
    let number = &line_number;
    let main = repository.main_modules.first();
    let path = main.map_or_else(|| Foreign::new("go.mod"), |main| main.file.clone());
    let id = main.map_or_else(|| "repository/go.mod".to_owned(), |main| main.observation.id.clone());
    let drop = format!("-dropexclude={module}");
    let at = line(&path, *number);
    let finding = Finding::new(
        Code::VersionConflict,
        Subject::module(module.to_string()),
        Situation::Excluded { module: module.clone(), line: *number }.into(),
    )
    .about(id)
    .with("module", &*module.path)
    .with("version", &*module.version)
    .with("path", path.as_str())
    .with("line", *number)
    .seen(path.as_str(), Some(at.line).filter(|line| *line > 0), format!("exclude {} {}", module.path, module.version))
    .fix(command(Advice::Tidy, &["go", "mod", "tidy"]))
    .fix(command(Advice::DropExclude { module: module.clone() }, &["go", "mod", "edit", &drop]));
    if repository.mode == Mode::Workspace || is_vendored(repository) { finding.warning() } else { finding }
}
