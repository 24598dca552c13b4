use std::io::Write as _;

use super::*;
use crate::golang::module_path::ModuleVersion;

/// A zip made by another library: the oracle for what is well formed.
fn zip(files: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn deflated(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip(files, zip::CompressionMethod::Deflated)
}

fn read(data: &[u8]) -> Result<Archive<&[u8]>, ZipError> {
    Archive::read(data)
}

fn content(archive: &Archive<&[u8]>, index: usize) -> Result<Vec<u8>, EntryError> {
    let mut out = Vec::new();
    let mut inflater = Inflater::default();
    inflater.read(&archive.source, &archive.entries[index], &mut |data| {
        out.extend_from_slice(data);
        true
    })?;
    Ok(out)
}

const NAME: &str = "example.com/m@v1.0.0/a";

/// Where the only central header of a one-entry zip begins.
fn header_at(data: &[u8]) -> usize {
    data.windows(4).position(|window| window == b"PK\x01\x02").unwrap()
}

#[test]
fn contents_come_back_by_both_methods_and_in_all_sizes() {
    let large: Vec<u8> = (0..SMALL + 100_000).map(|n| (n % 251) as u8).collect();
    for method in [zip::CompressionMethod::Stored, zip::CompressionMethod::Deflated] {
        for body in [&b""[..], b"x", &large[..1000], &large] {
            let data = zip(&[(NAME, body)], method);
            let archive = read(&data).unwrap();
            assert_eq!(archive.entries[0].name_text(), NAME);
            assert_eq!(archive.entries[0].size, body.len() as u64);
            assert!(content(&archive, 0).unwrap() == body, "{method:?} {}", body.len());
        }
    }
}

#[test]
fn what_is_no_zip_is_told_apart() {
    let good = deflated(&[(NAME, b"hello")]);
    assert!(matches!(read(b""), Err(ZipError::NoEnd)));
    assert!(matches!(read(b"<html>"), Err(ZipError::NoEnd)));
    assert!(matches!(read(&good[..good.len() - 1]), Err(ZipError::NoEnd)));
    assert!(read(&[&good[..], b"trailing"].concat()).is_ok(), "bytes after the end record");
    let mut lying = good.clone();
    let end = good.len() - 22;
    lying[end + 10] = 9;
    assert!(matches!(read(&lying), Err(ZipError::DirectoryCut)));
    let mut outside = good.clone();
    outside[end + 12..end + 16].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
    assert!(matches!(read(&outside), Err(ZipError::Directory)));
}

#[test]
fn bytes_before_the_zip_are_skipped() {
    let data = [b"#!/bin/sh\n", &deflated(&[(NAME, b"hello")])[..]].concat();
    assert_eq!(content(&read(&data).unwrap(), 0).unwrap(), b"hello");
}

#[test]
fn damage_in_an_entry_is_told_apart() {
    let good = deflated(&[(NAME, &b"hello hello hello hello hello".repeat(9))]);
    let header = header_at(&good);
    let damaged = |edit: &dyn Fn(&mut Vec<u8>)| {
        let mut data = good.clone();
        edit(&mut data);
        let archive = read(&data).unwrap();
        content(&archive, 0).unwrap_err()
    };
    let size_at = header + 24;
    assert!(matches!(damaged(&|data| data[header + 16] ^= 1), EntryError::Crc));
    assert!(matches!(damaged(&|data| data[size_at] += 1), EntryError::TooShort));
    assert!(matches!(damaged(&|data| data[size_at] -= 1), EntryError::TooLong));
    assert!(matches!(damaged(&|data| data[0] = b'X'), EntryError::Header));
    assert!(matches!(damaged(&|data| data[header + 10] = 12), EntryError::Method(12)));
    assert!(matches!(damaged(&|data| data[30 + NAME.len()] = 0xff), EntryError::Corrupt));
    assert!(matches!(damaged(&|data| data[header + 20] = 3), EntryError::TooShort));
}

#[test]
fn offsets_and_sizes_are_read_as_by_go() {
    let good = deflated(&[(NAME, &b"hello hello hello hello hello".repeat(9))]);
    let (header, end) = (header_at(&good), good.len() - 22);
    let edited = |at: usize, value: u8| {
        let mut data = good.clone();
        data[at] = value;
        data
    };
    // The data goes on to the end of the file, and the stream in it ends before that.
    assert!(content(&read(&edited(header + 23, 0x7f)).unwrap(), 0).is_ok());
    // The directory ends at the end record, whatever its offset. Then all offsets are shifted.
    for (value, is_there) in [(good[end + 16], true), (0, false), (0xff, false)] {
        assert_eq!(content(&read(&edited(end + 16, value)).unwrap(), 0).is_ok(), is_there, "{value}");
    }
    // A comment that covers the end record: the end of the file is no end of the directory.
    let mut covered = good.clone();
    covered[header + 32] = 22;
    assert!(matches!(read(&covered), Err(ZipError::DirectoryCut)));
    covered[header + 32] = 21;
    assert!(read(&covered).is_ok(), "one byte more is no header");
}

#[test]
fn a_crc_of_zero_is_not_set() {
    let mut data = deflated(&[(NAME, b"hello")]);
    let header = header_at(&data);
    data[header + 16..header + 20].fill(0);
    assert_eq!(content(&read(&data).unwrap(), 0).unwrap(), b"hello");
}

#[test]
fn the_receiver_can_stop() {
    let data = deflated(&[(NAME, b"hello")]);
    let archive = read(&data).unwrap();
    let stopped = Inflater::default().read(&archive.source, &archive.entries[0], &mut |_| false);
    assert!(matches!(stopped, Err(EntryError::Stopped)));
}

#[test]
fn a_bomb_costs_no_more_than_it_declares() {
    // 600 MiB of zeros that claim to be one byte.
    let mut data = deflated(&[(NAME, &vec![0; 64 << 20])]);
    let header = header_at(&data);
    data[header + 24..header + 28].copy_from_slice(&1_u32.to_le_bytes());
    let archive = read(&data).unwrap();
    let mut received = 0;
    let error = Inflater::default()
        .read(&archive.source, &archive.entries[0], &mut |piece| {
            received += piece.len();
            true
        })
        .unwrap_err();
    assert!(matches!(error, EntryError::TooLong));
    assert_eq!(received, 0);
}

#[test]
fn entries_may_share_their_data_without_harm() {
    // Two directory entries that point to the same local header.
    let mut data = deflated(&[(NAME, b"hello")]);
    let header = header_at(&data);
    let end = data.len() - 22;
    let copy = data[header..end].to_vec();
    let len = copy.len() as u32;
    data.splice(end..end, copy);
    let end = data.len() - 22;
    data[end + 8] = 2;
    data[end + 10] = 2;
    data[end + 12..end + 16].copy_from_slice(&(len * 2).to_le_bytes());
    let archive = read(&data).unwrap();
    assert_eq!(archive.entries.len(), 2);
    assert_eq!(content(&archive, 1).unwrap(), b"hello");
    let problems = check(&archive, &ModuleVersion::new("example.com/m", "v1.0.0"));
    assert_eq!(problems[0].problem, Problem::Duplicate { name: "a".into() });
}

#[test]
fn a_hundred_thousand_entries_are_read() {
    // Counts above 65,535 are written in the 64-bit records.
    let names: Vec<String> = (0..100_000).map(|n| format!("example.com/m@v1.0.0/d{}/f{n}", n % 100)).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let data = zip(&files, zip::CompressionMethod::Stored);
    let archive = read(&data).unwrap();
    assert_eq!(archive.entries.len(), 100_000);
    assert_eq!(check(&archive, &ModuleVersion::new("example.com/m", "v1.0.0")), []);
}

#[test]
fn the_rules_for_names_and_sizes() {
    let rows: &[(&[&str], &str)] = &[
        (&["example.com/m@v1.0.0/go.mod", "example.com/m@v1.0.0/d/a.go"], ""),
        (&["example.com/m@v1.0.1/a"], "path does not have prefix \"example.com/m@v1.0.0/\""),
        (&["example.com/m@v1.0.0/a//b"], "file path is not clean"),
        (&["example.com/m@v1.0.0/a/./b"], "file path is not clean"),
        (&["example.com/m@v1.0.0/a/../b"], "file path is not clean"),
        (&["example.com/m@v1.0.0/../b"], "malformed file path \"../b\": invalid path element \"..\""),
        (
            &["example.com/m@v1.0.0/con.txt"],
            "malformed file path \"con.txt\": \"con\" disallowed as path element component on Windows",
        ),
        (
            &["example.com/m@v1.0.0/a", "example.com/m@v1.0.0/A"],
            "case-insensitive file name collision: \"a\" and \"A\"",
        ),
        (&["example.com/m@v1.0.0/d/go.mod"], "go.mod file not in module root directory"),
        (&["example.com/m@v1.0.0/Go.Mod"], "go.mod files must have lowercase names"),
    ];
    for (names, expected) in rows {
        let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &b"x"[..])).collect();
        let data = deflated(&files);
        let found = check(&read(&data).unwrap(), &ModuleVersion::new("example.com/m", "v1.0.0"));
        let texts: Vec<String> = found.iter().map(|violation| violation.problem.to_string()).collect();
        assert_eq!(texts.join("\n"), *expected, "{names:?}");
    }
}

