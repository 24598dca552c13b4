//! The modules of a lab: made on the spot, or read from a folder.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::LabError;
use super::module_proxy::ModuleProxy;
use super::modules::Module;
use super::server::{Answer, Asked, Site};
use crate::disk::{Follow, read_capped, read_text_capped};
use crate::golang::module_cache::parse_download_name;
use crate::golang::module_hash::{hash_go_mod, hash_zip};
use crate::golang::module_path::{ModuleVersion, escape};
use crate::golang::module_zip::{Archive, MAX_GO_MOD, MAX_TOTAL};
use crate::golang::semver;

/// The most modules that are read from a folder.
const MOST: usize = 50_000;

/// Modules, what a module proxy answers of them, and their checksums.
#[derive(Clone)]
pub struct House {
    /// The module proxy in good health.
    pub site: Arc<dyn Site>,
    /// One version of each module, by path: what the repository requires.
    pub required: Vec<ModuleVersion>,
    /// The records of the checksum database: `path@version`, escaped, and the lines of go.sum.
    pub records: Vec<(String, String)>,
    /// Whether each module has a package at its root, which can be imported.
    pub importable: bool,
}

impl House {
    /// `count` small modules `example.dev/m000@v1.0.0` and so on.
    #[must_use]
    pub fn made(count: usize) -> Self {
        let modules: Vec<_> = (0..count).map(|n| Module::new(&format!("example.dev/m{n:03}"), "v1.0.0")).collect();
        let records = modules.iter().map(|module| (record_id(&module.path, &module.version), module.sum_lines()));
        Self {
            site: Arc::new(ModuleProxy::new(&modules)),
            required: modules.iter().map(|module| ModuleVersion::new(&*module.path, &*module.version)).collect(),
            records: records.collect(),
            importable: true,
        }
    }

    /// The modules of a folder: `cache/download` of a module cache, or what `GOPROXY=file://…` names. The
    /// highest version of each is required.
    ///
    /// # Errors
    ///
    /// [`LabError::NoModules`] where there is none that can be read.
    pub fn of_folder(folder: &Path) -> Result<Self, LabError> {
        let mut highest: BTreeMap<String, String> = BTreeMap::new();
        let mut records = Vec::new();
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
            let Ok(name) = entry.path().strip_prefix(folder) else { continue };
            let Some((module, "zip")) = name.to_str().and_then(parse_download_name) else { continue };
            // Without a go.mod, or with a zip that is broken, there is nothing to serve.
            let Some(lines) = sum_lines(entry.path(), &module) else { continue };
            records.push((record_id(&module.path, &module.version), lines));
            let known = highest.entry(module.path).or_default();
            if known.is_empty() || semver::compare(&module.version, known).is_gt() {
                *known = module.version;
            }
            if records.len() == MOST {
                break;
            }
        }
        if records.is_empty() {
            return Err(LabError::NoModules(folder.to_owned()));
        }
        let required = highest.into_iter().map(|(path, version)| ModuleVersion { path, version }).collect();
        Ok(Self { site: Arc::new(Folder(folder.to_owned())), required, records, importable: false })
    }

    /// The path of the first module that the repository requires.
    #[must_use]
    pub fn first(&self) -> &str {
        self.required.first().map_or("", |module| &module.path)
    }

    /// A go.sum with all lines.
    #[must_use]
    pub fn go_sum(&self) -> String {
        self.records.iter().map(|(_, lines)| lines.as_str()).collect()
    }

    /// The records, of which those of one module were made for other content.
    #[must_use]
    pub fn records_lying_about(&self, path: &str) -> Vec<(String, String)> {
        let other = hash_go_mod(b"as the author published it\n");
        let lie = |(id, lines): &(String, String)| {
            let start = format!("{path} ");
            let lines = lines.lines().map(|line| match line.rsplit_once(' ') {
                Some((key, _)) if line.starts_with(&start) && !key.ends_with("/go.mod") => format!("{key} {other}\n"),
                _ => format!("{line}\n"),
            });
            (id.clone(), lines.collect())
        };
        self.records.iter().map(lie).collect()
    }
}

fn record_id(path: &str, version: &str) -> String {
    format!("{}@{}", escape(path), escape(version))
}

/// The lines of go.sum: of the zip by its `.ziphash`, or else by its content.
fn sum_lines(zip: &Path, module: &ModuleVersion) -> Option<String> {
    let go_mod = read_capped(&zip.with_extension("mod"), MAX_GO_MOD, Follow::Yes).ok()?;
    let kept = read_text_capped(&zip.with_extension("ziphash"), 1 << 10, Follow::Yes).ok();
    let hash = match kept.filter(|hash| crate::golang::module_hash::is_h1(hash.trim())) {
        Some(hash) => hash.trim().to_owned(),
        None => {
            let bytes = read_capped(zip, MAX_TOTAL, Follow::Yes).ok()?;
            hash_zip(&Archive::read(bytes).ok()?, MAX_TOTAL).ok()?
        }
    };
    let ModuleVersion { path, version } = module;
    Some(format!("{path} {version} {hash}\n{path} {version}/go.mod {}\n", hash_go_mod(&go_mod)))
}

/// The GOPROXY protocol over a folder.
struct Folder(PathBuf);

impl Site for Folder {
    fn answer(&self, asked: &Asked) -> Answer {
        let name = asked.path.trim_start_matches('/');
        let inside = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        let kind = match name.rsplit_once('.') {
            Some((_, "info")) => "application/json",
            Some((_, "zip")) => "application/zip",
            _ => "text/plain; charset=utf-8",
        };
        if !inside || !name.contains("/@v/") {
            return Answer::not_found(name);
        }
        match read_capped(&self.0.join(name), MAX_TOTAL, Follow::Yes) {
            Ok(bytes) => Answer::ok(kind, bytes),
            Err(_) => Answer::not_found(name),
        }
    }
}
