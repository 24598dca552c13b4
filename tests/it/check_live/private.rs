use gomoddoc::catalog::Code;

use super::frame::{Check, Go, Heal, TIDY, live};
use super::scene::{PRIVATE, Scene, modules};
use crate::support::faults::Faults;
use crate::support::git::Vanity;
use crate::support::modules::{Module, go_sum};

/// The house's repository also needs the private module, which the module proxy has not got; the
/// git host is there.
pub fn needs_private(listed: bool, goprivate: Option<&str>) -> Option<Scene> {
    let mut scene = Scene::healthy();
    scene.named_hosts(Faults::new(), Vanity::new(), Faults::new());
    let private = if listed { format!("\t{PRIVATE} v1.1.0\n") } else { String::new() };
    scene.sandbox.go_mod(&format!(
        "require (\n\texample.dev/a v1.0.0\n{private})\n\nrequire example.dev/b v1.2.0 // indirect\n"
    ));
    let sums = if listed { Module::new(PRIVATE, "v1.1.0").sum_lines() } else { String::new() };
    scene.sandbox.write("repo/go.sum", go_sum(&modules()) + &sums).main_go(&["example.dev/a", PRIVATE]);
    if let Some(value) = goprivate {
        scene.sandbox.set("GOPRIVATE", value);
    }
    Some(scene)
}

live! {
    a_private_module_without_goprivate {
        set_up: || needs_private(true, None),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::PrivateNotConfigured]),
        heal: Heal::Locally,
    }
    an_unlisted_private_import {
        set_up: || needs_private(false, None),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::PrivateNotConfigured]),
        heal: Heal::Locally,
    }
    goprivate_with_a_scheme {
        set_up: || needs_private(true, Some("https://git.corp.example")),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::GoprivatePattern]),
        heal: Heal::Locally,
    }
    goprivate_with_a_space {
        set_up: || needs_private(true, Some("github.com/acme, git.corp.example")),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::GoprivatePattern]),
        heal: Heal::Locally,
    }
    goprivate_in_quotes {
        set_up: || needs_private(true, Some("\"git.corp.example\"")),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::GoprivatePattern]),
        heal: Heal::Locally,
    }
    goprivate_with_a_letter_too_few {
        set_up: || needs_private(true, Some("git.corp.exampl")),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::GoprivatePattern]),
        heal: Heal::Locally,
    }
    goprivate_for_hosts_below_only {
        set_up: || needs_private(true, Some("*.git.corp.example")),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::GoprivatePattern, Code::PrivateNotConfigured]),
        heal: Heal::Locally,
    }
    an_unlisted_private_import_and_quotes {
        set_up: || needs_private(false, Some("\"git.corp.example\"")),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::GoprivatePattern]),
        heal: Heal::Locally,
    }
    goprivate_with_a_port {
        set_up: || needs_private(true, Some("git.corp.example:443")),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::GoprivatePattern]),
        heal: Heal::Locally,
    }
    an_unlisted_private_import_and_a_scheme {
        set_up: || needs_private(false, Some("https://git.corp.example")),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::GoprivatePattern]),
        heal: Heal::Locally,
    }
    goprivate_as_it_should_be {
        set_up: || needs_private(true, Some("git.corp.example")),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    /// GONOPROXY alone: the module is fetched from its repository, and its name goes to the
    /// checksum database, which has never heard of it.
    gonoproxy_without_gonosumdb {
        set_up: || {
            let mut scene = needs_private(true, None)?;
            scene.sandbox.set("GONOPROXY", "git.corp.example").write("repo/go.sum", go_sum(&modules()));
            Some(scene)
        },
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::PrivateNotConfigured]),
        heal: Heal::Locally,
    }
    /// A pattern for everything says how modules are checked, and nothing of whose they are.
    an_unknown_version_and_a_pattern_for_everything {
        set_up: || {
            let mut scene = Scene::healthy();
            scene.sandbox.set("GONOSUMDB", "*").go_mod("require example.dev/a v1.9.0\n");
            Some(scene)
        },
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::ModuleNotOnProxy]),
        heal: Heal::ByHand("See whether example.dev/a@v1.9.0 exists", |scene| {
            scene.sandbox.go_mod("require example.dev/a v1.0.0\n");
        }),
    }
}
