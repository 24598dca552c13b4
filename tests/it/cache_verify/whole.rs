//! A whole cache, with all that lies in it beside modules; and the command as people and scripts use it.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::process::Stdio;

use serde_json::Value;

use super::house::{House, write};
use super::sumdb_store;
use crate::support::modules::{Module, go_sum};
use crate::support::sandbox::Sandbox;
use crate::support::tools;

fn run(sandbox: &Sandbox, args: &[&str]) -> (Option<i32>, Value) {
    let output = sandbox.gomoddoc(&[&["cache", "verify", "--format", "json"], args].concat());
    let document = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output}"));
    (output.code, document)
}

fn subjects(document: &Value) -> BTreeSet<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let findings = document["findings"].as_array().unwrap().iter();
    findings.map(|finding| (text(&finding["subject"]["value"]), text(&finding["severity"]))).collect()
}

#[test]
fn names_that_go_never_finds_are_told() {
    let mut sandbox = Sandbox::new();
    let module = Module::new("example.com/Upper", "v1.0.0");
    for (path, version) in [("example.com/Upper", "v1.0.0"), ("example.com/!upper", "v1.0.0-RC1")] {
        sandbox.write(&format!("gopath/pkg/mod/cache/download/{path}/@v/{version}.zip"), module.zip());
    }
    sandbox.write("gopath/pkg/mod/example.com/Upper@v1.0.0/lib.go", "package upper\n");
    let good = "gopath/pkg/mod/cache/download/example.com/!upper/@v/v1.0.0";
    sandbox.write(&format!("{good}.zip"), module.zip());
    sandbox.write(&format!("{good}.ziphash"), module.zip_hash());
    let (code, document) = run(&sandbox, &[]);
    let expected = [
        "cache/download/example.com/!upper/@v/v1.0.0-RC1.zip",
        "cache/download/example.com/Upper/@v/v1.0.0.zip",
        "example.com/Upper@v1.0.0",
    ];
    assert_eq!(subjects(&document), expected.map(|path| (path.to_owned(), "warning".to_owned())).into());
    assert_eq!((code, &document["verdict"]), (Some(0), &Value::from("degraded")));
    assert_eq!(document["verified"]["modules"], 1);
}

#[test]
fn the_store_of_the_checksum_database_is_held_together() {
    if !tools::have(&["go"]) {
        return;
    }
    let (mut sandbox, _server) = sumdb_store::made();
    let cache = sandbox.modcache("");
    let all = ["--modcache", cache.to_str().unwrap()];
    let (code, document) = run(&sandbox, &all);
    assert_eq!((code, subjects(&document)), (Some(0), BTreeSet::new()), "{document:#}");

    let store = sandbox.modcache(&format!("cache/download/sumdb/{}", sumdb_store::NAME));
    let tile = store.join("tile/8/0/000.p/5");
    let lookup = store.join("lookup/example.com/m2@v1.0.0");
    let latest = sandbox.path(&format!("gopath/pkg/sumdb/{}/latest", sumdb_store::NAME));
    let judged = |path: &std::path::Path, edit: &dyn Fn(&mut Vec<u8>)| {
        let kept = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut damaged = kept.clone();
        edit(&mut damaged);
        write(path, &damaged);
        let (code, document) = run(&sandbox, &all);
        write(path, &kept);
        (code, subjects(&document))
    };
    let error = |path: &std::path::Path| (Some(1), [(path.display().to_string(), "error".to_owned())].into());
    assert_eq!(judged(&tile, &|data| data[0] ^= 1), error(&tile), "a tile that is not in the tree");
    assert_eq!(judged(&tile, &|data| data.truncate(31)), error(&tile), "a tile that was cut");
    assert_eq!(judged(&latest, &|data| data[22] ^= 1), error(&latest), "a head whose signature is wrong");
    assert_eq!(judged(&latest, &|data| *data = b"<html>".to_vec()), error(&latest), "a head that is none");
    assert_eq!(judged(&lookup, &|data| *data = b"<html>".to_vec()), error(&lookup), "a lookup that is none");
    // The signature is over the tree and not over the record: the tiles tell.
    let other = |data: &mut Vec<u8>| {
        let text = String::from_utf8(data.clone()).unwrap().replacen("h1:", "h1:A", 1);
        *data = text.into_bytes();
    };
    assert_eq!(judged(&lookup, &other), error(&lookup), "a record that is not the one in the tree");
    // With another key nothing can be said, and nothing is.
    sandbox.set("GOSUMDB", "off");
    assert_eq!(run(&sandbox, &all).0, Some(0));
}

