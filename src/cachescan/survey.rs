//! What lies in a cache: which modules, and what go has not put there or has left behind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::limits::Limits;
use super::tree::{Named, leaves};
use crate::golang::module_cache::{DOWNLOAD, ModuleFiles, parse_download_name};
use crate::golang::module_path::{ModuleVersion, unescape_path, unescape_version};
use crate::model::Foreign;
use crate::model::damage::Damage;

/// How many files and folders are looked at. A cache of 10,000 modules has some 100,000 outside of the
/// extracted folders.
const MAX_ENTRIES: usize = 2_000_000;
/// How many misnamed files and folders are kept.
const MAX_MISNAMED: usize = 1000;

/// What lies in a cache, outside of the extracted folders.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// The module versions of which the cache has anything at all, in order.
    pub modules: Vec<ModuleVersion>,
    /// Leftovers of downloads, and links among the downloaded files, by module.
    pub damages: Vec<(ModuleVersion, Damage)>,
    /// Files and folders whose names are those of no module, relative to the cache: upper case that is not
    /// written as `!x`, for example. go never finds them.
    pub misnamed: Vec<Foreign>,
    /// Whether the whole cache was seen.
    pub complete: bool,
}

/// Looks at the whole cache at `cache` (GOMODCACHE). Links are not followed.
#[must_use]
pub fn survey(cache: &Path, limits: &Limits<'_>) -> Survey {
    let mut seen = Seen::new(cache, limits);
    let sumdb = |entry: &walkdir::DirEntry| entry.depth() == 1 && entry.file_name() == "sumdb";
    let downloads = walkdir::WalkDir::new(cache.join(DOWNLOAD)).min_depth(1);
    seen.downloads(downloads.into_iter().filter_entry(|entry| !sumdb(entry)));
    seen.folders();
    seen.end()
}

/// Looks at where the files of `modules` lie. Other versions of the same modules are left out.
#[must_use]
pub fn survey_of(cache: &Path, modules: &[ModuleVersion], limits: &Limits<'_>) -> Survey {
    let mut seen = Seen::new(cache, limits);
    let files = modules.iter().filter_map(|module| ModuleFiles::of(module).ok());
    let folders: BTreeSet<_> = files.filter_map(|files| cache.join(files.zip).parent().map(Path::to_owned)).collect();
    for folder in folders {
        seen.downloads(walkdir::WalkDir::new(folder).min_depth(1).max_depth(1).into_iter());
    }
    let wanted: BTreeSet<&ModuleVersion> = modules.iter().collect();
    let mut survey = seen.end();
    survey.modules.retain(|module| wanted.contains(module));
    survey.damages.retain(|(module, _)| wanted.contains(module));
    survey
}

struct Seen<'a> {
    cache: &'a Path,
    limits: &'a Limits<'a>,
    left: usize,
    modules: BTreeSet<ModuleVersion>,
    leftovers: BTreeMap<ModuleVersion, Named>,
    links: BTreeMap<ModuleVersion, (Named, bool)>,
    misnamed: BTreeSet<Foreign>,
}

impl<'a> Seen<'a> {
    fn new(cache: &'a Path, limits: &'a Limits<'a>) -> Self {
        Self {
            cache,
            limits,
            left: MAX_ENTRIES,
            modules: BTreeSet::new(),
            leftovers: BTreeMap::new(),
            links: BTreeMap::new(),
            misnamed: BTreeSet::new(),
        }
    }

    /// Whether to go on.
    fn goes_on(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0 && !self.limits.are_over()
    }

