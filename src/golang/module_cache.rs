//! The layout of the module cache (GOMODCACHE) and of the checksum database's files.
//!
//! All names are relative and use `/`, as they are joined to a folder by the floors above.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::module_hash::{hash_content, hex};
use super::module_path::{self, EscapeError, ModuleVersion};

/// One of the things that the cache holds of a module version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// [`ModuleFiles::folder`].
    Folder,
    /// [`ModuleFiles::info`].
    Info,
    /// [`ModuleFiles::go_mod`].
    GoMod,
    /// [`ModuleFiles::zip`].
    Zip,
    /// [`ModuleFiles::ziphash`].
    Ziphash,
    /// [`ModuleFiles::partial`].
    Partial,
}

impl Piece {
    /// The file whose name ends so, in the folder `@v`.
    #[must_use]
    pub fn of_suffix(suffix: &str) -> Option<Self> {
        Some(match suffix {
            "info" => Self::Info,
            "mod" => Self::GoMod,
            "zip" => Self::Zip,
            "ziphash" => Self::Ziphash,
            "partial" => Self::Partial,
            _ => return None,
        })
    }
}

/// Where the files of one module version lie, relative to GOMODCACHE.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleFiles {
    /// The extracted tree.
    pub folder: String,
    /// The answer about version and time, JSON.
    pub info: String,
    /// The go.mod.
    pub go_mod: String,
    /// The source.
    pub zip: String,
    /// The h1 of the zip.
    pub ziphash: String,
    /// What go locks while it downloads; an empty file that stays.
    pub lock: String,
    /// It exists only while the tree is extracted: its presence says that the tree is incomplete.
    pub partial: String,
}

impl ModuleFiles {
    /// The files of `module`.
    ///
    /// # Errors
    ///
    /// [`EscapeError`] where path or version cannot be in a cache.
    pub fn of(module: &ModuleVersion) -> Result<Self, EscapeError> {
        let path = module_path::escape_path(&module.path)?;
        let version = module_path::escape_version(&module.version)?;
        let download = |suffix: &str| format!("cache/download/{path}/@v/{version}.{suffix}");
        Ok(Self {
            folder: format!("{path}@{version}"),
            info: download("info"),
            go_mod: download("mod"),
            zip: download("zip"),
            ziphash: download("ziphash"),
            lock: download("lock"),
            partial: download("partial"),
        })
    }

    /// Where a piece lies.
    #[must_use]
    pub fn of_piece(&self, piece: Piece) -> &str {
        match piece {
            Piece::Folder => &self.folder,
            Piece::Info => &self.info,
            Piece::GoMod => &self.go_mod,
            Piece::Zip => &self.zip,
            Piece::Ziphash => &self.ziphash,
            Piece::Partial => &self.partial,
        }
    }

