//! A real sshd on loopback, one process for each connection.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use gomoddoc::lab::git::{self, EMPTY_FOLDER};

use crate::support::namespace::{self, Mount};
use crate::support::sandbox::Sandbox;
use crate::support::tools;

/// Whether sshd can run here; says why not, and fails under `CI=true`.
#[must_use]
pub fn available() -> bool {
    if !tools::have(&["sshd", "ssh", "ssh-keygen", "git"]) {
        return false;
    }
    if needs_folder() && !namespace::available() {
        return tools::skip("/run/sshd is missing, and a mount namespace cannot be made");
    }
    true
}

/// The lab's ssh server, of which a test takes for granted that it can be started.
pub struct SshServer(git::SshServer);

impl SshServer {
    /// Serves on a free port of 127.0.0.1.
    pub fn start() -> Self {
        Self::on(crate::support::server::listener())
    }

    /// Serves on a listener that is bound already.
    pub fn on(listener: TcpListener) -> Self {
        let wrapper = match needs_folder() {
            true => namespace::wrapper(&[Mount::RunFolder(EMPTY_FOLDER.into())]),
            false => Vec::new(),
        };
        Self(git::SshServer::start(listener, &wrapper).expect("an sshd on loopback"))
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.0.addr()
    }

    /// The URL of a repository at an absolute path on this machine.
    pub fn url(&self, path: &Path) -> String {
        self.0.url(path)
    }

    /// What a known_hosts file says of this server.
    pub fn known_hosts(&self) -> String {
        self.0.known_hosts().expect("the host key")
    }

    /// The private key that is let in.
    pub fn client_key(&self) -> String {
        self.0.client_key().expect("the client key")
    }

    /// What sshd has logged so far.
    pub fn log(&self) -> String {
        self.0.log()
    }
}

/// Gives the programs in a sandbox what sshd needs.
pub fn make_room(sandbox: &mut Sandbox) {
    if needs_folder() {
        sandbox.mount(Mount::RunFolder(EMPTY_FOLDER.into()));
    }
}

/// Started by root, sshd insists on its privilege separation folder.
fn needs_folder() -> bool {
    rustix::process::geteuid().is_root() && !Path::new(EMPTY_FOLDER).is_dir()
}

/// How a client in a sandbox meets the server. ssh takes the home from the user database and not
/// from HOME, so that everything is named in a configuration file of the sandbox.
#[derive(Debug, Clone)]
pub struct SshClient {
    /// The content of known_hosts; empty for none.
    pub known_hosts: String,
    /// The private key with its mode; none for no key at all.
    pub key: Option<(String, u32)>,
}

impl SshClient {
    /// One that knows the server and has its key.
    pub fn of(server: &SshServer) -> Self {
        Self { known_hosts: server.known_hosts(), key: Some((server.client_key(), 0o600)) }
    }

    /// Writes `ssh/` into the sandbox and points git at it by GIT_SSH_COMMAND.
    pub fn install(&self, sandbox: &mut Sandbox) {
        sandbox.write("ssh/known_hosts", &self.known_hosts);
        let identity = match &self.key {
            Some((key, mode)) => {
                sandbox.write_mode("ssh/id_ed25519", key, *mode);
                format!("IdentityFile {}\n", sandbox.path("ssh/id_ed25519").display())
            }
            None => "IdentityFile none\n".to_owned(),
        };
        let known = sandbox.path("ssh/known_hosts").display().to_string();
        sandbox.write(
            "ssh/config",
            format!(
                "Host *\nUserKnownHostsFile {known}\nGlobalKnownHostsFile /dev/null\nIdentitiesOnly yes\n\
                 IdentityAgent none\nUpdateHostKeys no\n{identity}"
            ),
        );
        let config = sandbox.path("ssh/config").display().to_string();
        sandbox.set("GIT_SSH_COMMAND", format!("ssh -F {config} -o BatchMode=yes"));
    }
}

/// A new private key without a passphrase, or with one.
pub fn private_key(passphrase: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("key");
    git::private_key(&file, passphrase).expect("a key");
    std::fs::read_to_string(file).expect("read the key")
}
