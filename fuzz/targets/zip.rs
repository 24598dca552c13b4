//! Any bytes as the zip of a module: no panic, and what the `zip` crate makes of them.
//!
//! A zip whose directory has nothing odd ([`odd`]) is read by both, with the same entries; and so is the content of
//! each entry, but for what [`may_refuse`] and [`may_read`] name. The scan of a cache must come to the same as the reader.

#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use gomoddoc::cachescan::{self, Limits, Order, Wanted};
use gomoddoc::golang::module_hash::{ZipHashError, hash_zip};
use gomoddoc::golang::module_path::ModuleVersion;
use gomoddoc::golang::module_zip::{EntryError, Inflater, check};
use gomoddoc::model::Damage;
use gomoddoc_fuzz::knobs;
use gomoddoc_fuzz::zips::odd;
use gomoddoc_fuzz::zips::{MODULE, Ours, Theirs};
use libfuzzer_sys::{Corpus, fuzz_target};

/// Contents of zips that claim more are not inflated: overlapping entries would make each run take seconds.
const MAX_CONTENT: u64 = 16 << 20;
/// Zeros before a zip, so that a scan reads it in parts.
const BEFORE: usize = (1 << 20) + 1;

fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((zip, [knob])) = knobs(input) else { return Corpus::Reject };
    let mut zip = zip.to_vec();
    if knob & 1 != 0 {
        mend(&mut zip);
    }
    if knob & 6 == 6 {
        zip.splice(0..0, vec![0; BEFORE]);
    }
    if hold_against_crate(&zip) {
        hold_scan(&zip);
    }
    Corpus::Keep
});

/// Makes the CRCs in the directory those of the contents, which mutations would never hit.
fn mend(zip: &mut [u8]) {
    let copy = zip.to_vec();
    let Ok(ours) = Ours::read(&copy) else { return };
    if ours.declared() > MAX_CONTENT {
        return;
    }
    let mut inflater = Inflater::default();
    for entry in &ours.archive.entries {
        let mut crc = crc32fast::Hasher::new();
        let read = inflater.read(&ours.archive.source, entry, &mut |data| {
            crc.update(data);
            true
        });
        if matches!(read, Err(EntryError::Crc)) {
            let (old, new) = (entry.crc32.to_le_bytes(), crc.finalize().to_le_bytes());
            let places: Vec<usize> =
                zip.windows(4).enumerate().filter(|(_, window)| *window == old).map(|(at, _)| at).collect();
            places.into_iter().for_each(|at| zip[at..at + 4].copy_from_slice(&new));
        }
    }
}

/// Whether the contents were looked at.
fn hold_against_crate(zip: &[u8]) -> bool {
    let odd = odd::look(zip);
    let (ours, theirs) = (Ours::read(zip), Theirs::read(zip));
    assert!(ours.is_ok() == theirs.is_some() || !odd.is_empty(), "{:?} {}", ours.err(), theirs.is_some());
    let Ok(ours) = ours else { return true };
    let entries = ours.entries();
    let same = theirs.filter(|theirs| {
        let same = theirs.entries().as_ref() == Some(&entries);
        assert!(same || !odd.is_empty(), "{entries:?} {:?}", theirs.entries());
        same
    });
    if ours.declared() > MAX_CONTENT {
        return false;
    }
    if let Some(mut theirs) = same {
        let mut inflater = Inflater::default();
        for (index, entry) in entries.iter().enumerate() {
            let flags = theirs.flags(index, zip).expect("a header has flags");
            match (ours.content(index, &mut inflater), theirs.content(index)) {
                (Ok(content), Some(other)) => assert!(content == other, "{entry:?}"),
                (Ok(content), None) => {
                    let crc = crc32fast::hash(&content);
                    assert!(may_refuse(entry.crc32, crc, flags, &entry.name), "only we read {entry:?}, {flags:x}");
                }
                (Err(error), Some(content)) => {
                    let is_whole = content.len() as u64 == entry.size;
                    assert!(
                        may_read(&error, is_whole, flags, &entry.name),
                        "only the crate reads {entry:?}: {error:?}"
                    );
                }
                (Err(_), None) => {}
            }
        }
    }
    true
}

/// Whether the crate may refuse an entry that Go reads.
fn may_refuse(declared: u32, actual: u32, flags: u16, name: &[u8]) -> bool {
    let is_encrypted = flags & 1 != 0;
    // Go takes a CRC of zero for one that is not set, where there is no descriptor.
    let has_no_crc = declared == 0 && actual != 0 && flags & 8 == 0;
    // Go looks at nothing in a folder but its size.
    is_encrypted || has_no_crc || name.ends_with(b"/")
}

/// Whether the crate may read an entry that Go refuses.
fn may_read(error: &EntryError, is_whole: bool, flags: u16, name: &[u8]) -> bool {
    match error {
        // Go reads the descriptor behind the data and compares it with the directory.
        EntryError::Crc | EntryError::TooShort if flags & 8 != 0 && is_whole => true,
        // Go insists on the declared size.
        EntryError::TooShort | EntryError::TooLong => !is_whole,
        EntryError::FolderWithContent => name.ends_with(b"/"),
        _ => false,
    }
}

/// A cache with nothing but the zip, scanned.
fn hold_scan(zip: &[u8]) {
    static CACHE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (cache, path) = CACHE.get_or_init(|| {
        // On this very thread: where its coverage is counted.
        rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().expect("a pool");
        let cache = tempfile::tempdir().expect("a folder");
        let folder = cache.path().join("cache/download").join(MODULE.0).join("@v");
        fs::create_dir_all(&folder).expect("a folder");
        (cache, folder.join(format!("{}.zip", MODULE.1)))
    });
    fs::write(path, zip).expect("a zip");
    let module = ModuleVersion::new(MODULE.0, MODULE.1);
    let wanted = [Wanted::unsummed(module.clone())];
    let not = AtomicBool::new(false);
    let scan = cachescan::scan(cache.path(), &wanted, &Order::full(Limits::cancelled_by(&not)));
    let seen = &scan.modules[0];
    let ours = Ours::read(zip);
    let follows_rules = ours.as_ref().is_ok_and(|ours| check(&ours.archive, &module).is_empty());
    let h1 = ours.as_ref().ok().map(|ours| hash_zip(&ours.archive, MAX_CONTENT));
    let is_broken = matches!(h1, Some(Err(ZipHashError::Entry { .. })));
    let is = |damage: fn(&Damage) -> bool| seen.damages.iter().any(damage);
    assert_eq!(is(|damage| matches!(damage, Damage::ZipUnreadable { .. })), ours.is_err(), "{seen:?}");
    assert_eq!(is(|damage| matches!(damage, Damage::ZipRule { .. })), ours.is_ok() && !follows_rules, "{seen:?}");
    assert_eq!(is(|damage| matches!(damage, Damage::ZipEntry { .. })), is_broken, "{seen:?}");
    assert_eq!(seen.zip_h1, h1.and_then(Result::ok));
}
