//! The packages of the standard library, from the GOROOT of the go command.

use std::collections::BTreeSet;
use std::path::Path;

use crate::golang::go_version;
use crate::golang::imports::{StandardLibrary, Tags};
use crate::probe::World;

/// A standard library of more folders than this is none.
const MAX_FOLDERS: usize = 10_000;

/// Lists the packages where the go command itself will build: a newer release that it switches to may
/// have more of them.
pub fn standard(world: &World, wants: &str) -> StandardLibrary {
    let Ok(go) = &world.go else { return StandardLibrary::Assumed };
    let Some(running) = go.release() else { return StandardLibrary::Assumed };
    let gotoolchain = world.environment.value("GOTOOLCHAIN");
    let stays = matches!(gotoolchain, "" | "local" | "auto" | "path" | "local+auto" | "local+path");
    if !stays || go_version::compare(wants, running.as_str()).is_gt() {
        return StandardLibrary::Assumed;
    }
    match list(&Path::new(&go.goroot).join("src")) {
        Some(packages) => StandardLibrary::Listed(packages),
        None => StandardLibrary::Assumed,
    }
}

/// The build tags of a build here.
pub fn tags(world: &World) -> Tags {
    let environment = &world.environment;
    let or = |name: &str, host: &str| match environment.value(name) {
        "" => host.to_owned(),
        set => set.to_owned(),
    };
    let (os, arch) = (or("GOOS", &world.platform.0), or("GOARCH", &world.platform.1));
    let flags = environment.goflags().unwrap_or_default();
    let named = flags.iter().rev().find(|flag| flag.name == "tags").and_then(|flag| flag.value.clone());
    let extra: Vec<String> = named.unwrap_or_default().split([',', ' ']).map(str::to_owned).collect();
    Tags::platform(&os, &arch, environment.value("CGO_ENABLED") != "0", world.minor(), &extra)
}

/// Each folder with Go sources, by its path; commands and test data are not to be imported. `None`
/// where it does not look like a standard library.
fn list(src: &Path) -> Option<BTreeSet<String>> {
    let importable = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let apart = matches!(&*name, "testdata" | "vendor") || (entry.depth() == 1 && name == "cmd");
        entry.depth() == 0 || !(apart || name.starts_with(['.', '_']))
    };
    let mut packages = BTreeSet::new();
    let mut folders = 0;
    for entry in walkdir::WalkDir::new(src).into_iter().filter_entry(importable) {
        let entry = entry.ok()?;
        folders += usize::from(entry.file_type().is_dir());
        if folders > MAX_FOLDERS {
            return None;
        }
        let name = entry.file_name().to_string_lossy();
        if name.ends_with(".go") && !name.ends_with("_test.go") {
            let folder = entry.path().parent()?.strip_prefix(src).ok()?;
            packages.insert(folder.to_string_lossy().replace('\\', "/"));
        }
    }
    ["fmt", "net/http", "os"].iter().all(|known| packages.contains(*known)).then_some(packages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_with_sources_are_packages() {
        let src = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = src.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "package x\n").unwrap();
        };
        for name in ["os/file.go", "fmt/print.go", "net/http/client.go", "net/testdata/x.go", "cmd/go/main.go"] {
            file(name);
        }
        let packages = list(src.path()).unwrap();
        assert_eq!(packages.iter().map(String::as_str).collect::<Vec<_>>(), ["fmt", "net/http", "os"]);
        assert_eq!(list(&src.path().join("os")), None);
    }
}
