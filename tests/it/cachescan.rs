//! A cache that the real go filled, damaged in one way at a time: each damage is found, and nothing
//! else is blamed. `go mod verify` has its say about the same cache.

use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use gomoddoc::cachescan::{self, Limits, Scan, Scanned, Wanted};
use gomoddoc::golang::modfile::GoSum;
use gomoddoc::golang::module_path::ModuleVersion;
use gomoddoc::model::Damage;

use crate::support::modules::{Module, write_file_proxy};
use crate::support::sandbox::Sandbox;
use crate::support::tools;

mod cases;
use cases::{CASES, Go, mode, write};

const LIB: &str = "example.com/Lib";
const OTHER: &str = "example.com/other";
const FOLDER: &str = "example.com/!lib@v1.2.0";

fn lib_files() -> Vec<(String, Vec<u8>)> {
    let name = |name: &str| format!("{LIB}@v1.2.0/{name}");
    // Larger than what is inflated in one shot.
    let large = "all work and no play makes jack a dull boy\n".repeat(120_000);
    vec![
        (name("go.mod"), b"module example.com/Lib\n\ngo 1.21\n".to_vec()),
        (name("lib.go"), b"// Package lib is here to be damaged.\npackage lib\n".to_vec()),
        (name("sub/sub.go"), b"package sub\n".to_vec()),
        (name("sub/empty"), Vec::new()),
        (name("large.txt"), large.into_bytes()),
    ]
}

fn deflated(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn other_files() -> Vec<(String, Vec<u8>)> {
    let mut files = lib_files();
    files[1].1 = b"package lib // other\n".to_vec();
    files
}

fn other_zip() -> Vec<u8> {
    deflated(&other_files())
}

fn other_zip_h1() -> String {
    let files = other_files();
    let files = files.iter().map(|(name, content)| (name.as_str(), content.as_slice()));
    gomoddoc::golang::module_hash::hash_files(files).unwrap()
}

/// A sandbox whose cache go has filled with two modules.
fn filled() -> Sandbox {
    let mut sandbox = Sandbox::new();
    let lib = Module::new(LIB, "v1.2.0").go_mod("module example.com/Lib\n\ngo 1.21\n");
    let proxy = sandbox.path("proxy");
    write_file_proxy(&proxy, [&lib, &Module::new(OTHER, "v0.1.0")]);
    std::fs::write(proxy.join("example.com/!lib/@v/v1.2.0.zip"), deflated(&lib_files())).unwrap();
    sandbox.set("GOPROXY", format!("file://{}", proxy.display()));
    sandbox.go_mod("require (\n\texample.com/Lib v1.2.0\n\texample.com/other v0.1.0\n)\n");
    sandbox.main_go(&[LIB, OTHER]);
    for args in [&["mod", "tidy"][..], &["mod", "download"]] {
        let output = sandbox.go(args);
        assert!(output.ok(), "{output}");
    }
    sandbox.set("GOPROXY", "off");
    sandbox
}

fn copy_tree(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
        }
    }
}

/// Everything that go.sum lists.
fn wanted(go_sum: &str) -> Vec<Wanted> {
    let sums = GoSum::parse(go_sum.as_bytes());
    [
        ModuleVersion::new(LIB, "v1.2.0"),
        ModuleVersion::new(OTHER, "v0.1.0"),
        ModuleVersion::new("example.com/none", "v1.0.0"),
    ]
    .into_iter()
    .map(|module| Wanted {
        zip_sums: sums.hashes(&module, false).map(str::to_owned).collect(),
        go_mod_sums: sums.hashes(&module, true).map(str::to_owned).collect(),
        module,
    })
    .collect()
}

fn scan(cache: &Path, wanted: &[Wanted]) -> Scan {
    let cancelled = AtomicBool::new(false);
    cachescan::scan(cache, wanted, &Limits::cancelled_by(&cancelled))
}

fn kinds(scanned: &Scanned) -> Vec<String> {
    let kind = |damage: &Damage| serde_json::to_value(damage).unwrap()["is"].as_str().unwrap().to_owned();
    let mut kinds: Vec<String> = scanned.damages.iter().map(kind).collect();
    kinds.sort();
    kinds
}

