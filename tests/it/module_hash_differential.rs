//! The h1 of zips and go.mod files, held against what the real go computes.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use gomoddoc::cachescan::{self, Limits, Order, Sums, Wanted};
use gomoddoc::golang::checksum_database::{self, Lookup, Plan, ProofError, Tile, TreeHead, VerifierKey};
use gomoddoc::golang::module_cache;
use gomoddoc::golang::module_hash::{hash_go_mod, hash_zip};
use gomoddoc::golang::module_path::ModuleVersion;
use gomoddoc::golang::module_zip::{self, Archive, MAX_TOTAL};

use crate::support::sandbox::Sandbox;
use crate::support::tools;

/// How many folders of GOROOT are made into modules.
const MODULES: usize = 60;

/// The ways in which real zips are written differently.
#[derive(Clone, Copy)]
enum Style {
    Deflated,
    Stored,
    /// Sizes and checksums follow the data.
    Streamed,
    /// 64-bit sizes though the files are small.
    Zip64,
    /// With entries for folders, which count in the h1.
    Folders,
    /// With bytes before the first entry, as in a self-extracting archive.
    Prefixed,
}

const STYLES: [Style; 6] =
    [Style::Deflated, Style::Stored, Style::Streamed, Style::Zip64, Style::Folders, Style::Prefixed];

