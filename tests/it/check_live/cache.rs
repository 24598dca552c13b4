use std::fs::File;

use gomoddoc::catalog::Code;

use super::frame::{BUILD, Check, DOWNLOAD, Go, Heal, TIDY, live};
use super::scene::Scene;
use crate::support::namespace::{self, Mount};
use crate::support::tools;

/// The cache is filled by the real go command, then this file of example.dev/a is overwritten.
fn damaged(file: &str, content: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    let filled = scene.sandbox.go(DOWNLOAD);
    assert!(filled.ok(), "{filled}");
    scene.sandbox.write(&format!("gopath/pkg/mod/cache/download/example.dev/a/@v/{file}"), content);
    Some(scene)
}

fn mounted(mount: fn(std::path::PathBuf) -> Mount) -> Option<Scene> {
    let possible = tools::have(&["unshare"]) && (namespace::available() || tools::skip("no mount namespace"));
    possible.then(|| {
        let mut scene = Scene::healthy();
        let gopath = scene.sandbox.path("gopath");
        scene.sandbox.mount(mount(gopath));
        scene
    })
}

live! {
    a_damaged_go_mod_in_the_cache {
        set_up: || damaged("v1.0.0.mod", "module example.dev/a\n\ngo 1.2"),
        go: Go::Fails(BUILD, "checksum mismatch"),
        check: Check::Cause(&[Code::CacheCorrupt]),
        heal: Heal::Locally,
    }
    a_damaged_ziphash_in_the_cache {
        set_up: || damaged("v1.0.0.ziphash", "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        go: Go::Fails(BUILD, "checksum mismatch"),
        check: Check::Cause(&[Code::CacheCorrupt]),
        heal: Heal::Locally,
    }
    a_damaged_zip_without_its_folder {
        set_up: || {
            let scene = damaged("v1.0.0.zip", "not a zip")?;
            let folder = scene.sandbox.modcache("example.dev/a@v1.0.0");
            let removed = scene.sandbox.run("sh", &["-c", &format!("chmod -R u+w '{0}' && rm -r '{0}'", folder.display())]);
            assert!(removed.ok(), "{removed}");
            Some(scene)
        },
        go: Go::Fails(BUILD, "zip: not a valid zip file"),
        check: Check::Cause(&[Code::CacheCorrupt]),
        heal: Heal::Locally,
    }
    /// A login page was stored as go.mod at a time when no checksum protected it.
    a_login_page_in_the_cache {
        set_up: || {
            let mut scene = damaged("v1.0.0.mod", "<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>\n")?;
            scene.sandbox.set("GOSUMDB", "off").write("repo/go.sum", "");
            Some(scene)
        },
        go: Go::Fails(TIDY, "parsing go.mod"),
        check: Check::Cause(&[Code::CacheWrongContent]),
        heal: Heal::Locally,
    }
    /// A running go holds such locks all the time, and one look cannot tell it from one that hangs: a note.
    a_lock_that_another_process_holds {
        set_up: || {
            let mut scene = Scene::healthy();
            let name = "gopath/pkg/mod/cache/download/example.dev/a/@v/v1.0.0.lock";
            scene.sandbox.write(name, "");
            let lock = File::options().write(true).open(scene.sandbox.path(name)).expect("open the lock");
            lock.lock().expect("lock");
            scene.hold(lock);
            Some(scene)
        },
        go: Go::Hangs(TIDY),
        check: Check::Warns(Code::CacheLock),
    }
    a_full_disk {
        set_up: || mounted(Mount::Full),
        go: Go::Fails(TIDY, "no space left on device"),
        check: Check::Cause(&[Code::DiskFull]),
        heal: Heal::Locally,
    }
    a_read_only_cache {
        set_up: || mounted(Mount::ReadOnly),
        go: Go::Fails(TIDY, "read-only file system"),
        check: Check::Cause(&[Code::CachePermission]),
        heal: Heal::Locally,
    }
    a_cache_where_nothing_can_be_made {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.sandbox.set("GOMODCACHE", "/proc/mod");
            Some(scene)
        },
        go: Go::Fails(TIDY, "could not create module cache"),
        check: Check::Cause(&[Code::CachePermission]),
        heal: Heal::Locally,
    }
    a_cache_whose_place_is_a_file {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.sandbox.write("gopath/pkg", "a file\n");
            Some(scene)
        },
        go: Go::Fails(TIDY, "not a directory"),
        check: Check::Cause(&[Code::CachePermission]),
        heal: Heal::Locally,
    }
}
