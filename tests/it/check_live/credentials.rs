use gomoddoc::catalog::Code;

use super::frame::{Check, Go, Heal, TIDY, check, live};
use super::scene::Scene;
use crate::support::faults::{BasicLogin, Faults, On, Status};
use crate::support::git::{SshClient, SshServer, private_key, ssh_available};
use crate::support::tls::Flaw;
use crate::support::tools;

const HIDDEN: &str = "no secure protocol found for repository";

fn login() -> Faults {
    Faults::new().add(On::all(), BasicLogin::new("dev", "s3cret-word"))
}

/// A module proxy over TLS that wants a login, and this .netrc (`PORT` is the proxy's).
pub fn netrc(text: &str) -> Option<Scene> {
    let (mut scene, port) = Scene::over_tls(Flaw::None, login());
    scene.sandbox.write_mode("home/.netrc", text.replace("PORT", &port.to_string()), 0o600);
    scene.secrets.push("s3cret-word".to_owned());
    Some(scene)
}

fn ssh(client: impl FnOnce(&SshServer) -> SshClient) -> Option<Scene> {
    ssh_available().then(|| Scene::private_over_ssh(client))
}

fn with_login(scene: &mut Scene) {
    scene.sandbox.write_mode("home/.netrc", "machine 127.0.0.1 login dev password s3cret-word\n", 0o600);
}

/// There is no key yet, and `ssh-keygen` makes the one that the server knows.
fn without_a_key() -> Option<Scene> {
    let mut key = String::new();
    let mut scene = ssh(|server| {
        key = server.client_key();
        SshClient { key: None, ..SshClient::of(server) }
    })?;
    scene.offer("key", key);
    let (from, to) = (scene.sandbox.path("offered/key"), scene.sandbox.path("ssh/id_ed25519"));
    let script = format!(
        "#!/bin/sh\n[ \"$*\" = '-t ed25519' ] && cp '{0}' '{1}' && chmod 600 '{1}'\n",
        from.display(),
        to.display()
    );
    scene.sandbox.write_mode("tools/ssh-keygen", script, 0o755);
    scene.first_on_path("tools");
    Some(scene)
}

/// ssh looks for the key where it was made.
fn look_for_the_key(scene: &mut Scene) {
    let place = format!("IdentityFile {}", scene.sandbox.path("ssh/id_ed25519").display());
    let config = scene.sandbox.read("ssh/config").replace("IdentityFile none", &place);
    scene.sandbox.write("ssh/config", config);
}

/// The server's fingerprint is published.
fn unknown_host() -> Option<Scene> {
    let mut published = String::new();
    let mut scene = ssh(|server| {
        published = server.known_hosts();
        SshClient { known_hosts: String::new(), ..SshClient::of(server) }
    })?;
    scene.offer("host-key", published);
    let file = scene.sandbox.path("offered/host-key").display().to_string();
    let told = scene.sandbox.run("ssh-keygen", &["-l", "-f", &file]);
    let fingerprint = told.stdout.split_whitespace().nth(1).unwrap_or_else(|| panic!("{told}")).to_owned();
    scene.offer("fingerprint", fingerprint);
    Some(scene)
}

