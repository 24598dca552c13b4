//! The trees of modules on this disk: where their packages are, and what those import.

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::files::Files;
use crate::disk::{Follow, open_regular};
use crate::golang::build_list::Source;
use crate::golang::imports::{Entry, EntryKind, PackageImports, Tags};
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_path::ModuleVersion;
use crate::probe::World;

/// How much of a Go file is read: its imports stand at its head.
const HEAD: u64 = 1 << 20;
/// How long imports of dependencies are followed: what is left out then counts as not at hand.
const BUDGET: Duration = Duration::from_secs(3);

/// The trees.
pub struct Trees {
    cache: Option<PathBuf>,
    root: PathBuf,
    mains: Vec<PathBuf>,
    end: Instant,
    listings: RefCell<HashMap<PathBuf, Option<Vec<String>>>>,
}

impl Trees {
    /// The trees of the main modules, of replacements by folders, and of the module cache.
    pub fn new(world: &World, files: &Files) -> Self {
        Self {
            cache: world.environment.gomodcache().map(PathBuf::from),
            root: files.root().map(Path::to_owned).unwrap_or_else(|| world.directory.clone()),
            mains: files.mains.iter().map(|main| main.dir.clone()).collect(),
            end: Instant::now() + BUDGET,
            listings: RefCell::default(),
        }
    }

    /// The folder of a module, where it is at hand: a module in the cache only when go counts it as
    /// downloaded.
    pub fn folder(&self, source: &Source) -> Option<PathBuf> {
        match source {
            Source::Main(index) => self.mains.get(*index).cloned(),
            Source::Directory(dir) => Some(self.root.join(dir)),
            Source::Module(module) => {
                let cache = self.cache.as_ref()?;
                let files = ModuleFiles::of(module).ok()?;
                is_downloaded(cache, &files).then(|| cache.join(&files.folder))
            }
        }
    }

    /// Whether the cache has the source of a module.
    pub fn has_source(&self, module: &ModuleVersion) -> bool {
        self.folder(&Source::Module(module.clone())).is_some()
    }

    /// Whether a folder of a module has Go files; `None` where the module is not at hand.
    pub fn has_package(&self, source: &Source, dir: &str) -> Option<bool> {
        let root = self.folder(source)?;
        let folder = if dir.is_empty() { root.clone() } else { root.join(dir) };
        let has_files = self.go_files(&folder).is_some_and(|files| !files.is_empty());
        // The cache holds no nested modules; a working tree may.
        let nested = !matches!(source, Source::Module(_)) && !dir.is_empty() && in_nested_module(&root, &folder);
        Some(has_files && !nested)
    }

    /// The imports of a package; `None` where it is not at hand, or there was no time.
    pub fn imports(&self, source: &Source, dir: &str, tags: &Tags) -> Option<PackageImports> {
        if !matches!(source, Source::Main(_)) && Instant::now() > self.end {
            return None;
        }
        let root = self.folder(source)?;
        let folder = if dir.is_empty() { root } else { root.join(dir) };
        let mut imports = PackageImports::default();
        for name in self.go_files(&folder)? {
            if let Some(head) = head(&folder.join(&name)) {
                imports.add(&name, &head, tags);
            }
        }
        Some(imports)
    }

    fn go_files(&self, folder: &Path) -> Option<Vec<String>> {
        if let Some(known) = self.listings.borrow().get(folder) {
            return known.clone();
        }
        let files = entries(folder).map(|entries| {
            let mut names: Vec<String> = entries
                .into_iter()
                .filter(|entry| entry.kind == EntryKind::File && entry.name.ends_with(".go"))
                .map(|entry| entry.name)
                .collect();
            names.sort();
            names
        });
        self.listings.borrow_mut().insert(folder.to_owned(), files.clone());
        files
    }
}

/// Whether go counts a module as downloaded (cmd/go/internal/modfetch.DownloadDir): the folder is there,
/// the hash of its zip is stored, and no extraction was broken off.
fn is_downloaded(cache: &Path, files: &ModuleFiles) -> bool {
    cache.join(&files.folder).is_dir() && !cache.join(&files.partial).exists() && cache.join(&files.ziphash).exists()
}

fn in_nested_module(root: &Path, folder: &Path) -> bool {
    folder.ancestors().take_while(|dir| *dir != root).any(|dir| dir.join("go.mod").is_file())
}

/// The entries of a folder, links to files followed; `None` where it cannot be listed.
pub fn entries(folder: &Path) -> Option<Vec<Entry>> {
    let listed = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let entry = |entry: std::fs::DirEntry| {
        let kind = match entry.file_type() {
            Ok(kind) if kind.is_dir() => EntryKind::Directory,
            Ok(kind) if kind.is_file() => EntryKind::File,
            Ok(kind) if kind.is_symlink() && entry.path().is_file() => EntryKind::File,
            _ => EntryKind::Other,
        };
        Entry { name: entry.file_name().to_string_lossy().into_owned(), kind }
    };
    Some(listed.map(entry).collect())
}

fn head(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path, Follow::Yes).ok()?.take(HEAD).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
