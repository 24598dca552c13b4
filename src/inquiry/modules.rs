//! Which files of which modules to ask the module proxies for.

use super::log;
use crate::facts::Facts;
use crate::facts::module_proxy::{Want, WhyAsked};
use crate::facts::question::Question;
use crate::facts::repository::{NeededUpdate, RepositoryFacts};
use crate::golang::go_version::GoVersion;
use crate::golang::module_path::{ModuleVersion, check_path};
use crate::golang::semver;
use crate::golang::toolchain::{Gotoolchain, MODULE_PATH as TOOLCHAIN, Mode, Switch};
use crate::model::Foreign;

/// Imports without a module that are looked up: more of them tell nothing new.
const MAX_IMPORTS: usize = 20;
/// Up to this many zips are fetched whole and hashed; go would fetch them all.
const WHOLE_ZIPS: usize = 16;
/// Up to this many zips have their head looked at.
const ZIP_HEADS: usize = 64;
/// Of more zips than that, these.
const SAMPLE_ZIPS: usize = 3;

/// The go.mod files that the cache lacks, then zips, missing imports, culprits and a toolchain.
pub fn questions(facts: &Facts, questions: &mut Vec<Question>) {
    culprits(facts, questions);
    toolchain(facts, questions);
    let Some(repository) = facts.repository.get() else { return };
    if !repository.graph_lacks.is_empty() || repository.build_list.iter().any(|module| !module.mod_in_cache) {
        questions.push(Question::BuildList);
    }
    imports(facts, repository, questions);
    zips(facts, repository, questions);
}

/// Modules that were named, on the command line or by a log: all that go may want of them.
fn culprits(facts: &Facts, questions: &mut Vec<Question>) {
    let logged = log::culprits(facts);
    for module in facts.wishes.modules.iter().chain(&logged).chain(unresolved(facts)) {
        let is_version = semver::is_canonical_version(&module.version);
        let wants: &[Want] = match module.version.as_str() {
            "" | "latest" | "upgrade" | "patch" => &[Want::List],
            _ if is_version => &[Want::Info, Want::Mod, Want::Zip],
            _ => &[Want::List, Want::Info],
        };
        for want in wants {
            let module = if *want == Want::List { ModuleVersion::new(&*module.path, "") } else { module.clone() };
            questions.push(Question::Walk { module, want: *want, why: WhyAsked::Culprit, whole: true });
        }
        if wants == [Want::List] && lists_nothing(facts, &module.path) {
            let module = ModuleVersion::new(&*module.path, "");
            questions.push(Question::Walk { module, want: Want::Latest, why: WhyAsked::Culprit, whole: true });
        }
    }
}

/// Whether a list without a version came: go then asks what the newest commit is.
fn lists_nothing(facts: &Facts, path: &str) -> bool {
    facts.module_proxy.get().is_some_and(|proxies| {
        let of_path = |module: &&ModuleVersion| module.path == path;
        let came = proxies.served_versions.iter().filter(of_path).any(|module| module.version.is_empty());
        came && !proxies.listed.iter().any(|module| module.path == path)
    })
}

/// Branches, tags and commits that go.mod asks for: go resolves them before anything else.
fn unresolved(facts: &Facts) -> impl Iterator<Item = &ModuleVersion> {
    let updates = facts.repository.get().into_iter().flat_map(|repository| &repository.needs_update);
    updates.filter_map(|update| match update {
        // Without its letter a version is a slip, and no branch.
        NeededUpdate::NotCanonical { required, .. } if semver::is_valid(&format!("v{}", required.version)) => None,
        NeededUpdate::NotCanonical { required, .. } => Some(required),
        NeededUpdate::Higher { .. } | NeededUpdate::NotListed { .. } => None,
    })
}

/// The toolchain that go would download.
fn toolchain(facts: &Facts, questions: &mut Vec<Question>) {
    let selection = facts.toolchain.get().and_then(|toolchain| toolchain.selection.as_ref());
    let Some(selection) = selection else { return };
    let Ok(choice) = &selection.choice else { return };
    // A dependency that needs a newer release makes go mod tidy look for one.
    let asks_for_more = facts.repository.get().is_some_and(|repository| {
        let wanted = repository.newer_go.iter().filter_map(|needs| GoVersion::parse(needs.wants.as_str()));
        wanted.max().is_some_and(|wanted| choice.version.as_ref().is_some_and(|version| wanted > *version))
    });
    let gotoolchain = facts.environment.get().map(|settings| settings.environment.value("GOTOOLCHAIN"));
    let mode = gotoolchain.and_then(|value| Gotoolchain::parse(value).ok().flatten()).map(|setting| setting.mode);
    if asks_for_more && mode == Some(Mode::Auto) {
        let module = ModuleVersion::new(TOOLCHAIN, "");
        questions.push(Question::Walk { module, want: Want::List, why: WhyAsked::Toolchain, whole: false });
    }
    if selection.on_path || selection.in_cache {
        return;
    }
    if let Switch::PathOrDownload { version } = &choice.switch {
        let module = ModuleVersion::new(TOOLCHAIN, version);
        questions.push(Question::Walk { module, want: Want::Zip, why: WhyAsked::Toolchain, whole: false });
    }
}

