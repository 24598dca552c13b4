//! The imports of every package of GOROOT/src against those that `go list` finds.

use std::collections::BTreeSet;
use std::path::Path;

use gomoddoc::golang::imports::{PackageImports, Tags};
use serde::Deserialize;

use crate::support::sandbox::Sandbox;
use crate::support::tools::have;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Package {
    import_path: String,
    dir: String,
    imports: Vec<String>,
    test_imports: Vec<String>,
    #[serde(rename = "XTestImports")]
    x_test_imports: Vec<String>,
}

/// go lists a vendored package under the folder that it lies in.
fn as_written<'a>(paths: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
    let written = paths.into_iter().map(|path| {
        path.strip_prefix("cmd/vendor/").or_else(|| path.strip_prefix("vendor/")).unwrap_or(path).to_owned()
    });
    written.filter(|path| path != "C").collect()
}

fn imports_of(dir: &Path, tags: &Tags) -> PackageImports {
    let mut package = PackageImports::default();
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if tags.admit_file_name(&name) {
            package.add(&name, &std::fs::read(entry.path()).unwrap(), tags);
        }
    }
    package
}

#[test]
fn imports_of_goroot_agree_with_go_list() {
    if !have(&["go"]) {
        return;
    }
    let mut sandbox = Sandbox::new();
    let version = super::running_go(&sandbox);
    let minor: u32 =
        version.split('.').nth(1).unwrap().trim_end_matches(|c: char| !c.is_ascii_digit()).parse().unwrap();
    for (os, arch, cgo) in [("linux", "amd64", "1"), ("windows", "arm64", "0"), ("js", "wasm", "0")] {
        sandbox.set("GOOS", os).set("GOARCH", arch).set("CGO_ENABLED", cgo);
        let extra = sandbox.go(&["list", "-f", "{{join context.ToolTags \" \"}}", "errors"]);
        let extra: Vec<String> = extra.stdout.split_whitespace().map(str::to_owned).collect();
        let tags = Tags::platform(os, arch, cgo == "1", minor, &extra);
        let fields = "-json=ImportPath,Dir,Imports,TestImports,XTestImports";
        let listed = sandbox.go(&["list", "-pgo=off", "-e", fields, "std", "cmd"]);
        assert!(listed.ok(), "{listed}");
        let packages: Vec<Package> =
            serde_json::Deserializer::from_str(&listed.stdout).into_iter().collect::<Result<_, _>>().unwrap();
        assert!(packages.len() > 400, "only {} packages for {os}", packages.len());
        for package in packages {
            let ours = imports_of(Path::new(&package.dir), &tags);
            let case = format!("{} on {os}/{arch}", package.import_path);
            let paths = |map: &std::collections::BTreeMap<String, _>| map.keys().cloned().collect::<BTreeSet<_>>();
            // runtime/cgo and the like are imported by the cgo tool, not by the source.
            assert_eq!(paths(&ours.imports), as_written(&package.imports), "{case}");
            let tests = package.test_imports.iter().chain(&package.x_test_imports);
            assert_eq!(paths(&ours.test_imports), as_written(tests), "{case}");
        }
    }
}
