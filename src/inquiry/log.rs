//! What a log names: which of it may be asked for.

use crate::facts::Facts;
use crate::facts::repository::RepositoryFacts;
use crate::golang::module_path::{ModuleVersion, has_path_prefix};
use crate::golang::semver;
use crate::golang::toolchain::MODULE_PATH as TOOLCHAIN;

/// Modules of a log that are looked at closely; a failing go command seldom names more.
const MAX_CULPRITS: usize = 16;

/// The modules that a log complains of and this repository has by itself, or `--module` names. A version
/// goes with them only where it is one: a query may be the name of a branch.
pub(super) fn culprits(facts: &Facts) -> Vec<ModuleVersion> {
    let mut culprits: Vec<ModuleVersion> = Vec::new();
    for module in logged(facts).filter(|module| is_known(facts, &module.path)) {
        let version = if semver::is_canonical_version(&module.version) { &*module.version } else { "" };
        let module = ModuleVersion::new(&*module.path, version);
        if !culprits.contains(&module) && culprits.len() < MAX_CULPRITS {
            culprits.push(module);
        }
    }
    culprits
}

/// The modules and packages that only the log names: they are sent nowhere, for a log may come from
/// anywhere, and name what is nobody's business.
#[must_use]
pub fn strangers(facts: &Facts) -> Vec<String> {
    let packages = facts.transcript.get().into_iter().flat_map(|log| &log.packages);
    let modules = logged(facts).filter(|module| !is_known(facts, &module.path)).map(ToString::to_string);
    let unknown = |package: &&str| !is_known(facts, package) && !is_provided(facts, package);
    let packages = packages.map(|mention| mention.what.import.as_str()).filter(unknown).map(str::to_owned);
    let mut strangers: Vec<String> = Vec::new();
    for name in modules.chain(packages) {
        if !strangers.contains(&name) && strangers.len() < MAX_CULPRITS {
            strangers.push(name);
        }
    }
    strangers
}

fn logged(facts: &Facts) -> impl Iterator<Item = &ModuleVersion> {
    facts.transcript.get().into_iter().flat_map(|log| &log.culprits).map(|mention| &mention.what)
}

/// Whether a go command here would ask for a path anyway.
fn is_known(facts: &Facts, path: &str) -> bool {
    let named = facts.wishes.modules.iter().any(|module| module.path == path);
    named || path == TOOLCHAIN || facts.repository.get().is_some_and(|repository| has(repository, path))
}

fn has(repository: &RepositoryFacts, path: &str) -> bool {
    let listed = repository
        .build_list
        .iter()
        .any(|module| module.module.path == path || module.fetched().is_some_and(|fetched| fetched.path == path));
    let lacking = || repository.graph_lacks.iter().any(|module| module.path == path);
    let imported = || {
        repository.missing_imports.iter().any(|import| {
            let candidate = import.candidates.iter().any(|candidate| candidate.as_str() == path);
            candidate || import.import.as_str() == path
        })
    };
    listed || lacking() || imported()
}

/// Whether a package lies in a module that this repository has.
fn is_provided(facts: &Facts, package: &str) -> bool {
    facts.repository.get().is_some_and(|repository| {
        let listed = repository.build_list.iter().any(|module| has_path_prefix(package, &module.module.path));
        let own = repository.main_modules.iter().filter_map(|module| module.path.as_ref());
        listed || own.into_iter().any(|path| has_path_prefix(package, path.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::testing::nothing;
    use crate::facts::Section;
    use crate::facts::module_proxy::Want;
    use crate::facts::question::Question;
    use crate::facts::repository::{BuildModule, Mode};
    use crate::facts::transcript::{Mention, Package, TranscriptFacts};
    use crate::inquiry::next;

    fn facts() -> Facts {
        let mut facts = nothing();
        let mut repository = RepositoryFacts::empty("/r".into(), Mode::Module);
        repository.build_list.push(BuildModule {
            module: ModuleVersion::new("a.example/x", "v1.0.0"),
            direct: true,
            required_at: None,
            replaced_by: None,
            needed: true,
            mod_in_cache: true,
            source_in_cache: true,
        });
        facts.repository = Section::of(repository);
        let mention = |path: &str, version: &str| Mention { what: ModuleVersion::new(path, version), line: 1 };
        let package = |path: &str| Mention { what: Package { import: path.into() }, line: 2 };
        facts.transcript = Section::of(TranscriptFacts {
            culprits: vec![
                mention("a.example/x", "v1.0.0"),
                mention("a.example/x", "secret-branch"),
                mention("corp.example/secret", "v1.2.0"),
            ],
            packages: vec![package("a.example/x/p"), package("other.example/p")],
            ..TranscriptFacts::default()
        });
        facts
    }

    fn asked(facts: &Facts) -> String {
        let walks = next(facts).into_iter().filter_map(|question| match question {
            Question::Walk { module, want: Want::Zip | Want::List, whole: true, .. } => Some(module.to_string()),
            _ => None,
        });
        walks.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_only_the_log_names_is_sent_nowhere() {
        let facts = facts();
        assert_eq!(asked(&facts), "a.example/x@v1.0.0 a.example/x");
        assert_eq!(strangers(&facts), ["corp.example/secret@v1.2.0", "other.example/p"]);
    }

    #[test]
    fn a_module_that_is_named_is_asked_for() {
        let mut facts = facts();
        facts.wishes.modules.push(ModuleVersion::new("corp.example/secret", "v1.2.0"));
        assert!(asked(&facts).contains("corp.example/secret@v1.2.0"));
        assert_eq!(strangers(&facts), ["other.example/p"]);
    }

    #[test]
    fn without_a_repository_a_log_asks_nothing() {
        let mut facts = facts();
        facts.repository = Section::default();
        assert_eq!(asked(&facts), "");
    }
}
