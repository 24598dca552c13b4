use super::*;
use crate::golang::build_list::{self, Input, MainModule, ModFile, ModSummary, Replace, Requirement};
use crate::golang::imports::{StandardLibrary, Tags};

/// A small world: modules by `path@version`, each with files by name.
struct World {
    files: BTreeMap<&'static str, Vec<(&'static str, &'static str)>>,
    mod_files: BTreeMap<&'static str, ModSummary>,
}

fn module(text: &str) -> ModuleVersion {
    let (path, version) = text.split_once('@').unwrap_or((text, ""));
    ModuleVersion::new(path, version)
}

fn summary(path: &str, go: &str, require: &str) -> ModSummary {
    let require = require.split_whitespace().map(|text| Requirement { module: module(text), indirect: false });
    ModSummary { module_path: Some(path.into()), go: Some(go.into()), require: require.collect(), ..Default::default() }
}

impl World {
    fn key(source: &Source) -> String {
        match source {
            Source::Main(_) => "main".into(),
            Source::Module(module) => module.to_string(),
            Source::Directory(dir) => dir.clone(),
        }
    }

    fn has(&self, source: &Source, dir: &str) -> Option<bool> {
        let files = self.files.get(Self::key(source).as_str())?;
        Some(files.iter().any(|(name, _)| name.rsplit_once('/').map_or("", |(dir, _)| dir) == dir))
    }

    fn read(&self, source: &Source, dir: &str) -> Option<PackageImports> {
        let files = self.files.get(Self::key(source).as_str())?;
        let here = files.iter().filter_map(|(name, content)| {
            let (at, name) = name.rsplit_once('/').unwrap_or(("", name));
            (at == dir).then_some((name, content.as_bytes()))
        });
        Some(PackageImports::of(here, &Tags::Any))
    }

    fn load(&self, main: ModSummary, named: &[&str], tools: &[&str], scope: Scope) -> (BuildList, Loaded) {
        let input = Input { main_modules: vec![MainModule { file: main, dir: String::new() }], ..Default::default() };
        let list = build_list::load(&input, |source| {
            self.mod_files.get(Self::key(source).as_str()).map_or(ModFile::Missing, |file| ModFile::Known(file.clone()))
        });
        let has = |source: &Source, dir: &str| self.has(source, dir);
        let read = |source: &Source, dir: &str| self.read(source, dir);
        let lookup = ImportLookup { build_list: &list, standard: &StandardLibrary::Assumed, has_package: &has };
        let owned = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
        let loaded = load(lookup, &read, &owned(named), &owned(tools), scope);
        (list, loaded)
    }
}

fn world() -> World {
    World {
        files: BTreeMap::from([
            (
                "main",
                vec![
                    ("m.go", "package m\nimport (\n\t\"fmt\"\n\t\"a.x/a/p\"\n\t\"m.x/m/sub\"\n)\n"),
                    ("m_test.go", "package m\nimport \"t.x/t\"\n"),
                    ("sub/s.go", "package sub\nimport \"gone.x/gone/deep/p\"\n"),
                ],
            ),
            (
                "a.x/a@v1.0.0",
                vec![("p/p.go", "package p\nimport \"b.x/b\""), ("p/p_test.go", "package p\nimport \"c.x/c\"")],
            ),
            ("b.x/b@v1.0.0", vec![("b.go", "package b"), ("b_test.go", "package b; import \"./x\"")]),
            ("c.x/c@v1.0.0", vec![("c.go", "package c"), ("c_test.go", "package c; import \"d.x/never\"")]),
            ("t.x/t@v1.0.0", vec![("t.go", "package t"), ("cmd/tool/main.go", "package main\nimport \"a.x/a/p\"")]),
        ]),
        mod_files: BTreeMap::from([
            ("a.x/a@v1.0.0", summary("a.x/a", "1.20", "b.x/b@v1.0.0 c.x/c@v1.0.0")),
            ("b.x/b@v1.0.0", summary("b.x/b", "1.20", "")),
            ("c.x/c@v1.0.0", summary("c.x/c", "1.20", "")),
            ("t.x/t@v1.0.0", summary("t.x/t", "1.20", "")),
        ]),
    }
}

#[test]
fn tidy_looks_at_the_tests_of_what_is_imported() {
    let main = summary("m.x/m", "1.20", "a.x/a@v1.0.0 t.x/t@v1.0.0");
    let (list, loaded) = world().load(main, &["m.x/m", "m.x/m/sub"], &["t.x/t/cmd/tool"], Scope::tidy("1.20"));
    assert!(list.is_complete(), "{:?}", list.problems);
    let of = |path: &str| loaded.packages.get(path).unwrap();
    assert_eq!(of("fmt").lookup, Lookup::Standard);
    assert_eq!(of("b.x/b").module(), Some(&module("b.x/b@v1.0.0")));
    assert!(of("b.x/b").in_all && of("t.x/t").in_all && of("t.x/t/cmd/tool").in_all);
    // The test of a dependency is loaded, but what it imports is not in all, so its test is not.
    assert!(!of("c.x/c").in_all && !loaded.packages.contains_key("d.x/never"));
    assert!(matches!(of("./x").lookup, Lookup::Invalid(_)));
    let Lookup::Missing(candidates) = &of("gone.x/gone/deep/p").lookup else { panic!("not missing") };
    assert_eq!(candidates.modules, ["gone.x/gone/deep/p", "gone.x/gone/deep", "gone.x/gone", "gone.x"]);
    assert!(candidates.graph_complete);
    assert_eq!(loaded.chain("c.x/c"), ["m.x/m", "a.x/a/p", "c.x/c"]);
    let by = of("gone.x/gone/deep/p").imported_by.as_ref().unwrap();
    assert_eq!((by.package.as_str(), by.position.file.as_str(), by.position.line), ("m.x/m/sub", "s.go", 2));
    assert_eq!(loaded.unresolved().count(), 2);
}

