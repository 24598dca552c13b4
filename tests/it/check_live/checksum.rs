use std::sync::Arc;

use gomoddoc::catalog::Code;

use super::frame::{BUILD, Check, Go, Heal, TIDY, live};
use super::scene::{SUMDB, Scene, key, modules};
use crate::support::faults::{Faults, Html, On, Status};
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::{Module, go_sum};
use crate::support::ports::ClosedPort;
use crate::support::server::Plan;
use crate::support::sumdb::{Key, Sumdb};

/// go.sum is empty, so that the checksum database has to be asked, and it is this one.
fn database(plan: Plan) -> Option<Scene> {
    let mut scene = Scene::healthy();
    scene.sumdb(plan);
    scene.sandbox.write("repo/go.sum", "");
    Some(scene)
}

fn honest() -> Plan {
    Plan::new(Sumdb::new(&key(), &modules()))
}

fn with_go_sum(text: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    scene.sandbox.write("repo/go.sum", text);
    Some(scene)
}

/// Nothing listens where the checksum database should be; go.sum is complete.
fn dead_database() -> Scene {
    let mut scene = Scene::healthy();
    let port = ClosedPort::new();
    scene.sandbox.set("GOSUMDB", format!("{} http://{}", key().verifier(), port.addr()));
    scene.hold(port);
    scene
}

/// A file imports a module that go.mod does not list yet; the module proxy has it.
fn new_import(scene: &mut Scene) {
    let mut all = modules();
    all.push(Module::new("example.dev/c", "v1.0.0"));
    scene.proxy(Plan::new(ModuleProxy::new(&all)));
    scene.sandbox.main_go(&["example.dev/a", "example.dev/c"]);
}

fn conflict_in_go_sum() -> Option<Scene> {
    let lines = go_sum(&modules());
    with_go_sum(&format!("<<<<<<< HEAD\n{lines}=======\n{lines}>>>>>>> branch\n"))
}

fn without_marks(scene: &mut Scene) {
    scene.sandbox.write("repo/go.sum", go_sum(&modules()));
}

/// GOSUMDB has this key, and the URL that it had.
fn the_key_is(scene: &mut Scene, key: &Key) {
    let value = scene.sandbox.get("GOSUMDB").map(|value| value.to_string_lossy().into_owned()).unwrap_or_default();
    let (_, url) = value.split_once(' ').expect("a URL");
    scene.sandbox.set("GOSUMDB", format!("{} {url}", key.verifier()));
}

