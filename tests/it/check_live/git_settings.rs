//! Settings of git, and logins that git or go does not find.

use gomoddoc::catalog::Code;

use super::frame::{Check, Go, Heal, TIDY, live};
use super::scene::{Scene, VANITY, VANITY_REPOSITORY};
use crate::support::faults::{BasicLogin, Faults, On};
use crate::support::git::{SshClient, Vanity, private_key, ssh_available};
use crate::support::tools;

const HIDDEN: &str = "no secure protocol found for repository";
const LINE: &str = "login dev password s3cret-word\n";

fn login() -> Faults {
    Faults::new().add(On::all(), BasicLogin::new("dev", "s3cret-word"))
}

/// The private repository behind a login, on a server at the port that is handed on.
fn locked(change: impl FnOnce(&mut Scene, u16)) -> Option<Scene> {
    let mut scene = Scene::private_direct();
    let server = scene.git_server(login(), "127.0.0.1");
    let (url, port) = (server.url(), server.port());
    scene.rewrite_git(&url);
    scene.secrets.push("s3cret-word".to_owned());
    change(&mut scene, port);
    Some(scene)
}

/// The module of a custom import path, whose host wants a login for its page.
fn locked_page(netrc: &str) -> Option<Scene> {
    let mut scene = Scene::private_direct();
    let page = Vanity::new().tag(VANITY, "git", VANITY_REPOSITORY);
    scene.named_hosts(Faults::new(), page, login());
    scene.sandbox.go_mod(&format!("require {VANITY} v1.1.0\n")).main_go(&[VANITY]).write("repo/go.sum", "");
    scene.sandbox.write_mode("home/.netrc", netrc, 0o600);
    scene.secrets.push("s3cret-word".to_owned());
    Some(scene)
}

fn with_line(scene: &mut Scene) {
    scene.sandbox.write_mode("home/.netrc", format!("machine 127.0.0.1 {LINE}"), 0o600);
}

/// A git that lacks an option, which newer go commands use.
fn git_of_another_decade() -> Option<Scene> {
    let mut scene = Scene::private_over_https(Faults::new());
    let git = tools::find("git").expect("git").display().to_string();
    let script = format!(
        "#!/bin/sh\ncase \"$*\" in\nversion) echo 'git version 2.20.1' ;;\n*--end-of-options*) echo \"error: unknown option \\`end-of-options'\" >&2; echo 'usage: git ls-remote' >&2; exit 129 ;;\n*) exec {git} \"$@\" ;;\nesac\n"
    );
    let old = scene.sandbox.path("old/git").display().to_string();
    let install = format!("#!/bin/sh\n[ \"$*\" = 'install -y git' ] && rm '{old}'\n");
    scene.sandbox.write_mode("old/git", script, 0o755).write_mode("old/apt-get", install, 0o755);
    scene.first_on_path("old");
    Some(scene)
}

