//! Packages, checksums and missing imports against `go mod tidy` and `go list`.

use std::collections::{BTreeMap, BTreeSet};

use gomoddoc::golang::build_list::{self, BuildList, Input, Pruning, Source, needed_sums};
use gomoddoc::golang::imports::{ImportLookup, Loaded, Lookup, PackageImports, Scope, StandardLibrary, Tags, load};
use gomoddoc::golang::modfile::GoSum;

use super::main_module;
use super::world::{Random, VERSIONS, World, serve};
use crate::support::modules::{self, Module};
use crate::support::sandbox::Sandbox;
use crate::support::tools::have;

/// A package that is no test variant, with its module.
const PACKAGES: &str =
    "{{if .Module}}{{if not .ForTest}}{{.ImportPath}} {{.Module.Path}} {{.Module.Version}}{{end}}{{end}}";

type Files = BTreeMap<String, Vec<u8>>;

struct Case {
    world: World,
    go: &'static str,
    go_mod: String,
    files: Files,
}

/// Imports that only reach modules further down the list, so that no packages form a cycle.
fn some_imports(random: &mut Random, from: &[String], at_most: usize) -> String {
    let mut text = String::new();
    for _ in 0..random.below(at_most + 1) {
        if !from.is_empty() {
            let path = &from[random.below(from.len())];
            text.push_str(&format!("import _ \"{path}{}\"\n", random.choose(&["", "/p"])));
        }
    }
    text
}

fn package(random: &mut Random, name: &str, dir: &str, from: &[String], into: &mut Files) {
    let file = |name: &str| if dir.is_empty() { name.to_owned() } else { format!("{dir}/{name}") };
    let text = |imports: String, above: &str| {
        format!("{above}package {name}\n\nimport \"fmt\"\n{imports}\nvar _ = fmt.Sprint\n")
    };
    into.insert(file("lib.go"), text(some_imports(random, from, 2), "").into_bytes());
    if random.once_in(2) {
        into.insert(file("lib_test.go"), text(some_imports(random, from, 2), "").into_bytes());
    }
    if random.once_in(2) {
        into.insert(file("lib_windows.go"), text(some_imports(random, from, 1), "").into_bytes());
    }
    if random.once_in(3) {
        let above =
            random.choose(&["//go:build tagged\n\n", "// +build plan9 tagged\n\n", "//go:build !linux && tagged\n\n"]);
        into.insert(file("tagged.go"), text(some_imports(random, from, 1), above).into_bytes());
    }
    if random.once_in(3) {
        let ignored = "//go:build ignore\n\npackage main\n\nimport _ \"nowhere.test/x\"\n";
        into.insert(file("gen.go"), ignored.into());
    }
}

fn case(seed: u64) -> Case {
    let mut random = Random::new(seed);
    let mut world = World::new(seed, &mut random);
    let paths = world.paths.clone();
    for module in &mut world.modules {
        let place = paths.iter().position(|path| *path == module.path).unwrap();
        let required: Vec<String> = paths[place + 1..].iter().filter(|_| random.once_in(3)).cloned().collect();
        let go = random.choose(&["", "go 1.16", "go 1.17", "go 1.20"]);
        let mut go_mod = format!("module {}\n\n{go}\n\n", module.path);
        for path in &required {
            go_mod.push_str(&format!("require {path} {}\n", random.choose(&VERSIONS)));
        }
        module.files.clear();
        package(&mut random, "lib", "", &required, &mut module.files);
        package(&mut random, "p", "p", &required, &mut module.files);
        *module = module.clone().go_mod(&go_mod);
    }
    let go = random.choose(&["1.16", "1.18", "1.21", "1.25.0"]);
    let mut go_mod = format!("module {}\n\ngo {go}\n\n", world.main);
    let required: Vec<String> = paths.iter().filter(|_| random.once_in(2)).cloned().collect();
    for path in &required {
        go_mod.push_str(&format!("require {path} {}\n", random.choose(&VERSIONS)));
    }
    let mut files = Files::new();
    package(&mut random, "main", "", &required, &mut files);
    package(&mut random, "sub", "sub", &required, &mut files);
    Case { world, go, go_mod, files }
}

