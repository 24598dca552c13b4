//! Damaged modules in the module cache: what go makes of each damage, and the one module to fetch again.
//!
//! What go makes of it was seen with Go 1.26: it trusts an extracted folder without a look, takes a zip
//! with a `.ziphash` for verified, and makes a missing `.ziphash` or `.info` anew.

use crate::catalog::{Code, Location, Mender};
use crate::facts::Facts;
use crate::facts::cache::{ModuleDamage, Scan};
use crate::facts::repository::RepositoryFacts;
use crate::golang::module_cache::{ModuleFiles, Piece};
use crate::golang::module_hash::EMPTY;
use crate::golang::module_path::ModuleVersion;
use crate::model::damage::Files;
use crate::model::seen::Part;
use crate::model::situation::cache::{Advice, Effect, Situation};
use crate::model::{Action, Confidence, Damage, Finding, Fix, Place, Seen, Subject};

use super::go::{self, file_of};
use crate::model::pieces;

/// Looks at each damage; of one module the worst first, whose words then stand for all.
pub(super) fn rules(facts: &Facts, scan: &Scan, findings: &mut Vec<Finding>) {
    // What its author wrote so is no damage: the module itself is told of.
    let own =
        |damage: &&ModuleDamage| matches!(damage.damage, Damage::GoModInvalid { recorded: true, html: false, .. });
    let mut damages: Vec<(Effect, &ModuleDamage)> = scan
        .damages
        .iter()
        .filter(|damage| !own(damage))
        .map(|damage| (effect(&damage.damage, damage.extracted), damage))
        .collect();
    damages.sort_by_key(|(effect, _)| *effect);
    findings.extend(damages.into_iter().map(|(effect, damage)| finding(facts, damage, effect)));
}

fn effect(damage: &Damage, extracted: bool) -> Effect {
    let in_zip = if extracted { Effect::Latent } else { Effect::Stops };
    match damage {
        Damage::ZipUnreadable { .. }
        | Damage::ZipEntry { .. }
        | Damage::ZipRule { .. }
        | Damage::TooLarge
        | Damage::LockIsFolder => in_zip,
        Damage::ZipModified { .. } if extracted => Effect::Latent,
        Damage::ZiphashNotInGoSum { .. } | Damage::GoModNotInGoSum { .. } | Damage::GoModInvalid { .. } => {
            Effect::Stops
        }
        // A text as long as an h1 is taken for a hash of another kind; any other is made anew.
        Damage::ZiphashMalformed { text } if text.as_str().trim().len() == EMPTY.len() => Effect::Stops,
        Damage::Unreadable { path, .. } if path.as_str().ends_with(".zip") => in_zip,
        Damage::Unreadable { .. } => Effect::Stops,
        Damage::FilesMissing(files) if lacks_sources(files) => Effect::Stops,
        Damage::ZipModified { .. }
        | Damage::FilesMissing(_)
        | Damage::FilesAdded(_)
        | Damage::FilesChanged(_)
        | Damage::FolderModified { .. }
        | Damage::FileModes(_)
        | Damage::OtherOwner { .. }
        | Damage::Links { .. }
        | Damage::LinkedDownloads { .. }
        | Damage::SpecialFiles(_)
        | Damage::NotAFolder { link: true, .. }
        | Damage::Leftovers(_)
        | Damage::GoModNotInZip
        | Damage::InfoOtherVersion { .. } => Effect::Unnoticed,
        Damage::ZiphashMissing
        | Damage::ZiphashMalformed { .. }
        | Damage::NotAFolder { link: false, .. }
        | Damage::Partial
        | Damage::InfoInvalid { .. } => Effect::Heals,
    }
}

/// Whether the names or the imports of the sources may differ from those in the zip.
fn changes_index(damage: &Damage) -> bool {
    let (Damage::FilesMissing(files) | Damage::FilesAdded(files) | Damage::FilesChanged(files)) = damage else {
        return false;
    };
    files.count > files.first.len() || files.first.iter().any(|name| name.as_str().ends_with(".go"))
}

/// Whether a build misses a file: of many, one is a source.
fn lacks_sources(files: &Files) -> bool {
    let is_test = |name: &str| name.ends_with("_test.go");
    files.count > files.first.len()
        || files.first.iter().any(|name| name.as_str().ends_with(".go") && !is_test(name.as_str()))
}

