use std::collections::BTreeMap;

use super::*;
use crate::golang::modfile::{GoMod, GoWork, ReadAs};
use crate::golang::module_path::ModuleVersion;
use crate::golang::platform::Os;

fn module(text: &str) -> ModuleVersion {
    let (path, version) = text.split_once('@').unwrap_or((text, ""));
    ModuleVersion::new(path, version)
}

fn main_module(text: &str, dir: &str) -> MainModule {
    MainModule::new(&GoMod::parse(text.as_bytes(), ReadAs::MainModule, Os::Linux), dir)
}

/// Loads `mains` with the go.mod files that `files` has, by `path@version` or directory. In them
/// `;` stands for a line break.
fn load_from(input: &Input, files: &[(&str, &str)]) -> BuildList {
    let files: BTreeMap<&str, String> = files.iter().map(|(key, text)| (*key, text.replace(';', "\n"))).collect();
    load(input, |source| {
        let key = match source {
            Source::Main(_) => panic!("asked for a main module"),
            Source::Module(module) => module.to_string(),
            Source::Directory(dir) => dir.clone(),
        };
        files.get(key.as_str()).map_or(ModFile::Missing, |text| ModFile::read(text.as_bytes(), Os::Linux))
    })
}

fn load_one(main: &str, files: &[(&str, &str)]) -> BuildList {
    let main_modules = vec![main_module(&main.replace(';', "\n"), "")];
    load_from(&Input { main_modules, running_go: Some("1.26.0".into()), ..Default::default() }, files)
}

fn names(list: &BuildList) -> Vec<String> {
    list.modules().iter().map(ToString::to_string).collect()
}

#[test]
fn pruning_leaves_out_what_only_pruned_modules_require() {
    let files = [
        ("a.x/a@v1.0.0", "module a.x/a;go 1.20;require b.x/b v1.0.0"),
        ("b.x/b@v1.0.0", "module b.x/b;go 1.20;require c.x/c v1.0.0"),
        ("c.x/c@v1.0.0", "module c.x/c"),
    ];
    let pruned = load_one("module m.x/m;go 1.20;require a.x/a v1.0.0", &files);
    assert_eq!(names(&pruned), ["m.x/m", "a.x/a@v1.0.0", "b.x/b@v1.0.0"]);
    assert!(pruned.is_complete());
    let whole = load_one("module m.x/m;go 1.16;require a.x/a v1.0.0", &files);
    assert_eq!(names(&whole), ["m.x/m", "a.x/a@v1.0.0", "b.x/b@v1.0.0", "c.x/c@v1.0.0"]);
    let without_line = load_one("module m.x/m;require a.x/a v1.0.0", &files);
    assert_eq!(without_line.pruning, Pruning::Unpruned);
    // Below a module without pruning, everything counts.
    let mut files = files;
    files[0].1 = "module a.x/a;go 1.16;require b.x/b v1.0.0";
    assert_eq!(names(&load_one("module m.x/m;go 1.20;require a.x/a v1.0.0", &files)).len(), 4);
}

#[test]
fn missing_and_broken_files_are_named_with_their_chain() {
    let list = load_one(
        "module m.x/m;go 1.16;require a.x/a v1.0.0;require b.x/b v1.0.0",
        &[
            ("a.x/a@v1.0.0", "module a.x/a;require c.x/c v1.0.0;require d.x/d v1.0.0;require e.x/e v1.0.0"),
            ("c.x/c@v1.0.0", "modul c.x/c"),
            ("d.x/d@v1.0.0", "module other.x/d"),
            ("e.x/e@v1.0.0", "require f.x/f v1.0.0"),
        ],
    );
    assert!(!list.is_complete());
    let found: Vec<(String, ModFileProblem, usize)> = list
        .problems
        .iter()
        .map(|problem| (problem.module.to_string(), problem.problem.clone(), problem.chain.len()))
        .collect();
    assert_eq!(
        found,
        [
            ("b.x/b@v1.0.0".into(), ModFileProblem::Missing, 2),
            ("c.x/c@v1.0.0".into(), ModFileProblem::NoModuleLine, 3),
            ("d.x/d@v1.0.0".into(), ModFileProblem::OtherModule { declared: "other.x/d".into() }, 3),
            ("e.x/e@v1.0.0".into(), ModFileProblem::NoModuleLine, 3),
        ]
    );
    let broken = load_one("module m.x/m;go 1.16;require a.x/a v1.0.0", &[("a.x/a@v1.0.0", "<html>")]);
    assert!(matches!(broken.problems[0].problem, ModFileProblem::Broken | ModFileProblem::NoModuleLine));
}