#[test]
fn builds_look_at_the_tests_of_named_packages_only() {
    let main = summary("m.x/m", "1.20", "a.x/a@v1.0.0 t.x/t@v1.0.0");
    let (_, loaded) = world().load(main.clone(), &["m.x/m"], &[], Scope::Packages { tests: false });
    assert!(!loaded.packages.contains_key("t.x/t") && !loaded.packages.contains_key("c.x/c"));
    let (_, loaded) = world().load(main, &["m.x/m"], &[], Scope::Packages { tests: true });
    assert!(loaded.packages.contains_key("t.x/t") && !loaded.packages.contains_key("c.x/c"));
}

#[test]
fn what_is_not_in_the_cache_cannot_be_told() {
    let mut world = world();
    world.files.remove("a.x/a@v1.0.0");
    let main = summary("m.x/m", "1.20", "a.x/a@v1.0.0 t.x/t@v1.0.0");
    let (_, loaded) = world.load(main, &["m.x/m"], &[], Scope::tidy("1.20"));
    let package = loaded.packages.get("a.x/a/p").unwrap();
    assert_eq!(package.lookup, Lookup::Undecided { unknown: vec![module("a.x/a@v1.0.0")], found: None });
}

#[test]
fn two_modules_may_provide_one_package() {
    let mut world = world();
    world.files.insert("a.x/a/p@v1.0.0", vec![("p.go", "package p")]);
    world.mod_files.insert("a.x/a/p@v1.0.0", summary("a.x/a/p", "1.20", ""));
    let main = summary("m.x/m", "1.20", "a.x/a@v1.0.0 a.x/a/p@v1.0.0");
    let (_, loaded) = world.load(main, &["m.x/m"], &[], Scope::tidy("1.20"));
    let package = loaded.packages.get("a.x/a/p").unwrap();
    assert_eq!(package.lookup, Lookup::Ambiguous(vec![module("a.x/a@v1.0.0"), module("a.x/a/p@v1.0.0")]));
}

#[test]
fn replacements_outside_the_list_are_tried_first() {
    let mut main = summary("m.x/m", "1.20", "");
    for (old, new) in [("gone.x/gone", "../gone"), ("gone.x/gone/deep/p@v1.2.0", "x.x/x@v1.0.0"), ("fmtt", "../fmtt")] {
        main.replace.push(Replace { old: module(old), new: module(new) });
    }
    let (list, _) = world().load(main, &[], &[], Scope::tidy("1.20"));
    let has = |_: &Source, _: &str| Some(false);
    let lookup = ImportLookup { build_list: &list, standard: &StandardLibrary::Listed([].into()), has_package: &has };
    let Lookup::Missing(candidates) = lookup.find("gone.x/gone/deep/p") else { panic!("not missing") };
    let replaced: Vec<String> = candidates.replaced.iter().map(ToString::to_string).collect();
    assert_eq!(replaced, ["gone.x/gone/deep/p@v1.2.0", "gone.x/gone@v0.0.0-00010101000000-000000000000"]);
    let Lookup::NotInStandardLibrary(candidates) = lookup.find("fmtt/x") else { panic!("not reserved") };
    assert_eq!((candidates.replaced.len(), candidates.modules.len()), (1, 0));
}

#[test]
fn requirements_that_are_not_listed_are_found() {
    let mut world = world();
    world.files.insert("main", vec![("m.go", "package m\nimport \"a.x/a/p\"\nimport \"b.x/b\"\n")]);
    let unlisted = |world: &World, go: &str, require: &str| {
        let (list, loaded) = world.load(summary("m.x/m", go, require), &["m.x/m"], &[], Scope::tidy(go));
        loaded.implicitly_required(&list).into_iter().map(|(path, _)| path.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(unlisted(&world, "1.20", "a.x/a@v1.0.0"), ["b.x/b"]);
    assert_eq!(unlisted(&world, "1.16", "a.x/a@v1.0.0"), ["b.x/b"]);
    world.files.insert("main", vec![("m.go", "package m\nimport \"a.x/a/p\"\n")]);
    assert_eq!(unlisted(&world, "1.20", "a.x/a@v1.0.0"), ["b.x/b"]);
    assert_eq!(unlisted(&world, "1.16", "a.x/a@v1.0.0"), [] as [&str; 0]);
    assert_eq!(unlisted(&world, "1.20", "a.x/a@v1.0.0 b.x/b@v1.0.0"), [] as [&str; 0]);
}