/// Imports that nothing provides: every path that may be their module, as go asks for all of them.
fn imports(facts: &Facts, repository: &RepositoryFacts, questions: &mut Vec<Question>) {
    let listed = facts.module_proxy.get().map(|proxies| proxies.listed.as_slice()).unwrap_or_default();
    let looked_into = facts.module_proxy.get().map(|proxies| proxies.looked_into.as_slice()).unwrap_or_default();
    let mut opened: Vec<&ModuleVersion> = Vec::new();
    let looked_up = repository.missing_imports.iter().filter(|import| import.malformed.is_none());
    for import in looked_up.take(MAX_IMPORTS) {
        for path in import.candidates.iter().filter(|path| check_path(path.as_str()).is_ok()) {
            let why = WhyAsked::Import { import: import.import.clone(), file: import.file.clone(), line: import.line };
            let module = ModuleVersion::new(path.as_str(), "");
            questions.push(Question::Walk { module, want: Want::List, why, whole: false });
        }
        // The longest path that has versions is the one whose go.mod go reads next.
        if let Some(module) = import.holder(listed) {
            let why = WhyAsked::Import { import: import.import.clone(), file: import.file.clone(), line: import.line };
            questions.push(Question::Walk { module: module.clone(), want: Want::Mod, why, whole: false });
        }
        // go takes the longest path whose newest version has the package.
        let lacks = |module: &ModuleVersion| {
            let seen = looked_into.iter().find(|seen| seen.module == *module);
            seen.is_some_and(|seen| seen.lacks.contains(&import.import))
        };
        if let Some(module) = import.holders(listed).find(|module| !lacks(module))
            && !opened.contains(&module)
            && opened.len() < WHOLE_ZIPS
        {
            opened.push(module);
            let why = WhyAsked::Import { import: import.import.clone(), file: import.file.clone(), line: import.line };
            questions.push(Question::Walk { module: module.clone(), want: Want::Zip, why, whole: true });
        }
    }
}

/// Sources that the cache lacks. Where the build list is complete in the cache, one module shows whether
/// the protocol is spoken at all.
fn zips(facts: &Facts, repository: &RepositoryFacts, questions: &mut Vec<Question>) {
    let needed = || {
        repository
            .build_list
            .iter()
            .filter(|module| module.needed)
            .filter_map(|module| module.fetched().map(|fetched| (fetched, module.source_in_cache)))
    };
    let lacking: Vec<&ModuleVersion> = needed().filter(|(_, in_cache)| !in_cache).map(|(module, _)| module).collect();
    let (whole, take) = match lacking.len() {
        0..=WHOLE_ZIPS => (true, WHOLE_ZIPS),
        17..=ZIP_HEADS => (false, ZIP_HEADS),
        _ => (false, SAMPLE_ZIPS),
    };
    for module in lacking.iter().take(take.min(facts.wishes.max_modules)) {
        questions.push(Question::Walk { module: (*module).clone(), want: Want::Zip, why: WhyAsked::BuildList, whole });
    }
    if !lacking.is_empty() {
        return;
    }
    let sample = needed().map(|(module, _)| module).find(|module| is_proxied(facts, &module.path));
    for want in sample.iter().flat_map(|_| [Want::List, Want::Info, Want::Mod, Want::Zip]) {
        let Some(module) = sample else { return };
        let module = if want == Want::List { ModuleVersion::new(&*module.path, "") } else { module.clone() };
        questions.push(Question::Walk { module, want, why: WhyAsked::Sample, whole: false });
    }
}

/// Whether go asks a module proxy for it.
fn is_proxied(facts: &Facts, path: &str) -> bool {
    facts.environment.get().is_some_and(|settings| !settings.environment.gonoproxy().matches(path))
}

/// The name that a module has in questions about repositories.
pub(super) fn named(path: &Foreign) -> ModuleVersion {
    ModuleVersion::new(path.as_str(), "")
}
