//! The ways in which the cache is damaged.

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use super::{FOLDER, OTHER, other_zip, other_zip_h1};

const DOWNLOAD: &str = "cache/download/example.com/!lib/@v/v1.2.0";

/// What `go mod verify` says of a damage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Go {
    /// `all modules verified`.
    Content,
    /// It fails.
    Objects,
}
use Go::{Content, Objects};

/// A way to damage the cache, the kinds of damage to be found, and go's word.
pub type Case = (&'static str, fn(&Path), &'static [&'static str], Go);

/// Every way, each by itself.
pub const CASES: &[Case] = &[
    ("nothing", |_| {}, &[], Content),
    ("zip missing", |cache| remove(&part(cache, "zip")), &[], Content),
    ("folder missing", |cache| remove(&cache.join(FOLDER)), &[], Content),
    ("info missing", |cache| remove(&part(cache, "info")), &[], Content),
    ("mod missing", |cache| remove(&part(cache, "mod")), &[], Objects),
    ("zip empty", |cache| write(&part(cache, "zip"), b""), &["zip-unreadable"], Objects),
    ("zip is HTML", |cache| write(&part(cache, "zip"), b"<html>"), &["zip-unreadable"], Objects),
    ("zip cut", |cache| change(&part(cache, "zip"), |zip| zip.truncate(zip.len() / 2)), &["zip-unreadable"], Objects),
    ("zip data corrupt", |cache| change(&part(cache, "zip"), |data| corrupt_data(data)), &["zip-entry"], Objects),
    ("zip checksum wrong", |cache| change(&part(cache, "zip"), |data| wrong_crc(data)), &["zip-entry"], Objects),
    ("zip size wrong", |cache| change(&part(cache, "zip"), |data| wrong_size(data)), &["zip-entry"], Objects),
    ("zip directory cut", |cache| change(&part(cache, "zip"), |data| wrong_count(data)), &["zip-unreadable"], Objects),
    ("other zip", |cache| write(&part(cache, "zip"), &other_zip()), &["zip-modified"], Objects),
    (
        "zip of another module",
        |cache| copy_file(&other_part(cache, "zip"), &part(cache, "zip")),
        &["zip-rule", "zip-modified"],
        Objects,
    ),
    ("zip is a folder", |cache| make_folder(&part(cache, "zip")), &["unreadable"], Objects),
    ("zip is a FIFO", |cache| make_fifo(&part(cache, "zip")), &["unreadable"], Objects),
    ("ziphash missing", |cache| remove(&part(cache, "ziphash")), &["ziphash-missing"], Objects),
    ("ziphash empty", |cache| write(&part(cache, "ziphash"), b""), &["ziphash-malformed"], Objects),
    ("ziphash NUL", |cache| write(&part(cache, "ziphash"), &[0; 47]), &["ziphash-malformed"], Objects),
    (
        "ziphash of another module",
        |cache| copy_file(&other_part(cache, "ziphash"), &part(cache, "ziphash")),
        &["folder-modified", "zip-modified", "ziphash-not-in-go-sum"],
        Objects,
    ),
    (
        "a wrong module, wrong throughout",
        |cache| {
            write(&part(cache, "zip"), &other_zip());
            write(&part(cache, "ziphash"), other_zip_h1().as_bytes());
            write(&cache.join(FOLDER).join("lib.go"), b"package lib // other\n");
        },
        &["ziphash-not-in-go-sum"],
        Content,
    ),
    (
        "file changed",
        |cache| change(&cache.join(FOLDER).join("lib.go"), |file| file[0] ^= 1),
        &["files-changed"],
        Objects,
    ),
    (
        "file longer",
        |cache| change(&cache.join(FOLDER).join("lib.go"), |file| file.push(b'x')),
        &["files-changed"],
        Objects,
    ),
    (
        "end of a large file changed",
        |cache| change(&cache.join(FOLDER).join("large.txt"), |data| flip_last(data)),
        &["files-changed"],
        Objects,
    ),
    ("file missing", |cache| remove(&cache.join(FOLDER).join("sub/sub.go")), &["files-missing"], Objects),
    (
        "folder empty",
        |cache| {
            remove(&cache.join(FOLDER));
            make_folder(&cache.join(FOLDER));
        },
        &["files-missing"],
        Objects,
    ),
    ("file added", |cache| write(&cache.join(FOLDER).join(".DS_Store"), b"x"), &["files-added"], Objects),
    ("empty folder added", |cache| make_folder(&cache.join(FOLDER).join("empty")), &[], Content),
    (
        "file renamed",
        |cache| std::fs::rename(cache.join(FOLDER).join("lib.go"), cache.join(FOLDER).join("Lib.go")).unwrap(),
        &["files-added", "files-missing"],
        Objects,
    ),
    (
        "folder changed, no zip",
        |cache| {
            remove(&part(cache, "zip"));
            write(&cache.join(FOLDER).join("lib.go"), b"package lib\n");
        },
        &["folder-modified"],
        Objects,
    ),
    (
        "folder and zip damaged",
        |cache| {
            write(&part(cache, "zip"), b"PK");
            write(&cache.join(FOLDER).join("lib.go"), b"package lib\n");
        },
        &["folder-modified", "zip-unreadable"],
        Objects,
    ),
    (
        "folder is a file",
        |cache| {
            remove(&cache.join(FOLDER));
            write(&cache.join(FOLDER), b"");
        },
        &["not-a-folder"],
        Content,
    ),
    (
        "folder is a link out of the cache",
        |cache| {
            remove(&cache.join(FOLDER));
            make_folder(&cache.with_file_name("outside"));
            symlink("../../outside", cache.join(FOLDER)).unwrap();
        },
        &["not-a-folder"],
        Objects,
    ),
    ("link in the folder", |cache| symlink("lib.go", cache.join(FOLDER).join("link.go")).unwrap(), &["links"], Objects),
    ("link to itself", |cache| symlink("loop", cache.join(FOLDER).join("loop")).unwrap(), &["links"], Objects),
    ("link to the folder above", |cache| symlink("..", cache.join(FOLDER).join("up")).unwrap(), &["links"], Objects),
    ("file writable by all", |cache| mode(&cache.join(FOLDER).join("lib.go"), 0o666), &["file-modes"], Content),
    (
        "partial",
        |cache| {
            write(&part(cache, "partial"), b"");
            remove(&cache.join(FOLDER).join("lib.go"));
        },
        &["partial"],
        Content,
    ),
    ("lock is a folder", |cache| make_folder(&part(cache, "lock")), &["lock-is-folder"], Content),
    (
        "mod changed",
        |cache| write(&part(cache, "mod"), b"module example.com/Lib\n"),
        &["go-mod-not-in-go-sum"],
        Objects,
    ),
    (
        "mod is HTML",
        |cache| write(&part(cache, "mod"), b"<!DOCTYPE html><html></html>"),
        &["go-mod-not-in-go-sum"],
        Objects,
    ),
    ("mod is a folder", |cache| make_folder(&part(cache, "mod")), &["unreadable"], Objects),
    ("info is HTML", |cache| write(&part(cache, "info"), b"<html>"), &["info-invalid"], Content),
    ("info is empty", |cache| write(&part(cache, "info"), b""), &["info-invalid"], Content),
    (
        "info of another version",
        |cache| write(&part(cache, "info"), b"{\"Version\":\"v1.3.0\"}"),
        &["info-other-version"],
        Content,
    ),
];

fn part(cache: &Path, suffix: &str) -> std::path::PathBuf {
    cache.join(format!("{DOWNLOAD}.{suffix}"))
}

fn other_part(cache: &Path, suffix: &str) -> std::path::PathBuf {
    cache.join(format!("cache/download/{OTHER}/@v/v0.1.0.{suffix}"))
}

fn remove(path: &Path) {
    if path.symlink_metadata().unwrap().is_dir() {
        std::fs::remove_dir_all(path).unwrap();
    } else {
        std::fs::remove_file(path).unwrap();
    }
}

pub fn write(path: &Path, content: &[u8]) {
    let _ = std::fs::remove_file(path);
    std::fs::write(path, content).unwrap();
}

fn change(path: &Path, edit: impl Fn(&mut Vec<u8>)) {
    let mut data = std::fs::read(path).unwrap();
    edit(&mut data);
    write(path, &data);
}

fn copy_file(from: &Path, to: &Path) {
    write(to, &std::fs::read(from).unwrap());
}

fn make_folder(path: &Path) {
    let _ = std::fs::remove_file(path);
    std::fs::create_dir(path).unwrap();
}

fn make_fifo(path: &Path) {
    remove(path);
    let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

pub fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

fn flip_last(data: &mut [u8]) {
    *data.last_mut().unwrap() ^= 1;
}

/// Where the central header of `lib.go` begins.
fn header_of_lib(zip: &[u8]) -> usize {
    let name = b"example.com/Lib@v1.2.0/lib.go";
    let at = zip.windows(name.len()).rposition(|window| window == name).unwrap();
    at - 46
}

fn corrupt_data(zip: &mut [u8]) {
    // The local name stands before the data.
    let name = b"example.com/Lib@v1.2.0/lib.go";
    let at = zip.windows(name.len()).position(|window| window == name).unwrap() + name.len();
    zip[at] = 0xff;
}

fn wrong_crc(zip: &mut [u8]) {
    let at = header_of_lib(zip) + 16;
    zip[at] ^= 1;
}

fn wrong_size(zip: &mut [u8]) {
    let at = header_of_lib(zip) + 24;
    zip[at] += 1;
}

fn wrong_count(zip: &mut [u8]) {
    let at = zip.len() - 22 + 10;
    zip[at] += 1;
}
