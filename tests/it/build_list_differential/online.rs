//! One large real module from the public module proxy.

use std::path::Path;

use gomoddoc::golang::build_list::{self, Input, ModFile, Source, needed_sums};
use gomoddoc::golang::imports::{
    Entry, EntryKind, IgnorePatterns, ImportLookup, Lookup, PackageImports, Scope, StandardLibrary, Tags, load,
    package_dirs,
};
use gomoddoc::golang::modfile::GoSum;
use gomoddoc::golang::module_path::{escape_path, escape_version};
use gomoddoc::golang::platform::Os;

use super::{MODULES, lines, list_of, main_module};
use crate::support::sandbox::Sandbox;
use crate::support::tools::{have, online};

const MODULE: &str = "github.com/prometheus/prometheus";
const VERSION: &str = "v0.54.1";

fn entries(dir: &Path) -> Option<Vec<Entry>> {
    let entries = std::fs::read_dir(dir).ok()?.flatten().map(|entry| {
        let kind = match entry.file_type() {
            Ok(kind) if kind.is_dir() => EntryKind::Directory,
            Ok(kind) if kind.is_file() => EntryKind::File,
            _ => EntryKind::Other,
        };
        Entry { name: entry.file_name().to_string_lossy().into_owned(), kind }
    });
    Some(entries.collect())
}

#[test]
fn a_large_module_has_the_build_list_of_go() {
    if !have(&["go"]) || !online() {
        return;
    }
    let mut sandbox = Sandbox::new();
    // The default proxy and checksum database: go.env of the go command names them.
    sandbox.unset("GOPROXY").unset("GOSUMDB").set("GOFLAGS", "-mod=mod").limit(std::time::Duration::from_secs(300));
    let download = sandbox.go(&["mod", "download", "-json", &format!("{MODULE}@{VERSION}")]);
    assert!(download.ok(), "{download}");
    let source = sandbox.modcache(&format!("{MODULE}@{VERSION}"));
    let read = |name: &str| std::fs::read_to_string(source.join(name)).unwrap();
    let (go_mod, go_sum) = (read("go.mod"), read("go.sum"));
    sandbox.write("repo/go.mod", &go_mod).write("repo/go.sum", &go_sum);
    let theirs = sandbox.go(&["list", "-m", "-f", MODULES, "all"]);
    assert!(theirs.ok(), "{theirs}");

    let mod_file = |wanted: &Source| {
        let Source::Module(module) = wanted else { return ModFile::Missing };
        let (Ok(path), Ok(version)) = (escape_path(&module.path), escape_version(&module.version)) else {
            return ModFile::Missing;
        };
        let file = sandbox.modcache(&format!("cache/download/{path}/@v/{version}.mod"));
        std::fs::read(file).map_or(ModFile::Missing, |content| ModFile::read(&content, Os::Linux))
    };
    let input = Input { main_modules: vec![main_module(&go_mod, "")], ..Default::default() };
    let ours = build_list::load(&input, mod_file);
    assert!(ours.is_complete() && !ours.needs_update(), "{:?} {:?}", ours.problems, ours.stale);
    assert_eq!(lines(&ours), list_of(&theirs.stdout));

    let inside = |dir: &str| if dir.is_empty() { source.clone() } else { source.join(dir) };
    let tree = package_dirs(&IgnorePatterns::default(), |dir| entries(&inside(dir)));
    assert!(tree.packages.len() > 80, "only {} packages", tree.packages.len());
    let named: Vec<String> = tree
        .packages
        .iter()
        .map(|package| format!("{MODULE}/{}", package.dir).trim_end_matches('/').to_owned())
        .collect();
    let has = |wanted: &Source, dir: &str| match wanted {
        Source::Main(_) => Some(tree.packages.iter().any(|package| package.dir == dir)),
        _ => None,
    };
    let read = |wanted: &Source, dir: &str| {
        let Source::Main(_) = wanted else { return None };
        let package = tree.packages.iter().find(|package| package.dir == dir)?;
        let contents: Vec<(&str, Vec<u8>)> = package
            .go_files
            .iter()
            .map(|name| (name.as_str(), std::fs::read(inside(dir).join(name)).unwrap()))
            .collect();
        Some(PackageImports::of(contents.iter().map(|(name, content)| (*name, &content[..])), &Tags::Any))
    };
    let lookup = ImportLookup { build_list: &ours, standard: &StandardLibrary::Assumed, has_package: &has };
    let loaded = load(lookup, &read, &named, &[], Scope::tidy(ours.go()));
    // What other modules hold is not at hand; but each import falls into one that is listed.
    for (path, package) in loaded.unresolved() {
        assert!(matches!(package.lookup, Lookup::Undecided { .. }), "{path}: {:?}", package.lookup);
    }
    assert!(loaded.unresolved().count() > 100);
    let keys = GoSum::parse(go_sum.as_bytes());
    let keys = keys.by_key();
    let missing = needed_sums(&ours, std::iter::empty()).missing(|key| keys.contains_key(key));
    assert_eq!(missing, []);
}
