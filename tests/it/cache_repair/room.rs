//! A damaged cache, what a command makes of it, and each file of it before and after.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use gomoddoc::remedy::Digest;
use serde_json::Value;

use crate::cache_verify::house::{House, Spot, mode};
use crate::support::child::Output;

/// What stands in the cache, by path; without what was moved away and without locks.
pub type Tree = BTreeMap<PathBuf, String>;

/// A house whose repository builds each package of each module.
pub struct Room {
    pub house: House,
}

impl Room {
    /// Lets go fill the cache, and build.
    pub fn build() -> Self {
        let mut house = House::build();
        let packages: Vec<String> =
            house.spots.iter().flat_map(|spot| [spot.path.clone(), format!("{}/sub", spot.path)]).collect();
        let packages: Vec<&str> = packages.iter().map(String::as_str).chain(["example.com/other"]).collect();
        house.sandbox.main_go(&packages);
        let room = Self { house };
        room.passes("at first");
        room
    }

    /// The module proxy that has all modules.
    pub fn proxy(&self) -> String {
        format!("file://{}", self.house.sandbox.path("proxy").display())
    }

    /// Which module proxy commands ask from now on.
    pub fn ask(&mut self, proxy: &str) {
        self.house.sandbox.set("GOPROXY", proxy);
    }

    /// go makes the folders of a module read-only.
    pub fn as_go_leaves_it(spot: &Spot) {
        if !spot.folder().symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            return;
        }
        for entry in walkdir::WalkDir::new(spot.folder()).into_iter().flatten() {
            if entry.file_type().is_dir() {
                mode(entry.path(), 0o555);
            }
        }
    }

    /// Runs `gomoddoc cache repair --yes`, and reads what it prints.
    pub fn repair(&self, args: &[&str]) -> (Output, Value) {
        let output = self.house.sandbox.gomoddoc(&[&["cache", "repair", "--yes", "--format", "json"], args].concat());
        let document = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output}"));
        (output, document)
    }

    /// Takes back what a repair has done.
    pub fn undo(&self) -> Output {
        self.house.sandbox.gomoddoc(&["fix", "--undo"])
    }

    /// go has nothing to say against the cache, and builds from it without asking anybody.
    pub fn passes(&self, why: &str) {
        for args in [&["mod", "verify"][..], &["build", "./..."]] {
            let output = self.house.sandbox.go(args);
            assert!(output.ok(), "{why}: {output}");
        }
    }

    /// What stands in the cache now.
    pub fn tree(&self) -> Tree {
        let cache = self.house.sandbox.modcache("");
        let kept = cache.join("cache/gomoddoc");
        let mut tree = Tree::new();
        let entries = walkdir::WalkDir::new(&cache).into_iter().filter_entry(|entry| entry.path() != kept);
        for entry in entries {
            let entry = entry.unwrap();
            let is_lock = entry.file_type().is_file() && is_lock(entry.path());
            if is_lock || entry.path() == cache || entry.path() == cache.join("cache") {
                continue;
            }
            let path = entry.path().strip_prefix(&cache).unwrap().to_owned();
            let mode = std::os::unix::fs::PermissionsExt::mode(&entry.metadata().unwrap().permissions());
            let what = if entry.file_type().is_dir() {
                "folder".to_owned()
            } else {
                Digest::of(entry.path()).unwrap().to_string()
            };
            tree.insert(path, format!("{mode:o} {what}"));
        }
        tree
    }

    /// The locks that stand in the cache now.
    pub fn locks(&self) -> BTreeSet<PathBuf> {
        let entries = walkdir::WalkDir::new(self.house.sandbox.modcache("")).into_iter().flatten();
        entries
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.into_path())
            .filter(|path| is_lock(path))
            .collect()
    }

    /// Of a tree, what belongs to none of `spots`.
    pub fn beside(&self, tree: &Tree, spots: &[&Spot]) -> Tree {
        let cache = self.house.sandbox.modcache("");
        let inside = |path: &Path| path.strip_prefix(&cache).unwrap().to_owned();
        let theirs: Vec<PathBuf> =
            spots.iter().flat_map(|spot| [inside(&spot.folder()), inside(&spot.downloads())]).collect();
        let intact = tree.iter().filter(|(path, _)| !theirs.iter().any(|folder| path.starts_with(folder)));
        intact.map(|(path, what)| (path.clone(), what.clone())).collect()
    }
}

fn is_lock(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "lock") || path.ends_with("cache/lock")
}

/// How two trees differ, for people.
pub fn difference(before: &Tree, after: &Tree) -> String {
    let gone = before.iter().filter(|(path, what)| after.get(*path) != Some(what));
    let come = after.iter().filter(|(path, what)| before.get(*path) != Some(what));
    let gone = gone.map(|(path, what)| format!("- {} {what}\n", path.display()));
    gone.chain(come.map(|(path, what)| format!("+ {} {what}\n", path.display()))).collect()
}
