//! Caches that somebody made to do harm: each ends in a finding, in bounded time.

use std::io::Write as _;
use std::path::PathBuf;

use serde_json::Value;
use zip::write::SimpleFileOptions;

use super::house::damages;
use crate::support::sandbox::Sandbox;

const MODULE: &str = "hostile.test/m@v1.0.0";

/// A cache with nothing but one zip and a hash that is not its own.
struct Trap(Sandbox);

impl Trap {
    fn new(zip: &[u8]) -> Self {
        let mut sandbox = Sandbox::new();
        let at = |suffix: &str| format!("gopath/pkg/mod/cache/download/hostile.test/m/@v/v1.0.0.{suffix}");
        sandbox.write(&at("zip"), zip);
        sandbox.write(&at("ziphash"), "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        Self(sandbox)
    }

    fn part(&self, suffix: &str) -> PathBuf {
        self.0.modcache(&format!("cache/download/hostile.test/m/@v/v1.0.0.{suffix}"))
    }

    fn document(&self, args: &[&str]) -> Value {
        let output = self.0.gomoddoc(&[&["cache", "verify", "--format", "json"], args].concat());
        assert_eq!(output.code, Some(1), "{output}");
        serde_json::from_str(&output.stdout).unwrap()
    }

    fn found(&self) -> Vec<String> {
        damages(&self.document(&[])).remove(MODULE).unwrap_or_default().into_iter().collect()
    }
}

fn zip_of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(format!("{MODULE}/{name}"), SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The places of the central headers.
fn headers(zip: &[u8]) -> Vec<usize> {
    (0..zip.len() - 4).filter(|at| zip[*at..].starts_with(b"PK\x01\x02")).collect()
}

#[test]
fn a_bomb_that_declares_its_size_is_not_inflated() {
    // Eleven times 50 MiB, in some 50 KiB each.
    let one = vec![0; 50 << 20];
    let trap = Trap::new(&zip_of((0..11).map(|n| (format!("f{n}"), one.clone()))));
    assert_eq!(trap.found(), ["zip-rule"]);
}

#[test]
fn a_bomb_that_hides_its_size_is_left_at_the_first_byte_too_many() {
    let mut zip = zip_of([("f".to_owned(), vec![0; 100 << 20])]);
    let at = headers(&zip)[0];
    zip[at + 24..at + 28].copy_from_slice(&1000_u32.to_le_bytes());
    assert_eq!(Trap::new(&zip).found(), ["zip-entry"]);
}

#[test]
fn a_size_of_many_gigabytes_is_only_a_claim() {
    let mut zip = zip_of([("f".to_owned(), b"x".to_vec())]);
    let at = headers(&zip)[0];
    zip[at + 24..at + 28].copy_from_slice(&0xffff_fff0_u32.to_le_bytes());
    assert_eq!(Trap::new(&zip).found(), ["zip-rule"]);
}

#[test]
fn entries_that_lie_over_each_other_are_read_within_the_limit() {
    let mut zip = zip_of((0..100).map(|n| (format!("f{n:03}"), if n == 0 { vec![7; 4 << 20] } else { vec![] })));
    let headers = headers(&zip);
    let first = zip[headers[0]..headers[0] + 46].to_vec();
    for at in &headers[1..] {
        // CRC and sizes, and where the local header lies.
        zip[at + 10..at + 28].copy_from_slice(&first[10..28]);
        zip[at + 42..at + 46].copy_from_slice(&first[42..46]);
    }
    assert_eq!(Trap::new(&zip).found(), ["zip-modified"]);
    // Twice as many would be more than a module may hold.
    let all: Vec<Vec<u8>> = headers.iter().map(|at| zip[*at..*at + 46 + MODULE.len() + 5].to_vec()).collect();
    let mut more = all.into_iter().cycle();
    let directory = headers[0];
    let end = zip.split_off(zip.len() - 22);
    zip.truncate(directory);
    let mut size = 0;
    for n in 0..200 {
        let mut header = more.next().unwrap();
        let name = format!("{MODULE}/f{n:03}");
        header.splice(46.., name.bytes());
        size += header.len();
        zip.extend(header);
    }
    zip.extend(&end[..8]);
    zip.extend([200, 0, 200, 0]);
    zip.extend(u32::try_from(size).unwrap().to_le_bytes());
    zip.extend(u32::try_from(directory).unwrap().to_le_bytes());
    zip.extend([0, 0]);
    assert_eq!(Trap::new(&zip).found(), ["zip-rule"]);
}

#[test]
fn a_hundred_thousand_entries_are_many_and_no_more() {
    let zip = zip_of((0..100_000).map(|n| (format!("d{}/f{n}", n % 100), Vec::new())));
    assert_eq!(Trap::new(&zip).found(), ["zip-modified"]);
}

#[test]
fn links_to_devices_are_not_opened() {
    let trap = Trap::new(b"");
    for name in ["zip", "ziphash", "mod", "info"] {
        let _ = std::fs::remove_file(trap.part(name));
        std::os::unix::fs::symlink("/dev/zero", trap.part(name)).unwrap();
    }
    assert_eq!(trap.found(), ["linked-downloads", "unreadable"]);
}

#[test]
fn folders_in_folders_without_end_are_left() {
    let trap = Trap::new(&zip_of([("f".to_owned(), b"x".to_vec())]));
    let mut folder = trap.0.modcache(MODULE);
    std::fs::create_dir_all(&folder).unwrap();
    // Deeper than a path may be long.
    let name = "d".repeat(200);
    for _ in 0..15 {
        folder = folder.join(&name);
        std::fs::create_dir(&folder).unwrap();
    }
    std::os::unix::fs::symlink("..", folder.join("up")).unwrap();
    let found = trap.found();
    assert!(found.contains(&"zip-modified".to_owned()), "{found:?}");
}

#[test]
fn names_that_could_drive_a_terminal_are_shown_harmless() {
    let trap = Trap::new(&zip_of([("a\u{1b}[2J".to_owned(), b"x".to_vec())]));
    let shown = trap.document(&[]).to_string();
    assert!(!shown.contains("\\u001b") && shown.contains("u{1b}"), "{shown}");
    let table = trap.0.gomoddoc(&["cache", "verify"]);
    assert!(!table.stdout.contains('\u{1b}'), "{table}");
}
