//! `.ziphash`, `.mod`, `.info`, `.lock` and `.partial`.

use std::path::Path;

use super::Wanted;
use super::file::{Failure, read};
use super::tree::unreadable;
use crate::golang::modfile::{GoMod, ReadAs};
use crate::golang::module_cache::ModuleFiles;
use crate::golang::module_hash::{hash_go_mod, is_h1};
use crate::golang::module_zip::MAX_GO_MOD;
use crate::golang::platform::Os;
use crate::model::Foreign;
use crate::model::damage::Damage;

const MAX_INFO: u64 = 1 << 20;

/// What `.ziphash` says.
pub(super) enum Ziphash {
    Missing,
    Good(String),
    /// Malformed or unreadable; the damage is reported.
    Bad,
}

pub(super) fn ziphash(cache: &Path, files: &ModuleFiles, damages: &mut Vec<Damage>) -> Ziphash {
    let path = cache.join(&files.ziphash);
    match read(&path, MAX_INFO) {
        Err(Failure::Missing) => Ziphash::Missing,
        Err(failure) => {
            damages.push(unreadable(cache, &path, &failure));
            Ziphash::Bad
        }
        Ok(data) => {
            // go trims white space before it compares.
            let text = String::from_utf8_lossy(&data);
            if is_h1(text.trim()) {
                return Ziphash::Good(text.trim().to_owned());
            }
            damages.push(Damage::ZiphashMalformed { text: Foreign::capped(&text, 100) });
            Ziphash::Bad
        }
    }
}

/// Checks the `.mod`, against go.sum and against the go.mod in the zip.
pub(super) fn go_mod(
    cache: &Path,
    files: &ModuleFiles,
    wanted: &Wanted,
    in_zip: Option<&[u8]>,
    damages: &mut Vec<Damage>,
) {
    let path = cache.join(&files.go_mod);
    let data = match read(&path, MAX_GO_MOD) {
        // go fetches it again.
        Err(Failure::Missing) => return,
        Err(failure) => return damages.push(unreadable(cache, &path, &failure)),
        Ok(data) => data,
    };
    let html = is_html(&data);
    let actual = hash_go_mod(&data);
    let mut recorded = false;
    for sums in wanted.sums.iter().map(|sums| h1_only(&sums.go_mod)).filter(|sums| !sums.is_empty()) {
        if !sums.contains(&actual) {
            return damages.push(Damage::GoModNotInGoSum { actual, go_sum: sums, html });
        }
        recorded = true;
    }
    let parsed = GoMod::parse(&data, ReadAs::Dependency, Os::current());
    if let Some(problem) = parsed.reported_by_go().first() {
        return damages.push(Damage::GoModInvalid { reason: Foreign::new(&problem.go_line("go.mod")), html, recorded });
    }
    if parsed.module.is_none() {
        return damages.push(Damage::GoModInvalid { reason: Foreign::new("missing module line"), html, recorded });
    }
    if in_zip.is_some_and(|in_zip| in_zip != data) {
        damages.push(Damage::GoModNotInZip);
    }
}

/// Checks the `.info`. go fetches a bad one again, where it can.
pub(super) fn info(cache: &Path, files: &ModuleFiles, wanted: &Wanted, damages: &mut Vec<Damage>) {
    let path = cache.join(&files.info);
    let data = match read(&path, MAX_INFO) {
        Err(Failure::Missing) => return,
        Err(failure) => return damages.push(unreadable(cache, &path, &failure)),
        Ok(data) => data,
    };
    let parsed: Option<serde_json::Value> = serde_json::from_slice(&data).ok();
    let version = parsed.as_ref().and_then(|info| info.get("Version")).and_then(serde_json::Value::as_str);
    match version {
        None => damages.push(Damage::InfoInvalid { html: is_html(&data) }),
        Some(version) if version != wanted.module.version => {
            damages.push(Damage::InfoOtherVersion { version: Foreign::new(version) });
        }
        Some(_) => {}
    }
}

/// Whether `.partial` is there, which go leaves only while it extracts.
pub(super) fn is_partial(cache: &Path, files: &ModuleFiles) -> bool {
    std::fs::symlink_metadata(cache.join(&files.partial)).is_ok()
}

/// A folder in the place of `.lock` makes every download fail.
pub(super) fn is_lock_a_folder(cache: &Path, files: &ModuleFiles) -> bool {
    std::fs::metadata(cache.join(&files.lock)).is_ok_and(|metadata| metadata.is_dir())
}

/// Hashes by other algorithms are not for go to compare either.
pub(super) fn h1_only(sums: &[String]) -> Vec<String> {
    sums.iter().filter(|sum| sum.starts_with("h1:")).cloned().collect()
}

fn is_html(data: &[u8]) -> bool {
    let head = String::from_utf8_lossy(data.get(..512).unwrap_or(data)).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head")
}