fn code(damage: &Damage) -> Code {
    match damage {
        Damage::GoModNotInGoSum { html: true, .. }
        | Damage::GoModInvalid { html: true, .. }
        | Damage::InfoInvalid { html: true } => Code::CacheWrongContent,
        Damage::Unreadable { .. } | Damage::OtherOwner { .. } => Code::CachePermission,
        Damage::LockIsFolder => Code::CacheLock,
        // The zip is whole, and simply another one than go.sum records.
        Damage::ZiphashNotInGoSum { actual: Some(actual), go_sum, .. } if !go_sum.contains(actual) => {
            Code::ChecksumMismatch
        }
        _ => Code::CacheCorrupt,
    }
}

/// Whether the damage is to the go.mod, which the module graph needs of every module.
fn is_of_graph(damage: &Damage) -> bool {
    match damage {
        Damage::GoModNotInGoSum { .. } | Damage::GoModInvalid { .. } => true,
        Damage::Unreadable { path, .. } => path.as_str().ends_with(".mod"),
        _ => false,
    }
}

fn finding(facts: &Facts, seen: &ModuleDamage, effect: Effect) -> Finding {
    let ModuleDamage { observation, module, damage, .. } = seen;
    let code = code(damage);
    let situation = Situation::Damaged { module: module.clone(), damage: damage.clone(), effect };
    let kind = serde_json::to_value(damage).ok().and_then(|value| value.get("is").cloned()).unwrap_or_default();
    let scan = facts.cache.get().and_then(|cache| cache.scan.as_ref());
    let all = scan.into_iter().flat_map(|scan| &scan.damages).filter(|other| other.module == *module);
    let all: Vec<serde_json::Value> = all.map(|one| told(facts, one)).collect();
    let mut finding = Finding::new(code, Subject::module(module.to_string()), situation.into())
        .about(&observation.id)
        .located(Location::Local)
        .mended_by(if code == Code::CachePermission { Mender::Platform } else { Mender::Developer })
        .with("module", &*module.path)
        .with("version", &*module.version)
        .with("damage", kind)
        .with("damages", all);
    for seen in evidence(damage) {
        finding = finding.seen(&observation.id, None, seen);
    }
    if let Some(fix) = fix(facts, module, damage, effect) {
        finding = finding.fix(fix);
    }
    // The cache agrees with itself, so that a new copy may well have the same hash.
    if code == Code::ChecksumMismatch {
        let argv = ["git", "log", "-p", "-S", &*module.path, "--", "go.sum"].map(str::to_owned).to_vec();
        let advice = Advice::CompareGoSum { module: module.clone() };
        finding = finding.fix(Fix::safe(advice.into(), Place::Repository, vec![Action::Run { argv }]));
    }
    let repository = facts.repository.get();
    let vendored = repository.and_then(|repository| repository.vendor.as_ref()).is_some_and(|vendor| vendor.used);
    let needed = is_of_graph(damage) || repository.is_some_and(|repository| is_needed(repository, module));
    match weight(damage, effect) {
        Weight::Breaks if facts.wishes.verify => finding.error(),
        Weight::Breaks if effect == Effect::Stops && needed && !vendored => {
            let finding = finding.error().explaining(explained(repository, module, damage));
            // An author's own go.mod may be broken as well; then fetching it again does not help.
            let sure = !matches!(damage, Damage::GoModInvalid { html: false, .. });
            if sure { finding } else { finding.confidence(Confidence::Likely) }
        }
        Weight::Breaks => finding.warning(),
        Weight::Disturbs if facts.wishes.verify => finding.warning(),
        // Several users may share a cache on purpose; go builds from a link as from a file.
        Weight::Disturbs
            if effect == Effect::Unnoticed
                && !matches!(damage, Damage::OtherOwner { .. } | Damage::Links { leave_the_cache: false, .. }) =>
        {
            finding.warning()
        }
        Weight::Disturbs | Weight::Nothing => finding.note(),
    }
}

/// How bad a damage is by itself.
enum Weight {
    /// The module is not what was downloaded, or go stops at it.
    Breaks,
    /// go mends it, or it is no matter of content.
    Disturbs,
    /// It does no harm.
    Nothing,
}

