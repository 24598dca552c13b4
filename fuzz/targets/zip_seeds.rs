//! Writes what the zip target begins with: zips of modules made small, plain ones, and ones made to do harm.
//!
//!     zip_seeds FOLDER [ZIP|FOLDER…]

// Instrumented code calls into it.
use libfuzzer_sys as _;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use gomoddoc::golang::module_zip::Archive;
use gomoddoc_fuzz::zips::{MODULE, odd};
use zip::CompressionMethod::{Deflated, Stored};
use zip::write::SimpleFileOptions;

/// Real zips that are taken of a folder.
const TAKEN: usize = 60;
/// Entries that are kept of a real zip, and how large their data may be.
const ENTRIES: usize = 3;
const DATA: u64 = 400;

/// What zips are made of.
const WORDS: &[&str] = &[
    "PK\u{1}\u{2}",
    "PK\u{3}\u{4}",
    "PK\u{5}\u{6}",
    "PK\u{6}\u{6}",
    "PK\u{6}\u{7}",
    "PK\u{7}\u{8}",
    "\\xFF\\xFF",
    "\\xFF\\xFF\\xFF\\xFF",
    "\\x01\\x00\\x08\\x00",
    "\\x01\\x00\\x18\\x00",
    "\\x75\\x70",
    "\\x08\\x00\\x08\\x00",
    "example.com/m@v1.0.0/",
    "go.mod",
    "LICENSE",
    "../",
    "/",
    "\\x0A",
];

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or_else(|| io::Error::other("usage: zip_seeds FOLDER [ZIP|FOLDER…]"))?;
    fs::create_dir_all(&folder)?;
    let mut seeds: BTreeSet<Vec<u8>> = plain().into_iter().collect();
    for seed in &seeds {
        assert_eq!(odd::look(seed), [], "a plain zip has nothing odd");
    }
    seeds.extend(hostile());
    for path in arguments.map(|path| zips(&path)).collect::<io::Result<Vec<_>>>()?.concat() {
        seeds.extend(small(&fs::read(path)?));
    }
    for (number, seed) in seeds.iter().enumerate() {
        for (knob, mend) in [(0, "as-it-is"), (1, "mended")] {
            fs::write(folder.join(format!("{number:05}-{mend}")), [&seed[..], &[knob]].concat())?;
        }
    }
    let entries: String = WORDS.iter().map(|word| format!("\"{}\"\n", escaped(word))).collect();
    fs::write(folder.with_extension("dict"), entries)?;
    println!("{} zips", seeds.len());
    Ok(())
}

/// A word of a dictionary; those that are escaped already have no control characters.
fn escaped(word: &str) -> String {
    word.chars()
        .map(|c| if c.is_ascii_control() { format!("\\x{:02X}", u32::from(c)) } else { c.to_string() })
        .collect()
}

fn named(name: &str) -> String {
    format!("{}@{}/{name}", MODULE.0, MODULE.1)
}

