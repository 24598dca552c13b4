//! Who is told which module paths.

use super::{measure, modules, result};
use crate::support::http_proxy::HttpProxyPlan;
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::{Module, go_sum};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Plan, Server};
use crate::support::tls::{Authority, Flaw};

const PRIVATE: [&str; 3] = ["git.corp.example/team/lib", "listed.example.com/x", "git.internal/y"];

fn all_modules() -> Vec<Module> {
    let private = PRIVATE.map(|path| Module::new(path, "v1.0.0"));
    modules().into_iter().chain(private).collect()
}

/// A repository with private modules, and a stand-in for a public module proxy to which an HTTP proxy leads.
fn public(host: &str) -> (Sandbox, Server, crate::support::http_proxy::HttpProxy) {
    let mut room = Sandbox::new();
    let requirements: Vec<String> =
        all_modules().iter().map(|module| format!("\t{} {}\n", module.path, module.version)).collect();
    room.go_mod(&format!("require (\n{})\n", requirements.concat())).write("repo/go.sum", go_sum(&all_modules()));
    let authority = Authority::new();
    let server = Plan::new(ModuleProxy::new(&all_modules())).tls(authority.server_for(&[host], Flaw::None)).start();
    let proxy = HttpProxyPlan::default().host(&format!("{host}:443"), server.addr()).start();
    room.write("ca.pem", authority.pem());
    let file = room.path("ca.pem");
    room.set("SSL_CERT_FILE", file)
        .set("HTTPS_PROXY", proxy.url())
        .set("GOPRIVATE", "listed.example.com")
        .set("GOPROXY", "https://proxy.golang.org,direct");
    (room, server, proxy)
}

#[test]
fn a_public_module_proxy_is_told_no_private_path() {
    let (room, server, _proxy) = public("proxy.golang.org");
    let (output, document) = measure(&room, &["-n", "40"]);
    assert_eq!(output.code, Some(0), "{output}");
    let told = result(&document, "https://proxy.golang.org");
    assert_eq!((&told["ok_per_cent"], &told["http"]), (&100.into(), &serde_json::json!(["2"])), "{output}");
    assert_eq!((&document["requests"]["left_out"], &document["requests"]["modules"]), (&3.into(), &2.into()));
    let asked = server.log.paths();
    assert!(asked.keys().all(|path| path.starts_with("/example.dev/")), "{asked:?}");
}

#[test]
fn one_that_goproxy_does_not_have_is_told_what_the_checksum_database_vouches_for() {
    let (mut room, server, _proxy) = public("goproxy.cn");
    // Nobody vouches for what go.sum has: the checksum database is off.
    let (output, document) = measure(&room, &["-n", "10", "https://goproxy.cn"]);
    assert_eq!(document["requests"]["source"], "well-known", "{output}");
    let asked = server.log.paths();
    assert!(asked.keys().all(|path| !path.contains("example")), "{asked:?}");
    room.set("GOSUMDB", "sum.golang.org");
    let (output, document) = measure(&room, &["-n", "10", "https://goproxy.cn"]);
    assert_eq!((&document["requests"]["source"], &document["requests"]["modules"]), (&"build-list".into(), &2.into()));
    assert_eq!(document["advice"]["value"], "https://goproxy.cn,direct", "{output}");
    let asked = server.log.paths();
    assert!(!asked.keys().any(|path| PRIVATE.iter().any(|private| path.contains(private))), "{asked:?}");
}