live! {
    go_sum_with_conflict_markers {
        since: 22,
        set_up: conflict_in_go_sum,
        go: Go::Fails(BUILD, "malformed go.sum"),
        check: Check::Cause(&[Code::GoSumMalformed]),
        heal: Heal::ByHand("Take the marks out", without_marks),
    }
    go_sum_with_conflict_markers_that_go_does_not_name {
        before: 22,
        set_up: conflict_in_go_sum,
        go: Go::Fails(BUILD, "missing go.sum entry"),
        check: Check::Cause(&[Code::GoSumMalformed]),
        heal: Heal::ByHand("Take the marks out", without_marks),
    }
    go_sum_of_another_content {
        set_up: || {
            let then: Vec<_> = modules().into_iter().map(|module| module.file("lib.go", "package moved\n")).collect();
            with_go_sum(&go_sum(&then))
        },
        go: Go::Fails(TIDY, "checksum mismatch"),
        check: Check::Cause(&[Code::ChecksumMismatch]),
        heal: Heal::NotHere("which content is right only the author can say"),
    }
    /// As after a merge that took the other side's go.sum.
    go_sum_of_other_versions {
        set_up: || with_go_sum(&go_sum(&[Module::new("example.dev/a", "v0.9.0"), Module::new("example.dev/b", "v1.1.0")])),
        go: Go::Fails(BUILD, "missing go.sum entry"),
        check: Check::Cause(&[Code::GoSumMissing]),
        heal: Heal::Locally,
    }
    go_sum_without_the_hash_of_one_zip {
        set_up: || {
            let lines = go_sum(&modules());
            let kept: Vec<_> = lines.lines().filter(|line| !line.starts_with("example.dev/b v1.2.0 h1:")).collect();
            with_go_sum(&(kept.join("\n") + "\n"))
        },
        go: Go::Fails(BUILD, "missing go.sum entry"),
        check: Check::Cause(&[Code::GoSumMissing]),
        heal: Heal::Locally,
    }
    go_sum_without_entries {
        set_up: || with_go_sum(""),
        go: Go::Fails(BUILD, "missing go.sum entry"),
        check: Check::Cause(&[Code::GoSumMissing]),
        heal: Heal::Locally,
    }
    a_database_that_is_not_there {
        set_up: || {
            let mut scene = database(honest())?;
            let port = ClosedPort::new();
            scene.sandbox.set("GOSUMDB", format!("{} http://{}", key().verifier(), port.addr()));
            scene.hold(port);
            Some(scene)
        },
        go: Go::Fails(TIDY, "connection refused"),
        check: Check::Cause(&[Code::SumdbUnreachable]),
        heal: Heal::NotHere("the database has to answer"),
    }
    a_database_that_refuses {
        set_up: || database(honest().faults(Faults::new().add(On::all(), Status::text(403, "blocked\n")))),
        go: Go::Fails(TIDY, "403 Forbidden"),
        check: Check::Cause(&[Code::SumdbUnreachable]),
        heal: Heal::NotHere("the database has to answer"),
    }
    a_proxy_that_refuses_to_pass_the_database_on {
        set_up: || {
            let mut scene = database(honest())?;
            let proxy = ModuleProxy::new(&modules()).with_sumdb(SUMDB, Arc::new(Sumdb::new(&key(), &modules())));
            scene.proxy(Plan::new(proxy).faults(Faults::new().add(On::beginning("/sumdb/"), Status::new(403))));
            scene.sandbox.set("GOSUMDB", key().verifier());
            Some(scene)
        },
        go: Go::Fails(TIDY, "/sumdb/sum.corp.example/supported: 403 Forbidden"),
        check: Check::Cause(&[Code::SumdbUnreachable]),
        heal: Heal::NotHere("the module proxy has to pass it on"),
    }
    a_database_through_the_proxy {
        set_up: || {
            let mut scene = database(honest())?;
            let proxy = ModuleProxy::new(&modules()).with_sumdb(SUMDB, Arc::new(Sumdb::new(&key(), &modules())));
            scene.proxy(Plan::new(proxy));
            scene.sandbox.set("GOSUMDB", key().verifier());
            Some(scene)
        },
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_database_that_records_another_hash {
        set_up: || database(Plan::new(Sumdb::lying_about(&key(), &modules(), "example.dev/a"))),
        go: Go::Fails(TIDY, "SECURITY ERROR"),
        check: Check::Cause(&[Code::SumdbMismatch]),
        heal: Heal::NotHere("the module is not the one that was published"),
    }
    a_database_that_lacks_the_module {
        set_up: || database(Plan::new(Sumdb::new(&key(), &modules()[1..]))),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::SumdbNotFound]),
        heal: Heal::NotHere("the database has to learn of the module"),
    }
    a_database_that_signs_with_another_key {
        set_up: || database(Plan::new(Sumdb::new(&Key::new(SUMDB, 8), &modules()))),
        go: Go::Fails(TIDY, "note has no verifiable signatures"),
        check: Check::Cause(&[Code::SumdbBadResponse]),
        heal: Heal::ByHand("the key in GOSUMDB is that of the database", |scene| the_key_is(scene, &Key::new(SUMDB, 8))),
    }
    a_login_page_as_database {
        set_up: || database(honest().faults(Faults::new().add(On::all(), Html))),
        go: Go::Fails(TIDY, "malformed record data"),
        check: Check::Cause(&[Code::SumdbBadResponse]),
        heal: Heal::NotHere("the network has to let the database through"),
    }
    gosumdb_without_a_key {
        set_up: || {
            let mut scene = database(honest())?;
            let value = scene.sandbox.get("GOSUMDB").map(|value| value.to_string_lossy().into_owned());
            scene.offer("gosumdb", value.unwrap_or_default());
            scene.sandbox.set("GOSUMDB", SUMDB);
            Some(scene)
        },
        go: Go::Fails(TIDY, "invalid GOSUMDB: malformed verifier id"),
        check: Check::Cause(&[Code::SumdbMisconfigured]),
        heal: Heal::ByHand("the key", |scene| {
            let value = scene.offered("gosumdb");
            scene.sandbox.set("GOSUMDB", value);
        }),
    }
    a_damaged_state_of_the_database {
        set_up: || {
            let mut scene = database(honest())?;
            scene.sandbox.write(&format!("gopath/pkg/sumdb/{SUMDB}/latest"), "half a no");
            Some(scene)
        },
        go: Go::Fails(TIDY, "malformed note"),
        check: Check::Cause(&[Code::SumdbCacheCorrupt]),
        heal: Heal::Locally,
    }
    a_dead_database_that_go_sum_makes_up_for {
        set_up: || Some(dead_database()),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_dead_database_that_no_module_is_asked_of {
        set_up: || {
            let mut scene = dead_database();
            scene.sandbox.set("GONOSUMDB", "example.dev").write("repo/go.sum", "");
            Some(scene)
        },
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    /// go.sum has every line that go.mod asks for; what is imported in addition has none yet.
    a_dead_database_and_a_new_import {
        set_up: || {
            let mut scene = dead_database();
            new_import(&mut scene);
            Some(scene)
        },
        go: Go::Fails(TIDY, "connection refused"),
        check: Check::Cause(&[Code::SumdbUnreachable]),
        heal: Heal::NotHere("the database has to answer"),
    }
    a_database_that_lacks_a_new_import {
        set_up: || {
            let mut scene = Scene::healthy();
            new_import(&mut scene);
            Some(scene)
        },
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::SumdbNotFound]),
        heal: Heal::NotHere("the database has to learn of the module"),
    }
}