fn pack(prefix: &str, files: &BTreeMap<String, Vec<u8>>, style: Style) -> Vec<u8> {
    let method =
        if matches!(style, Style::Stored) { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
    let options =
        zip::write::SimpleFileOptions::default().compression_method(method).large_file(matches!(style, Style::Zip64));
    if matches!(style, Style::Streamed) {
        let mut writer = zip::ZipWriter::new_stream(Vec::new());
        for (name, content) in files {
            writer.start_file(format!("{prefix}{name}"), options).unwrap();
            writer.write_all(content).unwrap();
        }
        return writer.finish().unwrap().into_inner();
    }
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    if matches!(style, Style::Folders) {
        writer.add_directory(prefix.trim_end_matches('/'), options).unwrap();
        writer.add_directory(format!("{prefix}empty"), options).unwrap();
    }
    for (name, content) in files {
        writer.start_file(format!("{prefix}{name}"), options).unwrap();
        writer.write_all(content).unwrap();
    }
    let data = writer.finish().unwrap().into_inner();
    if matches!(style, Style::Prefixed) { [b"#!/bin/sh\nexit 0\n", &data[..]].concat() } else { data }
}

/// The files of a folder that may stand in a module zip.
fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten() {
        let name = entry.path().strip_prefix(folder).unwrap().to_str().unwrap_or("").to_owned();
        let elsewhere =
            name.split('/').any(|element| matches!(element, "vendor" | "testdata")) || name.ends_with("go.mod");
        if entry.file_type().is_file() && !elsewhere {
            files.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// What `go mod download -json` says of each module: zip, Sum, .mod, GoModSum.
fn downloaded(sandbox: &Sandbox, args: &[&str]) -> Vec<serde_json::Value> {
    let output = sandbox.go(&[&["mod", "download", "-json"], args].concat());
    let answers =
        serde_json::Deserializer::from_str(&output.stdout).into_iter().collect::<Result<Vec<_>, _>>().unwrap();
    assert!(output.ok(), "{output}");
    answers
}

/// Compares our hashes with go's, and lets the scan look at the cache. Returns how many modules.
fn compare(sandbox: &Sandbox, answers: &[serde_json::Value]) -> usize {
    let mut wanted = Vec::new();
    for answer in answers {
        let text = |key: &str| answer[key].as_str().unwrap_or_else(|| panic!("no {key} in {answer}"));
        let module = ModuleVersion::new(text("Path"), text("Version"));
        let archive = Archive::read(std::fs::read(text("Zip")).unwrap()).unwrap();
        assert_eq!(module_zip::check(&archive, &module), [], "{module}");
        assert_eq!(hash_zip(&archive, MAX_TOTAL).unwrap(), text("Sum"), "{module}");
        assert_eq!(hash_go_mod(&std::fs::read(text("GoMod")).unwrap()), text("GoModSum"), "{module}");
        let sums = |key: &str| vec![text(key).to_owned()];
        wanted.push(Wanted { sums: vec![Sums { zip: sums("Sum"), go_mod: sums("GoModSum") }], module });
    }
    let cancelled = AtomicBool::new(false);
    let limits = Limits::cancelled_by(&cancelled);
    let scan = cachescan::scan(&sandbox.modcache(""), &wanted, &Order::full(limits));
    for (scanned, wanted) in scan.modules.iter().zip(&wanted) {
        assert_eq!(scanned.damages, [], "{}", scanned.module);
        assert_eq!(scanned.zip_h1.as_ref(), wanted.sums[0].zip.first(), "{}", scanned.module);
    }
    let cachescan::Survey { modules: mut listed, complete, .. } = cachescan::survey(&sandbox.modcache(""), &limits);
    listed.retain(|module| wanted.iter().any(|wanted| wanted.module == *module));
    assert_eq!((listed.len(), complete), (wanted.len(), true));
    scan.modules.len()
}

#[test]
fn folders_of_the_standard_library_have_the_h1_that_go_says() {
    if !tools::have(&["go"]) {
        return;
    }
    let mut sandbox = Sandbox::new();
    let root = sandbox.go(&["env", "GOROOT"]);
    let source = Path::new(root.stdout.trim()).join("src");
    let proxy = sandbox.path("proxy");
    let mut names = Vec::new();
    let folders = walkdir::WalkDir::new(&source).min_depth(1).max_depth(2).sort_by_file_name().into_iter().flatten();
    let folders = folders.filter(|entry| entry.file_type().is_dir() && !entry.path().join("testdata").exists());
    for (index, folder) in folders.take(MODULES).enumerate() {
        let path = format!("example.com/Std/m{index}");
        let version = if index % 2 == 0 { "v1.0.0" } else { "v0.0.0-20240102030405-0123456789ab" };
        let mut files = files_of(folder.path());
        let go_mod = format!("module {path}\n\ngo 1.21\n");
        if index % 3 > 0 {
            files.insert("go.mod".to_owned(), go_mod.clone().into_bytes());
        }
        let at = proxy.join(format!("example.com/!std/m{index}/@v"));
        std::fs::create_dir_all(&at).unwrap();
        let style = STYLES[index % STYLES.len()];
        std::fs::write(at.join(format!("{version}.zip")), pack(&format!("{path}@{version}/"), &files, style)).unwrap();
        std::fs::write(at.join(format!("{version}.mod")), go_mod).unwrap();
        let info = format!("{{\"Version\":\"{version}\",\"Time\":\"2024-01-02T03:04:05Z\"}}");
        std::fs::write(at.join(format!("{version}.info")), info).unwrap();
        names.push(format!("{path}@{version}"));
    }
    sandbox.set("GOPROXY", format!("file://{}", proxy.display()));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(compare(&sandbox, &downloaded(&sandbox, &names)), MODULES);
}

#[test]
fn real_modules_have_the_h1_that_go_says() {
    if !tools::have(&["go"]) || !tools::online() {
        return;
    }
    let mut sandbox = Sandbox::new();
    // The way out of this machine is the caller's.
    for name in ["GOPROXY", "GOSUMDB", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE"] {
        match std::env::var_os(name) {
            Some(value) => sandbox.set(name, value),
            None => sandbox.unset(name),
        };
    }
    sandbox.limit(std::time::Duration::from_secs(500));
    sandbox.go_mod("");
    let output = sandbox.go(&[
        "get",
        "k8s.io/client-go@v0.30.3",
        "github.com/spf13/viper@v1.19.0",
        "github.com/gin-gonic/gin@v1.10.0",
    ]);
    assert!(output.ok(), "{output}");
    assert!(compare(&sandbox, &downloaded(&sandbox, &["all"])) >= 100);
    assert!(verify_stored_lookups(&sandbox) >= 50);
}

/// Verifies what go has stored of the checksum database, by our own proofs. Returns how many records
/// were proved: go stores no more tiles than it needed for the tree heads of the moment.
fn verify_stored_lookups(sandbox: &Sandbox) -> usize {
    let key = VerifierKey::parse(checksum_database::DEFAULT_KEY).unwrap();
    let latest = sandbox.path("gopath").join(module_cache::sumdb_latest(key.name()));
    let latest = TreeHead::verify(&std::fs::read(latest).unwrap(), &key).unwrap();
    let stored = |path: &str| std::fs::read(sandbox.modcache(&module_cache::sumdb_cache(key.name(), path))).ok();
    let tiles_of = |plan: &Plan| -> Option<Vec<Vec<u8>>> {
        let tile = |tile: &Tile| {
            let full = || stored(&tile.full().to_string()).map(|full| full[..tile.len()].to_vec());
            stored(&tile.to_string()).or_else(full)
        };
        plan.tiles().iter().map(tile).collect()
    };
    let mut proved = 0;
    let lookups = sandbox.modcache(&module_cache::sumdb_cache(key.name(), "lookup"));
    for entry in walkdir::WalkDir::new(lookups).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let lookup = Lookup::parse(&std::fs::read(entry.path()).unwrap()).unwrap();
        let tree = TreeHead::verify(&lookup.tree_note, &key).unwrap();
        for tree in [latest, tree] {
            let plan = Plan::for_record(tree, lookup.id).unwrap();
            if let Some(tiles) = tiles_of(&plan) {
                assert_eq!(plan.check_record(&tiles, lookup.record.as_bytes()), Ok(()), "{}", entry.path().display());
                assert_eq!(plan.check_record(&tiles, b"other"), Err(ProofError::RecordDiffers));
                proved += 1;
            }
        }
    }
    proved
}
