use gomoddoc::catalog::Code;

use super::frame::{BUILD, Check, Go, Heal, TIDY, live};
use super::scene::{Scene, proxy};
use crate::support::ports::ClosedPort;

fn with(name: &str, value: &str) -> Option<Scene> {
    let mut scene = Scene::healthy();
    scene.sandbox.set(name, value);
    Some(scene)
}

live! {
    the_shell_shadows_the_env_file {
        set_up: || {
            let mut scene = Scene::healthy();
            let good = scene.sandbox.get("GOPROXY").cloned().unwrap_or_default();
            scene.sandbox.go_env_file(&[&format!("GOPROXY={}", good.to_string_lossy())]);
            let port = ClosedPort::new();
            scene.sandbox.set("GOPROXY", format!("http://{}", port.addr()));
            scene.hold(port);
            Some(scene)
        },
        go: Go::Fails(TIDY, "connection refused"),
        check: Check::Cause(&[Code::EnvShadowed]),
        heal: Heal::Locally,
    }
    goflags_with_an_unknown_flag {
        set_up: || with("GOFLAGS", "-modd=mod"),
        go: Go::Fails(TIDY, "parsing $GOFLAGS: unknown flag -modd"),
        check: Check::Cause(&[Code::GoflagsConflict]),
        heal: Heal::Locally,
    }
    goflags_that_are_no_flags {
        set_up: || with("GOFLAGS", "mod=mod"),
        go: Go::Fails(TIDY, "non-flag"),
        check: Check::Cause(&[Code::GoflagsConflict]),
        heal: Heal::Locally,
    }
    goflags_that_ask_for_a_vendor_folder {
        set_up: || with("GOFLAGS", "-mod=vendor"),
        go: Go::Fails(BUILD, "vendor"),
        check: Check::Cause(&[Code::VendorInconsistent]),
        heal: Heal::Locally,
    }
    modules_switched_off {
        set_up: || with("GO111MODULE", "off"),
        go: Go::Fails(TIDY, "modules disabled by GO111MODULE=off"),
        check: Check::Cause(&[Code::ModulesDisabled]),
        heal: Heal::Locally,
    }
    gopath_that_is_relative {
        set_up: || with("GOPATH", "go"),
        go: Go::Fails(TIDY, "GOPATH entry is relative"),
        check: Check::Cause(&[Code::EnvInvalid]),
        heal: Heal::Locally,
    }
    gomodcache_that_is_relative {
        set_up: || with("GOMODCACHE", "cache"),
        go: Go::Fails(TIDY, "GOMODCACHE entry is relative"),
        check: Check::Cause(&[Code::EnvInvalid]),
        heal: Heal::Locally,
    }
    goproxy_empty_in_the_env_file {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.public_proxy(proxy());
            scene.sandbox.unset("GOPROXY").go_env_file(&["GOPROXY="]);
            Some(scene)
        },
        go: Go::Fails(TIDY, "contains no entries"),
        check: Check::Cause(&[Code::ProxyMisconfigured, Code::EnvShadowed]),
        heal: Heal::Locally,
    }
}
