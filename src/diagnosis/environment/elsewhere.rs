//! A log whose hosts, folders or values are not to be found in this environment: the command failed
//! somewhere else.

use crate::catalog::Code;
use crate::facts::Facts;
use crate::facts::environment::EnvironmentFacts;
use crate::facts::transcript::{HostRole, Setting, TranscriptFacts};
use crate::golang::env::Environment;
use crate::model::situation::environment::{Advice, ElsewhereKind, Situation};
use crate::model::{Confidence, Finding, Fix, Foreign, Place, Subject, SubjectKind};

/// Looks at what the log names.
pub fn rules(facts: &Facts, findings: &mut Vec<Finding>) {
    let (Some(settings), Some(log)) = (facts.environment.get(), facts.transcript.get()) else { return };
    let found = other_variable(settings, log)
        .or_else(|| other_folder(&settings.environment, log))
        .or_else(|| other_host(facts, &settings.environment, log));
    findings.extend(found);
}

fn other_variable(settings: &EnvironmentFacts, log: &TranscriptFacts) -> Option<Finding> {
    log.variables.iter().find_map(|mention| {
        let Setting { name, value } = &mention.what;
        let here = settings.environment.get(name)?;
        let differs = Foreign::new(here.value.shown()) != *value;
        differs.then(|| {
            finding(
                Foreign::new(&format!("{name}={value}")),
                ElsewhereKind::Variable,
                mention.line,
                Confidence::Confirmed,
            )
        })
    })
}

fn other_folder(environment: &Environment, log: &TranscriptFacts) -> Option<Finding> {
    let cache = environment.gomodcache()?;
    let mention = log.folders.iter().find(|mention| !mention.what.as_str().starts_with(cache))?;
    Some(finding(mention.what.clone(), ElsewhereKind::Folder, mention.line, Confidence::Likely))
}

/// A module proxy that no setting here names.
fn other_host(facts: &Facts, environment: &Environment, log: &TranscriptFacts) -> Option<Finding> {
    let known = |host: &str| {
        let named = environment.variables.iter().any(|variable| variable.value.as_str().contains(host));
        let modules = facts.repository.get().is_some_and(|repository| {
            repository.build_list.iter().any(|module| module.module.path.starts_with(host))
                || repository.missing_imports.iter().any(|import| import.import.as_str().starts_with(host))
        });
        named || modules
    };
    // Storage hosts, vanity hosts and git servers stand in no setting even where all is well.
    let set = |role| matches!(role, HostRole::ModuleProxy | HostRole::ChecksumDatabase);
    let mut hosts = log.hosts.iter().filter(|mention| set(mention.what.role));
    let mention = hosts.find(|mention| !known(bare(mention.what.host.as_str())))?;
    Some(finding(mention.what.host.clone(), ElsewhereKind::Host, mention.line, Confidence::Likely))
}

fn bare(host: &str) -> &str {
    host.rsplit_once(':').map_or(host, |(host, _)| host)
}

fn finding(named: Foreign, what: ElsewhereKind, line: usize, confidence: Confidence) -> Finding {
    let kind = match what {
        ElsewhereKind::Host => SubjectKind::Host,
        ElsewhereKind::Folder => SubjectKind::Directory,
        ElsewhereKind::Variable => SubjectKind::Variable,
    };
    Finding::new(
        Code::SettingsElsewhere,
        Subject::new(kind, named.as_str()),
        Situation::Elsewhere { named: named.clone(), what }.into(),
    )
    .confidence(confidence)
    .seen("log", Some(line), named.as_str())
    .fix(Fix::safe(Advice::RunThere.into(), Place::Elsewhere, Vec::new()))
}
