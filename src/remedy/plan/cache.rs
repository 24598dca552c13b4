//! What is removed from the module cache, and under which lock.

use std::path::Path;

use super::{Step, Why};
use crate::golang::module_cache::{ModuleFiles, module_of_download};
use crate::remedy::Entry;

/// Moves away what lies at `path`, in the cache at `cache` or in the folder of the checksum database.
pub(super) fn removal(cache: Option<&Path>, database: Option<&Path>, path: &Path) -> Result<Vec<Step>, Why> {
    let safe = path.is_absolute() && !path.components().any(|part| part == std::path::Component::ParentDir);
    let folder = path.parent().filter(|_| safe).ok_or(Why::People)?;
    let inside = cache.and_then(|cache| Some((cache, path.strip_prefix(cache).ok()?.to_str()?)));
    let entry = match inside {
        Some((_, "")) => return Err(Why::People),
        Some((cache, inside)) => Entry::new(cache, lock(inside).as_deref()),
        // Beside it, where go looks at no such name.
        None if database.is_some_and(|database| folder.starts_with(database)) => Entry::new(folder, None),
        None => return Err(Why::People),
    };
    Ok(vec![Step::Remove { entry, path: path.to_owned() }])
}

/// The lock under which go makes what lies there.
fn lock(inside: &str) -> Option<String> {
    if inside.ends_with(".lock") {
        return None;
    }
    if let Some(clone) = inside.strip_prefix("cache/vcs/") {
        return Some(format!("cache/vcs/{}.lock", clone.strip_suffix(".info").unwrap_or(clone)));
    }
    let module = module_of_download(inside)?;
    ModuleFiles::of(&module).ok().map(|files| files.lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_guards_is_moved_under_its_lock() {
        for (inside, expected) in [
            ("cache/vcs/0a1b", Some("cache/vcs/0a1b.lock")),
            ("cache/vcs/0a1b.info", Some("cache/vcs/0a1b.lock")),
            ("cache/download/a.example/!b/@v/v1.0.0.zip123.tmp", Some("cache/download/a.example/!b/@v/v1.0.0.lock")),
            ("cache/download/a.example/!b/@v/v1.0.0.lock", None),
            ("cache/download/sumdb/sum.example/latest", None),
            ("A.example@v1.0.0", None),
        ] {
            assert_eq!(lock(inside).as_deref(), expected, "{inside}");
        }
    }

    #[test]
    fn nothing_but_a_place_in_a_cache_is_moved() {
        let removal = |path: &str| removal(Some(Path::new("/m")), Some(Path::new("/g/pkg/sumdb")), Path::new(path));
        for path in ["/m", "/m/../etc", "m/x", "/etc/passwd", "/g/pkg/sumdb"] {
            assert!(removal(path).is_err(), "{path}");
        }
        assert!(removal("/m/x").is_ok() && removal("/g/pkg/sumdb/sum.example/latest").is_ok());
    }
}