fn weight(damage: &Damage, effect: Effect) -> Weight {
    match damage {
        Damage::LinkedDownloads { leave_the_cache: false, .. }
        | Damage::NotAFolder { link: true, leaves_the_cache: false }
        | Damage::Leftovers(_) => Weight::Nothing,
        Damage::FileModes(_)
        | Damage::OtherOwner { .. }
        | Damage::LinkedDownloads { .. }
        | Damage::Links { leave_the_cache: false, .. } => Weight::Disturbs,
        _ if effect == Effect::Heals => Weight::Disturbs,
        _ => Weight::Breaks,
    }
}

/// A damage for programs: what was expected and found, the file, and what go says of it.
fn told(facts: &Facts, seen: &ModuleDamage) -> serde_json::Value {
    let ModuleDamage { module, damage, extracted, .. } = seen;
    let effect = effect(damage, *extracted);
    let cache = facts.environment.get().and_then(|settings| settings.environment.gomodcache()).unwrap_or_default();
    let mut value = serde_json::to_value(damage).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("effect".to_owned(), serde_json::to_value(effect).unwrap_or_default());
        fields.insert("file".to_owned(), file_of(module, damage).into());
        fields.insert("go_error".to_owned(), go::error(cache, module, damage, effect).into());
        fields.insert("go_mod_verify_objects".to_owned(), go::verify_objects(damage).into());
    }
    value
}

/// Whether a build looks into the module: a package of it is imported, or would be if it were there.
fn is_needed(repository: &RepositoryFacts, module: &ModuleVersion) -> bool {
    let mut imports = repository.missing_imports.iter();
    imports.any(|import| import.lacking_in.as_ref() == Some(module))
        || repository.build_list.iter().any(|listed| listed.needed && listed.fetched() == Some(module))
}

/// What was seen of the repository and follows from the damage: imports that the module should provide,
/// and its place in the graph.
fn explained(repository: Option<&RepositoryFacts>, module: &ModuleVersion, damage: &Damage) -> Vec<String> {
    let Some(repository) = repository else { return Vec::new() };
    if is_of_graph(damage) {
        let troubles = repository.graph_troubles.iter().filter(|trouble| trouble.module == *module);
        return troubles.map(|trouble| trouble.observation.id.clone()).collect();
    }
    let imports = repository.missing_imports.iter().filter(|import| import.lacking_in.as_ref() == Some(module));
    imports.map(|import| import.observation.id.clone()).collect()
}

fn fix(facts: &Facts, module: &ModuleVersion, damage: &Damage, effect: Effect) -> Option<Fix> {
    let cache = facts.environment.get()?.environment.gomodcache()?.to_owned();
    let module = module.clone();
    match damage {
        Damage::Unreadable { path, not_regular: false, .. } => {
            Some(Fix::safe(Advice::GiveBack { path: path.clone() }.into(), Place::System, Vec::new()))
        }
        Damage::LockIsFolder => {
            let lock = format!("{cache}/{}", ModuleFiles::of(&module).ok()?.lock);
            let actions = vec![Action::RemoveFromCache { path: lock }];
            Some(Fix::safe(Advice::RemoveLockFolder.into(), Place::Cache, actions))
        }
        Damage::OtherOwner { files, .. } => {
            let path = format!("{cache}/{}/{}", ModuleFiles::of(&module).ok()?.folder, files.first.first()?);
            let path = crate::model::Foreign::new(&path);
            Some(Fix::safe(Advice::GiveBack { path }.into(), Place::System, Vec::new()))
        }
        Damage::Leftovers(files) => {
            let folder = ModuleFiles::of(&module).ok()?.zip;
            let (folder, _) = folder.rsplit_once('/')?;
            let remove =
                |name: &crate::model::Foreign| Action::RemoveFromCache { path: format!("{cache}/{folder}/{name}") };
            let actions = files.first.iter().map(remove).collect();
            Some(Fix::safe(Advice::RemoveLeftovers.into(), Place::Cache, actions))
        }
        // Somebody made it so, and go follows it.
        Damage::NotAFolder { link: true, leaves_the_cache: false }
        | Damage::LinkedDownloads { leave_the_cache: false, .. } => None,
        Damage::Links { leave_the_cache: false, .. } if !facts.wishes.verify => None,
        _ if effect == Effect::Heals && !facts.wishes.verify => None,
        _ => Some(refetch(facts, cache, module, damage)),
    }
}