#[test]
fn declared_sizes_are_held_against_gos_limits() {
    let declare = |name: &str, size: u32| {
        let mut data = deflated(&[(name, b"x")]);
        let header = header_at(&data);
        data[header + 24..header + 28].copy_from_slice(&size.to_le_bytes());
        check(&read(&data).unwrap(), &ModuleVersion::new("example.com/m", "v1.0.0"))
            .into_iter()
            .map(|violation| violation.problem)
            .collect::<Vec<_>>()
    };
    assert_eq!(declare(NAME, 500 << 20), []);
    assert_eq!(declare(NAME, (500 << 20) + 1), [Problem::TotalTooLarge]);
    assert_eq!(declare("example.com/m@v1.0.0/go.mod", (16 << 20) + 1), [Problem::GoModTooLarge]);
    assert_eq!(declare("example.com/m@v1.0.0/LICENSE", (16 << 20) + 1), [Problem::LicenseTooLarge]);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(100))]

    #[test]
    fn no_bytes_make_it_panic(
        flips in proptest::collection::vec((0_usize..2000, proptest::prelude::any::<u8>()), 0..6),
        cut in 0_usize..2000,
        noise in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300),
    ) {
        let mut data = deflated(&[(NAME, &b"hello".repeat(20)), ("example.com/m@v1.0.0/d/", b""), ("other", &noise)]);
        for (at, value) in flips {
            let len = data.len();
            data[at % len] = value;
        }
        data.truncate(data.len().saturating_sub(cut / 20));
        for data in [&data, &noise] {
            if let Ok(archive) = read(data) {
                let _ = check(&archive, &ModuleVersion::new("example.com/m", "v1.0.0"));
                for index in 0..archive.entries.len() {
                    let _ = content(&archive, index);
                }
            }
        }
    }
}