impl Case {
    fn files_of(&self, source: &Source) -> Option<&Files> {
        match source {
            Source::Main(_) => Some(&self.files),
            Source::Module(module) => {
                let same = |other: &&Module| other.path == module.path && other.version == module.version;
                self.world.modules.iter().find(same).map(|module| &module.files)
            }
            Source::Directory(_) => None,
        }
    }

    fn here<'a>(files: &'a Files, dir: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        files.iter().filter_map(move |(name, content)| {
            let (at, name) = name.rsplit_once('/').unwrap_or(("", name));
            (at == dir && name.ends_with(".go")).then_some((name, &content[..]))
        })
    }

    fn load(&self, go_mod: &str, tags: &Tags, scope: Scope) -> (BuildList, Loaded) {
        let input = Input { main_modules: vec![main_module(go_mod, "")], ..Default::default() };
        let list = build_list::load(&input, |source| self.world.mod_file(source));
        let has = |source: &Source, dir: &str| Some(Self::here(self.files_of(source)?, dir).next().is_some());
        let read = |source: &Source, dir: &str| Some(PackageImports::of(Self::here(self.files_of(source)?, dir), tags));
        let lookup = ImportLookup { build_list: &list, standard: &StandardLibrary::Assumed, has_package: &has };
        let named = [self.world.main.clone(), format!("{}/sub", self.world.main)];
        let loaded = load(lookup, &read, &named, &[], scope);
        (list, loaded)
    }
}

fn provided<'a>(loaded: &'a Loaded, wanted: impl Fn(&str) -> bool + 'a) -> BTreeSet<String> {
    let packages = loaded.packages.iter().filter(|(path, _)| wanted(path));
    packages
        .filter_map(|(path, package)| {
            package.module().map(|module| format!("{path} {} {}", module.path, module.version))
        })
        .collect()
}

fn lines(text: &str) -> BTreeSet<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