/// Somebody who answers yes where ssh shows the published fingerprint. The tests keep out of the home that
/// the system has for this user, which ssh would go by.
fn compare(scene: &mut Scene) {
    let answer =
        format!("#!/bin/sh\ncase \"$1\" in *'{}'*) echo yes ;; *) echo no ;; esac\n", scene.offered("fingerprint"));
    let ssh = tools::find("ssh").expect("ssh");
    scene.sandbox.write_mode("tools/answer", answer, 0o755).write_mode(
        "tools/ssh",
        format!("#!/bin/sh\nexec '{}' -F none \"$@\"\n", ssh.display()),
        0o755,
    );
    scene.first_on_path("tools");
    let answer = scene.sandbox.path("tools/answer");
    scene.sandbox.set("SSH_ASKPASS", answer).set("SSH_ASKPASS_REQUIRE", "force");
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
        heal: Heal::Locally,
    }
    a_netrc_with_default_first {
        set_up: || netrc("default\nmachine 127.0.0.1:PORT login dev password s3cret-word\n"),
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::NetrcIneffective]),
        heal: Heal::ByHand("Move the default entry in line 1 to the end", |scene| {
            let text = scene.sandbox.read("home/.netrc");
            let (first, rest) = text.split_once('\n').expect("two lines");
            let text = format!("{rest}{first}\n");
            scene.sandbox.write("home/.netrc", text);
        }),
    }
    a_netrc_without_a_password {
        set_up: || netrc("machine 127.0.0.1:PORT login dev\n"),
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::NetrcIneffective]),
        heal: Heal::ByHand("Add the password to the entry in line 1", |scene| {
            let text = scene.sandbox.read("home/.netrc").replace("login dev", "login dev password s3cret-word");
            scene.sandbox.write("home/.netrc", text);
        }),
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
        heal: Heal::NotHere("the server speaks no https"),
    }
    goauth_that_contradicts_itself {
        since: 24,
        set_up: contradictory_goauth,
        go: Go::Fails(TIDY, "GOAUTH=off cannot be combined"),
        check: Check::Cause(&[Code::GoauthInvalid]),
        heal: Heal::Locally,
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
        heal: Heal::ByHand("Add this line to", with_login),
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
        heal: Heal::ByHand("Put a valid token into line 1", with_login),
    }
    /// The server knows the token, and no longer accepts it.
    git_with_an_expired_token {
        set_up: || {
            let over = Status::text(403, "The token has expired.\n");
            let mut scene = Scene::private_over_https(Faults::new().add(On::all(), over));
            scene.sandbox.write_mode("home/.netrc", "machine 127.0.0.1 login dev password 0ld-token\n", 0o600);
            scene.secrets.push("0ld-token".to_owned());
            Some(scene)
        },
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::GitAuthFailed]),
        heal: Heal::NotHere("only the server gives out a new token"),
    }
    a_netrc_that_a_variable_hides {
        set_up: || {
            let mut scene = netrc("machine 127.0.0.1:PORT login dev password s3cret-word\n")?;
            let gone = scene.sandbox.path("home/gone");
            scene.sandbox.set("NETRC", gone);
            Some(scene)
        },
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::NetrcIneffective]),
        heal: Heal::Locally,
    }
    a_netrc_under_the_name_of_windows {
        set_up: || {
            let scene = netrc("machine 127.0.0.1:PORT login dev password s3cret-word\n")?;
            std::fs::rename(scene.sandbox.path("home/.netrc"), scene.sandbox.path("home/_netrc")).expect("rename");
            Some(scene)
        },
        go: Go::Fails(TIDY, "401 Unauthorized"),
        check: Check::Cause(&[Code::NetrcIneffective]),
        heal: Heal::Locally,
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
        heal: Heal::NotHere("the account at the server has to know the key"),
    }
    ssh_without_a_key {
        set_up: without_a_key,
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::SshAuthFailed]),
        heal: Heal::ByHand("Make a key and register its public part", look_for_the_key),
    }
    ssh_with_a_key_that_others_can_read {
        set_up: || ssh(|server| SshClient { key: Some((server.client_key(), 0o644)), ..SshClient::of(server) }),
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::SshAuthFailed]),
        heal: Heal::Locally,
    }
    ssh_to_an_unknown_host {
        set_up: unknown_host,
        go: Go::Fails(TIDY, HIDDEN),
        check: Check::Cause(&[Code::SshHostKey]),
        heal: Heal::ByHand("answer yes only if they are equal", compare),
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
        heal: Heal::NotHere("whoever runs the server has to confirm its new key"),
    }
}
