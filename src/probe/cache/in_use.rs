//! The clones that a sync here will fetch into: go uses one that it finds, whatever state it is in.

use std::path::Path;

use super::clones;
use crate::facts::cache::CloneState;
use crate::golang::env::Environment;
use crate::golang::module_cache::VCS;
use crate::golang::module_hash::{hash_content, hex};
use crate::golang::module_path::ModuleVersion;
use crate::golang::repo_path::Vcs;
use crate::golang::route::{Recorded, StepProvider, VcsRoute, route};

/// The schemes that go tries, in its order, where the path does not tell one (Go 1.21 to 1.27).
const SCHEMES: [&str; 3] = ["https", "git+ssh", "ssh"];

/// Those among the clones of `modules` that git could not use. A module comes from a clone where no module proxy
/// is asked first; of a custom import path the repository is not known yet, and its clone is not looked at.
pub(super) fn unusable(cache: &Path, environment: &Environment, modules: &[ModuleVersion]) -> Vec<CloneState> {
    let mut names: Vec<String> =
        modules.iter().filter_map(|module| name_of_clone(cache, environment, &module.path)).collect();
    names.sort();
    names.dedup();
    names.iter().map(|name| clones::glance(cache, name)).filter(|clone| clone.trouble.is_some()).collect()
}

/// The name of the clone that go will find.
fn name_of_clone(cache: &Path, environment: &Environment, path: &str) -> Option<String> {
    let route = route(environment, path, Recorded::No);
    let VcsRoute::ByPath { vcs: Vcs::Git, url, .. } = route.direct.as_ref()?.repository.clone() else { return None };
    if route.modules.first() != Some(&StepProvider::Direct) {
        return None;
    }
    let urls = match url.contains("://") {
        true => vec![url],
        false => SCHEMES.iter().map(|scheme| format!("{scheme}://{url}")).collect(),
    };
    let names = urls.iter().map(|url| hex(&hash_content(format!("git3:{url}").as_bytes())));
    names.into_iter().find(|name| cache.join(VCS).join(name).is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golang::env::{Inputs, Text};
    use crate::golang::platform::Os;
    use crate::model::CloneTrouble;

    /// A clone as `git init --bare` makes one, for this key.
    fn clone(cache: &Path, key: &str) -> std::path::PathBuf {
        let folder = cache.join(VCS).join(hex(&hash_content(key.as_bytes())));
        git2::Repository::init_bare(&folder).unwrap();
        std::fs::write(folder.with_extension("info"), format!("{key}\n")).unwrap();
        folder
    }

    fn troubles(cache: &Path, goproxy: &str, module: &str) -> Vec<CloneTrouble> {
        let process = [("HOME", "/home/dev"), ("GOPROXY", goproxy)].map(|(name, value)| (name.into(), value.into()));
        let environment = Environment::resolve(&Inputs {
            os: Os::Linux,
            goos: "linux",
            goarch: "amd64",
            process: &process,
            goroot: None,
            user_file: Text::Absent,
            goroot_file: Text::Absent,
            version: None,
        });
        let found = unusable(cache, &environment, &[ModuleVersion::new(module, "v1.0.0")]);
        found.into_iter().filter_map(|clone| clone.trouble).collect()
    }

    #[test]
    fn a_clone_without_head_is_told_where_go_would_use_it() {
        let cache = tempfile::tempdir().unwrap();
        let cache = cache.path();
        let by_host = clone(cache, "git3:https://github.com/a/b");
        let by_suffix = clone(cache, "git3:https://git.corp.example/team/kit");
        let modules = ["github.com/a/b", "git.corp.example/team/kit.git"];
        for module in modules {
            assert_eq!(troubles(cache, "direct", module), [], "{module}");
        }
        for folder in [&by_host, &by_suffix] {
            std::fs::remove_file(folder.join("HEAD")).unwrap();
        }
        for module in modules {
            let found = troubles(cache, "direct", module);
            assert!(matches!(found.as_slice(), [CloneTrouble::NoRepository { .. }]), "{module}: {found:?}");
            assert_eq!(troubles(cache, "https://proxy.example,direct", module), [], "{module}");
        }
        assert_eq!(troubles(cache, "direct", "github.com/a/c"), []);
    }

    #[test]
    fn what_go_makes_anew_is_no_trouble() {
        let cache = tempfile::tempdir().unwrap();
        let cache = cache.path();
        let folder = clone(cache, "git3:https://github.com/a/b");
        std::fs::remove_file(folder.join("HEAD")).unwrap();
        std::fs::remove_dir_all(folder.join("objects")).unwrap();
        assert_eq!(troubles(cache, "direct", "github.com/a/b"), [], "go runs git init");
        let folder = clone(cache, "git3:https://github.com/a/b");
        std::fs::remove_file(folder.join("HEAD")).unwrap();
        std::fs::remove_file(folder.with_extension("info")).unwrap();
        assert_eq!(troubles(cache, "direct", "github.com/a/b"), [], "go removes it");
        std::fs::write(folder.with_extension("info"), "git3:https://github.com/a/other\n").unwrap();
        assert_eq!(troubles(cache, "direct", "github.com/a/b"), [CloneTrouble::OtherInfo]);
    }
}
