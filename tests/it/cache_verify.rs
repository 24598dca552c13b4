//! `gomoddoc cache verify` on a cache that the real go has filled. Each way to damage it is found, nothing
//! else is blamed, and `go mod verify` has its say about the same cache.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::tools;

pub mod cases;
mod hostile;
pub mod house;
mod scan;
pub mod sumdb_store;
mod table;
mod whole;

use cases::{CASES, Go, Worst};
use house::{House, damages};

/// In how many modules each damage is made at once.
pub fn places() -> usize {
    std::env::var("GOMODDOC_PLACES").ok().and_then(|places| places.parse().ok()).unwrap_or(2)
}

#[test]
fn each_damage_is_found_wherever_it_is_and_no_other() {
    if !tools::have(&["go"]) {
        return;
    }
    let house = House::build();
    for (index, case) in CASES.iter().enumerate() {
        // Another place for each case, and the large module among them.
        let spots: Vec<_> = house.spots.iter().cycle().skip(index * 7).take(places().min(20)).collect();
        let spots: Vec<_> = spots.into_iter().chain(house.spots.first()).take(places().min(20)).collect();
        spots.iter().for_each(|spot| (case.damage)(spot));
        let (output, document) = house.verify(&[]);
        let kinds: BTreeSet<String> = case.finds.iter().map(|kind| (*kind).to_owned()).collect();
        let expected: BTreeMap<_, _> =
            spots.iter().filter(|_| !kinds.is_empty()).map(|spot| (spot.module(), kinds.clone())).collect();
        assert_eq!(damages(&document), expected, "{}: {output}", case.name);
        let worst = match case.worst {
            Worst::Nothing => (0, "healthy", ""),
            Worst::Unknown => (0, "unknown", ""),
            Worst::Note => (0, "healthy", "note"),
            Worst::Warning => (0, "degraded", "warning"),
            Worst::Error => (1, "failing", "error"),
        };
        assert_eq!(output.code, Some(worst.0), "{}: {output}", case.name);
        assert_eq!(document["verdict"], worst.1, "{}", case.name);
        let findings = document["findings"].as_array().unwrap();
        if let Some(first) = findings.first() {
            assert_eq!(first["severity"], worst.2, "{}", case.name);
        }
        if case.go != Go::Hangs {
            let says = house.sandbox.go(&["mod", "verify"]);
            assert_eq!(if says.ok() { Go::Content } else { Go::Objects }, case.go, "{}: {says}", case.name);
            // What we say of go is what go says.
            let foretold = findings
                .iter()
                .flat_map(|finding| finding["data"]["damages"].as_array().unwrap())
                .any(|damage| damage["go_mod_verify_objects"] == true);
            if !findings.is_empty() {
                assert_eq!(foretold, case.go == Go::Objects, "{}: {says}", case.name);
            }
        }
        spots.iter().for_each(|spot| house.restore(spot));
    }
    let (output, document) = house.verify(&[]);
    assert_eq!((output.code, document["findings"].as_array().unwrap().len()), (Some(0), 0), "{output}");
}
