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
    goflags_that_name_a_file_that_is_not_there {
        set_up: || with("GOFLAGS", "-modfile=nope.mod"),
        go: Go::Fails(TIDY, "open nope.mod: no such file or directory"),
        check: Check::Cause(&[Code::GoflagsConflict]),
        heal: Heal::Locally,
    }
    goflags_that_name_a_file_in_a_workspace {
        set_up: || {
            let mut scene = with("GOFLAGS", "-modfile=go.mod")?;
            scene.sandbox.write("repo/go.work", "go 1.21\n\nuse .\n");
            Some(scene)
        },
        go: Go::Fails(BUILD, "-modfile cannot be used in workspace mode"),
        check: Check::Cause(&[Code::GoflagsConflict]),
        heal: Heal::Locally,
    }
    goflags_that_name_another_file {
        set_up: || {
            let mut scene = with("GOFLAGS", "-modfile=other.mod")?;
            let (module, sums) = (scene.sandbox.read("repo/go.mod"), scene.sandbox.read("repo/go.sum"));
            scene.sandbox.write("repo/other.mod", module).write("repo/other.sum", sums);
            scene.sandbox.write("repo/go.mod", "not looked at\n").write("repo/go.sum", "nor this\n");
            Some(scene)
        },
        go: Go::Passes(TIDY),
        check: Check::Healthy,
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