fn zip_of(files: &[(String, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name, options).expect("a name");
        zip.write_all(content).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

fn plain() -> Vec<Vec<u8>> {
    let text = b"package m // and once more, and once more, and once more, and once more, and once more\n";
    let noise: Vec<u8> = (0..300_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let zeros = vec![0; 70_000];
    let files: Vec<(String, &[u8])> = vec![
        (named("go.mod"), b"module example.com/m\n\ngo 1.21\n"),
        (named("m.go"), text),
        (named("testdata/noise"), &noise),
        (named("empty"), b""),
        (named("zeros"), &zeros),
    ];
    let deflated = SimpleFileOptions::default().compression_method(Deflated);
    let mut zips = vec![
        zip_of(&[], deflated),
        zip_of(&files, deflated),
        zip_of(&files[..4], deflated.compression_method(Stored)),
        zip_of(&files[1..2], deflated.large_file(true)),
    ];
    for level in [1, 9] {
        zips.push(zip_of(&files[1..4], deflated.compression_level(Some(level))));
    }
    zips.push([b"#!/bin/sh\n", &zips[1][..]].concat());
    zips
}

/// Zips that were made to do harm, each plain but for one thing.
fn hostile() -> Vec<Vec<u8>> {
    let deflated = SimpleFileOptions::default().compression_method(Deflated);
    let name = named("a.go");
    let one = zip_of(&[(name.clone(), b"package a // package a // package a\n")], deflated);
    let central = one.windows(4).position(|window| window == b"PK\x01\x02").expect("a header");
    let end = one.len() - 22;
    let mut hostile = Vec::new();
    // Each field of the directory and of the end record: none, full, and one more.
    let fields =
        (4..46).chain(46 + name.len()..46 + name.len()).map(|at| central + at).chain((4..22).map(|at| end + at));
    for at in fields {
        for value in [0, 0xff, one[at].wrapping_add(1)] {
            let mut zip = one.clone();
            zip[at] = value;
            hostile.push(zip);
        }
    }
    for length in [0, 10, 30, 35, central, central + 20, end, end + 10] {
        hostile.push(one[..length].to_vec());
    }
    // A zip after a zip, in a comment of a zip, and two entries with the same data.
    hostile.push([&one[..], &one[..]].concat());
    let mut comment = one.clone();
    comment[end + 20] = u8::try_from(one.len()).unwrap_or(u8::MAX);
    hostile.push([&comment[..], &one[..]].concat());
    let mut twice = one.clone();
    twice.splice(end..end, one[central..end].to_vec());
    let end = twice.len() - 22;
    (twice[end + 8], twice[end + 10]) = (2, 2);
    twice[end + 12] = u8::try_from((end - central) & 0xff).unwrap_or(0);
    hostile.push(twice);
    for names in [&["../a"][..], &["a", "A"], &["a", "a/b"], &["a/"], &["con.txt"], &["a\n"], &["go.mod", "x/go.mod"]] {
        let files: Vec<(String, &[u8])> = names.iter().map(|name| (named(name), &b""[..])).collect();
        hostile.push(zip_of(&files, deflated));
    }
    // What goes on for ever: a bomb that says so, and one that does not.
    let bomb = zip_of(&[(named("bomb"), &vec![0; 1 << 20])], deflated);
    let central = bomb.windows(4).position(|window| window == b"PK\x01\x02").expect("a header");
    let mut hidden = bomb.clone();
    hidden[central + 24..central + 28].copy_from_slice(&[1, 0, 0, 0]);
    hostile.extend([bomb, hidden]);
    hostile
}

/// All zips of modules below a folder, or the zip itself.
fn zips(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let (mut found, mut folders) = (Vec::new(), vec![path.to_owned()]);
    while let Some(folder) = folders.pop() {
        let mut inside = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        inside.sort();
        for path in inside {
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "zip" && found.len() < TAKEN => found.push(path),
                _ => {}
            }
        }
    }
    Ok(found)
}

/// The first small entries of a real zip, with the bytes that its writer wrote, under the name of our module.
fn small(zip: &[u8]) -> Option<Vec<u8>> {
    let archive = Archive::read(zip).ok()?;
    let mut places = zip.windows(4).enumerate().filter(|(_, window)| *window == b"PK\x01\x02").map(|(at, _)| at);
    let (mut locals, mut headers) = (Vec::new(), Vec::new());
    let mut count = 0_u8;
    for entry in &archive.entries {
        let header = zip.get(places.next()?..)?;
        let from = entry.name.iter().position(|byte| *byte == b'@')?;
        let from = from + entry.name.get(from..)?.iter().position(|byte| *byte == b'/')? + 1;
        let name = named(&String::from_utf8_lossy(entry.name.get(from..)?)).into_bytes();
        if entry.compressed > DATA
            || usize::from(count) == ENTRIES
            || header.get(46..46 + entry.name.len()) != Some(&entry.name[..])
        {
            continue;
        }
        let length = u16::try_from(name.len()).ok()?.to_le_bytes();
        let local = zip.get(usize::try_from(entry.offset()).ok()?..)?;
        let number = |data: &[u8], at: usize| {
            data.get(at..at + 2).map(|bytes| usize::from(bytes[0]) | usize::from(bytes[1]) << 8)
        };
        // No extra fields: what follows the name is the data, and behind it the descriptor, where there is one.
        let (extra, extra_here) = (number(header, 30)? + number(header, 32)?, number(local, 28)?);
        if extra + extra_here > 0 {
            continue;
        }
        let offset = u32::try_from(locals.len()).ok()?.to_le_bytes();
        let data = 30 + entry.name.len();
        let descriptor = if header[8] & 8 != 0 { 16 } else { 0 };
        locals.extend([local.get(..26)?, &length, &[0, 0], &name].concat());
        locals.extend_from_slice(local.get(data..data + usize::try_from(entry.compressed).ok()? + descriptor)?);
        headers.extend([header.get(..28)?, &length, header.get(30..42)?, &offset, &name].concat());
        count += 1;
    }
    let (size, offset) = (u32::try_from(headers.len()).ok()?, u32::try_from(locals.len()).ok()?);
    let end = [b"PK\x05\x06\0\0\0\0", &[count, 0, count, 0][..], &size.to_le_bytes(), &offset.to_le_bytes(), &[0, 0]]
        .concat();
    let zip = [locals, headers, end].concat();
    assert_eq!(odd::look(&zip), [], "a real zip has nothing odd");
    (count > 0).then_some(zip)
}