#[test]
fn each_damage_is_found_and_no_other() {
    if !tools::have(&["go"]) {
        return;
    }
    let sandbox = filled();
    let cache = sandbox.modcache("");
    let pristine = sandbox.path("pristine");
    copy_tree(&cache, &pristine);
    let wanted = wanted(&sandbox.read("repo/go.sum"));
    for (name, damage, expected, go) in CASES {
        for entry in walkdir::WalkDir::new(&cache).into_iter().flatten().filter(|entry| entry.file_type().is_dir()) {
            mode(entry.path(), 0o755);
        }
        std::fs::remove_dir_all(&cache).unwrap();
        copy_tree(&pristine, &cache);
        damage(&cache);
        let scan = scan(&cache, &wanted);
        assert_eq!(scan.not_reached, []);
        let [lib, other, none] = &scan.modules[..] else { panic!("{name}: {scan:?}") };
        let mut expected: Vec<&str> = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(kinds(lib), expected, "{name}: {:#?}", lib.damages);
        assert_eq!((&other.damages[..], other.present), (&[][..], true), "{name}");
        assert_eq!((&none.damages[..], none.present), (&[][..], false), "{name}");
        // go would wait for a writer of the FIFO.
        if !name.contains("FIFO") {
            let output = sandbox.go(&["mod", "verify"]);
            assert_eq!(if output.ok() { Go::Content } else { Go::Objects }, *go, "{name}: {output}");
        }
    }
}

#[test]
fn details_name_what_is_wrong() {
    if !tools::have(&["go"]) {
        return;
    }
    let sandbox = filled();
    let cache = sandbox.modcache("");
    let wanted = wanted(&sandbox.read("repo/go.sum"));
    let whole = scan(&cache, &wanted);
    let lib = &whole.modules[0];
    assert_eq!(lib.zip_h1.as_ref(), wanted[0].zip_sums.first());
    assert_eq!(lib.bytes, lib_files().iter().map(|(_, content)| content.len() as u64).sum::<u64>());
    assert_eq!(
        cachescan::list(&cache, &Limits::cancelled_by(&AtomicBool::new(false))),
        (vec![ModuleVersion::new(LIB, "v1.2.0"), ModuleVersion::new(OTHER, "v0.1.0")], true)
    );

    let folder = cache.join(FOLDER);
    for name in ["", "sub"] {
        mode(&folder.join(name), 0o755);
    }
    for n in 0..9 {
        write(&folder.join(format!("sub/added{n}.txt")), b"x");
    }
    write(&folder.join("lib.go"), b"package lib\n");
    let damaged = scan(&cache, &wanted);
    let shown = serde_json::to_value(&damaged.modules[0].damages).unwrap();
    let expected = serde_json::json!([
        {"is": "files-added", "count": 9, "first": ["sub/added0.txt", "sub/added1.txt", "sub/added2.txt", "sub/added3.txt", "sub/added4.txt"]},
        {"is": "files-changed", "count": 1, "first": ["lib.go"]},
    ]);
    assert_eq!(shown, expected);
}

#[test]
fn links_that_leave_the_cache_are_told_apart() {
    if !tools::have(&["go"]) {
        return;
    }
    let sandbox = filled();
    let cache = sandbox.modcache("");
    let folder = cache.join(FOLDER);
    mode(&folder, 0o755);
    let leave = |target: &str| {
        let link = folder.join("link");
        let _ = std::fs::remove_file(&link);
        symlink(target, &link).unwrap();
        match &scan(&cache, &wanted("")).modules[0].damages[..] {
            [Damage::Links { leave_the_cache, .. }] => *leave_the_cache,
            other => panic!("{other:?}"),
        }
    };
    assert!(!leave("lib.go"));
    assert!(!leave("../other@v0.1.0/lib.go"));
    assert!(leave("/etc/hostname"));
    assert!(leave("nowhere"));
}

#[test]
fn a_scan_ends_when_its_time_is_over() {
    if !tools::have(&["go"]) {
        return;
    }
    let sandbox = filled();
    let cache = sandbox.modcache("");
    let wanted = wanted(&sandbox.read("repo/go.sum"));
    let all: Vec<_> = wanted.iter().map(|wanted| wanted.module.clone()).collect();
    let cancelled = AtomicBool::new(true);
    let scan = cachescan::scan(&cache, &wanted, &Limits::cancelled_by(&cancelled));
    assert_eq!((scan.modules.len(), scan.not_reached), (0, all.clone()));
    let not = AtomicBool::new(false);
    let past = Instant::now().checked_sub(Duration::from_millis(1)).unwrap();
    let scan = cachescan::scan(&cache, &wanted, &Limits { until: Some(past), cancelled: &not });
    assert_eq!((scan.modules.len(), scan.not_reached), (0, all));
}