/// Brings the pieces anew in which anything of the module is damaged.
fn refetch(facts: &Facts, cache: String, module: ModuleVersion, damage: &Damage) -> Fix {
    let scan = facts.cache.get().and_then(|cache| cache.scan.as_ref());
    let damages: Vec<&Damage> = scan
        .into_iter()
        .flat_map(|scan| &scan.damages)
        .filter(|seen| seen.module == module)
        .map(|seen| &seen.damage)
        .collect();
    let pieces = pieces::to_refetch(&module, &damages);
    // go keeps an index of each folder of the module cache in the build cache, by its path and for ever
    // (cmd/go/internal/modindex): a build that failed has left one of the damaged folder.
    let index = damages.iter().any(|damage| changes_index(damage));
    let (path, version) = (module.path.clone(), module.version.clone());
    let mut actions = this_cache(facts, &cache);
    let advice = match pieces.as_slice() {
        _ if code(damage) == Code::CacheWrongContent => Advice::RefetchPage { module },
        // Else the zip, which go extracts again, is whole: the folder was held against it.
        [Piece::Folder] if index => Advice::ExtractAndIndexAgain { module },
        [Piece::Folder] => Advice::ExtractAgain { module },
        _ => Advice::Refetch { module },
    };
    actions.push(Action::RefetchModule { cache, path, version, pieces });
    if index {
        actions.push(Action::Run { argv: ["go", "clean", "-cache"].map(str::to_owned).to_vec() });
    }
    Fix::safe(advice.into(), Place::Cache, actions)
}

/// Names the cache to the go command, where it is not the one that go uses by itself.
fn this_cache(facts: &Facts, cache: &str) -> Vec<Action> {
    let name = || Action::SetVariable { name: "GOMODCACHE".to_owned(), value: cache.to_owned() };
    facts.wishes.other_cache.then(name).into_iter().collect()
}

/// The hashes and files of a damage, each with what it is.
fn evidence(damage: &Damage) -> Vec<Seen> {
    // A file bears its own name in each language.
    let named = |file: &str, value: &str| Seen::Text(format!("{file}: {value}"));
    let part = |part: Part, value: &str| Seen::Part { part, text: value.to_owned() };
    let files = |files: &Files| {
        let first = files.first.iter().take(3).map(ToString::to_string).collect();
        vec![Seen::Files { count: files.count, first }]
    };
    match damage {
        Damage::ZipUnreadable { reason } => vec![part(Part::Zip, reason.as_str())],
        Damage::ZipEntry { entry, .. } => vec![part(Part::ZipEntry, entry.as_str())],
        Damage::ZipRule { entry, rule, .. } => {
            let entry = entry.iter().map(|entry| part(Part::ZipEntry, entry.as_str()));
            std::iter::once(part(Part::Zip, rule.as_str())).chain(entry).collect()
        }
        Damage::ZipModified { actual, ziphash } => vec![part(Part::Zip, actual), named(".ziphash", ziphash)],
        Damage::ZiphashMalformed { text } => vec![named(".ziphash", text.as_str())],
        Damage::ZiphashNotInGoSum { ziphash, actual, go_sum } => {
            let mut told = vec![named(".ziphash", ziphash), named("go.sum", &go_sum.join(" "))];
            told.extend(actual.iter().map(|actual| part(Part::Zip, actual)));
            told
        }
        Damage::FilesMissing(of) | Damage::FilesAdded(of) | Damage::FilesChanged(of) => files(of),
        Damage::FileModes(of) | Damage::SpecialFiles(of) | Damage::Leftovers(of) => files(of),
        Damage::Links { files: of, .. }
        | Damage::LinkedDownloads { files: of, .. }
        | Damage::OtherOwner { files: of, .. } => files(of),
        Damage::FolderModified { actual, ziphash } => vec![part(Part::Folder, actual), named(".ziphash", ziphash)],
        Damage::GoModNotInGoSum { actual, go_sum, .. } => {
            vec![named(".mod", actual), named("go.sum", &go_sum.join(" "))]
        }
        Damage::GoModInvalid { reason, .. } => vec![named(".mod", reason.as_str())],
        Damage::InfoOtherVersion { version } => vec![named(".info", version.as_str())],
        Damage::Unreadable { path, reason, .. } => vec![named(path.as_str(), reason.as_str())],
        Damage::ZiphashMissing
        | Damage::NotAFolder { .. }
        | Damage::Partial
        | Damage::LockIsFolder
        | Damage::GoModNotInZip
        | Damage::InfoInvalid { .. }
        | Damage::TooLarge => Vec::new(),
    }
}
