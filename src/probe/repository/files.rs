//! Which module files apply in a folder, found and read as go finds and reads them.

use std::path::{Path, PathBuf};

use crate::disk::{Follow, ReadError, read_capped};
use crate::facts::{Observation, Reason};
use crate::golang::goflags;
use crate::golang::modfile::{GoMod, GoSum, GoWork, ModulesTxt, ReadAs};
use crate::golang::module_zip::MAX_GO_MOD;
use crate::model::Foreign;
use crate::probe::World;

/// The most of a go.sum that is read: that of the largest known builds is 1 MiB.
const MAX_GO_SUM: u64 = 64 << 20;

/// A file that was read, or why not.
pub enum FileState<T> {
    /// It was read.
    Read(T),
    /// There is none.
    Absent,
    /// It cannot be read.
    Unreadable(Foreign),
    /// It is larger than what is read, in bytes; go would read it.
    TooLarge(u64),
}

impl<T> FileState<T> {
    /// The observation `id` of a file shown as `subject`.
    pub fn observation(&self, id: String, subject: &str) -> Observation {
        match self {
            Self::TooLarge(limit) => Observation::inconclusive(id, subject, Reason::TooLarge { limit: *limit }),
            Self::Read(_) | Self::Absent | Self::Unreadable(_) => Observation::seen(id, subject),
        }
    }

    /// Its content, where it was read.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Read(content) => Some(content),
            Self::Absent | Self::Unreadable(_) | Self::TooLarge(_) => None,
        }
    }

    /// What the system said of a file that cannot be read.
    pub fn unreadable(&self) -> Option<Foreign> {
        match self {
            Self::Unreadable(error) => Some(error.clone()),
            Self::Read(_) | Self::Absent | Self::TooLarge(_) => None,
        }
    }
}

/// A main module: its folder and its files.
pub struct MainFiles {
    /// Its folder.
    pub dir: PathBuf,
    /// The path of its go.mod, or of what `-modfile` names in its place.
    pub file: PathBuf,
    /// The path of its go.sum, or of what stands beside the file of `-modfile`.
    pub sum_file: PathBuf,
    /// Its folder as go.work names it; empty outside a workspace.
    pub listed_as: String,
    /// The line of go.work that names it.
    pub listed_at: Option<usize>,
    /// Its go.mod.
    pub go_mod: FileState<GoMod>,
    /// Its go.sum.
    pub go_sum: FileState<GoSum>,
}

/// A workspace: its folder and its files.
pub struct WorkFiles {
    /// Its folder.
    pub dir: PathBuf,
    /// The path of its go.work, which GOWORK may give another name.
    pub file: PathBuf,
    /// The path of its go.work.sum.
    pub sum_file: PathBuf,
    /// Its go.work.
    pub go_work: FileState<GoWork>,
    /// Its go.work.sum.
    pub go_sum: FileState<GoSum>,
}

/// The files of a repository.
#[derive(Default)]
pub struct Files {
    /// GO111MODULE=off.
    pub modules_off: bool,
    /// The workspace, where one applies.
    pub work: Option<WorkFiles>,
    /// The main modules.
    pub mains: Vec<MainFiles>,
    /// A module around the folder that go.work does not name.
    pub unlisted: Option<PathBuf>,
    /// vendor/modules.txt, and its folder.
    pub vendor: Option<(PathBuf, ModulesTxt)>,
}

impl Files {
    /// Finds and reads them.
    pub fn find(world: &World) -> Self {
        let mut files = Self { modules_off: world.environment.modules_off(), ..Self::default() };
        if files.modules_off {
            return files;
        }
        let around = nearest(&world.directory, "go.mod").filter(|dir| !is_ignored(world, dir));
        if let Some(work) = work_file(world) {
            let work = work_files(world, work);
            let uses = work.go_work.get().map(|work| work.uses.clone()).unwrap_or_default();
            files.mains = uses
                .iter()
                .map(|used| {
                    let dir = work.dir.join(&used.path);
                    let file = dir.join("go.mod");
                    main_files(world, dir, file, &used.path, Some(used.position.line as usize))
                })
                .collect();
            let listed = |around: &PathBuf| files.mains.iter().any(|main| same(&main.dir, around));
            files.unlisted = around.filter(|around| !listed(around));
            files.vendor = vendor(&work.dir);
            files.work = Some(work);
        } else if let Some(dir) = around {
            files.vendor = vendor(&dir);
            let file = mod_file(world).map_or_else(|| dir.join("go.mod"), |named| world.directory.join(named));
            files.mains = vec![main_files(world, dir, file, "", None)];
        }
        files
    }

    /// The folder to which relative replacements and file names are relative.
    pub fn root(&self) -> Option<&Path> {
        match (&self.work, self.mains.first()) {
            (Some(work), _) => Some(&work.dir),
            (None, Some(main)) => Some(&main.dir),
            (None, None) => None,
        }
    }

