use gomoddoc::catalog::Code;

use super::frame::{Check, Go, Heal, TIDY, live};
use super::scene::{Scene, key, modules, proxy};
use crate::support::faults::{Faults, On, Status};
use crate::support::module_proxy::ModuleProxy;
use crate::support::modules::Module;
use crate::support::server::Plan;
use crate::support::sumdb::Sumdb;

/// The module proxy and the checksum database have a release that does not exist. Its go command says
/// that it runs, and no more: that is all that an older go has to do with it.
fn with_release(mut scene: Scene) -> Scene {
    let all = with_toolchain();
    scene.proxy(Plan::new(ModuleProxy::new(&all)));
    scene.sumdb(Plan::new(Sumdb::new(&key(), &all)));
    scene
}

fn with_toolchain() -> Vec<Module> {
    let arch = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    let version = format!("v0.0.1-go1.99.0.{}-{arch}", std::env::consts::OS);
    let release = Module::new("golang.org/toolchain", &version)
        .file("bin/go", "#!/bin/sh\necho 'here is go1.99.0' >&2\n")
        .file("bin/gofmt", "")
        .file("lib/of-no-use", "")
        .file("pkg/tool/of-no-use", "");
    let mut all = modules();
    all.push(release);
    all
}

/// The repository wants this Go, and GOTOOLCHAIN is this.
fn wants(go: &str, gotoolchain: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    let text = scene.sandbox.read("repo/go.mod").replace("go 1.21", &format!("go {go}"));
    scene.sandbox.write("repo/go.mod", text).set("GOTOOLCHAIN", gotoolchain);
    Some(scene)
}

live! {
    a_go_older_than_the_go_line {
        set_up: || wants("1.99.0", "local").map(with_release),
        go: Go::Fails(TIDY, "requires go >= 1.99"),
        check: Check::Cause(&[Code::GoTooOld]),
        heal: Heal::Locally,
    }
    a_toolchain_that_no_proxy_has {
        set_up: || wants("1.99.0", "auto"),
        go: Go::Fails(TIDY, "toolchain not available"),
        check: Check::Cause(&[Code::ToolchainUnavailable]),
        heal: Heal::ByHand("See whether the release in go.mod exists, and correct the line", |scene| {
            let text = scene.sandbox.read("repo/go.mod").replace("go 1.99.0", "go 1.21");
            scene.sandbox.write("repo/go.mod", text);
        }),
    }
    a_toolchain_that_is_not_on_path {
        set_up: || wants("1.99.0", "path").map(with_release),
        go: Go::Fails(TIDY, "cannot find \"go1.99.0\" in PATH"),
        check: Check::Cause(&[Code::ToolchainUnavailable]),
        heal: Heal::Locally,
    }
    a_toolchain_that_the_proxy_refuses {
        set_up: || {
            let mut scene = wants("1.99.0", "auto")?;
            let fault = Status::text(403, "releases are not passed on\n");
            scene.proxy(proxy().faults(Faults::new().add(On::module("golang.org/toolchain"), fault)));
            Some(scene)
        },
        go: Go::Fails(TIDY, "403 Forbidden"),
        check: Check::Cause(&[Code::ToolchainUnavailable, Code::ProxyForbidden]),
        heal: Heal::NotHere("who runs the module proxy has to allow it, or somebody has to install the release"),
    }
    a_toolchain_while_lookups_are_off {
        set_up: || {
            let mut scene = with_release(wants("1.99.0", "auto")?);
            scene.public_proxy(Plan::new(ModuleProxy::new(&with_toolchain())));
            scene.sandbox.set("GOPROXY", "off");
            Some(scene)
        },
        go: Go::Fails(TIDY, "toolchain not available"),
        check: Check::Cause(&[Code::ProxyDisabled, Code::ToolchainUnavailable]),
        heal: Heal::Locally,
    }
    a_toolchain_line_that_local_forbids {
        set_up: || wants("1.21\n\ntoolchain go1.99.0", "local"),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    gotoolchain_in_a_wrong_form {
        set_up: || wants("1.21", "1.22"),
        go: Go::Fails(TIDY, "invalid GOTOOLCHAIN"),
        check: Check::Cause(&[Code::ToolchainMisconfigured]),
        heal: Heal::Locally,
    }
}