#[test]
fn clones_that_git_cannot_read_are_told() {
    if !tools::have(&["git"]) {
        return;
    }
    let mut sandbox = Sandbox::new();
    let url = "https://git.corp.example/kit";
    let folder = gomoddoc::golang::module_cache::vcs_folder("git", url);
    let clone = sandbox.modcache(&folder);
    sandbox.write("home/.gitconfig", "[user]\n\tname = t\n\temail = t@example.com\n");
    sandbox.write("source/lib.go", "package kit\n");
    let source = sandbox.path("source");
    for args in [&["init", "-q"][..], &["add", "."], &["commit", "-qm", "one"], &["tag", "v1.0.0"], &["repack", "-adq"]]
    {
        let output = sandbox.run_in(&source, "git", args);
        assert!(output.ok(), "{output}");
    }
    let to = clone.to_str().unwrap();
    let cloned = sandbox.run_in(&source, "git", &["clone", "-q", "--mirror", "--no-hardlinks", ".", to]);
    assert!(cloned.ok(), "{cloned}");
    write(&clone.with_extension("info"), format!("git3:{url}\n").as_bytes());
    assert_eq!(run(&sandbox, &[]).0, Some(0));
    let pack = walkdir::WalkDir::new(clone.join("objects/pack"))
        .into_iter()
        .flatten()
        .find(|entry| entry.path().extension().is_some_and(|end| end == "pack"))
        .unwrap()
        .into_path();
    let judged = |path: &std::path::Path, edit: &dyn Fn(&mut Vec<u8>)| {
        let kept = std::fs::read(path).unwrap();
        let mut damaged = kept.clone();
        edit(&mut damaged);
        write(path, &damaged);
        let (code, document) = run(&sandbox, &[]);
        write(path, &kept);
        let findings = document["findings"].as_array().unwrap();
        let kinds: Vec<&str> =
            findings.iter().map(|finding| finding["data"]["damage"]["is"].as_str().unwrap()).collect();
        (code, kinds.join(" "))
    };
    let found = |kind: &str| (Some(1), kind.to_owned());
    assert_eq!(judged(&pack, &|data| data.truncate(data.len() - 30)), found("pack-damaged"));
    assert_eq!(judged(&pack, &|data| data[40] ^= 0xff), found("object-damaged"));
    assert_eq!(judged(&pack.with_extension("idx"), &|data| data.clear()), found("pack-damaged"));
    assert_eq!(judged(&clone.join("HEAD"), &|data| *data = b"x".to_vec()), found("no-repository"));
    assert_eq!(judged(&clone.with_extension("info"), &|data| data.push(b'x')), found("other-info"));
    // go makes it anew.
    std::fs::remove_file(clone.with_extension("info")).unwrap();
    assert_eq!(run(&sandbox, &[]).0, Some(0));
}

#[test]
fn several_repositories_are_held_against_each_go_sum() {
    let modules = [Module::new("example.com/a", "v1.0.0"), Module::new("example.com/b", "v1.0.0")];
    let mut sandbox = Sandbox::new();
    for module in &modules {
        let at = format!("gopath/pkg/mod/cache/download/{}/@v/v1.0.0", module.path);
        sandbox.write(&format!("{at}.zip"), module.zip());
        sandbox.write(&format!("{at}.ziphash"), module.zip_hash());
        sandbox.write(&format!("{at}.mod"), module.mod_text());
    }
    let other = modules[0].clone().file("x.go", "package a\n");
    for (name, sums) in [("one", go_sum(&modules)), ("two", go_sum([&other]))] {
        let requires: String = modules.iter().map(|module| format!("require {} v1.0.0\n", module.path)).collect();
        sandbox.write(&format!("{name}/go.mod"), format!("module example.com/{name}\n\ngo 1.21\n{requires}"));
        sandbox.write(&format!("{name}/go.sum"), sums);
    }
    let (one, two) = (sandbox.path("one"), sandbox.path("two"));
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());
    assert_eq!(run(&sandbox, &[one]).0, Some(0));
    let (code, document) = run(&sandbox, &[one, two]);
    assert_eq!((code, subjects(&document)), (Some(1), [("example.com/a@v1.0.0".into(), "error".into())].into()));
    assert_eq!(document["findings"][0]["code"], "checksum-mismatch");
    assert_eq!(document["verified"]["modules"], 2);
}

#[test]
fn what_cannot_be_done_is_exit_2() {
    let sandbox = Sandbox::new();
    let code = |args: &[&str]| sandbox.gomoddoc(&[&["cache", "verify"], args].concat()).code;
    assert_eq!(code(&["--modcache", "no/such/folder"]), Some(2));
    assert_eq!(code(&["no/such/folder"]), Some(2));
    assert_eq!(code(&["."]), Some(2), "no go.mod");
    assert_eq!(code(&["--jobs", "0"]), Some(2));
    assert_eq!(code(&[]), Some(0), "an empty cache");
}

