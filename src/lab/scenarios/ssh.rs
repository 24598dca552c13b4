//! A private module in a git repository over ssh. They need sshd.

use super::FEW;
use super::repositories::{PRIVATE, VERSION, needs_private};
use crate::catalog::Code;
use crate::lab::LabError;
use crate::lab::faults::Faults;
use crate::lab::git::{Repositories, SshServer, private_key};
use crate::lab::modules::Module;
use crate::lab::scenario::{Go, Scenario, Sentence};
use crate::lab::server::listener;
use crate::lab::stage::Stage;

/// What the client has.
#[derive(Clone, Copy)]
struct Client {
    /// Whether it knows the server by its key, or by another one; by none where this is none.
    knows_it: Option<bool>,
    /// Whether its key is the one that is let in.
    right_key: bool,
}

fn ssh(stage: &mut Stage, client: Client) -> Result<(), LabError> {
    needs_private(stage)?;
    let repositories = Repositories::new()?;
    repositories.add("team/lib.git", &["v1.0.0", VERSION].map(|version| Module::new(PRIVATE, version)))?;
    let server = SshServer::start(listener(0)?, &[])?;
    let other = stage.path("other_key");
    private_key(&other, "")?;
    let read = |name: &str| std::fs::read_to_string(stage.path(name)).map_err(LabError::io("read a key"));
    let known = match client.knows_it {
        Some(true) => server.known_hosts()?,
        Some(false) => format!("[127.0.0.1]:{} {}", server.addr().port(), read("other_key.pub")?),
        None => String::new(),
    };
    let key = if client.right_key { server.client_key()? } else { read("other_key")? };
    stage.write("ssh/known_hosts", known)?;
    stage.write("ssh/id_ed25519", key)?;
    restrict(&stage.path("ssh/id_ed25519"))?;
    // ssh takes the home from the user database and not from HOME.
    let folder = stage.path("ssh").display().to_string();
    stage.write(
        "ssh/config",
        format!(
            "Host *\nUserKnownHostsFile {folder}/known_hosts\nGlobalKnownHostsFile /dev/null\nIdentitiesOnly yes\n\
             IdentityAgent none\nUpdateHostKeys no\nIdentityFile {folder}/id_ed25519\n"
        ),
    )?;
    stage.set("GIT_SSH_COMMAND", format!("ssh -F {folder}/config -o BatchMode=yes"));
    let base = server.url(repositories.root());
    stage.write("gitconfig", format!("[url \"{base}/\"]\n\tinsteadOf = https://git.corp.example/\n"))?;
    stage.hold((server, repositories));
    stage.set("GOPRIVATE", "*.corp.example");
    stage.faulty(Faults::new())
}

/// ssh takes no key that others may read.
fn restrict(key: &std::path::Path) -> Result<(), LabError> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(key, std::fs::Permissions::from_mode(0o600)).map_err(LabError::io("set a mode"))
}

pub(super) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "ssh-healthy",
        code: None,
        go: Go::Passes,
        sentence: Sentence {
            en: "A private module comes from a git host over ssh, which knows the host and has its key.",
            zh: "私有模块来自 ssh 上的 git 主机，ssh 认识该主机并持有正确的密钥。",
        },
        modules: FEW,
        set_up: |stage| ssh(stage, Client { knows_it: Some(true), right_key: true }),
    },
    Scenario {
        name: "ssh-unknown-host",
        code: Some(Code::SshHostKey),
        go: Go::Fails,
        sentence: Sentence {
            en: "A private module comes from a git host over ssh, whose key is not in known_hosts.",
            zh: "私有模块来自 ssh 上的 git 主机，而 known_hosts 中没有该主机的密钥。",
        },
        modules: FEW,
        set_up: |stage| ssh(stage, Client { knows_it: None, right_key: true }),
    },
    Scenario {
        name: "ssh-changed-host",
        code: Some(Code::SshHostKey),
        go: Go::Fails,
        sentence: Sentence {
            en: "A private module comes from a git host over ssh, whose key is another than in known_hosts.",
            zh: "私有模块来自 ssh 上的 git 主机，而该主机的密钥与 known_hosts 中的不同。",
        },
        modules: FEW,
        set_up: |stage| ssh(stage, Client { knows_it: Some(false), right_key: true }),
    },
    Scenario {
        name: "ssh-wrong-key",
        code: Some(Code::SshAuthFailed),
        go: Go::Fails,
        sentence: Sentence {
            en: "A private module comes from a git host over ssh, which does not take the key that ssh has.",
            zh: "私有模块来自 ssh 上的 git 主机，而该主机不接受 ssh 所持的密钥。",
        },
        modules: FEW,
        set_up: |stage| ssh(stage, Client { knows_it: Some(true), right_key: false }),
    },
];