    /// The piece at `path`, or the folder where `path` lies in it.
    #[must_use]
    pub fn piece_at(&self, path: &str) -> Option<Piece> {
        let pieces = [Piece::Info, Piece::GoMod, Piece::Zip, Piece::Ziphash, Piece::Partial];
        let in_folder =
            || path.strip_prefix(&*self.folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        pieces.into_iter().find(|piece| self.of_piece(*piece) == path).or_else(|| in_folder().then_some(Piece::Folder))
    }

    /// All of them, the folder first.
    pub fn all(&self) -> [&str; 7] {
        [&self.folder, &self.info, &self.go_mod, &self.zip, &self.ziphash, &self.lock, &self.partial]
    }
}

/// The list of versions that go has seen of a module, relative to GOMODCACHE.
///
/// # Errors
///
/// [`EscapeError`].
pub fn list_file(path: &str) -> Result<String, EscapeError> {
    Ok(format!("cache/download/{}/@v/list", module_path::escape_path(path)?))
}

/// Where the cache holds downloaded files, relative to GOMODCACHE.
pub const DOWNLOAD: &str = "cache/download";

/// Where the cache holds clones of repositories, relative to GOMODCACHE.
pub const VCS: &str = "cache/vcs";

/// The lock that is held while go.mod and go.sum are rewritten, relative to GOMODCACHE.
pub const SIDE_LOCK: &str = "cache/lock";

/// The module and version of a file in [`DOWNLOAD`], and its suffix, by its name relative to that
/// folder: `github.com/!azure/x/@v/v1.0.0.zip` is `github.com/Azure/x` at `v1.0.0`, `zip`. `None` for
/// lists, temporary files and everything that go did not name.
#[must_use]
pub fn parse_download_name(name: &str) -> Option<(ModuleVersion, &str)> {
    let (path, file) = name.split_once("/@v/")?;
    let (version, suffix) = file.rsplit_once('.')?;
    if !matches!(suffix, "info" | "mod" | "zip" | "ziphash" | "lock" | "partial") {
        return None;
    }
    let path = module_path::unescape_path(path).ok()?;
    let version = module_path::unescape_version(version).ok()?;
    Some((ModuleVersion::new(path, version), suffix))
}

/// The module and version to which a file belongs, by its name relative to GOMODCACHE: one that go named, or one
/// that a download left behind (`v1.0.0.zip123.tmp`, `v1.0.0.info123.tmp`).
#[must_use]
pub fn module_of_download(name: &str) -> Option<ModuleVersion> {
    let name = name.strip_prefix(DOWNLOAD)?.strip_prefix('/')?;
    if let Some((module, _)) = parse_download_name(name) {
        return Some(module);
    }
    let (stem, temporary) = name.strip_suffix(".tmp")?.rsplit_once('.')?;
    let kind = temporary.trim_end_matches(|c: char| c.is_ascii_digit());
    parse_download_name(&format!("{stem}.{kind}")).map(|(module, _)| module)
}

/// The text whose SHA-256 names the clone of a repository: `git3:` and the URL for git, and
/// `vcs1.hg:` and so on for the others.
#[must_use]
pub fn vcs_key(vcs: &str, url: &str) -> String {
    if vcs == "git" { format!("git3:{url}") } else { format!("vcs1.{vcs}:{url}") }
}

/// The folder with the clone of a repository, relative to GOMODCACHE. Beside it lie `.info` (which
/// holds the [`vcs_key`]) and `.lock`.
#[must_use]
pub fn vcs_folder(vcs: &str, url: &str) -> String {
    format!("{VCS}/{}", hex(&hash_content(vcs_key(vcs, url).as_bytes())))
}

/// The newest signed tree head that was seen of a checksum database, relative to the first folder of
/// GOPATH (not to GOMODCACHE): it survives `go clean -modcache`.
#[must_use]
pub fn sumdb_latest(database: &str) -> String {
    format!("pkg/sumdb/{database}/latest")
}

/// A cached answer of a checksum database, relative to GOMODCACHE. `path` is that of the request:
/// `lookup/…` or `tile/…`.
#[must_use]
pub fn sumdb_cache(database: &str, path: &str) -> String {
    format!("{DOWNLOAD}/sumdb/{database}/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upper_case_is_escaped() {
        let files = ModuleFiles::of(&ModuleVersion::new("github.com/Azure/x", "v1.0.0-RC1")).unwrap();
        assert_eq!(files.folder, "github.com/!azure/x@v1.0.0-!r!c1");
        assert_eq!(files.ziphash, "cache/download/github.com/!azure/x/@v/v1.0.0-!r!c1.ziphash");
        assert_eq!(list_file("github.com/Azure/x").unwrap(), "cache/download/github.com/!azure/x/@v/list");
        assert!(ModuleFiles::of(&ModuleVersion::new("github.com/a/b", "feature/x")).is_err());
    }

    #[test]
    fn names_lead_back_to_modules() {
        let module = ModuleVersion::new("github.com/Azure/x", "v1.0.0-RC1");
        let files = ModuleFiles::of(&module).unwrap();
        for (name, suffix) in [(&files.zip, "zip"), (&files.partial, "partial")] {
            let name = name.strip_prefix("cache/download/").unwrap();
            assert_eq!(parse_download_name(name), Some((module.clone(), suffix)));
        }
        for name in
            ["github.com/a/b/@v/list", "github.com/a/b/@v/v1.0.0.zip12.tmp", "sumdb/x/latest", "A/@v/v1.0.0.zip"]
        {
            assert_eq!(parse_download_name(name), None, "{name}");
        }
    }

    #[test]
    fn clones_are_named_by_hash() {
        // sha256sum of the key.
        let folder = "cache/vcs/5673a25ea375597bb7799aed271d658fc11bcb2aced1a8a5011c001d4c2ead3a";
        assert_eq!(vcs_folder("git", "https://github.com/rsc/quote"), folder);
        assert_eq!(vcs_key("hg", "https://h/x"), "vcs1.hg:https://h/x");
    }
}
