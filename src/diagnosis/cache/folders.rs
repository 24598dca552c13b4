//! Folders without room, and folders that this user cannot write.
//!
//! Either is a cause only where a sync here has something to write there.

use crate::catalog::Code;
use crate::diagnosis::settings;
use crate::facts::Facts;
use crate::facts::cache::{CacheFacts, Folder, FolderUse};
use crate::facts::toolchain::SelectionFacts;
use crate::golang::env::{Environment, Origin};
use crate::golang::file_path::join;
use crate::model::situation::cache::{Advice, Obstacle, Situation, Use};
use crate::model::{Action, Confidence, Finding, Fix, Foreign, Place, Seen, Subject, SubjectKind};

/// With less than this many free bytes a sync of any size fails.
const LITTLE: u64 = 16 << 20;

/// Looks at each folder.
pub(super) fn rules(facts: &Facts, cache: &CacheFacts, findings: &mut Vec<Finding>) {
    let first = findings.len();
    for folder in &cache.folders {
        if is_full(folder) {
            // Several folders on one full disk are one trouble.
            let told =
                cache.folders.iter().take_while(|other| *other != folder).find(|other| shares_disk(other, folder));
            let known = told.and_then(|told| {
                findings.iter_mut().skip(first).find(|known| known.about.contains(&told.observation.id))
            });
            match known {
                Some(known) => known.about.push(folder.observation.id.clone()),
                None => findings.push(full(facts, cache, folder)),
            }
        }
        findings.extend(cannot_write(facts, folder));
    }
}

fn used_for(folder: &Folder) -> Use {
    match folder.used_for {
        FolderUse::ModuleCache => Use::ModuleCache,
        FolderUse::ChecksumDatabase => Use::ChecksumDatabase,
        FolderUse::BuildCache => Use::BuildCache,
        FolderUse::Temporary => Use::Temporary,
        FolderUse::Repository => Use::Repository,
    }
}

/// Whether go has to fetch anything for a sync here.
fn fetches(facts: &Facts) -> bool {
    if !facts.wishes.modules.is_empty() {
        return true;
    }
    let selection = facts.toolchain.get().and_then(|toolchain| toolchain.selection.as_ref());
    let toolchain = selection.is_some_and(SelectionFacts::must_be_fetched);
    let Some(repository) = facts.repository.get() else { return toolchain };
    if repository.vendor.as_ref().is_some_and(|vendor| vendor.used) {
        return toolchain;
    }
    let lacks = repository.build_list.iter().any(|module| {
        module.fetched().is_some() && (!module.mod_in_cache || (module.needed && !module.source_in_cache))
    });
    toolchain || lacks || !repository.graph_lacks.is_empty() || !repository.missing_imports.is_empty()
}

/// Whether a sync here writes go.mod or go.sum.
fn writes_module_files(facts: &Facts) -> bool {
    facts.repository.get().is_some_and(|repository| {
        !repository.needs_update.is_empty()
            || !repository.missing_sums.is_empty()
            || !repository.missing_imports.is_empty()
            || !repository.conflicts.is_empty()
    })
}

/// Whether a sync has something to write in the folder.
fn must_write(facts: &Facts, folder: &Folder) -> bool {
    let asks_database = || {
        let lacks = facts.repository.get().is_some_and(|repository| !repository.missing_sums.is_empty());
        lacks && facts.environment.get().is_none_or(|settings| settings.environment.value("GOSUMDB") != "off")
    };
    match folder.used_for {
        FolderUse::ModuleCache => fetches(facts),
        FolderUse::ChecksumDatabase => asks_database(),
        FolderUse::Repository => writes_module_files(facts),
        // Builds write there, and a sync hardly does.
        FolderUse::BuildCache | FolderUse::Temporary => false,
    }
}

fn is_full(folder: &Folder) -> bool {
    folder.free_bytes.is_some_and(|free| free < LITTLE) || folder.free_inodes == Some(0)
}