    /// What the go command may write of them, missing ones among them.
    pub fn written_by_go(&self) -> Vec<PathBuf> {
        let of_mains = self.mains.iter().flat_map(|main| [main.file.clone(), main.sum_file.clone()]);
        let of_work = self.work.iter().flat_map(|work| [work.file.clone(), work.sum_file.clone()]);
        of_mains.chain(of_work).collect()
    }

    /// Whether a go.sum is larger than what is read, so that nobody knows what it lacks.
    pub fn sums_unknown(&self) -> bool {
        let of_work = self.work.iter().map(|work| &work.go_sum);
        self.mains.iter().map(|main| &main.go_sum).chain(of_work).any(|state| matches!(state, FileState::TooLarge(_)))
    }

    /// Every go.sum that go consults, in its order.
    pub fn sums(&self) -> impl Iterator<Item = &GoSum> {
        let of_mains = self.mains.iter().filter_map(|main| main.go_sum.get());
        of_mains.chain(self.work.iter().filter_map(|work| work.go_sum.get()))
    }
}

/// What `-modfile` of GOFLAGS names in place of go.mod: relative to the folder in which go runs.
pub fn mod_file(world: &World) -> Option<String> {
    let flags = world.environment.goflags().ok()?;
    let named = goflags::value(&flags, "modfile")?;
    // Another ending is told as what is wrong with GOFLAGS.
    named.ends_with(".mod").then(|| named.to_owned())
}

fn main_files(world: &World, dir: PathBuf, file: PathBuf, listed_as: &str, listed_at: Option<usize>) -> MainFiles {
    let sum_file = file.with_extension("sum");
    MainFiles {
        go_mod: read(&file, MAX_GO_MOD, |bytes| GoMod::parse(bytes, ReadAs::MainModule, world.os)),
        go_sum: read(&sum_file, MAX_GO_SUM, |bytes| go_sum(world, bytes)),
        dir,
        file,
        sum_file,
        listed_as: listed_as.to_owned(),
        listed_at,
    }
}

/// What this machine's go sees of a go.sum.
fn go_sum(world: &World, bytes: &[u8]) -> GoSum {
    let sums = GoSum::parse(bytes);
    let version = world.environment.version.as_ref();
    if version.is_some_and(|version| !version.is_at_least(22)) { sums.before_1_22() } else { sums }
}

/// Reads a file and makes something of it.
pub fn read<T>(path: &Path, limit: u64, parse: impl FnOnce(&[u8]) -> T) -> FileState<T> {
    match read_capped(path, limit, Follow::Yes) {
        Ok(bytes) => FileState::Read(parse(&bytes)),
        Err(ReadError::NotFound { .. }) => FileState::Absent,
        Err(ReadError::TooLarge { limit, .. }) => FileState::TooLarge(limit),
        Err(error) => FileState::Unreadable(Foreign::new(&error.to_string())),
    }
}

/// The nearest folder, from `from` upwards, with a file called `name`.
fn nearest(from: &Path, name: &str) -> Option<PathBuf> {
    from.ancestors().find(|dir| dir.join(name).is_file()).map(Path::to_owned)
}

/// go ignores a go.mod at the root of the folder for temporary files, and one at GOPATH's root.
fn is_ignored(world: &World, dir: &Path) -> bool {
    let gopath = world.environment.gopath();
    same(dir, &std::env::temp_dir()) || gopath.iter().any(|root| same(dir, Path::new(root)))
}

/// The go.work that applies: GOWORK names it, switches it off, or it is sought upwards.
fn work_file(world: &World) -> Option<PathBuf> {
    match world.environment.value("GOWORK") {
        "off" => None,
        "" | "auto" => nearest(&world.directory, "go.work").map(|dir| dir.join("go.work")),
        path => Some(PathBuf::from(path)),
    }
}

fn work_files(world: &World, file: PathBuf) -> WorkFiles {
    // go appends to the whole name (Go 1.21 to 1.27, cmd/go/internal/modload).
    let mut sum_file = file.clone().into_os_string();
    sum_file.push(".sum");
    let sum_file = PathBuf::from(sum_file);
    WorkFiles {
        dir: file.parent().map(Path::to_owned).unwrap_or_default(),
        go_work: read(&file, MAX_GO_MOD, |bytes| GoWork::parse(bytes, world.os)),
        go_sum: read(&sum_file, MAX_GO_SUM, |bytes| go_sum(world, bytes)),
        file,
        sum_file,
    }
}

fn vendor(dir: &Path) -> Option<(PathBuf, ModulesTxt)> {
    let folder = dir.join("vendor");
    if !folder.is_dir() {
        return None;
    }
    let modules = match read(&folder.join("modules.txt"), MAX_GO_SUM, ModulesTxt::parse) {
        FileState::Read(modules) => modules,
        FileState::Absent | FileState::Unreadable(_) | FileState::TooLarge(_) => ModulesTxt::default(),
    };
    Some((folder, modules))
}

fn same(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}
