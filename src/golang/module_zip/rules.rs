//! The rules of golang.org/x/mod/zip for names and sizes in a module zip.

use super::collisions::may_collide;
use super::directory::{Archive, Entry};
use super::names::Names;
use super::source::ByteSource;
use super::{MAX_GO_MOD, MAX_LICENSE, MAX_TOTAL};
use crate::golang::module_path::{self, InvalidModule, InvalidPath, ModuleVersion};

/// A rule that a module zip breaks, and the entry that breaks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The entry's name; `None` for what concerns the whole zip.
    pub entry: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a module zip. The text is go's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The module version cannot be one.
    #[error("{0}")]
    Module(InvalidModule),
    /// The zip file is larger than [`MAX_TOTAL`].
    #[error("module zip file is too large ({size} bytes; limit is {MAX_TOTAL} bytes)")]
    ZipTooLarge {
        /// Its size in bytes.
        size: u64,
    },
    /// All files together are larger than [`MAX_TOTAL`].
    #[error("total uncompressed size of module contents too large (max size is {MAX_TOTAL} bytes)")]
    TotalTooLarge,
    /// The go.mod is larger than [`MAX_GO_MOD`].
    #[error("go.mod file too large (max size is {MAX_GO_MOD} bytes)")]
    GoModTooLarge,
    /// The LICENSE is larger than [`MAX_LICENSE`].
    #[error("LICENSE file too large (max size is {MAX_LICENSE} bytes)")]
    LicenseTooLarge,
    /// The name does not begin with `module@version/`.
    #[error("path does not have prefix {prefix:?}")]
    Prefix {
        /// What it should begin with.
        prefix: String,
    },
    /// The name has empty elements, `.` or `..`.
    #[error("file path is not clean")]
    NotClean,
    /// The name cannot be a file name on all systems.
    #[error("{0}")]
    Path(InvalidPath),
    /// The name is no UTF-8.
    #[error("malformed file path: invalid UTF-8")]
    NotUtf8,
    /// Two names differ only in upper and lower case.
    #[error("case-insensitive file name collision: {other:?} and {name:?}")]
    Collision {
        /// The earlier name.
        other: String,
        /// The later name.
        name: String,
    },
    /// A name stands for a file and for a folder.
    #[error("entry {name:?} is both a file and a directory")]
    FileAndFolder {
        /// The name.
        name: String,
    },
    /// A file occurs twice.
    #[error("multiple entries for file {name:?}")]
    Duplicate {
        /// The name.
        name: String,
    },
    /// More files and folders than are compared with each other; Go has no such limit.
    #[error("too many names to compare")]
    TooManyNames,
    /// A go.mod below the root: that would be another module.
    #[error("go.mod file not in module root directory")]
    GoModNotAtRoot,
    /// A go.mod in other than lower case.
    #[error("go.mod files must have lowercase names")]
    GoModCase,
}

/// Every rule that the zip of `module` breaks. Contents are not read: sizes are those declared,
/// which [`super::Inflater`] enforces.
pub fn check<S: ByteSource>(archive: &Archive<S>, module: &ModuleVersion) -> Vec<Violation> {
    let mut found = Vec::new();
    check_each(archive, module, &mut |violation| found.push(violation));
    found
}

/// As [`check`], one by one: each entry may break a rule.
pub fn check_each<S: ByteSource>(archive: &Archive<S>, module: &ModuleVersion, found: &mut dyn FnMut(Violation)) {
    let whole = |problem| Violation { entry: None, problem };
    if let Err(error) = module_path::check(&module.path, &module.version) {
        found(whole(Problem::Module(error)));
    }
    let size = archive.source.size();
    if size > MAX_TOTAL {
        found(whole(Problem::ZipTooLarge { size }));
    }
    let prefix = format!("{}@{}/", module.path, module.version);
    let names = || archive.entries.iter().filter_map(|entry| entry.name.strip_prefix(prefix.as_bytes()));
    let mut names = may_collide(names()).then(Names::default);
    let mut total: u64 = 0;
    for entry in &archive.entries {
        match check_entry(entry, &prefix, names.as_mut()) {
            Err(problem) => found(Violation { entry: Some(entry.name_text().into_owned()), problem }),
            Ok(counts) if counts => total = total.saturating_add(entry.size),
            Ok(_) => {}
        }
    }
    if total > MAX_TOTAL {
        found(whole(Problem::TotalTooLarge));
    }
}

/// Whether the entry is a file that counts. Without `names` it collides with no other.
fn check_entry(entry: &Entry, prefix: &str, names: Option<&mut Names>) -> Result<bool, Problem> {
    let Some(name) = entry.name.strip_prefix(prefix.as_bytes()) else {
        return Err(Problem::Prefix { prefix: prefix.to_owned() });
    };
    if name.is_empty() {
        return Ok(false);
    }
    let name = std::str::from_utf8(name).map_err(|_| Problem::NotUtf8)?;
    let (name, folder) = name.strip_suffix('/').map_or((name, false), |name| (name, true));
    if !is_clean(name) {
        return Err(Problem::NotClean);
    }
    module_path::check_file_path(name).map_err(Problem::Path)?;
    if let Some(names) = names {
        names.add(name, folder)?;
    }
    if folder {
        return Ok(false);
    }
    let base = name.rsplit('/').next().unwrap_or(name);
    if base.eq_ignore_ascii_case("go.mod") {
        if base != name {
            return Err(Problem::GoModNotAtRoot);
        }
        if name != "go.mod" {
            return Err(Problem::GoModCase);
        }
    }
    match name {
        "go.mod" if entry.size > MAX_GO_MOD => Err(Problem::GoModTooLarge),
        "LICENSE" if entry.size > MAX_LICENSE => Err(Problem::LicenseTooLarge),
        _ => Ok(true),
    }
}

/// Whether Go's path.Clean would leave it as it is.
fn is_clean(name: &str) -> bool {
    let mut only_up = !name.starts_with('/');
    name == "."
        || name.strip_prefix('/').unwrap_or(name).split('/').all(|element| match element {
            "" | "." => false,
            ".." => only_up,
            _ => {
                only_up = false;
                true
            }
        })
}