fn shares_disk(a: &Folder, b: &Folder) -> bool {
    (a.free_bytes, a.free_inodes) == (b.free_bytes, b.free_inodes)
}

fn full(facts: &Facts, cache: &CacheFacts, folder: &Folder) -> Finding {
    let free_bytes = folder.free_bytes.filter(|free| *free < LITTLE);
    let situation = Situation::Full { path: folder.path.clone(), used_for: used_for(folder), free_bytes };
    let on_this_disk = |use_of: FolderUse| {
        cache.folders.iter().any(|other| other.used_for == use_of && other.exists && shares_disk(other, folder))
    };
    let clean = |flag: &str| vec![Action::Run { argv: ["go", "clean", flag].map(str::to_owned).to_vec() }];
    let mut finding =
        Finding::new(Code::DiskFull, Subject::new(SubjectKind::Directory, folder.path.as_str()), situation.into())
            .about(&folder.observation.id)
            .with("path", folder.path.as_str());
    if let Some(free) = folder.free_bytes {
        finding = finding.with("free_bytes", free);
    }
    if let Some(inodes) = folder.free_inodes {
        finding = finding.with("free_inodes", inodes);
    }
    let free = Seen::Free { bytes: folder.free_bytes, files: folder.free_inodes };
    finding = finding.seen(&folder.observation.id, None, free);
    if on_this_disk(FolderUse::BuildCache) {
        finding = finding.fix(Fix::safe(Advice::EmptyBuildCache.into(), Place::Cache, clean("-cache")));
    }
    let room = Advice::MakeRoom { path: folder.path.clone() };
    finding = finding.fix(Fix::safe(room.into(), Place::System, Vec::new()));
    if folder.used_for == FolderUse::ModuleCache
        && let Some(fix) = beside_build_cache(facts, folder)
    {
        finding = finding.fix(fix);
    }
    if on_this_disk(FolderUse::ModuleCache) {
        let empty = Fix::destructive(Advice::EmptyModuleCache.into(), Place::Cache, clean("-modcache"));
        finding = finding.fix(empty);
    }
    // A small module may still find room.
    let nothing_left = folder.free_bytes == Some(0) || folder.free_inodes == Some(0);
    let finding = if nothing_left { finding } else { finding.confidence(Confidence::Likely) };
    let shared = cache.folders.iter().filter(|other| shares_disk(other, folder));
    if shared.into_iter().any(|other| must_write(facts, other)) { finding } else { finding.warning() }
}

fn cannot_write(facts: &Facts, folder: &Folder) -> Option<Finding> {
    let denied = || Obstacle::Denied { owner: folder.owner, user: folder.user };
    let (path, because) = if folder.not_a_folder {
        (&folder.nearest, Obstacle::NotAFolder)
    } else if folder.read_only {
        (&folder.path, Obstacle::ReadOnly)
    } else if !folder.writable {
        (&folder.nearest, denied())
    } else {
        // Whose a single file in it is was not asked.
        (folder.unwritable_inside.first()?, Obstacle::Denied { owner: None, user: folder.user })
    };
    let severity = severity(facts, folder, &because)?;
    let used_for = used_for(folder);
    let situation = Situation::CannotWrite { path: path.clone(), used_for, because: because.clone() };
    let mut finding = Finding::new(
        Code::CachePermission,
        Subject::new(SubjectKind::Directory, folder.path.as_str()),
        situation.into(),
    )
    .about(&folder.observation.id)
    .with("path", path.as_str());
    if let (Some(owner), Some(user)) = (folder.owner, folder.user) {
        finding = finding.with("owner", owner).with("user", user);
    }
    let others = folder.unwritable_inside.iter().take(3);
    for seen in std::iter::once(path).chain(others.filter(|other| *other != path)) {
        finding = finding.seen(&folder.observation.id, None, seen.as_str());
    }
    let mend = match because {
        Obstacle::NotAFolder => Some(Advice::MakeWay { path: path.clone() }),
        Obstacle::Denied { .. } => Some(Advice::GiveBack { path: path.clone() }),
        Obstacle::ReadOnly => None,
    };
    if let Some(mend) = mend {
        finding = finding.fix(Fix::safe(mend.into(), Place::System, Vec::new()));
    }
    if let Some(fix) = used_for.variable().and_then(|variable| other_folder(facts, folder, variable)) {
        finding = finding.fix(fix);
    }
    Some(match severity {
        Seriousness::Error => finding,
        Seriousness::Warning => finding.warning(),
    })
}