#[test]
fn requirements_below_the_selected_version_are_stale() {
    let list = load_one(
        "module m.x/m;go 1.21;require (;a.x/a v1.0.0;b.x/b v1.0.0;)",
        &[
            ("a.x/a@v1.0.0", "module a.x/a;go 1.22;require b.x/b v1.2.0"),
            ("b.x/b@v1.0.0", "module b.x/b"),
            ("b.x/b@v1.2.0", "module b.x/b;go 1.20;require c.x/c v1.0.0"),
            ("c.x/c@v1.0.0", "module c.x/c"),
        ],
    );
    let stale: Vec<(String, &str)> = list.stale.iter().map(|s| (s.listed.to_string(), s.selected.as_str())).collect();
    assert_eq!(stale, [("b.x/b@v1.0.0".into(), "v1.2.0"), ("go@1.21".into(), "1.22")]);
    assert_eq!(list.stale[0].chain.last().unwrap().to_string(), "b.x/b@v1.2.0");
    // The raised requirement brings its own requirements into the graph.
    assert_eq!(names(&list), ["m.x/m", "a.x/a@v1.0.0", "b.x/b@v1.2.0", "c.x/c@v1.0.0"]);
    assert_eq!((list.go(), list.root_version("b.x/b")), ("1.22", Some("v1.2.0")));
}

#[test]
fn a_dependency_may_need_a_newer_go() {
    let list = load_one(
        "module m.x/m;go 1.21;require a.x/a v1.0.0",
        &[("a.x/a@v1.0.0", "module a.x/a;go 1.99;require b.x/b v1.0.0"), ("b.x/b@v1.0.0", "module b.x/b")],
    );
    assert_eq!(list.problems.len(), 1);
    assert_eq!(list.problems[0].problem, ModFileProblem::NeedsGo { version: "1.99".into() });
    assert!(list.is_complete());
    assert_eq!(list.go(), "1.99");
}

#[test]
fn replacements_and_exclusions() {
    let list = load_one(
        "module m.x/m;go 1.16;require a.x/a v1.0.0;require b.x/b v1.0.0;replace a.x/a => ./a;exclude b.x/b v1.0.0;exclude c.x/c v1.1.0",
        &[
            ("./a", "module whatever;require c.x/c v1.1.0;require d.x/d v1.0.0"),
            ("d.x/d@v1.0.0", "module d.x/d;require c.x/c v1.0.0;replace c.x/c => ./nowhere"),
            ("c.x/c@v1.0.0", "module c.x/c"),
        ],
    );
    assert!(list.is_complete(), "{:?}", list.problems);
    assert_eq!(names(&list), ["m.x/m", "a.x/a@v1.0.0", "c.x/c@v1.0.0", "d.x/d@v1.0.0"]);
    assert_eq!(list.excluded, [module("b.x/b@v1.0.0")]);
    assert_eq!(list.replacements.source(&module("a.x/a@v1.0.0")), Source::Directory("./a".into()));
}

#[test]
fn cycles_through_the_main_module_end() {
    let list = load_one(
        "module m.x/m;go 1.16;require a.x/a v1.0.0",
        &[
            ("a.x/a@v1.0.0", "module a.x/a;require m.x/m v1.5.0;require a.x/a v0.9.0"),
            ("a.x/a@v0.9.0", "module a.x/a;require a.x/a v1.0.0"),
            ("m.x/m@v1.5.0", "module m.x/m;require z.x/z v1.0.0"),
            ("z.x/z@v1.0.0", "module z.x/z"),
        ],
    );
    assert_eq!(names(&list), ["m.x/m", "a.x/a@v1.0.0", "z.x/z@v1.0.0"]);
}

