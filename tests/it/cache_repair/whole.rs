//! What lies in a cache beside modules: clones, names that go never finds, the checksum database's store.

use std::path::Path;

use serde_json::Value;

use crate::cache_verify::house::write;
use crate::cache_verify::sumdb_store;
use crate::support::child::Output;
use crate::support::modules::Module;
use crate::support::sandbox::Sandbox;
use crate::support::tools;
use gomoddoc::remedy::Digest;

/// A file, what becomes of it, and what that is.
type Damage<'a> = (&'a Path, &'a dyn Fn(&mut Vec<u8>), &'a str);

/// Repairs the whole cache, which then is healthy; `go` passes; and all is taken back.
fn repaired(sandbox: &Sandbox, damaged: &[&Path], go: &[&str], why: &str) {
    let cache = sandbox.modcache("");
    let run = |args: &[&str]| -> (Output, Value) {
        let all = ["--format", "json", "--modcache", cache.to_str().unwrap()];
        let output = sandbox.gomoddoc(&[&["cache"], args, &all].concat());
        let document = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output}"));
        (output, document)
    };
    let digests = || damaged.iter().map(|path| Digest::of(path).unwrap()).collect::<Vec<_>>();
    let before = digests();
    assert_ne!(run(&["verify"]).1["verdict"], "healthy", "{why}");
    let (output, document) = run(&["repair", "--yes"]);
    assert_eq!(output.code, Some(0), "{why}: {output}");
    assert!(document["journal"].is_string(), "{why}: {output}");
    assert_eq!(run(&["verify"]).1["verdict"], "healthy", "{why}");
    let undone = sandbox.gomoddoc(&["fix", "--undo"]);
    assert!(undone.ok(), "{why}: {undone}");
    assert_eq!(digests(), before, "{why}");
    let (again, _) = run(&["repair", "--yes"]);
    assert_eq!(again.code, Some(0), "{why}: {again}");
    if !go.is_empty() {
        let passed = sandbox.go(go);
        assert!(passed.ok(), "{why}: {passed}");
        assert_eq!(run(&["verify"]).1["verdict"], "healthy", "{why}");
    }
}

#[test]
fn names_that_go_never_finds_are_moved_away() {
    let mut sandbox = Sandbox::new();
    let module = Module::new("example.com/Upper", "v1.0.0");
    let zip = "gopath/pkg/mod/cache/download/example.com/Upper/@v/v1.0.0.zip";
    sandbox.write(zip, module.zip());
    sandbox.write("gopath/pkg/mod/example.com/Upper@v1.0.0/lib.go", "package upper\n");
    let (zip, folder) = (sandbox.path(zip), sandbox.modcache("example.com/Upper@v1.0.0"));
    repaired(&sandbox, &[&zip, &folder], &[], "misnamed");
    assert!(!zip.exists() && !folder.exists());
}

#[test]
fn the_store_of_the_checksum_database_is_made_anew() {
    if !tools::have(&["go"]) {
        return;
    }
    let (sandbox, _server) = sumdb_store::made();
    let store = sandbox.modcache(&format!("cache/download/sumdb/{}", sumdb_store::NAME));
    let tile = store.join("tile/8/0/000.p/5");
    let lookup = store.join("lookup/example.com/m2@v1.0.0");
    let latest = sandbox.path(&format!("gopath/pkg/sumdb/{}/latest", sumdb_store::NAME));
    let damages: [Damage<'_>; 5] = [
        (&tile, &|data| data[0] ^= 1, "a tile that is not in the tree"),
        (&tile, &|data| data.truncate(31), "a tile that was cut"),
        (&lookup, &|data| *data = b"<html>".to_vec(), "a lookup that is none"),
        (&latest, &|data| data[22] ^= 1, "a head whose signature is wrong"),
        (&latest, &|data| *data = b"<html>".to_vec(), "a head that is none"),
    ];
    for (path, edit, why) in damages {
        let mut data = std::fs::read(path).unwrap_or_else(|error| panic!("{why}: {}: {error}", path.display()));
        edit(&mut data);
        write(path, &data);
        let _ = std::fs::remove_file(sandbox.path("repo/go.sum"));
        repaired(&sandbox, &[path], &["mod", "tidy"], why);
    }
}

#[test]
fn a_clone_that_git_cannot_read_is_made_anew() {
    if !tools::have(&["go", "git"]) {
        return;
    }
    let mut sandbox = Sandbox::new();
    let url = "https://git.corp.example/kit";
    let source = sandbox.path("source");
    let git = format!(
        "[user]\n\tname = t\n\temail = t@example.com\n[url \"file://{}\"]\n\tinsteadOf = {url}\n[safe]\n\tdirectory = *\n",
        source.display()
    );
    sandbox.write("home/.gitconfig", git);
    sandbox.write("source/lib.go", "package kit\n").write("source/go.mod", "module git.corp.example/kit.git\n");
    for args in [&["init", "-q"][..], &["add", "."], &["commit", "-qm", "one"], &["tag", "v1.0.0"]] {
        let output = sandbox.run_in(&source, "git", args);
        assert!(output.ok(), "{output}");
    }
    sandbox.set("GOPROXY", "direct").set("GOPRIVATE", "git.corp.example");
    sandbox.go_mod("require git.corp.example/kit.git v1.0.0\n");
    sandbox.main_go(&["git.corp.example/kit.git"]);
    let tidy = sandbox.go(&["mod", "tidy"]);
    assert!(tidy.ok(), "{tidy}");
    let clone = sandbox.modcache(&gomoddoc::golang::module_cache::vcs_folder("git", url));
    assert!(clone.is_dir(), "{}", clone.display());
    let head = clone.join("HEAD");
    let info = clone.with_extension("info");
    let damages: [(&Path, &[u8], &str); 2] =
        [(&head, b"x", "a clone without HEAD"), (&info, b"git3:x\n", "another URL")];
    for (path, content, why) in damages {
        write(path, content);
        // Only then go looks into the clone again.
        for piece in ["cache/download/git.corp.example/kit.git", "git.corp.example/kit.git@v1.0.0"] {
            let _ = std::fs::remove_dir_all(sandbox.modcache(piece));
        }
        repaired(&sandbox, &[&clone, &info], &["mod", "download"], why);
    }
}
