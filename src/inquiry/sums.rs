//! What to look up in the checksum database.

use crate::facts::Facts;
use crate::facts::question::Question;
use crate::golang::checksum_database::{Consultation, Setting, consultation, parse_gosumdb};
use crate::golang::module_path::ModuleVersion;
use crate::golang::route::is_public_checksum_database;
use crate::golang::toolchain::MODULE_PATH as TOOLCHAIN;

/// Lookups of one run: each is a question to a public server.
const MAX_LOOKUPS: usize = 20;

/// The keys that go.sum lacks, where go would ask about them; else only where the database is, unless no
/// module here is any business of it.
pub fn questions(facts: &Facts, questions: &mut Vec<Question>) {
    let Some(settings) = facts.environment.get() else { return };
    let environment = &settings.environment;
    let gonosumdb = environment.gonosumdb();
    let asked = |path: &str| {
        let excluded = gonosumdb.matches(path);
        let agent = environment.value("GIT_HTTP_USER_AGENT");
        let decided = consultation(path, environment.value("GOSUMDB"), excluded, environment.value("GOPROXY"), agent);
        matches!(decided, Consultation::Asked | Consultation::Required)
    };
    if environment.value("GOSUMDB") == "off" || !concerns(facts).any(asked) {
        return;
    }
    let public = parse_gosumdb(environment.value("GOSUMDB")).is_ok_and(|setting| match setting {
        Setting::Database(database) => is_public_checksum_database(database.key.name()),
        Setting::Off => false,
    });
    let before = facts.checksum_database.get();
    let answered = before.map(|database| database.lookups.as_slice()).unwrap_or_default();
    let mut lookups: Vec<ModuleVersion> = Vec::new();
    for module in unrecorded(facts).filter(|module| asked(&module.path)) {
        // What looks private is told, not sent: go itself would send it.
        let private = public && facts.privacy(&module.path).is_some_and(|privacy| privacy.keep_in_house);
        let known = lookups.contains(module) || answered.iter().any(|lookup| lookup.module == *module);
        if !private && !known && answered.len() + lookups.len() < MAX_LOOKUPS {
            lookups.push(module.clone());
        }
    }
    if !lookups.is_empty() || before.is_none_or(|database| database.name.is_none()) {
        questions.push(Question::ChecksumDatabase { lookups });
    }
}

/// What go.sum has no line for and a sync needs: modules of the build list, and those that an import or a
/// person wants in addition and that came.
fn unrecorded(facts: &Facts) -> impl Iterator<Item = &ModuleVersion> {
    let missing = facts.repository.get().into_iter().flat_map(|repository| &repository.missing_sums);
    let wished = facts.wishes.modules.iter();
    let further = facts.new_modules().into_iter().chain(wished.filter(|module| facts.came_unrecorded(module)));
    missing.map(|sum| &sum.module).chain(further)
}

/// The paths that a sync here is about; the empty one, which only a pattern for everything matches, where
/// nothing is required.
fn concerns(facts: &Facts) -> impl Iterator<Item = &str> {
    let repository = facts.repository.get();
    let built = repository.into_iter().flat_map(|repository| &repository.build_list);
    let imports = repository.into_iter().flat_map(|repository| &repository.missing_imports);
    let selection = facts.toolchain.get().and_then(|toolchain| toolchain.selection.as_ref());
    let downloaded = selection.filter(|selection| selection.must_be_fetched());
    let paths = built.map(|module| &*module.module.path);
    let paths = paths.chain(imports.map(|import| import.import.as_str()));
    let paths = paths.chain(facts.wishes.modules.iter().map(|module| &*module.path));
    let mut paths = paths.chain(downloaded.map(|_| TOOLCHAIN)).peekable();
    let nothing = paths.peek().is_none().then_some("");
    paths.chain(nothing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::testing::{environment, lacking, nothing};
    use crate::facts::Section;
    use crate::facts::repository::{Mode, RepositoryFacts};

    fn asks(variables: &[(&str, &str)], paths: &[&str]) -> bool {
        let mut facts = nothing();
        facts.environment = environment("1.26.8", variables);
        let mut repository = RepositoryFacts::empty("/repo".into(), Mode::Module);
        repository.build_list.extend(paths.iter().map(|path| lacking(path, "v1.0.0")));
        facts.repository = Section::of(repository);
        let mut asked = Vec::new();
        questions(&facts, &mut asked);
        !asked.is_empty()
    }

    #[test]
    fn a_database_that_no_module_here_needs_is_not_asked() {
        let paths = ["git.corp.example/a", "example.dev/b"];
        assert!(asks(&[], &paths));
        assert!(asks(&[("GONOSUMDB", "git.corp.example")], &paths));
        assert!(!asks(&[("GONOSUMDB", "git.corp.example,example.dev")], &paths));
        assert!(!asks(&[("GONOSUMDB", "*")], &paths));
        assert!(!asks(&[("GOPRIVATE", "*")], &[]));
        assert!(asks(&[], &[]));
        assert!(!asks(&[("GOSUMDB", "off")], &paths));
    }
}
