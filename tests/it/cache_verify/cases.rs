//! The ways in which the cache is damaged, as a table.

use std::os::unix::fs::symlink;
use std::path::Path;

use super::house::{Spot, deflated, make_fifo, mode, remove, write};

/// What `go mod verify` says of a damage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Go {
    /// `all modules verified`.
    Content,
    /// It fails.
    Objects,
    /// It would wait for ever.
    Hangs,
}
use Go::{Content, Hangs, Objects};

/// How bad we call it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Worst {
    /// There is nothing to say.
    Nothing,
    /// Nothing is damaged, and the build list is not known to its end.
    Unknown,
    /// It does no harm.
    Note,
    /// go mends it, or it is no matter of content.
    Warning,
    /// The module is not what was downloaded, or go stops at it.
    Error,
}
use Worst::{Error, Note, Nothing, Unknown, Warning};

/// A way to damage a module.
pub struct Case {
    pub name: &'static str,
    pub damage: fn(&Spot),
    /// The kinds of damage to be found.
    pub finds: &'static [&'static str],
    pub worst: Worst,
    pub go: Go,
}

const fn case(name: &'static str, damage: fn(&Spot), finds: &'static [&'static str], worst: Worst, go: Go) -> Case {
    Case { name, damage, finds, worst, go }
}

/// Every way, each by itself.
#[rustfmt::skip]
pub const CASES: &[Case] = &[
    case("nothing", |_| {}, &[], Nothing, Content),

    // The zip.
    case("zip missing", |at| remove(&at.part("zip")), &[], Nothing, Content),
    case("zip empty", |at| write(&at.part("zip"), b""), &["zip-unreadable"], Error, Objects),
    case("zip is HTML", |at| write(&at.part("zip"), b"<html>"), &["zip-unreadable"], Error, Objects),
    case("zip cut", |at| change(&at.part("zip"), |zip| zip.truncate(zip.len() / 2)), &["zip-unreadable"], Error, Objects),
    case("zip directory cut", |at| zip_field(at, End, 10, |byte| byte + 1), &["zip-unreadable"], Error, Objects),
    case("zip directory elsewhere", |at| zip_field(at, End, 19, |_| 0x7f), &["zip-entry"], Error, Objects),
    case("zip data corrupt", |at| zip_field(at, Data, 0, |_| 0xff), &["zip-entry"], Error, Objects),
    case("zip local header gone", |at| zip_field(at, Local, 0, |_| 0), &["zip-entry"], Error, Objects),
    case("zip checksum wrong", |at| zip_field(at, Central, 16, |byte| byte ^ 1), &["zip-entry"], Error, Objects),
    case("zip size wrong", |at| zip_field(at, Central, 24, |byte| byte + 1), &["zip-entry"], Error, Objects),
    case("zip method unknown", |at| zip_field(at, Central, 10, |_| 99), &["zip-entry"], Error, Objects),
    case("zip name changed", |at| zip_field(at, Central, 46, |_| b'E'), &["zip-rule", "zip-modified"], Error, Objects),
    case("zip with one byte before it", |at| change(&at.part("zip"), |zip| zip.insert(0, 0)), &[], Nothing, Content),
    case("another zip", |at| write(&at.part("zip"), &at.other_zip()), &["zip-modified"], Error, Objects),
    case("zip of another module", |at| copy(&at.other().part("zip"), &at.part("zip")), &["zip-rule", "zip-modified"], Error, Objects),
    case("zip with a name twice", |at| write(&at.part("zip"), &twice(at)), &["zip-rule", "zip-modified"], Error, Objects),
    case("zip with two names that differ in case", |at| write(&at.part("zip"), &zip_of(at, &["a.go", "A.go"])), &["zip-rule", "zip-modified"], Error, Objects),
    case("zip that climbs out", |at| write(&at.part("zip"), &zip_of(at, &["../../../../climbed"])), &["zip-rule", "zip-modified"], Error, Objects),
    case("zip is a folder", |at| make_folder(&at.part("zip")), &["unreadable"], Error, Objects),
    case("zip is a FIFO", |at| make_fifo(&at.part("zip")), &["unreadable"], Error, Hangs),
    case("zip is a link in the cache", |at| link_away(&at.part("zip"), &at.downloads().join("kept")), &["linked-downloads"], Note, Content),
    case("zip is a link out of the cache", |at| link_away(&at.part("zip"), &at.outside().join(&at.path[12..])), &["linked-downloads"], Warning, Content),

    // The stored hash.
    case("ziphash missing", |at| remove(&at.part("ziphash")), &["ziphash-missing"], Warning, Objects),
    case("ziphash empty", |at| write(&at.part("ziphash"), b""), &["ziphash-malformed"], Warning, Objects),
    case("ziphash NUL", |at| write(&at.part("ziphash"), &[0; 47]), &["ziphash-malformed"], Warning, Objects),
    case("ziphash of another kind", |at| change(&at.part("ziphash"), |hash| hash[1] = b'2'), &["ziphash-malformed"], Error, Objects),
    case("ziphash with a line end", |at| change(&at.part("ziphash"), |hash| hash.push(b'\n')), &[], Nothing, Content),
    case("ziphash of another module", |at| copy(&at.other().part("ziphash"), &at.part("ziphash")), &["folder-modified", "zip-modified", "ziphash-not-in-go-sum"], Error, Objects),
    case("a wrong module, wrong throughout", wrong_throughout, &["ziphash-not-in-go-sum"], Error, Content),

    // The extracted folder.
    case("folder missing", |at| remove(&at.folder()), &[], Nothing, Content),
    case("file changed", |at| change(&at.file("lib.go"), |file| file[0] ^= 1), &["files-changed"], Error, Objects),
    case("file longer", |at| change(&at.file("lib.go"), |file| file.push(b'x')), &["files-changed"], Error, Objects),
    case("file empty", |at| write(&at.file("sub/sub.go"), b""), &["files-changed"], Error, Objects),
    case("end of a large file changed", |at| change(&at.file("large.txt"), |file| *file.last_mut().unwrap() ^= 1), &["files-changed"], Error, Objects),
    case("file missing", |at| remove(&at.file("sub/sub.go")), &["files-missing"], Error, Objects),
    case("folder empty", |at| { remove(&at.folder()); make_folder(&at.folder()) }, &["files-missing"], Error, Objects),
    case("file added", |at| write(&at.file(".DS_Store"), b"x"), &["files-added"], Error, Objects),
    case("file added below", |at| write(&at.file("sub/debug.go"), b"package sub\n"), &["files-added"], Error, Objects),
    case("empty folder added", |at| make_folder(&at.file("empty")), &[], Nothing, Content),
    case("file renamed", |at| std::fs::rename(at.file("lib.go"), at.file("Lib.go")).unwrap(), &["files-added", "files-missing"], Error, Objects),
    case("two files exchanged", exchange, &["files-changed"], Error, Objects),
    case("folder changed, no zip", |at| { remove(&at.part("zip")); write(&at.file("lib.go"), b"package lib\n") }, &["folder-modified"], Error, Objects),
    case("folder and zip damaged", |at| { write(&at.part("zip"), b"PK"); write(&at.file("lib.go"), b"package lib\n") }, &["folder-modified", "zip-unreadable"], Error, Objects),
    case("folder is a file", |at| { remove(&at.folder()); write(&at.folder(), b"") }, &["not-a-folder"], Warning, Content),
    case("folder is a link out of the cache", |at| { remove(&at.folder()); symlink(at.outside(), at.folder()).unwrap() }, &["not-a-folder"], Error, Objects),
    case("link in the folder", |at| symlink("lib.go", at.file("link.go")).unwrap(), &["links"], Warning, Objects),
    case("link to itself", |at| symlink("loop", at.file("loop")).unwrap(), &["links"], Error, Objects),
    case("link to the folder above", |at| symlink("..", at.file("up")).unwrap(), &["links"], Warning, Objects),
    case("link out of the cache", |at| symlink("/etc", at.file("etc")).unwrap(), &["links"], Error, Objects),
    case("FIFO in the folder", |at| make_fifo(&at.file("pipe.go")), &["special-files"], Error, Hangs),
    case("FIFO instead of a file", |at| make_fifo(&at.file("lib.go")), &["special-files", "files-missing"], Error, Hangs),
    case("file writable by all", |at| mode(&at.file("lib.go"), 0o666), &["file-modes"], Warning, Content),

    // What go leaves behind.
    case("partial", |at| { write(&at.part("partial"), b""); remove(&at.file("lib.go")) }, &["partial"], Warning, Content),
    case("temporary file", |at| write(&at.part("zip123.tmp"), b"PK"), &["leftovers"], Note, Content),
    case("lock is a folder", |at| make_folder(&at.part("lock")), &["lock-is-folder"], Error, Content),

    // The small files.
    case("mod missing", |at| remove(&at.part("mod")), &[], Unknown, Objects),
    case("mod changed", |at| write(&at.part("mod"), b"module example.com/lib\n"), &["go-mod-not-in-go-sum"], Error, Objects),
    case("mod is HTML", |at| write(&at.part("mod"), b"<!DOCTYPE html><html></html>"), &["go-mod-not-in-go-sum"], Error, Objects),
    case("mod is empty", |at| write(&at.part("mod"), b""), &["go-mod-not-in-go-sum"], Error, Objects),
    case("mod is a folder", |at| make_folder(&at.part("mod")), &["unreadable"], Error, Objects),
    case("info missing", |at| remove(&at.part("info")), &[], Nothing, Content),
    case("info is HTML", |at| write(&at.part("info"), b"<html>"), &["info-invalid"], Warning, Content),
    case("info is empty", |at| write(&at.part("info"), b""), &["info-invalid"], Warning, Content),
    case("info without a version", |at| write(&at.part("info"), b"{}"), &["info-invalid"], Warning, Content),
    case("info of another version", |at| write(&at.part("info"), b"{\"Version\":\"v1.3.0\"}"), &["info-other-version"], Error, Content),
];

fn change(path: &Path, edit: impl Fn(&mut Vec<u8>)) {
    let mut data = std::fs::read(path).unwrap();
    edit(&mut data);
    write(path, &data);
}

fn copy(from: &Path, to: &Path) {
    write(to, &std::fs::read(from).unwrap());
}

fn make_folder(path: &Path) {
    let _ = std::fs::remove_file(path);
    std::fs::create_dir(path).unwrap();
}

fn link_away(path: &Path, to: &Path) {
    copy(path, to);
    remove(path);
    symlink(to, path).unwrap();
}

fn exchange(at: &Spot) {
    let (one, other) = (at.file("lib.go"), at.file("sub/sub.go"));
    let (of_one, of_other) = (std::fs::read(&one).unwrap(), std::fs::read(&other).unwrap());
    write(&one, &of_other);
    write(&other, &of_one);
}

fn wrong_throughout(at: &Spot) {
    write(&at.part("zip"), &at.other_zip());
    write(&at.part("ziphash"), at.other_h1().as_bytes());
    write(&at.file("lib.go"), b"package lib // other\n");
}

/// A zip with these files, each with a word in it.
fn zip_of(at: &Spot, names: &[&str]) -> Vec<u8> {
    let file = |name: &&str| (format!("{}/{name}", at.module()), b"x".to_vec());
    deflated(&names.iter().map(file).collect::<Vec<_>>())
}

/// A zip in which a name is there twice, which its writer would refuse.
fn twice(at: &Spot) -> Vec<u8> {
    let mut zip = zip_of(at, &["a.go", "b.go"]);
    let name = format!("{}/b.go", at.module());
    while let Some(place) = zip.windows(name.len()).position(|window| window == name.as_bytes()) {
        zip[place + name.len() - 4] = b'a';
    }
    zip
}

/// Where in a zip a field is counted from.
enum From {
    /// The local header of `lib.go`.
    Local,
    /// Its data.
    Data,
    /// Its central header.
    Central,
    /// The end record.
    End,
}
use From::{Central, Data, End, Local};

fn zip_field(at: &Spot, from: From, offset: usize, edit: fn(u8) -> u8) {
    let name = format!("{}/lib.go", at.module());
    let is_name = |window: &[u8]| window == name.as_bytes();
    change(&at.part("zip"), |zip| {
        let first = zip.windows(name.len()).position(is_name).unwrap();
        let last = zip.windows(name.len()).rposition(is_name).unwrap();
        let start = match from {
            Local => first - 30,
            Data => first + name.len(),
            Central => last - 46,
            End => zip.len() - 22,
        };
        zip[start + offset] = edit(zip[start + offset]);
    });
}
