//! The folders that a sync writes, each with its file system.

use std::path::{Path, PathBuf};

use super::inside;
use crate::disk::{access, facts, nearest_existing, space};
use crate::facts::Observation;
use crate::facts::cache::{Folder, FolderUse};
use crate::facts::repository::RepositoryFacts;
use crate::golang::module_path::ModuleVersion;
use crate::golang::platform::Os;
use crate::model::Foreign;
use crate::probe::World;

/// All of them that have an absolute path; go itself refuses relative ones.
pub(super) fn folders(world: &World, repository: Option<&RepositoryFacts>, to_fetch: &[ModuleVersion]) -> Vec<Folder> {
    let environment = &world.environment;
    let module_cache = environment.gomodcache().map(PathBuf::from);
    let sumdb = environment.sumdb_dir().map(PathBuf::from);
    let build_cache = Some(PathBuf::from(environment.value("GOCACHE")));
    let places = [
        (FolderUse::ModuleCache, module_cache),
        (FolderUse::ChecksumDatabase, sumdb),
        (FolderUse::BuildCache, build_cache),
        (FolderUse::Temporary, Some(temporary(world))),
        (FolderUse::Repository, repository.map(|_| world.directory.clone())),
    ];
    let absolute = places.into_iter().filter_map(|(used_for, path)| {
        let path = path.filter(|path| path.is_absolute())?;
        Some((used_for, path))
    });
    absolute
        .filter_map(|(used_for, path)| {
            let mut folder = look(used_for, &path)?;
            if folder.exists && !folder.not_a_folder {
                folder.unwritable_inside = match used_for {
                    FolderUse::ModuleCache => inside::module_cache(&path, to_fetch),
                    FolderUse::ChecksumDatabase => inside::checksum_database(&path),
                    FolderUse::BuildCache => inside::build_cache(&path),
                    FolderUse::Repository => inside::repository(&path, repository),
                    FolderUse::Temporary => Vec::new(),
                };
            }
            Some(folder)
        })
        .collect()
}

/// Where go makes its temporary folders: GOTMPDIR, else what the system names.
fn temporary(world: &World) -> PathBuf {
    let named = match world.environment.value("GOTMPDIR") {
        "" if world.os != Os::Windows => world.variable("TMPDIR").unwrap_or_default(),
        named => named,
    };
    if named.is_empty() { std::env::temp_dir() } else { PathBuf::from(named) }
}

/// The part of the name of an observation that says which folder it is.
fn word(used_for: FolderUse) -> &'static str {
    match used_for {
        FolderUse::ModuleCache => "module-cache",
        FolderUse::ChecksumDatabase => "checksum-database",
        FolderUse::BuildCache => "build-cache",
        FolderUse::Temporary => "temporary",
        FolderUse::Repository => "repository",
    }
}

/// Looks at one folder. `None` where nothing above it exists, as on a drive that is not there.
fn look(used_for: FolderUse, path: &Path) -> Option<Folder> {
    let nearest = nearest_existing(path)?;
    let may = access(&nearest);
    // What has no size (some network and virtual file systems) has no free bytes to tell either.
    let space = space(&nearest).ok().flatten().filter(|space| space.total_bytes > 0);
    let shown = |path: &Path| Foreign::new(&path.display().to_string());
    Some(Folder {
        observation: Observation::seen(format!("cache/{}", word(used_for)), path.display().to_string()),
        used_for,
        path: shown(path),
        exists: nearest == path,
        writable: may.writable && may.searchable,
        // A link that leads nowhere is no folder either, and go cannot make one in its place.
        not_a_folder: !nearest.is_dir(),
        owner: facts(&nearest).ok().and_then(|facts| facts.owner),
        user: user(),
        read_only: may.read_only_mount || space.is_some_and(|space| space.read_only),
        free_bytes: space.map(|space| space.free_bytes),
        free_inodes: space.and_then(|space| space.free_files),
        nearest: shown(&nearest),
        unwritable_inside: Vec::new(),
    })
}

#[cfg(unix)]
fn user() -> Option<u32> {
    Some(rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn user() -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_is_judged_by_the_one_above() {
        let root = tempfile::tempdir().unwrap();
        let seen = look(FolderUse::ModuleCache, &root.path().join("go/pkg/mod")).unwrap();
        assert!(!seen.exists && seen.writable && !seen.not_a_folder);
        assert_eq!(seen.nearest.as_str(), root.path().display().to_string());
        assert_eq!(seen.observation.id, "cache/module-cache");
    }

    #[test]
    fn a_file_in_the_place_of_a_folder_is_seen() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("mod");
        std::fs::write(&file, "").unwrap();
        assert!(look(FolderUse::ModuleCache, &file).unwrap().not_a_folder);
        assert!(look(FolderUse::ModuleCache, &file.join("cache")).unwrap().not_a_folder);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn no_folder_can_be_made_in_proc() {
        let proc = Path::new("/proc");
        if proc.join("self").exists() {
            let seen = look(FolderUse::ModuleCache, &proc.join("mod/cache")).unwrap();
            assert_eq!((seen.nearest.as_str(), seen.exists, seen.writable), ("/proc", false, false));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_no_folder() {
        let root = tempfile::tempdir().unwrap();
        let link = root.path().join("mod");
        std::os::unix::fs::symlink(root.path().join("gone"), &link).unwrap();
        assert!(look(FolderUse::ModuleCache, &link).unwrap().not_a_folder);
    }
}
