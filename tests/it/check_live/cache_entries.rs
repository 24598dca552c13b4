//! Each kind of damage to what the module cache holds of one module.

use gomoddoc::catalog::Code;

use super::frame::{BUILD, Check, DOWNLOAD, Go, Heal, TIDY, live};
use super::scene::Scene;
use crate::support::faults::Faults;
use crate::support::modules::Module;

const DOWNLOADS: &str = "gopath/pkg/mod/cache/download/example.dev/a/@v";

/// The cache is filled by the real go command, and then a shell does this, in the cache.
fn filled(script: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    damage(&mut scene, DOWNLOAD, script);
    Some(scene)
}

fn damage(scene: &mut Scene, fill: &[&str], script: &str) {
    let filled = scene.sandbox.go(fill);
    assert!(filled.ok(), "{filled}");
    let cache = scene.sandbox.path("gopath/pkg/mod");
    let done = scene.sandbox.run_in(&cache, "sh", &["-e", "-c", script]);
    assert!(done.ok(), "{done}");
}

/// The extracted folder is gone, so that go extracts the zip again, which another one has taken the place of.
fn other_zip(module: &Module) -> Option<Scene> {
    let mut scene = filled("chmod -R u+w example.dev && rm -r example.dev/a@v1.0.0")?;
    scene.sandbox.write(&format!("{DOWNLOADS}/v1.0.0.zip"), module.zip());
    Some(scene)
}

/// go has cloned the private repository and is to fetch the module again, into a clone in which this was done.
fn cloned(script: &str) -> Option<Scene> {
    let mut scene = Scene::private_over_https(Faults::new());
    let again = "chmod -R u+w . && rm -r cache/download git.corp.example && cd cache/vcs/*/";
    damage(&mut scene, DOWNLOAD, &format!("{again} && {script}"));
    Some(scene)
}

live! {
    a_clone_without_head {
        set_up: || cloned("rm HEAD"),
        go: Go::Fails(DOWNLOAD, "not a git repository"),
        check: Check::Cause(&[Code::CacheCorrupt]),
        heal: Heal::Locally,
    }
    a_clone_that_is_whole {
        set_up: || cloned("true"),
        go: Go::Passes(DOWNLOAD),
        check: Check::Healthy,
    }
    an_extracted_folder_without_its_source {
        set_up: || filled("chmod -R u+w example.dev && rm example.dev/a@v1.0.0/lib.go"),
        go: Go::Fails(BUILD, "example.dev/a"),
        check: Check::Cause(&[Code::CacheCorrupt]),
        heal: Heal::Locally,
    }
    /// go trusts a folder that it has extracted once.
    an_extracted_folder_with_a_changed_source {
        set_up: || filled("chmod -R u+w example.dev && echo '// more' >>example.dev/a@v1.0.0/lib.go"),
        go: Go::Passes(BUILD),
        check: Check::Warns(Code::CacheCorrupt),
    }
    an_extracted_folder_with_a_file_of_somebody {
        set_up: || filled("chmod -R u+w example.dev && echo 'package a' >example.dev/a@v1.0.0/more.go"),
        go: Go::Passes(BUILD),
        check: Check::Warns(Code::CacheCorrupt),
    }
    a_zip_with_a_name_that_is_not_allowed {
        set_up: || other_zip(&Module::new("example.dev/a", "v1.0.0").file("LIB.go", "package a\n")),
        go: Go::Fails(BUILD, "case-insensitive file name collision"),
        check: Check::Cause(&[Code::CacheCorrupt]),
        heal: Heal::Locally,
    }
    /// `.ziphash` says that the zip was verified, and go believes it.
    a_zip_of_another_content {
        set_up: || other_zip(&Module::new("example.dev/a", "v1.0.0").file("lib.go", "package a\n\n// Changed.\n")),
        go: Go::Passes(BUILD),
        check: Check::Warns(Code::CacheCorrupt),
    }
    a_ziphash_that_is_no_hash {
        set_up: || filled(
            "printf 'h2:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' >cache/download/example.dev/a/@v/v1.0.0.ziphash",
        ),
        go: Go::Fails(BUILD, "unexpected ziphash"),
        check: Check::Cause(&[Code::CacheCorrupt]),
        heal: Heal::Locally,
    }
    an_empty_ziphash {
        set_up: || filled(": >cache/download/example.dev/a/@v/v1.0.0.ziphash"),
        go: Go::Passes(BUILD),
        check: Check::Healthy,
    }
    a_go_mod_that_is_cut_off {
        set_up: || {
            let mut scene = filled("printf 'module' >cache/download/example.dev/a/@v/v1.0.0.mod")?;
            // Nothing holds it to a hash.
            scene.sandbox.set("GOSUMDB", "off").write("repo/go.sum", "");
            Some(scene)
        },
        go: Go::Fails(TIDY, "parsing"),
        check: Check::Cause(&[Code::CacheCorrupt]),
        heal: Heal::Locally,
    }
    a_lock_that_is_a_folder {
        set_up: || filled(
            "chmod -R u+w example.dev && rm -r example.dev/a@v1.0.0 && cd cache/download/example.dev/a/@v && \
             rm -f v1.0.0.lock && mkdir v1.0.0.lock",
        ),
        go: Go::Fails(BUILD, "is a directory"),
        check: Check::Cause(&[Code::CacheLock]),
        heal: Heal::Locally,
    }
    a_download_that_was_interrupted {
        set_up: || filled(": >cache/download/example.dev/a/@v/v1.0.0.partial"),
        go: Go::Passes(BUILD),
        check: Check::Healthy,
    }
    /// Another folder of the cache is no business of a build that does not need it.
    a_damaged_module_that_nothing_needs {
        set_up: || filled("mkdir -p cache/download/example.dev/z/@v && echo no >cache/download/example.dev/z/@v/v1.0.0.zip"),
        go: Go::Passes(BUILD),
        check: Check::Healthy,
    }
    a_cache_that_lacks_one_module {
        set_up: || filled("chmod -R u+w example.dev && rm -r example.dev/b@v1.2.0 cache/download/example.dev/b"),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
}
