use gomoddoc::catalog::Code;

use super::frame::{BUILD, Check, Go, Heal, TIDY, live};
use super::scene::{Scene, key, modules};
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::{Module, go_sum};
use crate::support::server::Plan;
use crate::support::sumdb::Sumdb;

/// The house with other modules on its proxy, this go.mod and these imports.
fn house(modules: &[Module], go_mod: &str, imports: &[&str]) -> Option<Scene> {
    let mut scene = Scene::healthy();
    scene.proxy(Plan::new(ModuleProxy::new(modules)));
    scene.sumdb(Plan::new(Sumdb::new(&key(), modules)));
    scene.sandbox.go_mod(go_mod).main_go(imports).write("repo/go.sum", go_sum(modules));
    Some(scene)
}

fn with_go_mod(text: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    scene.sandbox.write("repo/go.mod", text);
    Some(scene)
}

const REQUIRES_A: &str = "require example.dev/a v1.0.0\n\nrequire example.dev/b v1.2.0 // indirect\n";

/// A third module on the proxy, which nothing requires.
fn with_c() -> Vec<Module> {
    let mut all = modules();
    all.push(Module::new("example.dev/c", "v1.0.0").file("sub/pkg/pkg.go", "package pkg\n"));
    all
}

/// The house with everything that go.mod lists in its vendor folder, and then these imports.
fn vendored(imports: &[&str]) -> Option<Scene> {
    let mut scene = house(&with_c(), REQUIRES_A, &["example.dev/a"])?;
    let output = scene.sandbox.go(&["mod", "vendor"]);
    assert!(output.ok(), "{output}");
    scene.sandbox.main_go(imports);
    Some(scene)
}

/// What the author mended.
fn next() -> Module {
    Module::new("example.dev/a", "v1.1.0")
}

fn next_version(scene: &mut Scene) {
    scene.sandbox.go_mod("require example.dev/a v1.1.0\n");
}