enum Seriousness {
    Error,
    Warning,
}

/// What fails of it, seen with Go 1.26: without a module cache that is a folder, or without a build cache
/// that can be made, no command does anything; else only what has to be written does.
fn severity(facts: &Facts, folder: &Folder, because: &Obstacle) -> Option<Seriousness> {
    let error = match folder.used_for {
        FolderUse::ModuleCache if *because == Obstacle::NotAFolder => true,
        // A build cache with its folders in place is read, and what cannot be written is left out.
        FolderUse::BuildCache => folder.not_a_folder || (!folder.writable && folder.unwritable_inside.is_empty()),
        FolderUse::Repository => {
            // A go.mod that can be written is, whatever the folder allows; a new go.sum needs the folder.
            let sums = facts.repository.get().map(|repository| repository.sums.as_slice()).unwrap_or_default();
            let file = !folder.unwritable_inside.is_empty() || sums.iter().any(|sums| !sums.exists);
            must_write(facts, folder) && file
        }
        _ => must_write(facts, folder),
    };
    match folder.used_for {
        _ if error => Some(Seriousness::Error),
        FolderUse::BuildCache | FolderUse::Temporary => Some(Seriousness::Warning),
        // A module cache that holds everything may be read-only, and so may a repository.
        FolderUse::ModuleCache | FolderUse::ChecksumDatabase | FolderUse::Repository => None,
    }
}

/// Another folder: the default one, where a variable names this one; else one that can be written.
fn other_folder(facts: &Facts, folder: &Folder, variable: &'static str) -> Option<Fix> {
    let environment = &facts.environment.get()?.environment;
    let name = Foreign::new(variable);
    Some(match environment.origin(variable) {
        Origin::BuiltIn | Origin::Variable { .. } => beside_build_cache(facts, folder).unwrap_or_else(|| {
            Fix::safe(Advice::OtherFolder { variable: name }.into(), Place::UserEnvFile, Vec::new())
        }),
        // The default is no way out where it is the same folder.
        _ if is_default_module_cache(environment, folder) => beside_build_cache(facts, folder)?,
        _ => {
            let (place, actions) = settings::unset(facts, variable);
            Fix::safe(Advice::DefaultFolder { variable: name }.into(), place, actions)
        }
    })
}

fn is_default_module_cache(environment: &Environment, folder: &Folder) -> bool {
    let default = environment.gopath().into_iter().next().map(|gopath| join(environment.os, &[&gopath, "pkg/mod"]));
    folder.used_for == FolderUse::ModuleCache && default.as_deref() == Some(folder.path.as_str())
}

/// A module cache beside the build cache, where that can be written and lies on another disk.
fn beside_build_cache(facts: &Facts, folder: &Folder) -> Option<Fix> {
    if folder.used_for != FolderUse::ModuleCache {
        return None;
    }
    let folders = &facts.cache.get()?.folders;
    let build = folders.iter().find(|other| other.used_for == FolderUse::BuildCache)?;
    let usable = build.writable && !build.read_only && !build.not_a_folder && !is_full(build);
    let beside = build.path.as_str().rfind(['/', '\\']).map(|at| build.path.as_str().split_at(at).0)?;
    let os = facts.environment.get()?.environment.os;
    let (place, actions) = settings::set(facts, "GOMODCACHE", join(os, &[beside, "go-mod"]));
    let advice = Advice::OtherFolder { variable: "GOMODCACHE".into() };
    (usable && !beside.is_empty()).then(|| Fix::safe(advice.into(), place, actions))
}
