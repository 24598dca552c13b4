//! go.work, replacements by folders, and the vendor folder: whether they fit the modules on disk.

use super::{about_line, command, edit, is_vendored, line, mod_flag, run};
use crate::catalog::Code;
use crate::diagnosis::{settings, toolchain};
use crate::facts::Facts;
use crate::facts::repository::{BrokenReplace, ReplacedBy, RepositoryFacts, Vendor, Work, WorkMismatch};
use crate::golang::module_path::has_path_prefix;
use crate::model::situation::module::{Advice, Situation};
use crate::model::{Action, Finding, Fix, Foreign, Place, Subject, SubjectKind};

/// Looks at all three.
pub(super) fn rules(facts: &Facts, repository: &RepositoryFacts, findings: &mut Vec<Finding>) {
    if let Some(work) = &repository.work {
        findings.extend(unreadable(facts, work));
        findings.extend(work.mismatches.iter().filter_map(|mismatch| of_mismatch(facts, work, mismatch)));
    }
    findings.extend(repository.broken_replaces.iter().map(|replace| of_replace(repository, replace)));
    match &repository.vendor {
        Some(vendor) => findings.extend(of_vendor(repository, vendor)),
        None => findings.extend(no_vendor(facts, repository)),
    }
}

fn leave(facts: &Facts) -> Fix {
    let actions = vec![Action::SetVariable { name: "GOWORK".into(), value: "off".into() }];
    let place = if facts.environment.get().is_some_and(|settings| !settings.environment.value("GOWORK").is_empty()) {
        settings::place(facts, "GOWORK")
    } else {
        Place::Shell
    };
    Fix::safe(Advice::LeaveWorkspace.into(), place, actions)
}

fn unreadable(facts: &Facts, work: &Work) -> Option<Finding> {
    let error = work.unreadable.as_ref()?;
    Some(
        Finding::new(
            Code::WorkspaceMismatch,
            Subject::file(&work.file, None),
            Situation::WorkUnreadable { file: work.file.clone(), error: error.clone() }.into(),
        )
        .about(&work.observation.id)
        .with("path", work.file.as_str())
        .fix(leave(facts)),
    )
}

fn of_mismatch(facts: &Facts, work: &Work, mismatch: &WorkMismatch) -> Option<Finding> {
    let by_hand = |advice: Advice| Fix::safe(advice.into(), Place::Repository, Vec::new());
    let in_file = |subject: Subject, situation: Situation, fixes: Vec<Fix>| {
        let finding = Finding::new(Code::WorkspaceMismatch, subject, situation.into())
            .about(&work.observation.id)
            .with("path", work.file.as_str());
        Some(fixes.into_iter().fold(finding, Finding::fix))
    };
    let folder = |dir: &Foreign| Subject::new(SubjectKind::Directory, if dir.is_empty() { "." } else { dir.as_str() });
    match mismatch {
        WorkMismatch::NoModule { dir, line: number } => {
            let at = line(&work.file, *number);
            let drop = format!("-dropuse={dir}");
            let fixes = vec![
                command(Advice::DropUse { dir: dir.clone() }, &["go", "work", "edit", &drop]).guessed(),
                leave(facts),
            ];
            in_file(about_line(&at), Situation::UseMissing { dir: dir.clone(), at }, fixes)
        }
        WorkMismatch::NotListed { dir } => {
            let named = if dir.is_empty() { "." } else { dir.as_str() };
            let fixes = vec![command(Advice::AddUse { dir: dir.clone() }, &["go", "work", "use", named]), leave(facts)];
            in_file(folder(dir), Situation::NotInWorkspace { dir: dir.clone(), work: work.file.clone() }, fixes)
        }
        // Before 1.21 the lines were not compared.
        WorkMismatch::GoTooLow { .. } if toolchain::running(facts).is_some_and(|version| !version.is_at_least(21)) => {
            None
        }
        WorkMismatch::GoTooLow { dir, wants, has } => {
            let situation = Situation::WorkGoTooLow { dir: dir.clone(), wants: wants.clone(), has: has.clone() };
            in_file(folder(dir), situation, vec![command(Advice::RaiseWorkGo, &["go", "work", "use"])])
        }
        WorkMismatch::Twice { path } => in_file(
            Subject::module(path.as_str()),
            Situation::TwiceInWorkspace { path: path.clone() },
            vec![by_hand(Advice::UseOne)],
        ),
        WorkMismatch::ConflictingReplace { path } => in_file(
            Subject::module(path.as_str()),
            Situation::ReplacedDifferently { path: path.clone() },
            vec![by_hand(Advice::SettleReplace { path: path.clone() })],
        ),
    }
}