#[test]
fn packages_and_sums_agree_with_go_mod_tidy_and_go_list() {
    if !have(&["go"]) {
        return;
    }
    let mut sandbox = Sandbox::new();
    sandbox.set("GOOS", "linux").set("GOARCH", "amd64").set("CGO_ENABLED", "0");
    let platform = Tags::platform("linux", "amd64", false, 26, &[]);
    let cases: Vec<(u64, Case)> = (0..15).map(|seed| (seed, case(10_000 + seed))).collect();
    let proxied: Vec<Module> = cases.iter().flat_map(|(_, case)| case.world.modules.clone()).collect();
    serve(&mut sandbox, &proxied);
    let (mut missing_seen, mut implicit_seen, mut updates_seen) = (0, 0, 0);
    for (seed, case) in cases {
        let folder = format!("repo/{seed}");
        for (name, content) in &case.files {
            sandbox.write(&format!("{folder}/{name}"), content);
        }
        sandbox.write(&format!("{folder}/go.mod"), &case.go_mod);
        let dir = sandbox.path(&folder);
        let tidied = sandbox.run_in(&dir, "go", &["mod", "tidy"]);
        assert!(tidied.ok(), "seed {seed}: {tidied}");
        let go_mod = sandbox.read(&format!("{folder}/go.mod"));
        let go_sum = sandbox.read(&format!("{folder}/go.sum"));

        let (list, tidy) = case.load(&go_mod, &Tags::Any, Scope::tidy(case.go));
        assert!(list.is_complete() && !list.needs_update(), "seed {seed}: {go_mod}");
        assert_eq!(tidy.unresolved().count(), 0, "seed {seed}: {:#?}", tidy.unresolved().collect::<Vec<_>>());
        assert_eq!(tidy.implicitly_required(&list).len(), 0, "seed {seed}");
        let packages = tidy.packages.iter().filter_map(|(path, package)| Some((path.as_str(), package.module()?)));
        let sums = needed_sums(&list, packages);
        let ours: BTreeSet<_> = sums.graph.iter().chain(&sums.packages).cloned().collect();
        let theirs: BTreeSet<_> = GoSum::parse(go_sum.as_bytes()).by_key().into_keys().collect();
        if go_version_at_least_21(case.go) {
            assert_eq!(ours, theirs, "seed {seed}: {go_mod}");
        } else {
            // Before 1.21 tidy leaves out what only the go version of a package's module needs.
            assert!(ours.is_superset(&theirs), "seed {seed}: {:?}", theirs.difference(&ours).collect::<Vec<_>>());
        }

        let (_, all) = case.load(&go_mod, &platform, Scope::tidy(case.go));
        let theirs = sandbox.run_in(&dir, "go", &["list", "-f", PACKAGES, "all"]);
        assert_eq!(provided(&all, |path| all.packages[path].in_all), lines(&theirs.stdout), "seed {seed}: {theirs}");
        let (_, built) = case.load(&go_mod, &platform, Scope::Packages { tests: true });
        let theirs = sandbox.run_in(&dir, "go", &["list", "-deps", "-test", "-f", PACKAGES, "./..."]);
        let theirs: BTreeSet<String> = lines(&theirs.stdout)
            .into_iter()
            .filter(|line| !line.split(' ').next().unwrap().ends_with(".test"))
            .collect();
        assert_eq!(provided(&built, |_| true), theirs, "seed {seed}");

        // Without one of its requirements the module no longer finds all of its imports.
        let requirements: Vec<&str> =
            go_mod.lines().filter(|line| line.contains(".test/m") && line.contains(" v")).collect();
        if requirements.is_empty() {
            continue;
        }
        let taken = requirements[usize::try_from(seed).unwrap() % requirements.len()];
        let lacking = go_mod.replace(&format!("{taken}\n"), "");
        sandbox.write(&format!("{folder}/go.mod"), &lacking);
        sandbox.write(&format!("{folder}/go.sum"), modules::go_sum(&case.world.modules));
        let (list, built) = case.load(&lacking, &platform, Scope::Packages { tests: true });
        let format = "{{.ImportPath}}{{with .Error}} {{.Err}}{{end}}";
        let theirs = sandbox.run_in(&dir, "go", &["list", "-deps", "-test", "-e", "-f", format, "./..."]);
        let unlisted: BTreeSet<String> =
            built.implicitly_required(&list).into_iter().map(|(path, _)| path.to_owned()).collect();
        let needs_update = list.needs_update() || (list.pruning == Pruning::Pruned && !unlisted.is_empty());
        let context = format!("seed {seed}: {unlisted:?}\n{lacking}\n{theirs}");
        assert_eq!(theirs.stderr.contains("updates to go.mod needed"), needs_update, "{context}");
        if needs_update {
            updates_seen += 1;
            continue;
        }
        let after = |marker: &str| -> BTreeSet<String> {
            let found = theirs.stdout.lines().filter_map(|line| line.split_once(marker));
            found.map(|(_, rest)| rest.split([' ', ';', ':']).next().unwrap().to_owned()).collect()
        };
        let missing: BTreeSet<String> = built
            .unresolved()
            .filter(|(_, package)| matches!(package.lookup, Lookup::Missing(_)))
            .map(|(path, _)| path.to_owned())
            .collect();
        assert_eq!(missing, after("no required module provides package "), "seed {seed}: {lacking}\n{theirs}");
        let main_packages = [&case.world.main, &format!("{}/sub", case.world.main)];
        let main_packages = main_packages.map(|path| built.packages[path].imports.clone().unwrap());
        // go tells one for each importing package.
        let told = theirs.stdout.lines().filter_map(|line| line.split_once(" from implicitly required module"));
        let told: BTreeSet<String> = told.map(|(before, _)| before.rsplit(' ').next().unwrap().to_owned()).collect();
        // What only a test imports go list does not tell.
        let is_told = |path: &&String| main_packages.iter().any(|main| main.imports.contains_key(*path));
        assert_eq!(unlisted.iter().find(is_told).is_none(), told.is_empty(), "{context}");
        assert!(unlisted.is_superset(&told), "{context}");
        missing_seen += usize::from(!missing.is_empty());
        implicit_seen += usize::from(!unlisted.is_empty());
    }
    let seen = [missing_seen, implicit_seen, updates_seen];
    assert!(seen.iter().all(|count| *count > 0), "missing, implicit and updates in {seen:?} cases");
}

fn go_version_at_least_21(go: &str) -> bool {
    gomoddoc::golang::go_version::compare(go, "1.21").is_ge()
}
