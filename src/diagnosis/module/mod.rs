//! Rules of the family `module`: go.mod, go.work, what they require and what the sources import.

use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::repository::{Mode, RepositoryFacts};
use crate::golang::module_path::check_import_path;
use crate::model::situation::module::{Advice, Line, Situation};
use crate::model::{Action, Finding, Fix, Foreign, Place, Subject, SubjectKind};

mod dependencies;
mod files;
mod imports;
mod named;
mod requirements;
#[cfg(test)]
mod tests;
mod workspace;

pub use imports::unlisted;

/// Looks at the facts and emits what it finds.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    named::rules(facts, findings);
    let Some(repository) = facts.repository.get() else { return };
    findings.extend(no_go_mod(facts, repository));
    // A file at which go stops hides everything that would follow from it.
    if files::rules(facts, repository, findings) {
        return;
    }
    workspace::rules(facts, repository, findings);
    requirements::rules(facts, repository, findings);
    imports::rules(facts, repository, findings);
    dependencies::rules(facts, repository, findings);
}

/// A folder without go.mod is wrong only where no module was named.
fn no_go_mod(facts: &Facts, repository: &RepositoryFacts) -> Option<Finding> {
    if repository.mode != Mode::NoModule || !facts.wishes.modules.is_empty() {
        return None;
    }
    let directory = &repository.directory;
    Some(
        Finding::new(
            Code::GoModMissing,
            Subject::new(SubjectKind::Directory, directory.as_str()),
            Situation::NoGoMod { directory: directory.clone() }.into(),
        )
        .about("repository/go.mod")
        .fix(Fix::safe(Advice::InitModule.into(), Place::Repository, vec![init(repository)])),
    )
}

/// Outside of GOPATH go does not guess a module path: it is named, by where the repository lies or by its folder.
fn init(repository: &RepositoryFacts) -> Action {
    let folder = repository.directory.as_str().rsplit(['/', '\\']).find(|name| !name.is_empty()).unwrap_or_default();
    let remote = repository.own_remotes.first().map(|remote| format!("{remote}/{folder}"));
    let path = remote.into_iter().chain([folder.to_owned()]).find(|path| check_import_path(path).is_ok());
    run(&["go", "mod", "init", path.as_deref().unwrap_or("example.com/app")])
}

/// A command in the repository.
fn run(argv: &[&str]) -> Action {
    Action::Run { argv: argv.iter().map(|word| (*word).to_owned()).collect() }
}

/// A fix that is a command in the repository.
fn command(advice: Advice, argv: &[&str]) -> Fix {
    Fix::safe(advice.into(), Place::Repository, vec![run(argv)])
}

/// A fix that is an edit which only a person can make.
fn edit(advice: Advice, at: &Line) -> Fix {
    Fix::safe(advice.into(), file(at), Vec::new())
}

fn file(at: &Line) -> Place {
    Place::File { path: at.file.to_string(), line: (at.line > 0).then_some(at.line) }
}

fn line(file: &Foreign, line: usize) -> Line {
    Line { file: file.clone(), line }
}

fn about_line(at: &Line) -> Subject {
    Subject::file(&at.file, (at.line > 0).then_some(at.line))
}

/// Whether go builds from the vendor folder and so neither loads the module graph nor asks anybody.
fn is_vendored(repository: &RepositoryFacts) -> bool {
    repository.vendor.as_ref().is_some_and(|vendor| vendor.used)
}

/// The value of `-mod` in GOFLAGS.
fn mod_flag(facts: &Facts) -> Option<String> {
    let flags = facts.environment.get()?.environment.goflags().ok()?;
    flags.iter().rev().find(|flag| flag.name == "mod")?.value.clone()
}