    fn downloads(&mut self, entries: impl Iterator<Item = walkdir::Result<walkdir::DirEntry>>) {
        let root = self.cache.join(DOWNLOAD);
        for entry in entries {
            if !self.goes_on() {
                return;
            }
            // What cannot be listed belongs to modules that then cannot be read.
            let Ok(entry) = entry else { continue };
            if entry.file_type().is_dir() {
                continue;
            }
            let name = entry.path().strip_prefix(&root).ok().and_then(Path::to_str).map(|name| name.replace('\\', "/"));
            let Some(name) = name else { continue };
            match parse_download_name(&name) {
                Some((module, suffix)) => {
                    if entry.path_is_symlink() {
                        let (links, leave) = self.links.entry(module.clone()).or_default();
                        links.add(entry.file_name().as_encoded_bytes());
                        *leave |= leaves(self.cache, entry.path());
                    }
                    if suffix != "lock" {
                        self.modules.insert(module);
                    }
                }
                None => match leftover(&name) {
                    Some(module) => {
                        self.leftovers.entry(module).or_default().add(entry.file_name().as_encoded_bytes());
                    }
                    None => self.misnamed(&name, &format!("{DOWNLOAD}/{name}")),
                },
            }
        }
    }

    /// A file of a version in a folder that is named as no module's is.
    fn misnamed(&mut self, name: &str, whole: &str) {
        let Some((path, file)) = name.split_once("/@v/") else { return };
        let of_version = file
            .rsplit_once('.')
            .filter(|(_, suffix)| matches!(*suffix, "info" | "mod" | "zip" | "ziphash" | "lock" | "partial"));
        let wrong = |text: &str| text.bytes().any(|byte| byte.is_ascii_uppercase());
        if self.misnamed.len() < MAX_MISNAMED && of_version.is_some_and(|(version, _)| wrong(path) || wrong(version)) {
            self.misnamed.insert(Foreign::new(whole));
        }
    }

    /// The extracted folders: those with `@` in their name.
    fn folders(&mut self) {
        let mut entries = walkdir::WalkDir::new(self.cache).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            if !self.goes_on() {
                return;
            }
            let Ok(entry) = entry else { continue };
            let name = entry.path().strip_prefix(self.cache).ok().and_then(Path::to_str);
            let Some(name) = name.map(|name| name.replace('\\', "/")) else { continue };
            if name == "cache" {
                entries.skip_current_dir();
                continue;
            }
            let Some((path, version)) = name.split_once('@') else { continue };
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            match (unescape_path(path), unescape_version(version)) {
                (Ok(path), Ok(version)) => drop(self.modules.insert(ModuleVersion::new(path, version))),
                _ if self.misnamed.len() < MAX_MISNAMED && name.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                    self.misnamed.insert(Foreign::new(&name));
                }
                _ => {}
            }
        }
    }

    fn end(self) -> Survey {
        let leftovers =
            self.leftovers.into_iter().map(|(module, files)| (module, Damage::Leftovers(files.into_files())));
        let links = self.links.into_iter().map(|(module, (files, leave_the_cache))| {
            (module, Damage::LinkedDownloads { files: files.into_files(), leave_the_cache })
        });
        Survey {
            modules: self.modules.into_iter().collect(),
            damages: leftovers.chain(links).collect(),
            misnamed: self.misnamed.into_iter().collect(),
            complete: self.left > 0 && !self.limits.are_over(),
        }
    }
}

/// The module of a file that go writes before it gives it its name: `v1.0.0.zip123.tmp`.
fn leftover(name: &str) -> Option<ModuleVersion> {
    let name = name.strip_suffix(".tmp")?.trim_end_matches(|c: char| c.is_ascii_digit());
    // The lists of versions are written in the same way.
    parse_download_name(name).map(|(module, _)| module)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_files_lead_to_their_module() {
        let lib = ModuleVersion::new("example.com/Lib", "v1.0.0");
        for name in ["v1.0.0.zip123.tmp", "v1.0.0.info1.tmp", "v1.0.0.ziphash987654321.tmp"] {
            assert_eq!(leftover(&format!("example.com/!lib/@v/{name}")), Some(lib.clone()), "{name}");
        }
        for name in ["example.com/!lib/@v/v1.0.0.zip", "example.com/!lib/@v/list123.tmp", "x.tmp", "Lib/@v/v1.zip1.tmp"]
        {
            assert_eq!(leftover(name), None, "{name}");
        }
    }
}
