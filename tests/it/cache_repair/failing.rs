//! Repairs that fail, are killed, or run beside other commands: the state is the old one or the new one.

use std::fs::File;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::room::{Room, Tree, difference};
use crate::cache_verify::house::{Spot, write};
use crate::support::server::{Answer, Asked, OnAccept, Plan};
use crate::support::tools;

const SECRET: &str = "s3cret-of-a-proxy";

/// Damages the folder, the zip and the `.mod` of a module.
fn damage(spot: &Spot) {
    write(&spot.file("lib.go"), b"package lib // edited\n");
    write(&spot.part("zip"), b"PK");
    write(&spot.part("mod"), b"module example.com/elsewhere\n");
    Room::as_go_leaves_it(spot);
}

fn assert_same(before: &Tree, after: &Tree, why: &str) {
    assert!(before == after, "{why}: {}", difference(before, after));
}

fn start(room: &Room, args: &[&str]) -> Child {
    let sandbox = &room.house.sandbox;
    let mut command = sandbox.command(&sandbox.repo(), env!("CARGO_BIN_EXE_gomoddoc"), args);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn where_go_fails_all_is_put_back_and_no_secret_is_told() {
    if !tools::have(&["go"]) {
        return;
    }
    let mut room = Room::build();
    let spot = &room.house.spots[3];
    damage(spot);
    let before = room.tree();
    let not_there = Plan::new(|asked: &Asked| Answer::not_found(&asked.path)).start();
    let page = Plan::new(|_: &Asked| Answer::ok("text/html", "<html>sign in</html>")).start();
    let closed = Plan::new(|asked: &Asked| Answer::not_found(&asked.path)).on_accept(OnAccept::Close).start();
    let down = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let says = [
        (not_there.url(), "404"),
        (page.url(), "go mod download"),
        (closed.url(), "EOF"),
        (down, "connection refused"),
        ("off".to_owned(), "GOPROXY=off"),
    ];
    for (proxy, words) in says {
        room.ask(&proxy);
        let (output, document) = room.repair(&[]);
        assert_eq!(output.code, Some(1), "{proxy}: {output}");
        let error = document["outcomes"][0]["error"].as_str().unwrap_or_else(|| panic!("{proxy}: {output}"));
        assert!(error.contains(words), "{proxy}: {error}");
        assert_same(&before, &room.tree(), &proxy);
        // go refuses to send a login without TLS, and names the URL.
        room.ask(&proxy.replace("http://", &format!("http://robot:{SECRET}@")));
        let table = room.house.sandbox.gomoddoc(&["cache", "repair", "--yes", "--lang", "en"]);
        assert_eq!(table.code, Some(1), "{proxy}: {table}");
        assert!(!output.all().contains(SECRET) && !table.all().contains(SECRET), "{proxy}: {output}{table}");
        assert_same(&before, &room.tree(), &proxy);
    }
    // Nothing was changed, so that there is nothing to take back.
    let undo = room.undo();
    assert!(!undo.ok() && undo.stderr.contains("nothing to undo"), "{undo}");
    let proxy = room.proxy();
    room.ask(&proxy);
    assert_eq!(room.repair(&[]).0.code, Some(0));
}

#[test]
fn a_module_does_not_become_another_one() {
    if !tools::have(&["go"]) {
        return;
    }
    let mut room = Room::build();
    let proxy = room.proxy();
    room.ask(&proxy);
    room.house.sandbox.set("GONOSUMDB", "example.com");
    let spot = &room.house.spots[5];
    let module = spot.module();
    let upstream = room.house.sandbox.path("proxy/example.com/!lib05/@v/v1.2.0.zip");
    let whole = std::fs::read(&upstream).unwrap();
    write(&upstream, &spot.other_zip());
    write(&spot.part("zip"), b"PK");
    // Without a repository nothing is recorded but what lies beside the zip.
    let away = room.house.sandbox.path("tmp");
    let repair = |room: &Room| {
        let args = ["cache", "repair", "--yes", "--format", "json", &module];
        room.house.sandbox.run_in(&away, env!("CARGO_BIN_EXE_gomoddoc"), &args)
    };
    for extracted in [true, false] {
        let spot = &room.house.spots[5];
        if !extracted {
            std::fs::remove_dir_all(spot.folder()).unwrap();
        }
        let before = room.tree();
        let output = repair(&room);
        assert_eq!(output.code, Some(1), "{output}");
        assert!(output.stdout.contains("checksum mismatch"), "{output}");
        // go leaves what it has refused in a file that it never looks at again.
        let mut after = room.tree();
        after.retain(|path, _| before.contains_key(path) || path.extension().is_none_or(|end| end != "tmp"));
        assert_same(&before, &after, "refused");
    }
    write(&upstream, &whole);
    let output = repair(&room);
    assert_eq!(output.code, Some(0), "{output}");
    room.ask("off");
    room.passes("with what it was");
}

#[test]
fn without_go_each_module_says_so() {
    if !tools::have(&["go"]) {
        return;
    }
    let mut room = Room::build();
    damage(&room.house.spots[3]);
    let before = room.tree();
    room.house.sandbox.only_programs(&[]);
    let (output, document) = room.repair(&[]);
    assert_eq!(output.code, Some(1), "{output}");
    assert!(document["outcomes"][0]["error"].is_string(), "{output}");
    assert_same(&before, &room.tree(), "without go");
}

#[test]
fn it_waits_for_a_go_command_that_holds_the_lock() {
    if !tools::have(&["go"]) {
        return;
    }
    let mut room = Room::build();
    let proxy = room.proxy();
    room.ask(&proxy);
    let spot = &room.house.spots[3];
    damage(spot);
    let before = room.tree();
    let lock = File::options().read(true).write(true).create(true).truncate(false).open(spot.part("lock")).unwrap();
    lock.lock().unwrap();
    let mut child = start(&room, &["cache", "repair", "--yes"]);
    // Long enough that it would be done if it did not wait.
    std::thread::sleep(Duration::from_millis(1500));
    assert!(child.try_wait().unwrap().is_none(), "it did not wait");
    assert_same(&before, &room.tree(), "while another holds the lock");
    drop(lock);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    room.ask("off");
    room.passes("once the lock is free");
}

#[test]
fn two_repairs_at_once_beside_go_list_leave_a_whole_cache() {
    if !tools::have(&["go"]) {
        return;
    }
    let mut room = Room::build();
    let proxy = room.proxy();
    room.ask(&proxy);
    for round in 0..2 {
        // Damage that the module graph does not need: whatever fails now, fails for the sake of the repair.
        for spot in room.house.spots.iter().skip(round).step_by(3) {
            write(&spot.part("zip"), b"PK");
            write(&spot.part("info"), b"<html>");
            write(&spot.file("large.txt"), b"edited\n");
            Room::as_go_leaves_it(spot);
        }
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let commands = [["list", "-m", "all"], ["list", "-m", "-json"]];
            let running = commands.map(|args| {
                let (done, sandbox) = (&done, &room.house.sandbox);
                let mut go = sandbox.command(&sandbox.repo(), "go", &args);
                go.stdin(Stdio::null());
                scope.spawn(move || {
                    let mut runs = 0;
                    while !done.load(Ordering::Relaxed) && runs < 200 {
                        let output = go.output().unwrap();
                        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
                        runs += 1;
                    }
                    runs
                })
            });
            let mut repairs = [0, 1].map(|_| start(&room, &["cache", "repair", "--yes"]));
            let ends = repairs.each_mut().map(|child| child.wait().unwrap().code());
            done.store(true, Ordering::Relaxed);
            for runs in running {
                assert!(runs.join().unwrap() > 0);
            }
            // What the other one is about to mend may be seen as damaged, and is left to it.
            assert!(ends.iter().all(|end| matches!(end, Some(0 | 1))), "{ends:?}");
        });
        let (output, _) = room.repair(&[]);
        assert_eq!(output.code, Some(0), "{output}");
        room.ask("off");
        room.passes("after two repairs at once");
        room.ask(&proxy);
    }
}