live! {
    a_go_mod_with_conflict_markers {
        set_up: || with_go_mod(
            "module git.corp.example/team/app\n\ngo 1.21\n\n<<<<<<< HEAD\nrequire example.dev/a v1.0.0\n=======\n>>>>>>> x\n",
        ),
        go: Go::Fails(TIDY, "unknown directive: <<<<<<<"),
        check: Check::Cause(&[Code::GoModMalformed]),
        heal: Heal::ByHand("Take the marks out of go.mod", |scene| {
            scene.sandbox.go_mod("require example.dev/a v1.0.0\n");
        }),
    }
    no_go_mod {
        set_up: || {
            let scene = Scene::healthy();
            std::fs::remove_file(scene.sandbox.path("repo/go.mod")).expect("remove go.mod");
            Some(scene)
        },
        go: Go::Fails(TIDY, "go.mod file not found"),
        check: Check::Cause(&[Code::GoModMissing]),
        heal: Heal::Locally,
    }
    a_replacement_that_is_not_there {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.sandbox.go_mod("require example.dev/a v1.0.0\n\nreplace example.dev/a => ../a\n");
            Some(scene)
        },
        go: Go::Fails(TIDY, "replacement directory ../a does not exist"),
        check: Check::Cause(&[Code::ReplaceMissing]),
        heal: Heal::Locally,
    }
    a_version_that_does_not_fit_the_path {
        set_up: || with_go_mod("module git.corp.example/team/app\n\ngo 1.21\n\nrequire example.dev/a v2.0.0\n"),
        go: Go::Fails(TIDY, "should be v0 or v1, not v2"),
        check: Check::Cause(&[Code::InvalidVersion]),
        heal: Heal::ByHand("take a version that fits it", |scene| {
            scene.sandbox.go_mod("require example.dev/a v1.0.0\n");
        }),
    }
    a_module_that_calls_itself_otherwise {
        set_up: || {
            let renamed = Module::new("example.dev/a", "v1.0.0").go_mod("module example.dev/renamed\n\ngo 1.21\n");
            house(&[renamed, Module::new("example.dev/renamed", "v1.0.0")], "", &["example.dev/a"])
        },
        go: Go::Fails(TIDY, "module declares its path as: example.dev/renamed"),
        check: Check::Cause(&[Code::ModulePathMismatch]),
        heal: Heal::ByHand("import it as example.dev/renamed", |scene| {
            scene.sandbox.main_go(&["example.dev/renamed"]);
        }),
    }
    a_package_that_the_module_lacks {
        set_up: || house(&modules(), "require example.dev/a v1.0.0\n", &["example.dev/a/missing"]),
        go: Go::Fails(TIDY, "does not contain package example.dev/a/missing"),
        check: Check::Cause(&[Code::PackageNotInModule]),
        heal: Heal::ByHand("is spelt right", |scene| {
            scene.sandbox.main_go(&["example.dev/a"]);
        }),
    }
    a_package_that_no_module_has {
        set_up: || house(&modules(), "", &["example.dev/nowhere/pkg"]),
        go: Go::Fails(TIDY, "example.dev/nowhere/pkg"),
        check: Check::Cause(&[Code::PackageNotFound, Code::ModuleNotOnProxy]),
        heal: Heal::ByHand("is spelt right", |scene| {
            scene.sandbox.main_go(&["example.dev/a"]);
        }),
    }
    a_package_in_two_modules {
        set_up: || {
            let whole = Module::new("example.dev/a", "v1.0.0").file("sub/sub.go", "package sub\n");
            let part = Module::new("example.dev/a/sub", "v1.0.0");
            let requires = "require (\n\texample.dev/a v1.0.0\n\texample.dev/a/sub v1.0.0\n)\n";
            house(&[whole, part, next()], requires, &["example.dev/a/sub", "example.dev/a"])
        },
        go: Go::Fails(TIDY, "ambiguous import"),
        check: Check::Cause(&[Code::AmbiguousImport]),
        heal: Heal::Locally,
    }
    a_go_mod_that_lags_behind {
        set_up: || {
            let mut all = modules();
            all.push(Module::new("example.dev/b", "v1.1.0"));
            house(&all, "require example.dev/a v1.0.0\n\nrequire example.dev/b v1.1.0 // indirect\n", &["example.dev/a"])
        },
        go: Go::Fails(BUILD, "updates to go.mod needed"),
        check: Check::Cause(&[Code::GoModNeedsUpdate]),
        heal: Heal::Locally,
    }
    a_vendor_folder_out_of_step {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.sandbox.write("repo/vendor/modules.txt", "# example.dev/a v0.9.0\n## explicit; go 1.21\nexample.dev/a\n");
            scene.sandbox.write("repo/vendor/example.dev/a/lib.go", "package a\n");
            Some(scene)
        },
        go: Go::Fails(BUILD, "inconsistent vendoring"),
        check: Check::Cause(&[Code::VendorInconsistent]),
        heal: Heal::Locally,
    }
    a_workspace_with_a_missing_module {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.sandbox.write("repo/go.work", "go 1.21\n\nuse (\n\t.\n\t./tools\n)\n");
            Some(scene)
        },
        go: Go::Fails(BUILD, "cannot load module tools listed in go.work file"),
        check: Check::Cause(&[Code::WorkspaceMismatch]),
        heal: Heal::Locally,
    }
    a_workspace_of_an_older_go {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.sandbox.write("repo/go.work", "go 1.20\n\nuse .\n");
            Some(scene)
        },
        go: Go::Fails(BUILD, "go.work"),
        check: Check::Cause(&[Code::WorkspaceMismatch]),
        heal: Heal::Locally,
    }
    a_workspace_around_that_does_not_list_the_module {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.sandbox.write("go.work", "go 1.21\n\nuse ./other\n");
            scene.sandbox.write("other/go.mod", "module git.corp.example/team/other\n\ngo 1.21\n");
            Some(scene)
        },
        go: Go::Fails(BUILD, "go.work"),
        check: Check::Cause(&[Code::WorkspaceMismatch]),
        heal: Heal::Locally,
    }
    a_workspace_that_is_not_there {
        set_up: || {
            let mut scene = Scene::healthy();
            let gone = scene.sandbox.path("gone/go.work");
            scene.sandbox.set("GOWORK", gone);
            Some(scene)
        },
        go: Go::Fails(BUILD, "go.work"),
        check: Check::Cause(&[Code::WorkspaceMismatch]),
        heal: Heal::Locally,
    }
    /// go itself has read the later version's go.mod.
    a_version_that_its_author_took_back {
        set_up: || {
            let later = Module::new("example.dev/a", "v1.1.0")
                .go_mod("module example.dev/a\n\ngo 1.21\n\n// It forgets things.\nretract v1.0.0\n");
            let all = [Module::new("example.dev/a", "v1.0.0"), later];
            house(&all, "require example.dev/a v1.0.0\n", &["example.dev/a"])
        },
        go: Go::Passes(&["list", "-m", "-u", "-retracted", "all"]),
        check: Check::Warns(Code::ModuleRetracted),
    }
    a_deprecated_module {
        set_up: || {
            let old = Module::new("example.dev/a", "v1.0.0")
                .go_mod("// Deprecated: use example.dev/b.\nmodule example.dev/a\n\ngo 1.21\n");
            house(&[old], "require example.dev/a v1.0.0\n", &["example.dev/a"])
        },
        go: Go::Passes(TIDY),
        check: Check::Warns(Code::ModuleDeprecated),
    }
    a_package_that_the_newest_version_lacks {
        set_up: || house(&with_c(), REQUIRES_A, &["example.dev/a", "example.dev/c/missing"]),
        go: Go::Fails(TIDY, "module example.dev/c@latest found (v1.0.0), but does not contain package"),
        check: Check::Cause(&[Code::PackageNotInModule]),
        heal: Heal::ByHand("is spelt right", |scene| {
            scene.sandbox.main_go(&["example.dev/a"]);
        }),
    }
    an_import_that_is_no_path {
        set_up: || house(&modules(), REQUIRES_A, &["example.dev/a", "example.dev/b$d"]),
        go: Go::Fails(TIDY, "malformed import path \"example.dev/b$d\""),
        check: Check::Cause(&[Code::InvalidModulePath]),
        heal: Heal::ByHand("is spelt right", |scene| {
            scene.sandbox.main_go(&["example.dev/a"]);
        }),
    }
    an_import_that_is_no_path_in_a_build {
        set_up: || house(&modules(), REQUIRES_A, &["example.dev/a", "example.dev/b$d"]),
        go: Go::Fails(BUILD, "invalid import path: example.dev/b$d"),
        check: Check::Cause(&[Code::InvalidModulePath]),
        heal: Heal::ByHand("is spelt right", |scene| {
            scene.sandbox.main_go(&["example.dev/a"]);
        }),
    }
    a_requirement_that_is_no_path {
        set_up: || with_go_mod("module git.corp.example/team/app\n\ngo 1.21\n\nrequire example.dev/b$d v1.0.0\n"),
        go: Go::Fails(TIDY, "malformed module path \"example.dev/b$d\""),
        check: Check::Cause(&[Code::InvalidModulePath]),
        heal: Heal::ByHand("Correct go.mod line 5", |scene| {
            scene.sandbox.go_mod("require example.dev/b v1.2.0\n");
        }),
    }
    a_requirement_without_a_host {
        set_up: || house(&modules(), "require utils v0.0.0\n", &["utils/x"]),
        go: Go::Fails(TIDY, "malformed module path \"utils\""),
        check: Check::Cause(&[Code::InvalidModulePath]),
        heal: Heal::ByHand("Correct go.mod line 5", |scene| {
            scene.sandbox.go_mod(REQUIRES_A).main_go(&["example.dev/a"]);
        }),
    }
    an_import_that_go_mod_does_not_list {
        set_up: || house(&with_c(), REQUIRES_A, &["example.dev/a", "example.dev/c"]),
        go: Go::Fails(BUILD, "no required module provides package example.dev/c"),
        check: Check::Cause(&[Code::PackageNotFound]),
        heal: Heal::Locally,
    }
    /// The module with the longest path has no such package, and the one around it has.
    an_import_of_the_outer_module {
        set_up: || {
            let mut all = with_c();
            all.push(Module::new("example.dev/c/sub", "v1.0.0"));
            house(&all, REQUIRES_A, &["example.dev/a", "example.dev/c/sub/pkg"])
        },
        go: Go::Fails(BUILD, "no required module provides package example.dev/c/sub/pkg"),
        check: Check::Cause(&[Code::PackageNotFound]),
        heal: Heal::Locally,
    }
    a_vendored_repository {
        set_up: || vendored(&["example.dev/a"]),
        go: Go::Passes(BUILD),
        check: Check::Healthy,
    }
    an_import_that_is_not_vendored {
        set_up: || vendored(&["example.dev/a", "example.dev/c"]),
        go: Go::Fails(BUILD, "cannot find module providing package example.dev/c: import lookup disabled by -mod=vendor"),
        check: Check::Cause(&[Code::VendorInconsistent]),
        heal: Heal::Locally,
    }
    a_vendored_package_without_its_files {
        set_up: || {
            let scene = vendored(&["example.dev/a"])?;
            std::fs::remove_file(scene.sandbox.path("repo/vendor/example.dev/b/lib.go")).expect("remove the file");
            Some(scene)
        },
        go: Go::Fails(BUILD, "example.dev/b"),
        check: Check::Cause(&[Code::VendorInconsistent]),
        heal: Heal::Locally,
    }
    /// Since Go 1.23 the files alone are not enough.
    a_vendored_package_that_is_not_listed {
        since: 23,
        set_up: || {
            let mut scene = vendored(&["example.dev/a", "example.dev/c"])?;
            let text = scene.sandbox.read("repo/go.mod").replace("go 1.21", "go 1.23");
            scene.sandbox.write("repo/go.mod", text);
            scene.sandbox.write("repo/vendor/example.dev/c/lib.go", "package c\n");
            Some(scene)
        },
        go: Go::Fails(BUILD, "example.dev/c"),
        check: Check::Cause(&[Code::VendorInconsistent]),
        heal: Heal::Locally,
    }
    /// The module is in no go.mod that a pruned graph loads.
    a_module_further_down_that_calls_itself_otherwise {
        set_up: || {
            let log = Module::new("example.dev/Log", "v1.0.0").go_mod("module example.dev/log\n\ngo 1.21\n");
            let a = Module::new("example.dev/a", "v1.0.0").requires("example.dev/Log", "v1.0.0");
            let later = next().requires("example.dev/log", "v1.0.0");
            house(&[a, log, later, Module::new("example.dev/log", "v1.0.0")], "require example.dev/a v1.0.0\n", &["example.dev/a"])
        },
        go: Go::Fails(TIDY, "module declares its path as: example.dev/log"),
        check: Check::Cause(&[Code::ModulePathMismatch]),
        heal: Heal::Locally,
    }
    a_dependency_that_requires_what_cannot_be {
        set_up: || {
            let a = Module::new("example.dev/a", "v1.0.0").requires("example.dev/b", "v2.0.0");
            house(&[a, next()], "require example.dev/a v1.0.0\n", &["example.dev/a"])
        },
        go: Go::Fails(TIDY, "version \"v2.0.0\" invalid: should be v0 or v1, not v2"),
        check: Check::Cause(&[Code::InvalidVersion]),
        heal: Heal::ByHand("Take another version of example.dev/a", next_version),
    }
    a_package_of_our_own_that_is_not_there {
        set_up: || {
            let mut scene = house(&modules(), REQUIRES_A, &["example.dev/a", "git.corp.example/team/app/gen"])?;
            let directive = "//go:generate sh -c \"mkdir -p gen && echo 'package gen' >gen/gen.go\"";
            scene.sandbox.write("repo/doc.go", format!("package main\n\n{directive}\n"));
            Some(scene)
        },
        go: Go::Fails(BUILD, "no required module provides package git.corp.example/team/app/gen"),
        check: Check::Cause(&[Code::PackageNotFound]),
        heal: Heal::Locally,
    }
    a_replacement_that_no_proxy_has {
        set_up: || {
            let replaced = format!("{REQUIRES_A}\nreplace example.dev/a => example.dev/fork v1.0.0\n");
            house(&modules(), &replaced, &["example.dev/a"])
        },
        go: Go::Fails(TIDY, "example.dev/fork@v1.0.0: reading"),
        check: Check::Cause(&[Code::ModuleNotOnProxy]),
        heal: Heal::ByHand("See whether example.dev/fork@v1.0.0 exists", |scene| {
            scene.sandbox.go_mod(REQUIRES_A);
        }),
    }
    one_module_under_two_paths {
        set_up: || {
            let both = "require (\n\texample.dev/a v1.0.0\n\texample.dev/c v1.0.0\n)\n\nreplace example.dev/c => example.dev/a v1.0.0\n";
            house(&with_c(), both, &["example.dev/a", "example.dev/c"])
        },
        go: Go::Fails(TIDY, "used for two different module paths"),
        check: Check::Cause(&[Code::VersionConflict]),
        heal: Heal::Locally,
    }
    one_folder_under_two_paths {
        set_up: || {
            let both = "require (\n\texample.dev/c v1.0.0\n\texample.dev/d v1.0.0\n)\n\nreplace example.dev/c => ./c\n\nreplace example.dev/d => ./c\n";
            let mut scene = house(&[Module::new("example.dev/d", "v1.0.0")], both, &["example.dev/c", "example.dev/d"])?;
            scene.sandbox.write("repo/c/go.mod", "module example.dev/c\n\ngo 1.21\n").write("repo/c/c.go", "package c\n");
            Some(scene)
        },
        go: Go::Fails(TIDY, "./c@ used for two different module paths"),
        check: Check::Cause(&[Code::VersionConflict]),
        heal: Heal::Locally,
    }
    two_files_that_differ_in_case_only {
        set_up: || {
            let a = Module::new("example.dev/a", "v1.0.0").file("Lib.go", "package a\n");
            house(&[a, next()], "require example.dev/a v1.0.0\n", &["example.dev/a"])
        },
        go: Go::Fails(TIDY, "case-insensitive file name collision"),
        check: Check::Cause(&[Code::FileNameLimit]),
        heal: Heal::ByHand("Take another version of example.dev/a", next_version),
    }
    a_file_name_that_no_disk_takes {
        set_up: || {
            let name = format!("{}.go", "x".repeat(300));
            let a = Module::new("example.dev/a", "v1.0.0").file(&name, "package a\n");
            house(&[a, next()], "require example.dev/a v1.0.0\n", &["example.dev/a"])
        },
        go: Go::Fails(TIDY, "file name too long"),
        check: Check::Cause(&[Code::FileNameLimit]),
        heal: Heal::ByHand("Take another version of example.dev/a", next_version),
    }
}
