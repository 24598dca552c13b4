//! Whether a credential helper is there at all, which can be told without running it.

use std::path::{Path, PathBuf};

use crate::disk::is_executable_file;
use crate::probe::{World, on_path};

/// Whether git would not find a helper, given as its configuration names it. A piece of shell is
/// never called missing.
pub fn is_missing(world: &World, helper: &str) -> bool {
    let name = helper.split_whitespace().next().unwrap_or_default();
    if Path::new(name).is_absolute() {
        return !is_executable_file(Path::new(name));
    }
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !plain {
        return false;
    }
    let program = format!("git-credential-{name}");
    let Some(git) = on_path("git", &world.process) else { return false };
    let own: Vec<PathBuf> = own_folders(&git).into_iter().filter(|folder| folder.is_dir()).collect();
    // Without git's own folder nothing can be said: most helpers lie there.
    let suffix = std::env::consts::EXE_SUFFIX;
    !own.is_empty()
        && on_path(&program, &world.process).is_none()
        && own.iter().all(|folder| !is_executable_file(&folder.join(format!("{program}{suffix}"))))
}

/// Where git keeps its own programs, by the customs of the systems (`git --exec-path` would tell).
fn own_folders(git: &Path) -> Vec<PathBuf> {
    let real = std::fs::canonicalize(git).unwrap_or_else(|_| git.to_owned());
    let base = real.parent().and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
    ["libexec/git-core", "lib/git-core", "mingw64/libexec/git-core", "mingw64/bin"]
        .map(|folder| base.join(folder))
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn git_s_own_folder_is_beside_it() {
        let folders = own_folders(Path::new("/nowhere/usr/bin/git"));
        assert!(folders.contains(&PathBuf::from("/nowhere/usr/lib/git-core")));
        assert!(folders.contains(&PathBuf::from("/nowhere/usr/libexec/git-core")));
    }
}
