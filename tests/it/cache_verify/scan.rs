//! The scan itself, as a library.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use gomoddoc::cachescan::{self, Limits, Order, Scan, Strength, Verified, Wanted};
use gomoddoc::golang::module_path::ModuleVersion;
use gomoddoc::model::Damage;

use super::house::{House, write};
use crate::support::tools;

fn wanted(house: &House) -> Vec<Wanted> {
    let modules = house.spots.iter().map(|spot| ModuleVersion::new(spot.path.as_str(), "v1.2.0"));
    modules.map(Wanted::unsummed).collect()
}

fn scan(cache: &Path, wanted: &[Wanted]) -> Scan {
    cachescan::scan(cache, wanted, &Order::full(Limits::cancelled_by(&AtomicBool::new(false))))
}

#[test]
fn details_name_what_is_wrong() {
    if !tools::have(&["go"]) {
        return;
    }
    let house = House::build();
    let cache = house.sandbox.modcache("");
    let wanted = wanted(&house);
    let whole = scan(&cache, &wanted);
    assert!(whole.modules.iter().all(|seen| seen.present && seen.damages.is_empty()), "{whole:?}");
    assert_eq!(whole.modules[0].bytes, 5_160_096);
    let survey = cachescan::survey(&cache, &Limits::cancelled_by(&AtomicBool::new(false)));
    assert_eq!((survey.modules.len(), survey.complete), (21, true));
    assert_eq!((survey.damages, survey.misnamed), (vec![], vec![]));

    let spot = &house.spots[0];
    for n in 0..9 {
        write(&spot.file(&format!("sub/added{n}.txt")), b"x");
    }
    write(&spot.file("lib.go"), b"package lib\n");
    let damaged = scan(&cache, &wanted);
    let shown = serde_json::to_value(&damaged.modules[0].damages).unwrap();
    let expected = serde_json::json!([
        {"is": "files-added", "count": 9, "first": ["sub/added0.txt", "sub/added1.txt", "sub/added2.txt", "sub/added3.txt", "sub/added4.txt"]},
        {"is": "files-changed", "count": 1, "first": ["lib.go"]},
    ]);
    assert_eq!(shown, expected);
}

#[test]
fn links_that_leave_the_cache_are_told_apart() {
    if !tools::have(&["go"]) {
        return;
    }
    let house = House::build();
    let (cache, wanted) = (house.sandbox.modcache(""), wanted(&house));
    let leave = |target: &str| {
        let link = house.spots[0].file("link");
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(target, &link).unwrap();
        match &scan(&cache, &wanted).modules[0].damages[..] {
            [Damage::Links { leave_the_cache, .. }] => *leave_the_cache,
            other => panic!("{other:?}"),
        }
    };
    assert!(!leave("lib.go"));
    assert!(!leave("../other@v1.2.0/lib.go"));
    assert!(leave("/etc/hostname"));
    assert!(leave("nowhere"));
}

#[test]
fn a_scan_ends_when_its_time_is_over() {
    if !tools::have(&["go"]) {
        return;
    }
    let house = House::build();
    let (cache, wanted) = (house.sandbox.modcache(""), wanted(&house));
    let cancelled = AtomicBool::new(true);
    let ended = cachescan::scan(&cache, &wanted, &Order::full(Limits::cancelled_by(&cancelled)));
    assert_eq!((ended.modules.len(), ended.not_reached.len()), (0, 20));
    let not = AtomicBool::new(false);
    let past = Instant::now().checked_sub(Duration::from_millis(1)).unwrap();
    let ended = cachescan::scan(&cache, &wanted, &Order::full(Limits { until: Some(past), cancelled: &not }));
    assert_eq!((ended.modules.len(), ended.not_reached.len()), (0, 20));
}

#[test]
fn quick_reads_no_zip_and_finds_what_is_wrong_in_folders() {
    if !tools::have(&["go"]) {
        return;
    }
    let house = House::build();
    let (cache, wanted) = (house.sandbox.modcache(""), wanted(&house));
    let not = AtomicBool::new(false);
    let order = Order { strength: Strength::Quick, ..Order::full(Limits::cancelled_by(&not)) };
    let damages = || cachescan::scan(&cache, &wanted, &order).modules.remove(1).damages;
    assert_eq!(damages(), []);
    let spot = &house.spots[1];
    // The same size.
    let mut lib = std::fs::read(spot.file("lib.go")).unwrap();
    lib[0] ^= 1;
    write(&spot.file("lib.go"), &lib);
    assert!(matches!(damages()[..], [Damage::FilesChanged(_)]));
    house.restore(spot);
    // In folder and zip alike, so that only the stored hash tells.
    write(&spot.part("zip"), &spot.other_zip());
    write(&spot.file("lib.go"), b"package lib // other\n");
    assert!(matches!(damages()[..], [Damage::FolderModified { .. }]));
}

#[test]
fn what_has_not_changed_is_left_alone_and_what_has_is_not() {
    if !tools::have(&["go"]) {
        return;
    }
    let house = House::build();
    let (cache, wanted) = (house.sandbox.modcache(""), wanted(&house));
    // What changed within the last seconds is not trusted.
    std::thread::sleep(Duration::from_secs(5));
    let not = AtomicBool::new(false);
    let look = |verified: &mut Verified| {
        let order = Order { verified: Some(verified), ..Order::full(Limits::cancelled_by(&not)) };
        let scan = cachescan::scan(&cache, &wanted, &order);
        scan.modules.iter().for_each(|seen| verified.keep(&seen.module, seen.stamp));
        scan
    };
    let mut verified = Verified::default();
    assert!(look(&mut verified).modules.iter().all(|seen| !seen.unchanged && seen.stamp.is_some()));
    let again = look(&mut verified);
    assert!(again.modules.iter().all(|seen| seen.unchanged && seen.present && seen.bytes == 0), "{again:?}");
    // The same size, and the old time put back: the change time and the inode tell.
    let file = house.spots[3].file("lib.go");
    let modified = std::fs::metadata(&file).unwrap().modified().unwrap();
    let mut content = std::fs::read(&file).unwrap();
    content[0] ^= 1;
    write(&file, &content);
    std::fs::File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
    let after = look(&mut verified);
    let changed: Vec<_> = after.modules.iter().filter(|seen| !seen.unchanged).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(matches!(changed[0].damages[..], [Damage::FilesChanged(_)]));
    // What is damaged is looked at every time.
    assert!(!look(&mut verified).modules[3].unchanged);
    // Other sums are another question.
    let summed =
        [Wanted { sums: vec![cachescan::Sums { zip: vec!["h1:x".into()], go_mod: vec![] }], ..wanted[0].clone() }];
    let order = Order { verified: Some(&verified), ..Order::full(Limits::cancelled_by(&not)) };
    assert!(!cachescan::scan(&cache, &summed, &order).modules[0].unchanged);
}
