use gomoddoc::catalog::Code;

use super::frame::{Check, Go, TIDY, check, live};
use super::scene::Scene;
use crate::support::faults::{BasicLogin, Faults, On};
use crate::support::git::{SshClient, SshServer, private_key, ssh_available};
use crate::support::tls::Flaw;

const HIDDEN: &str = "no secure protocol found for repository";

fn login() -> Faults {
    Faults::new().add(On::all(), BasicLogin::new("dev", "s3cret-word"))
}

/// A module proxy over TLS that wants a login, and this .netrc (`PORT` is the proxy's).
fn netrc(text: &str) -> Option<Scene> {
    let (mut scene, port) = Scene::over_tls(Flaw::None, login());
    scene.sandbox.write_mode("home/.netrc", text.replace("PORT", &port.to_string()), 0o600);
    scene.secrets.push("s3cret-word".to_owned());
    Some(scene)
}

fn ssh(client: impl FnOnce(&SshServer) -> SshClient) -> Option<Scene> {
    ssh_available().then(|| Scene::private_over_ssh(client))
}

/// ssh would write the key of an unknown host where it may: check looks at a copy.
#[test]
fn a_host_key_that_ssh_may_accept_is_accepted_and_not_written() {
    let client = |server: &SshServer| SshClient { known_hosts: String::new(), ..SshClient::of(server) };
    let Some(mut scene) = ssh(client) else { return };
    let config = scene.sandbox.read("ssh/config") + "StrictHostKeyChecking accept-new\n";
    scene.sandbox.write("ssh/config", config);
    // That nothing is written is asserted by `check` itself.
    let (document, output) = check(&mut scene);
    assert_eq!(document["summary"]["causes"], 0, "{output}");
    assert_eq!(scene.sandbox.read("ssh/known_hosts"), "");
}

/// Whether the helper knows a login is not known without running it: that is no failure.
#[test]
fn a_login_that_only_a_helper_knows_is_no_cause() {
    let mut scene = Scene::private_over_https(login());
    let helper = "[credential]\n\thelper = \"!f() { echo username=dev; echo password=s3cret-word; }; f\"\n";
    let config = scene.sandbox.read("home/.gitconfig") + helper;
    scene.sandbox.write("home/.gitconfig", config);
    scene.secrets.push("s3cret-word".to_owned());
    let (document, output) = check(&mut scene);
    assert_eq!(document["summary"]["causes"], 0, "{output}");
    assert_eq!(document["verdict"], "unknown", "{output}");
    let checks = document["checks"].as_array().expect("checks");
    let untold = |check: &&serde_json::Value| {
        check["id"] == "version-control/https://git.corp.example/team/lib" && check["status"] == "inconclusive"
    };
    assert_eq!(checks.iter().filter(untold).count(), 1, "{output}");
}

fn contradictory_goauth() -> Option<Scene> {
    let mut scene = netrc("machine 127.0.0.1:PORT login dev password s3cret-word\n")?;
    scene.sandbox.set("GOAUTH", "off; netrc");
    Some(scene)
}

live! {
    a_netrc_that_fits {
        set_up: || Some(netrc("machine 127.0.0.1:PORT login dev password s3cret-word\n")?.with_fresh_cache()),
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    a_netrc_without_the_port {
        set_up: || netrc("machine 127.0.0.1 login dev password s3cret-word\n"),
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::NetrcIneffective]),
    }
    a_netrc_with_default_first {
        set_up: || netrc("default\nmachine 127.0.0.1:PORT login dev password s3cret-word\n"),
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::NetrcIneffective]),
    }
    a_netrc_without_a_password {
        set_up: || netrc("machine 127.0.0.1:PORT login dev\n"),
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::NetrcIneffective]),
    }
    a_netrc_over_plain_http {
        set_up: || {
            let mut scene = Scene::healthy();
            let port = scene.proxy(super::scene::proxy().faults(login()));
            let text = format!("machine 127.0.0.1:{port} login dev password s3cret-word\n");
            scene.sandbox.write_mode("home/.netrc", text, 0o600);
            scene.secrets.push("s3cret-word".to_owned());
            Some(scene)
        },
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::NetrcIneffective]),
    }
    goauth_that_contradicts_itself {
        since: 24,
        set_up: contradictory_goauth,
        go: Go::Fails(TIDY, "GOAUTH=off cannot be combined"),
        check: Check::Cause(&[Code::GoauthInvalid]),
    }
    goauth_before_go_knows_it {
        before: 24,
        set_up: contradictory_goauth,
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    git_that_needs_a_login {
        set_up: || Some(Scene::private_over_https(login())),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::GitAuthRequired]),
    }
    git_with_a_wrong_login {
        set_up: || {
            let mut scene = Scene::private_over_https(login());
            scene.sandbox.write_mode("home/.netrc", "machine 127.0.0.1 login dev password wr0ng-w0rd\n", 0o600);
            scene.secrets.push("wr0ng-w0rd".to_owned());
            Some(scene)
        },
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::GitAuthFailed]),
    }
    git_with_a_login_that_fits {
        set_up: || {
            let mut scene = Scene::private_over_https(login());
            scene.sandbox.write_mode("home/.netrc", "machine 127.0.0.1 login dev password s3cret-word\n", 0o600);
            scene.secrets.push("s3cret-word".to_owned());
            Some(scene)
        },
        go: Go::Passes(TIDY),
        check: Check::Healthy,
    }
    ssh_refused_behind_a_rewrite {
        set_up: || ssh(|server| SshClient { key: Some((private_key(""), 0o600)), ..SshClient::of(server) }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::SshAuthFailed]),
    }
    ssh_without_a_key {
        set_up: || ssh(|server| SshClient { key: None, ..SshClient::of(server) }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::SshAuthFailed]),
    }
    ssh_with_a_key_that_others_can_read {
        set_up: || ssh(|server| SshClient { key: Some((server.client_key(), 0o644)), ..SshClient::of(server) }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::SshAuthFailed]),
    }
    ssh_to_an_unknown_host {
        set_up: || ssh(|server| SshClient { known_hosts: String::new(), ..SshClient::of(server) }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::SshHostKey]),
    }
    ssh_to_a_host_whose_key_has_changed {
        set_up: || ssh(|server| {
            let other = SshServer::start().known_hosts();
            let key = other.split_once(' ').map(|(_, key)| key.to_owned()).expect("a host and a key");
            let known_hosts = format!("[127.0.0.1]:{} {key}", server.addr().port());
            SshClient { known_hosts, ..SshClient::of(server) }
        }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::SshHostKey]),
    }
}