live! {
    a_netrc_that_only_go_finds {
        set_up: || locked(|scene, _| {
            let file = scene.sandbox.path("netrc");
            scene.sandbox.write_mode("netrc", format!("machine 127.0.0.1 {LINE}"), 0o600).set("NETRC", file);
        }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::NetrcIneffective]),
        heal: Heal::ByHand("Write the entry for", with_line),
    }
    a_netrc_with_a_port_that_git_does_not_want {
        set_up: || locked(|scene, port| {
            scene.sandbox.write_mode("home/.netrc", format!("machine 127.0.0.1:{port} {LINE}"), 0o600);
        }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::NetrcIneffective]),
        heal: Heal::Locally,
    }
    a_default_entry_is_enough_for_git {
        set_up: || locked(|scene, _| {
            scene.sandbox.write_mode("home/.netrc", format!("default {LINE}"), 0o600);
        }),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_login_in_the_settings_of_the_repository {
        set_up: || locked(|scene, port| {
            let header = format!("[http \"https://127.0.0.1:{port}/\"]\n\textraHeader = AUTHORIZATION: basic ZGV2OnMzY3JldC13b3Jk\n");
            scene.secrets.push("ZGV2OnMzY3JldC13b3Jk".to_owned());
            let made = scene.sandbox.run("git", &["init", "-q"]);
            assert!(made.ok(), "{made}");
            let config = scene.sandbox.read("repo/.git/config");
            scene.sandbox.write("repo/.git/config", format!("{config}{header}"));
        }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::GitUrlRewrite]),
        heal: Heal::ByHand("Store the login for", with_line),
    }
    a_rewrite_with_a_stale_login {
        set_up: || locked(|scene, port| {
            scene.rewrite_git(&format!("https://dev:wr0ng-w0rd@127.0.0.1:{port}"));
            scene.secrets.push("wr0ng-w0rd".to_owned());
        }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::GitUrlRewrite]),
        heal: Heal::ByHand("Take the login out of the rule", |scene| {
            let config = scene.sandbox.read("home/.gitconfig").replace("dev:wr0ng-w0rd@", "");
            scene.sandbox.write("home/.gitconfig", config);
            with_line(scene);
        }),
    }
    a_helper_that_is_not_installed {
        set_up: || locked(|scene, _| {
            let config = scene.sandbox.read("home/.gitconfig");
            scene.sandbox.write("home/.gitconfig", format!("{config}[credential]\n\thelper = nowhere\n"));
        }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::GitAuthRequired]),
        heal: Heal::ByHand("Install the credential helper nowhere", |scene| {
            let helper = "#!/bin/sh\necho username=dev\necho password=s3cret-word\n";
            scene.sandbox.write_mode("tools/git-credential-nowhere", helper, 0o755);
            scene.first_on_path("tools");
        }),
    }
    git_trusts_less_than_go {
        set_up: || {
            let mut scene = Scene::private_over_https(Faults::new());
            scene.sandbox.unset("GIT_SSL_CAINFO");
            Some(scene)
        },
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::TlsUntrusted]),
        heal: Heal::Locally,
    }
    settings_that_git_cannot_read {
        set_up: || {
            let mut scene = Scene::private_over_https(Faults::new());
            let config = scene.sandbox.read("home/.gitconfig");
            scene.offer("gitconfig", config);
            scene.sandbox.write("home/.gitconfig", "[user\n");
            Some(scene)
        },
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::VcsFailed]),
        heal: Heal::ByHand("Correct", |scene| {
            let config = scene.offered("gitconfig");
            scene.sandbox.write("home/.gitconfig", config);
        }),
    }
    a_git_of_another_decade {
        since: 26,
        set_up: git_of_another_decade,
        go: Go::Fails(TIDY, "exit status 129"),
        check: Check::Cause(&[Code::GitTooOld]),
        heal: Heal::Locally,
    }
    a_git_of_another_decade_and_a_go_that_is_content_with_it {
        before: 26,
        set_up: git_of_another_decade,
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    an_ssh_key_with_a_passphrase {
        set_up: || ssh_available().then(|| {
            Scene::private_over_ssh(|server| SshClient { key: Some((private_key("a word"), 0o600)), ..SshClient::of(server) })
        }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::SshAuthFailed]),
        heal: Heal::NotHere("the account at the server has to know the key"),
    }
    a_page_that_wants_a_login {
        set_up: || locked_page(""),
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::VanityImportFailed]),
        heal: Heal::ByHand("Store a login for go.corp.example in .netrc", |scene| {
            scene.sandbox.write_mode("home/.netrc", format!("machine go.corp.example {LINE}"), 0o600);
        }),
    }
    a_page_that_wants_a_login_and_a_line_with_a_port {
        set_up: || locked_page("machine go.corp.example:443 login dev password s3cret-word\n"),
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::NetrcIneffective]),
        heal: Heal::Locally,
    }
}