/// A replacement that leads nowhere stops go only where the module is part of the build.
fn of_replace(repository: &RepositoryFacts, replace: &BrokenReplace) -> Finding {
    let BrokenReplace { path, target, file, line: number, exists } = replace;
    let at = line(file, *number);
    let required = repository
        .build_list
        .iter()
        .any(|module| module.module.path == path.as_str() && matches!(module.replaced_by, Some(ReplacedBy::Folder(_))));
    let drop = format!("-dropreplace={path}");
    let editor = if file.as_str().ends_with("go.work") { "work" } else { "mod" };
    let situation = Situation::ReplaceMissing {
        path: path.clone(),
        target: target.clone(),
        at: at.clone(),
        exists: *exists,
        required,
    };
    let of_module =
        repository.missing_imports.iter().filter(|import| has_path_prefix(import.import.as_str(), path.as_str()));
    let explained: Vec<String> = of_module.map(|import| import.observation.id.clone()).collect();
    let finding = Finding::new(Code::ReplaceMissing, Subject::module(path.as_str()), situation.into())
        .about("repository/build-list")
        .with("module", path.as_str())
        .with("path", file.as_str())
        .with("line", *number)
        .seen(file.as_str(), Some(*number), format!("replace {path} => {target}"))
        .fix(edit(Advice::BringFolder { target: target.clone() }, &at))
        .fix(command(Advice::DropReplace { path: path.clone() }, &["go", editor, "edit", &drop]).guessed());
    match (required, is_vendored(repository)) {
        (true, false) => finding.explaining(explained),
        // The vendor folder has the sources; go mod tidy and go mod vendor fail all the same.
        (true, true) => finding.warning(),
        (false, _) => finding.note(),
    }
}

fn of_vendor(repository: &RepositoryFacts, vendor: &Vendor) -> Option<Finding> {
    vendor_differs(repository, vendor).or_else(|| vendor_lacks(repository, vendor))
}

/// Packages that a build does not find in the folder. go compares the lists of modules before it looks.
fn vendor_lacks(repository: &RepositoryFacts, vendor: &Vendor) -> Option<Finding> {
    let first = vendor.lacks.first().filter(|_| vendor.used)?;
    let renew = if repository.work.is_some() { "work" } else { "mod" };
    let at = line(&first.file, first.line);
    let situation =
        Situation::VendorLacks { count: vendor.lacks.len(), import: first.import.clone(), at, named: first.named };
    let required = |import: &Foreign| !repository.missing_imports.iter().any(|missing| missing.import == *import);
    let mut actions = vec![run(&["go", renew, "vendor"])];
    if !vendor.lacks.iter().all(|lack| required(&lack.import)) {
        actions.insert(0, run(&["go", "mod", "tidy"]));
    }
    let subject = Subject::new(SubjectKind::Directory, vendor.observation.subject.as_str());
    let mut finding = Finding::new(Code::VendorInconsistent, subject, situation.into())
        .about(&vendor.observation.id)
        .with("count", vendor.lacks.len())
        .with("package", first.import.as_str())
        .with("path", first.file.as_str())
        .with("line", first.line)
        .fix(Fix::safe(Advice::Vendor.into(), Place::Repository, actions))
        .fix(command(Advice::WithoutVendor, &["go", "build", "-mod=readonly", "./..."]));
    for lack in vendor.lacks.iter().take(3) {
        finding = finding.seen(lack.file.as_str(), Some(lack.line), format!("import \"{}\"", lack.import));
    }
    Some(finding)
}

fn vendor_differs(repository: &RepositoryFacts, vendor: &Vendor) -> Option<Finding> {
    let first = vendor.differences.first().filter(|_| vendor.used)?;
    let workspace = repository.work.is_some();
    let renew = if workspace { "work" } else { "mod" };
    let situation = Situation::VendorDiffers { count: vendor.differences.len(), first: first.text.clone(), workspace };
    let mut finding = Finding::new(
        Code::VendorInconsistent,
        Subject::new(SubjectKind::Directory, vendor.observation.subject.as_str()),
        situation.into(),
    )
    .about(&vendor.observation.id)
    .with("count", vendor.differences.len())
    .with("module", first.module.path.as_str())
    .fix(command(Advice::Vendor, &["go", renew, "vendor"]))
    .fix(command(Advice::WithoutVendor, &["go", "build", "-mod=readonly", "./..."]));
    for difference in vendor.differences.iter().take(3) {
        finding = finding.seen("vendor/modules.txt", None, difference.text.as_str());
    }
    Some(finding)
}

/// -mod=vendor where nothing is vendored.
fn no_vendor(facts: &Facts, repository: &RepositoryFacts) -> Option<Finding> {
    if mod_flag(facts).as_deref() != Some("vendor") || repository.build_list.is_empty() {
        return None;
    }
    let value = facts.environment.get()?.environment.value("GOFLAGS");
    let rest: Vec<&str> =
        value.split_whitespace().filter(|flag| !flag.trim_start_matches('-').starts_with("mod=")).collect();
    let (place, actions) = if rest.is_empty() {
        settings::unset(facts, "GOFLAGS")
    } else {
        settings::set(facts, "GOFLAGS", rest.join(" "))
    };
    let renew = if repository.work.is_some() { "work" } else { "mod" };
    Some(
        Finding::new(Code::VendorInconsistent, Subject::variable("GOFLAGS"), Situation::VendorAbsent.into())
            .about("environment/GOFLAGS")
            .with("value", value)
            .fix(Fix::safe(Advice::WithoutVendor.into(), place, actions))
            .fix(command(Advice::Vendor, &["go", renew, "vendor"])),
    )
}
