//! What to look up in the checksum database.

use crate::facts::Facts;
use crate::facts::question::Question;
use crate::golang::checksum_database::{Consultation, Setting, consultation, parse_gosumdb};
use crate::golang::module_path::ModuleVersion;
use crate::golang::route::is_public_checksum_database;

/// Lookups of one run: each is a question to a public server.
const MAX_LOOKUPS: usize = 20;

/// The keys that go.sum lacks, where go would ask about them; else only where the database is.
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
    if environment.value("GOSUMDB") == "off" {
        return;
    }
    let missing = facts.repository.get().into_iter().flat_map(|repository| &repository.missing_sums);
    let mut lookups: Vec<ModuleVersion> = Vec::new();
    let public = parse_gosumdb(environment.value("GOSUMDB")).is_ok_and(|setting| match setting {
        Setting::Database(database) => is_public_checksum_database(database.key.name()),
        Setting::Off => false,
    });
    for sum in missing.filter(|sum| asked(&sum.module.path)) {
        // What looks private is told, not sent: go itself would send it.
        let private = public && facts.privacy(&sum.module.path).is_some_and(|privacy| privacy.keep_in_house);
        if !private && !lookups.contains(&sum.module) && lookups.len() < MAX_LOOKUPS {
            lookups.push(sum.module.clone());
        }
    }
    questions.push(Question::ChecksumDatabase { lookups });
}
