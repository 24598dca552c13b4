//! `gomoddoc cache repair` on a cache that the real go has filled: each damage is made, go fails of it or
//! builds wrong code, the cache is repaired, and go passes.

use crate::cache_verify::cases::{CASES, Case, Go, Worst};
use crate::cache_verify::places;
use crate::support::tools;

mod failing;
mod room;
mod whole;

use room::{Room, difference};

/// What is only missing is no damage: go fetches it by itself when it needs it.
const FETCHED_BY_GO: &[&str] = &["mod missing"];

/// The cases are shared by several tests, which run side by side.
const PARTS: usize = 3;

fn each_damage_is_repaired(part: usize) {
    if !tools::have(&["go"]) {
        return;
    }
    let mut room = Room::build();
    let mut wrong = Vec::new();
    for (index, case) in CASES.iter().enumerate().skip(part).step_by(PARTS) {
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| loop_closes(&mut room, index, case)));
        if done.is_err() {
            wrong.push(case.name);
            room.house.spots.iter().for_each(|spot| room.house.restore(spot));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn loop_closes(room: &mut Room, index: usize, case: &Case) {
    let name = case.name;
    let count = places().min(20);
    room.ask("off");
    // Another place for each case, and the large module among them.
    let spots: Vec<_> = room.house.spots.iter().cycle().skip(index * 7).take(count - count / 2).collect();
    let spots: Vec<_> = spots.into_iter().chain(room.house.spots.first().filter(|_| count > 1)).collect();
    let spots: Vec<String> = spots.into_iter().map(|spot| spot.path.clone()).collect();
    let chosen = |room: &Room| -> Vec<usize> {
        (0..room.house.spots.len()).filter(|at| spots.contains(&room.house.spots[*at].path)).collect()
    };
    for at in chosen(room) {
        (case.damage)(&room.house.spots[at]);
        Room::as_go_leaves_it(&room.house.spots[at]);
    }
    // What go heals by itself is left for the repair, and what hangs is left alone.
    if case.worst == Worst::Error && case.go != Go::Hangs {
        // Whatever comes of it: go remembers what the folder held.
        room.house.sandbox.go(&["build", "./..."]);
        let says = room.house.sandbox.go(&["mod", "verify"]);
        assert_eq!(says.ok(), case.go == Go::Content, "{name}: {says}");
    }
    let (before, locks) = (room.tree(), room.locks());

    let proxy = room.proxy();
    room.ask(&proxy);
    let (output, document) = room.repair(&[]);
    if !FETCHED_BY_GO.contains(&name) {
        room.ask("off");
    }
    let after = room.tree();
    assert_eq!(output.code, Some(0), "{name}: {output}");
    let damaged: Vec<_> = chosen(room).into_iter().map(|at| &room.house.spots[at]).collect();
    let (intact, still) = (room.beside(&before, &damaged), room.beside(&after, &damaged));
    assert!(intact == still, "{name}: what was intact has changed:\n{}", difference(&intact, &still));
    assert!(room.locks().is_superset(&locks), "{name}: a lock is gone");
    room.passes(name);
    let (verified, told) = room.house.verify(&[]);
    assert_eq!((verified.code, &told["verdict"]), (Some(0), &"healthy".into()), "{name}: {verified}");

    if document["journal"].is_string() {
        let undone = room.undo();
        assert!(undone.ok(), "{name}: {undone}");
        let back = room.tree();
        assert!(before == back, "{name}: it is not as it was:\n{}", difference(&before, &back));
    } else {
        assert!(before == after, "{name}: {}", difference(&before, &after));
    }
    damaged.iter().for_each(|spot| room.house.restore(spot));
}

#[test]
fn each_damage_is_repaired_part_0() {
    each_damage_is_repaired(0);
}

#[test]
fn each_damage_is_repaired_part_1() {
    each_damage_is_repaired(1);
}

#[test]
fn each_damage_is_repaired_part_2() {
    each_damage_is_repaired(2);
}
