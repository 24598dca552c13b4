//! What go stores of a checksum database.

use std::sync::Arc;

use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::Module;
use crate::support::sandbox::Sandbox;
use crate::support::server::{Plan, Server};
use crate::support::sumdb::{Key, Sumdb};

/// The name of the database.
pub const NAME: &str = "sum.example.com";

/// A sandbox in which go has asked the database for five modules, and the server that has them.
pub fn made() -> (Sandbox, Server) {
    let modules: Vec<Module> = (0..5).map(|n| Module::new(&format!("example.com/m{n}"), "v1.0.0")).collect();
    let key = Key::new(NAME, 7);
    let proxy = ModuleProxy::new(&modules).with_sumdb(NAME, Arc::new(Sumdb::new(&key, &modules)));
    let server = Plan::new(proxy).start();
    let mut sandbox = Sandbox::new();
    sandbox.set("GOPROXY", server.url()).set("GOSUMDB", key.verifier());
    let requires: String = modules.iter().map(|module| format!("\t{} v1.0.0\n", module.path)).collect();
    sandbox.go_mod(&format!("require (\n{requires})\n"));
    sandbox.main_go(&modules.iter().map(|module| module.path.as_str()).collect::<Vec<_>>());
    let tidy = sandbox.go(&["mod", "tidy"]);
    assert!(tidy.ok(), "{tidy}");
    (sandbox, server)
}
