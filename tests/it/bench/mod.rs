//! `gomoddoc bench` against the lab's servers: what is measured, what is recommended, and who is told what.

mod ends;
mod limits;
mod private;
mod ranking;
mod ways;

use serde_json::Value;

use crate::support::child::Output;
use crate::support::faults::{Fault, Faults, On};
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::{Module, go_sum};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Plan, Server};

/// So fast that no test waits for it.
const FAST: [&str; 4] = ["--rate", "10000", "--burst", "10000"];

fn modules() -> Vec<Module> {
    vec![Module::new("example.dev/a", "v1.0.0"), Module::new("example.dev/b", "v1.2.0")]
}

/// A repository that requires the two modules. GOPROXY is off until a test says otherwise.
fn room() -> Sandbox {
    let mut room = Sandbox::new();
    room.go_mod("require (\n\texample.dev/a v1.0.0\n\texample.dev/b v1.2.0\n)\n")
        .main_go(&["example.dev/a", "example.dev/b"])
        .write("repo/go.sum", go_sum(&modules()));
    room
}

fn plan() -> Plan {
    Plan::new(ModuleProxy::new(&modules()))
}

/// A module proxy of which all answers go through a fault.
fn with_fault(fault: impl Fault) -> Server {
    plan().faults(Faults::new().add(On::all(), fault)).start()
}

/// The URL of a module proxy that nobody runs.
fn dead() -> String {
    format!("http://{}", crate::support::server::listener().local_addr().expect("an address"))
}

/// `bench` as fast as it goes, with its document.
fn measure(room: &Sandbox, args: &[&str]) -> (Output, Value) {
    let args = [&["bench", "--format", "json"], &FAST[..], args].concat();
    let output = room.gomoddoc(&args);
    let document = serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}\n{output}"));
    (output, document)
}

fn result<'a>(document: &'a Value, url: &str) -> &'a Value {
    let results = document["results"].as_array().expect("results");
    results.iter().find(|result| result["url"] == url).unwrap_or_else(|| panic!("no {url} in {document:#}"))
}