#[test]
fn workspaces_share_one_list() {
    let work = GoWork::parse(b"go 1.22\nuse ./m\nuse ./n\nreplace c.x/c => ./c\n", Os::Linux);
    let input = Input {
        main_modules: vec![
            main_module("module m.x/m\ngo 1.20\nrequire a.x/a v1.0.0\nrequire n.x/n v0.0.1\n", "./m"),
            main_module("module n.x/n\ngo 1.20\nrequire a.x/a v1.1.0\nreplace b.x/b => ../b\n", "./n"),
        ],
        workspace: Some((&work).into()),
        running_go: None,
    };
    let list = load_from(
        &input,
        &[
            ("a.x/a@v1.0.0", "module a.x/a;go 1.20"),
            ("a.x/a@v1.1.0", "module a.x/a;go 1.20;require b.x/b v1.0.0"),
            ("n.x/n@v0.0.1", "module n.x/n"),
            ("./b", "module b.x/b;go 1.20;require c.x/c v1.0.0"),
            ("./c", "module c.x/c"),
        ],
    );
    assert_eq!(list.pruning, Pruning::Workspace);
    assert_eq!(names(&list), ["m.x/m", "n.x/n", "a.x/a@v1.1.0", "b.x/b@v1.0.0", "c.x/c@v1.0.0"]);
    assert!(list.is_complete() && list.stale.is_empty());
}

#[test]
fn sums() {
    let list = load_one(
        "module m.x/m;go 1.20;require a.x/a v1.0.0;require a.x/a/b v1.0.0;require r.x/r v1.0.0;replace r.x/r => ./r",
        &[
            ("a.x/a@v1.0.0", "module a.x/a;go 1.20;require c.x/c v1.0.0"),
            ("a.x/a/b@v1.0.0", "module a.x/a/b;go 1.20"),
            ("./r", "module r.x/r"),
        ],
    );
    let sums = needed_sums(&list, [("a.x/a/b/p", &module("a.x/a/b@v1.0.0")), ("c.x/c", &module("c.x/c@v1.0.0"))]);
    let text =
        |keys: &std::collections::BTreeSet<ModuleVersion>| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(text(&sums.graph), ["a.x/a@v1.0.0/go.mod", "a.x/a/b@v1.0.0/go.mod"]);
    assert_eq!(
        text(&sums.packages),
        ["a.x/a@v1.0.0", "a.x/a/b@v1.0.0", "a.x/a/b@v1.0.0/go.mod", "c.x/c@v1.0.0", "c.x/c@v1.0.0/go.mod"]
    );
    let missing = sums.missing(|key| key.path != "c.x/c");
    assert_eq!(missing.len(), 2);
}

#[test]
fn retractions_and_deprecation() {
    let latest = "// Deprecated: use b.x/b.\nmodule a.x/a\nretract [v1.0.0, v1.2.0] // broken\nretract v1.1.0\n";
    let ModFile::Known(latest) = ModFile::read(latest.as_bytes(), Os::Linux) else { panic!("not read") };
    let list = load_one("module m.x/m;go 1.20;replace r.x/r => ./r", &[]);
    let notices = |text: &str| author_notices(&module(text), &latest, &list.replacements);
    assert_eq!(
        notices("a.x/a@v1.1.0"),
        [
            AuthorNotice::Retracted { rationales: vec!["broken".into()] },
            AuthorNotice::Deprecated { message: "use b.x/b.".into() }
        ]
    );
    assert_eq!(notices("a.x/a@v1.3.0").len(), 1);
    assert_eq!(notices("r.x/r@v1.1.0"), []);
    assert_eq!(notices("a.x/a"), []);
}