#[test]
fn the_table_says_what_was_done_and_what_was_not() {
    if !tools::have(&["go"]) {
        return;
    }
    let house = House::build();
    let table = |args: &[&str]| house.sandbox.gomoddoc(&[&["cache", "verify", "--lang", "en"], args].concat()).stdout;
    assert!(table(&[]).starts_with("All 21 modules in the cache are as they were downloaded.\n"), "{}", table(&[]));
    let quick = table(&["--quick"]).replace('\n', " ");
    assert!(quick.contains("The contents of zips were not read (--quick)."), "{quick}");
    let named = house.sandbox.path("pristine");
    write(&named.join("example.com/!lib04@v1.2.0/lib.go"), b"package lib // edited\n");
    let elsewhere = table(&["--modcache", named.to_str().unwrap()]);
    let export = format!("export GOMODCACHE=\"{}\"", named.display());
    assert!(elsewhere.lines().any(|line| line.trim() == export), "{elsewhere}");
    let zh = house.sandbox.gomoddoc(&["cache", "verify", "--lang", "zh"]).stdout;
    assert!(zh.starts_with("缓存中的 21 个模块都与下载时一致。"), "{zh}");
    let spot = &house.spots[4];
    write(&spot.file("lib.go"), b"package lib // edited\n");
    let told = table(&[]);
    assert!(told.starts_with("The cached example.com/Lib04@v1.2.0 has been edited: lib.go."), "{told}");
    // The zip is whole: go extracts it again without asking anybody.
    let folder = spot.folder();
    let remove = format!("rm -rf {}", folder.display());
    assert!(told.lines().any(|line| line.trim().starts_with("chmod -R u+w ")), "{told}");
    assert!(told.lines().any(|line| line.trim().replace(['"', '\''], "") == remove), "{told}");
    std::fs::remove_dir_all(&folder).unwrap();
    let again = house.sandbox.go(&["mod", "download", &spot.module()]);
    assert!(again.ok(), "{again}");
    assert!(table(&[]).starts_with("All 21 modules"), "{}", table(&[]));
}

#[test]
fn a_state_that_is_broken_is_no_state() {
    if !tools::have(&["go"]) {
        return;
    }
    let house = House::build();
    std::thread::sleep(std::time::Duration::from_secs(5));
    let unchanged = || {
        let (output, document) = house.verify(&["--changed-since-last"]);
        assert_eq!(output.code, Some(0), "{output}");
        document["verified"]["unchanged"].as_u64().unwrap()
    };
    assert_eq!((unchanged(), unchanged()), (0, 21));
    let folder = house.sandbox.path("cache/gomoddoc");
    let state = std::fs::read_dir(folder).unwrap().flatten().next().unwrap().path();
    let text = std::fs::read_to_string(&state).unwrap();
    for broken in ["", "nonsense", &text[..text.len() / 2], &text.replacen("verified 2", "verified 9", 1)] {
        write(&state, broken.as_bytes());
        assert_eq!((unchanged(), unchanged()), (0, 21));
    }
    assert_eq!(house.verify(&[]).1["verified"]["unchanged"], 0, "never without being asked");
}

#[test]
fn a_signal_ends_it_with_what_is_known() {
    if !tools::have(&["go"]) {
        return;
    }
    // A folder that takes long to list.
    let house = House::build();
    let spot = &house.spots[0];
    for n in 0..20_000 {
        std::fs::write(spot.file(&format!("sub/f{n}")), b"x").unwrap();
    }
    let program = env!("CARGO_BIN_EXE_gomoddoc");
    let args = ["cache", "verify", "--format", "json", "--jobs", "1"];
    let mut child =
        house.sandbox.command(&house.sandbox.repo(), program, &args).stdout(Stdio::piped()).spawn().unwrap();
    // It takes signals before it does anything else.
    let caught = || std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let term = |mask: &str| mask.chars().nth_back(3).is_some_and(|digit| "4567cdef".contains(digit));
    while !caught().lines().any(|line| line.starts_with("SigCgt:") && term(line)) {
        std::thread::yield_now();
    }
    // Not INT, which the background of a script ignores.
    let kill = std::process::Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    let code = child.wait().unwrap().code();
    let document: Value = serde_json::from_str(&text).unwrap();
    let verified = &document["verified"];
    assert_eq!(verified["modules"], 21);
    if verified["looked_at"] != 21 {
        let checks = document["checks"].as_array().unwrap();
        assert!(
            checks.iter().any(|check| check["status"] == "inconclusive" && check["reason"] == "somebody ended the run")
        );
        assert_ne!(document["verdict"], "healthy");
        assert!(matches!(code, Some(1 | 143)), "{code:?}");
    }
}
