//! The go command, which fetches what is missing in a module cache.

use std::path::{Path, PathBuf};

use super::error::RemedyError;
use super::go;
use crate::cachescan::Sums;
use crate::golang::build_cache::module_index;
use crate::golang::goflags;
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;
use crate::probe::{GoCommand, World};

/// go's last words say what failed.
const MAX_WORDS: usize = 2000;

/// Fetches modules into one module cache.
#[derive(Debug)]
pub struct Fetch<'a> {
    go: &'a GoCommand,
    process: &'a [(String, String)],
    cache: PathBuf,
    build_cache: PathBuf,
    writable: bool,
    scratch: &'a Path,
}

impl<'a> Fetch<'a> {
    /// By the go command of `world`, with its settings, into its module cache at `cache`.
    ///
    /// # Errors
    /// [`RemedyError::NoGo`].
    pub fn new(world: &'a World, cache: &Path) -> Result<Self, RemedyError> {
        let go = go::of(world)?;
        // What else stands there is for the repository, such as -mod=vendor.
        let flags = world.environment.goflags().unwrap_or_default();
        let writable = goflags::value(&flags, "modcacherw") == Some("true");
        let build_cache = PathBuf::from(world.environment.value("GOCACHE"));
        let (cache, scratch) = (cache.to_owned(), world.scratch.path());
        Ok(Self { go, process: &world.process, cache, build_cache, writable, scratch })
    }

    /// Removes what the go commands at hand remember of an extracted folder that was damaged: which files and
    /// imports it has, by the name of the folder and for ever. They make it anew.
    pub(super) fn forget_index(&self, files: &ModuleFiles) {
        if !self.build_cache.is_absolute() {
            return;
        }
        let folder = self.cache.join(&files.folder);
        let toolchains = std::fs::read_dir(self.cache.join("golang.org")).into_iter().flatten().flatten();
        let names = toolchains.filter_map(|entry| entry.file_name().into_string().ok());
        let versions = names.filter_map(|name| toolchain_version(&name)).chain([self.go.version.clone()]);
        for version in versions {
            let index = self.build_cache.join(module_index(&version, &folder.to_string_lossy()));
            // Nothing there is the usual case.
            let _ = std::fs::remove_file(index);
        }
    }

    /// Fetches what is missing of a module. `sums` is what it has to be; what is not said there, the checksum
    /// database says, as go is set.
    ///
    /// # Errors
    /// What go said.
    pub(super) async fn module(&self, module: &ModuleVersion, sums: &Sums) -> Result<(), RemedyError> {
        let folder = tempfile::Builder::new().tempdir_in(self.scratch).map_err(RemedyError::io(self.scratch))?;
        let zip = sums.zip.iter().map(|hash| format!("{} {} {hash}\n", module.path, module.version));
        let go_mod = sums.go_mod.iter().map(|hash| format!("{} {}/go.mod {hash}\n", module.path, module.version));
        let go_sum: String = zip.chain(go_mod).collect();
        for (name, text) in [("go.mod", "module gomoddoc.invalid/fetch\n\ngo 1.21\n"), ("go.sum", &go_sum)] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).map_err(RemedyError::io(&path))?;
        }
        let command = go::command(self.go, self.process, folder.path())
            .args(["mod", "download", &module.to_string()])
            .env("GO111MODULE", "on")
            .env("GOFLAGS", if self.writable { "-modcacherw" } else { "" })
            .env("GOMODCACHE", &self.cache)
            .env("GOTOOLCHAIN", "local")
            .env("GOWORK", "off");
        go::run(command).await.map_err(|words| {
            let how = words.get(words.len().saturating_sub(MAX_WORDS)..).unwrap_or(&words);
            RemedyError::Go { command: format!("go mod download {module}"), how: Foreign::new(how) }
        })
    }
}

/// The version of the toolchain that is extracted in a folder of that name: `toolchain@v0.0.1-go1.26.8.linux-amd64`.
fn toolchain_version(name: &str) -> Option<String> {
    let (version, platform) = name.strip_prefix("toolchain@v0.0.1-")?.rsplit_once('.')?;
    platform.contains('-').then(|| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toolchains_are_named_by_version_and_platform() {
        assert_eq!(toolchain_version("toolchain@v0.0.1-go1.26.8.linux-amd64").as_deref(), Some("go1.26.8"));
        assert_eq!(toolchain_version("toolchain@v0.0.1-go1.27rc1.darwin-arm64").as_deref(), Some("go1.27rc1"));
        assert_eq!(toolchain_version("x@v0.1.0"), None);
    }
}
