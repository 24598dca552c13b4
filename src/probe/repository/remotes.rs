//! The repository's own remotes: modules of the same house are likely as private as it is.

use std::path::Path;

use crate::model::Foreign;

/// The URLs of the remotes of the git repository around `directory`, without secrets.
pub fn remotes(directory: &Path) -> Vec<Foreign> {
    let Some(config) = directory.ancestors().map(|dir| dir.join(".git/config")).find(|path| path.is_file()) else {
        return Vec::new();
    };
    let Ok(config) = git2::Config::open(&config) else { return Vec::new() };
    let mut urls = Vec::new();
    if let Ok(entries) = config.entries(Some(r"remote\..*\.url")) {
        let _ = entries.for_each(|entry| {
            if let Ok(url) = entry.value() {
                urls.push(Foreign::new(url));
            }
        });
    }
    urls
}
