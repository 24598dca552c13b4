use std::sync::Arc;

use crate::support::faults::{Faults, Html, On, Status};
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::Module;
use crate::support::sandbox::Sandbox;
use crate::support::server::Plan;
use crate::support::sumdb::{Key, Sumdb};
use crate::support::tools;

const NAME: &str = "sum.corp.example";

/// Enough records that the tree has more than one tile.
fn modules() -> Vec<Module> {
    let mut modules: Vec<_> = (0..300).map(|n| Module::new(&format!("example.dev/m{n}"), "v1.0.0")).collect();
    modules[7] = Module::new("example.dev/m7", "v1.0.0").requires("example.dev/m299", "v1.0.0");
    modules
}

fn sandbox() -> Sandbox {
    let mut sandbox = Sandbox::new();
    sandbox.go_mod("require example.dev/m7 v1.0.0\n").main_go(&["example.dev/m7"]);
    sandbox
}

#[test]
fn go_believes_a_database_at_its_own_url() {
    if !tools::have(&["go"]) {
        return;
    }
    let key = Key::new(NAME, 1);
    let proxy = Plan::new(ModuleProxy::new(&modules())).start();
    let database = Plan::new(Sumdb::new(&key, &modules())).start();
    let mut sandbox = sandbox();
    sandbox.set("GOPROXY", proxy.url()).set("GOSUMDB", format!("{} {}", key.verifier(), database.url()));
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
    assert_eq!(database.log.count(|path| path == "/lookup/example.dev/m299@v1.0.0"), 1);
    assert!(database.log.count(|path| path.starts_with("/tile/8/")) > 0);
    assert_eq!(proxy.log.count(|path| path.starts_with("/sumdb/")), 0);
}

#[test]
fn go_believes_a_database_through_the_proxy() {
    if !tools::have(&["go"]) {
        return;
    }
    let key = Key::new(NAME, 1);
    let database = Arc::new(Sumdb::new(&key, &modules()));
    let proxy = Plan::new(ModuleProxy::new(&modules()).with_sumdb(NAME, database)).start();
    let mut sandbox = sandbox();
    sandbox.set("GOPROXY", proxy.url()).set("GOSUMDB", key.verifier());
    let output = sandbox.go(&["mod", "tidy"]);
    assert!(output.ok(), "{output}");
    assert_eq!(proxy.log.count(|path| path == "/sumdb/sum.corp.example/supported"), 1);
}

#[test]
fn go_refuses_what_a_database_does_wrong() {
    if !tools::have(&["go"]) {
        return;
    }
    let key = Key::new(NAME, 1);
    let honest = || Sumdb::new(&key, &modules());
    let cases = [
        (Plan::new(Sumdb::lying_about(&key, &modules(), "example.dev/m7")), "SECURITY ERROR"),
        (Plan::new(Sumdb::new(&Key::new(NAME, 2), &modules())), "note has no verifiable signatures"),
        (Plan::new(honest()).faults(Faults::new().add(On::all(), Html)), "malformed record data"),
        (Plan::new(honest()).faults(Faults::new().add(On::all(), Status::new(403))), "403 Forbidden"),
        (Plan::new(Sumdb::new(&key, &[])), "404 Not Found"),
    ];
    let proxy = Plan::new(ModuleProxy::new(&modules())).start();
    for (plan, words) in cases {
        let database = plan.start();
        let mut sandbox = sandbox();
        sandbox.set("GOPROXY", proxy.url()).set("GOSUMDB", format!("{} {}", key.verifier(), database.url()));
        let output = sandbox.go(&["mod", "tidy"]);
        assert!(!output.ok(), "{output}");
        assert!(output.stderr.contains(words), "expected {words:?} in\n{output}");
    }
}
