use gomoddoc::catalog::Code;

use super::frame::{Check, Go, Heal, TIDY, live};
use super::scene::{PRIVATE, Scene, VANITY, VANITY_REPOSITORY};
use crate::support::faults::{Faults, On, Status};
use crate::support::git::Vanity;
use crate::support::ports::ClosedPort;
use crate::support::tools;

fn vanity(page: Vanity, faults: Faults) -> Option<Scene> {
    let mut scene = Scene::private_direct();
    scene.named_hosts(Faults::new(), page, faults);
    scene.sandbox.go_mod(&format!("require {VANITY} v1.1.0\n")).main_go(&[VANITY]).write("repo/go.sum", "");
    Some(scene)
}

fn install_git(scene: &mut Scene) {
    let git = tools::find("git").expect("git");
    std::os::unix::fs::symlink(git, scene.sandbox.path("bin/git")).expect("link git");
}

live! {
    git_missing {
        set_up: || {
            let mut scene = Scene::private_over_https(Faults::new());
            scene.sandbox.only_programs(&["go"]);
            Some(scene)
        },
        go: Go::Fails(TIDY, "missing Git command"),
        check: Check::Cause(&[Code::VcsMissing]),
        heal: Heal::ByHand("Install git", install_git),
    }
    git_missing_where_a_vanity_page_leads_to_it {
        set_up: || {
            let page = Vanity::new().tag(VANITY, "git", VANITY_REPOSITORY);
            let mut scene = vanity(page, Faults::new())?;
            scene.sandbox.only_programs(&["go"]);
            Some(scene)
        },
        go: Go::Fails(TIDY, "executable file not found in $PATH"),
        check: Check::Cause(&[Code::VcsMissing]),
        heal: Heal::ByHand("Install git", install_git),
    }
    a_rewrite_that_points_nowhere {
        set_up: || {
            let mut scene = Scene::private_direct();
            // The repository is to be had without the rewrite.
            scene.named_hosts(Faults::new(), Vanity::new(), Faults::new());
            scene.sandbox.set("NO_PROXY", "127.0.0.1");
            let port = ClosedPort::new();
            scene.rewrite_git(&format!("https://{}", port.addr()));
            scene.hold(port);
            Some(scene)
        },
        go: Go::Fails(TIDY, "no secure protocol found for repository"),
        check: Check::Cause(&[Code::GitUrlRewrite]),
        heal: Heal::Locally,
    }
    a_repository_that_does_not_exist {
        set_up: || {
            let mut scene = Scene::private_over_https(Faults::new());
            let path = "git.corp.example/team/gone.git";
            scene.sandbox.go_mod(&format!("require {path} v1.1.0\n")).main_go(&[path]).write("repo/go.sum", "");
            Some(scene)
        },
        go: Go::Fails(TIDY, "no secure protocol found for repository"),
        check: Check::Cause(&[Code::RepositoryNotFound]),
        heal: Heal::ByHand("is spelt right in the imports and in go.mod", |scene| {
            scene.sandbox.go_mod(&format!("require {PRIVATE} v1.1.0\n")).main_go(&[PRIVATE]);
        }),
    }
    a_git_server_with_an_internal_fault {
        set_up: || Some(Scene::private_over_https(Faults::new().add(On::all(), Status::new(502)))),
        go: Go::Fails(TIDY, "no secure protocol found for repository"),
        check: Check::Cause(&[Code::VcsServerError]),
        heal: Heal::NotHere("the git server has to be mended"),
    }
    a_tag_that_does_not_exist {
        set_up: || {
            let mut scene = Scene::private_over_https(Faults::new());
            scene.sandbox.go_mod(&format!("require {PRIVATE} v1.9.0\n")).write("repo/go.sum", "");
            Some(scene)
        },
        go: Go::Fails(TIDY, "unknown revision v1.9.0"),
        check: Check::Cause(&[Code::UnknownRevision]),
        heal: Heal::Locally,
    }
    govcs_that_forbids_git {
        set_up: || {
            let mut scene = Scene::private_over_https(Faults::new());
            scene.sandbox.set("GOVCS", "private:hg");
            Some(scene)
        },
        go: Go::Fails(TIDY, "GOVCS disallows using git"),
        check: Check::Cause(&[Code::VcsDisallowed]),
        heal: Heal::AtACost,
    }
    a_vanity_page_that_is_missing {
        set_up: || vanity(Vanity::new(), Faults::new()),
        go: Go::Fails(TIDY, "404 Not Found"),
        check: Check::Cause(&[Code::VanityImportFailed]),
        heal: Heal::NotHere("the host of the import path has to name the repository"),
    }
    a_vanity_page_for_another_path {
        set_up: || vanity(Vanity::new(), Faults::new().add(On::all(), |_: &_, _| {
            crate::support::server::Answer::ok(
                "text/html",
                "<head><meta name=\"go-import\" content=\"go.corp.example/other git https://git.corp.example/x\"></head>",
            )
        })),
        go: Go::Fails(TIDY, "did not match import path"),
        check: Check::Cause(&[Code::VanityImportFailed]),
        heal: Heal::NotHere("the host of the import path has to name the repository"),
    }
    a_vanity_host_with_an_internal_fault {
        set_up: || vanity(Vanity::new(), Faults::new().add(On::all(), Status::new(503))),
        go: Go::Fails(TIDY, "503 Service Unavailable"),
        check: Check::Cause(&[Code::VcsServerError]),
        heal: Heal::NotHere("the host of the import path has to be mended"),
    }
}