#[test]
fn the_cache_of_another_user_is_left_alone() {
    if !tools::have(&["go"]) || (!rustix::process::geteuid().is_root() && !tools::skip("only root gives files away")) {
        return;
    }
    let mut room = Room::build();
    let proxy = room.proxy();
    room.ask(&proxy);
    damage(&room.house.spots[3]);
    std::os::unix::fs::chown(room.house.sandbox.modcache(""), Some(1), Some(1)).unwrap();
    let before = room.tree();
    let (output, document) = room.repair(&[]);
    assert_eq!(output.code, Some(1), "{output}");
    let error = document["outcomes"][0]["error"].as_str().unwrap_or_else(|| panic!("{output}"));
    assert!(error.contains("belongs to user 1"), "{error}");
    assert_same(&before, &room.tree(), "of another user");
}

#[test]
fn killed_in_the_fetch_it_is_taken_back() {
    if !tools::have(&["go"]) {
        return;
    }
    let mut room = Room::build();
    damage(&room.house.spots[3]);
    let before = room.tree();
    let silent = Plan::new(|asked: &Asked| Answer::not_found(&asked.path)).on_accept(OnAccept::Silence).start();
    room.ask(&silent.url());
    let mut child = start(&room, &["cache", "repair", "--yes"]);
    while silent.log.connections() == 0 {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was killed");
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(room.tree() != before, "nothing was under way");
    // The go command that it had started hears that nobody answers.
    drop(silent);
    let undone = room.undo();
    assert!(undone.ok(), "{undone}");
    assert_same(&before, &room.tree(), "killed and undone");
}

#[test]
fn killed_at_any_time_nothing_is_lost() {
    if !tools::have(&["go"]) {
        return;
    }
    let mut room = Room::build();
    let proxy = room.proxy();
    let (mut old, mut new) = (0, 0);
    // The step is short against the work, which takes longer than all of them.
    for step in 0..12 {
        let spots: Vec<&Spot> = room.house.spots.iter().skip(1).take(3).collect();
        spots.iter().for_each(|spot| damage(spot));
        let before = room.tree();
        room.ask(&proxy);
        let mut child = start(&room, &["cache", "repair", "--yes"]);
        std::thread::sleep(Duration::from_millis(150 * step));
        child.kill().unwrap();
        child.wait().unwrap();
        let undone = room.undo();
        if undone.ok() || undone.stderr.contains("nothing to undo") {
            // A go command that outlives the repair may still fill places: it does so as ever.
            old += 1;
            assert_same(&before, &room.tree(), &format!("killed after {step} steps: {undone}"));
        } else {
            assert!(undone.stderr.contains("has changed since"), "{undone}");
            new += 1;
        }
        let (output, _) = room.repair(&[]);
        assert_eq!(output.code, Some(0), "killed after {step} steps: {output}");
        room.ask("off");
        room.passes("killed and repaired");
        let spots: Vec<&Spot> = room.house.spots.iter().skip(1).take(3).collect();
        spots.iter().for_each(|spot| room.house.restore(spot));
    }
    assert!(old > 0, "old {old}, new {new}");
}
