//! A repository of twenty modules whose cache the real go has filled, to be damaged in places.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::child::Output;
use crate::support::modules::{Module, write_file_proxy};
use crate::support::sandbox::Sandbox;

const VERSION: &str = "v1.2.0";

/// A module in the cache.
pub struct Spot {
    cache: PathBuf,
    /// Its path.
    pub path: String,
}

impl Spot {
    /// `example.com/Lib07@v1.2.0`.
    pub fn module(&self) -> String {
        format!("{}@{VERSION}", self.path)
    }

    fn escaped(&self) -> String {
        self.path.replace('L', "!l")
    }

    /// The folder `@v`.
    pub fn downloads(&self) -> PathBuf {
        self.cache.join(format!("cache/download/{}/@v", self.escaped()))
    }

    /// One of its downloaded files.
    pub fn part(&self, suffix: &str) -> PathBuf {
        self.downloads().join(format!("{VERSION}.{suffix}"))
    }

    /// The extracted folder.
    pub fn folder(&self) -> PathBuf {
        self.cache.join(format!("{}@{VERSION}", self.escaped()))
    }

    /// A file in the extracted folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// A folder beside the cache.
    pub fn outside(&self) -> PathBuf {
        let outside = self.cache.with_file_name("outside");
        std::fs::create_dir_all(&outside).unwrap();
        outside
    }

    /// A module that is left alone.
    pub fn other(&self) -> Self {
        Self { cache: self.cache.clone(), path: "example.com/other".to_owned() }
    }

    /// The zip with other content in `lib.go`.
    pub fn other_zip(&self) -> Vec<u8> {
        deflated(&self.files("package lib // other\n"))
    }

    /// Its h1.
    pub fn other_h1(&self) -> String {
        let files = self.files("package lib // other\n");
        let files = files.iter().map(|(name, content)| (name.as_str(), content.as_slice()));
        gomoddoc::golang::module_hash::hash_files(files).unwrap()
    }

    fn files(&self, lib: &str) -> Vec<(String, Vec<u8>)> {
        let name = |name: &str| format!("{}/{name}", self.module());
        // Of the first one larger than what is inflated in one shot.
        let lines = if self.path.ends_with("00") { 120_000 } else { 50 };
        vec![
            (name("go.mod"), format!("module {}\n\ngo 1.21\n", self.path).into_bytes()),
            (name("lib.go"), lib.as_bytes().to_vec()),
            (name("sub/sub.go"), b"package sub\n".to_vec()),
            (name("sub/empty"), Vec::new()),
            (name("large.txt"), "all work and no play makes jack a dull boy\n".repeat(lines).into_bytes()),
        ]
    }
}

/// A zip as module proxies serve it.
pub fn deflated(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The repository and its cache.
pub struct House {
    pub sandbox: Sandbox,
    pub spots: Vec<Spot>,
}

impl House {
    /// Lets go fill the cache.
    pub fn build() -> Self {
        let mut sandbox = Sandbox::new();
        let cache = sandbox.modcache("");
        let spot = |path: String| Spot { cache: cache.clone(), path };
        let spots: Vec<Spot> = (0..20).map(|n| spot(format!("example.com/Lib{n:02}"))).collect();
        let other = spot("example.com/other".to_owned());
        let all: Vec<&Spot> = spots.iter().chain([&other]).collect();
        let modules: Vec<Module> = all
            .iter()
            .map(|spot| Module::new(&spot.path, VERSION).go_mod(&format!("module {}\n\ngo 1.21\n", spot.path)))
            .collect();
        let proxy = sandbox.path("proxy");
        write_file_proxy(&proxy, &modules);
        for spot in &all {
            let zip = deflated(&spot.files("// Package lib is here to be damaged.\npackage lib\n"));
            std::fs::write(proxy.join(spot.escaped()).join(format!("@v/{VERSION}.zip")), zip).unwrap();
        }
        sandbox.set("GOPROXY", format!("file://{}", proxy.display()));
        let requires: String = all.iter().map(|spot| format!("\t{} {VERSION}\n", spot.path)).collect();
        sandbox.go_mod(&format!("require (\n{requires})\n"));
        sandbox.main_go(&all.iter().map(|spot| spot.path.as_str()).collect::<Vec<_>>());
        for args in [&["mod", "tidy"][..], &["mod", "download"]] {
            let output = sandbox.go(args);
            assert!(output.ok(), "{output}");
        }
        sandbox.set("GOPROXY", "off");
        let house = Self { sandbox, spots };
        house.unlock();
        copy(&cache, &house.pristine());
        house
    }

    fn pristine(&self) -> PathBuf {
        self.sandbox.path("pristine")
    }

    /// Folders of the cache are read-only, which keeps tests from damaging them.
    fn unlock(&self) {
        for entry in walkdir::WalkDir::new(self.sandbox.modcache("")).into_iter().flatten() {
            if entry.file_type().is_dir() {
                mode(entry.path(), 0o755);
            }
        }
    }

    /// Puts a module back as go had put it.
    pub fn restore(&self, spot: &Spot) {
        self.unlock();
        for path in [spot.folder(), spot.downloads()] {
            if path.symlink_metadata().is_ok() {
                remove(&path);
            }
            let relative = path.strip_prefix(self.sandbox.modcache("")).unwrap();
            copy(&self.pristine().join(relative), &path);
        }
    }

    /// Runs `gomoddoc cache verify --format json` and reads what it prints.
    pub fn verify(&self, args: &[&str]) -> (Output, Value) {
        let output = self.sandbox.gomoddoc(&[&["cache", "verify", "--format", "json"], args].concat());
        let document = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output}"));
        (output, document)
    }
}

/// The kinds of damage by module.
pub fn damages(document: &Value) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for finding in document["findings"].as_array().unwrap() {
        let kinds = found.entry(finding["subject"]["value"].as_str().unwrap().to_owned()).or_default();
        for damage in finding["data"]["damages"].as_array().into_iter().flatten() {
            kinds.insert(damage["is"].as_str().unwrap().to_owned());
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
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

pub fn remove(path: &Path) {
    if path.symlink_metadata().unwrap().is_dir() {
        std::fs::remove_dir_all(path).unwrap();
    } else {
        std::fs::remove_file(path).unwrap();
    }
}

pub fn write(path: &Path, content: &[u8]) {
    let _ = std::fs::remove_file(path);
    std::fs::write(path, content).unwrap();
}

pub fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

pub fn make_fifo(path: &Path) {
    let _ = std::fs::remove_file(path);
    let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}
