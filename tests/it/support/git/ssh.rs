//! A real sshd on loopback, one process for each connection.

use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::support::namespace::{self, Mount};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Stop, accept_all, runtime, stop, tokio_listener};
use crate::support::tools;

/// An ssh server with a host key of its own, that lets the current user in with one client key.
///
/// Each accepted connection becomes the standard input and output of `sshd -i`: so the listener is
/// ours, and no port can be lost between choosing and using it.
pub struct SshServer {
    addr: SocketAddr,
    folder: TempDir,
    _stop: Stop,
}

/// Whether sshd can run here; says why not, and fails under `CI=true`.
#[must_use]
pub fn available() -> bool {
    if !tools::have(&["sshd", "ssh", "ssh-keygen", "git"]) {
        return false;
    }
    // Started by root, sshd insists on its privilege separation folder.
    let root = rustix::process::geteuid().is_root();
    if root && !Path::new(EMPTY_FOLDER).is_dir() && !namespace::available() {
        return tools::skip("/run/sshd is missing, and a mount namespace cannot be made");
    }
    true
}

const EMPTY_FOLDER: &str = "/run/sshd";

impl SshServer {
    /// Serves on a free port of 127.0.0.1.
    pub fn start() -> Self {
        Self::on(crate::support::server::listener())
    }

    /// Serves on a listener that is bound already.
    pub fn on(listener: TcpListener) -> Self {
        let addr = listener.local_addr().expect("the address of the listener");
        let folder = tempfile::Builder::new().prefix("gomoddoc-ssh-").tempdir().expect("a temporary folder");
        key(&folder.path().join("host_key"), "");
        key(&folder.path().join("client_key"), "");
        std::fs::copy(folder.path().join("client_key.pub"), folder.path().join("authorized_keys")).expect("copy");
        let at = |name: &str| folder.path().join(name).display().to_string();
        let config = [
            format!("HostKey {}", at("host_key")),
            format!("AuthorizedKeysFile {}", at("authorized_keys")),
            "StrictModes no".to_owned(),
            "UsePAM no".to_owned(),
            "PasswordAuthentication no".to_owned(),
            "KbdInteractiveAuthentication no".to_owned(),
            "PermitRootLogin prohibit-password".to_owned(),
            "PidFile none".to_owned(),
            "PrintMotd no".to_owned(),
        ]
        .join("\n");
        std::fs::write(folder.path().join("sshd_config"), format!("{config}\n")).expect("write sshd_config");
        let (stop, stopped) = stop();
        let (config, log) = (at("sshd_config"), at("log"));
        let listener = tokio_listener(listener).expect("a listener for tokio");
        runtime().spawn(accept_all(listener, stopped, move |stream| connection(stream, sshd(&config, &log))));
        Self { addr, folder, _stop: stop }
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The URL of a repository at an absolute path on this machine.
    pub fn url(&self, path: &Path) -> String {
        format!("ssh://{}@127.0.0.1:{}{}", user(), self.addr.port(), path.display())
    }

    /// What a known_hosts file says of this server.
    pub fn known_hosts(&self) -> String {
        let key = std::fs::read_to_string(self.folder.path().join("host_key.pub")).expect("read the host key");
        format!("[127.0.0.1]:{} {key}", self.addr.port())
    }

    /// The private key that is let in.
    pub fn client_key(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("client_key")).expect("read the client key")
    }

    /// What sshd has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
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
    key(&file, passphrase);
    std::fs::read_to_string(file).expect("read the key")
}

fn key(file: &Path, passphrase: &str) {
    let made = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-C", "gomoddoc test", "-N", passphrase, "-f"])
        .arg(file)
        .stdin(Stdio::null())
        .status()
        .expect("run ssh-keygen");
    assert!(made.success(), "ssh-keygen failed");
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).expect("set the mode");
}

fn user() -> String {
    let output = Command::new("id").arg("-un").output().expect("run id");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The command that serves one connection on its standard input.
fn sshd(config: &str, log: &str) -> Command {
    let sshd = tools::find("sshd").unwrap_or_else(|| PathBuf::from("/usr/sbin/sshd"));
    let args = [sshd.as_os_str(), "-i".as_ref(), "-f".as_ref(), config.as_ref(), "-E".as_ref(), log.as_ref()];
    let root = rustix::process::geteuid().is_root();
    if root && !Path::new(EMPTY_FOLDER).is_dir() {
        let wrapper = namespace::wrapper(&[Mount::RunFolder(EMPTY_FOLDER.into())]);
        let mut command = Command::new(&wrapper[0]);
        command.args(&wrapper[1..]).args(args);
        return command;
    }
    let mut command = Command::new(args[0]);
    command.args(&args[1..]);
    command
}

/// Hands one connection to a process of its own, which ends with the server.
async fn connection(stream: tokio::net::TcpStream, mut command: Command) {
    let Ok(stream) = stream.into_std() else { return };
    let _ = stream.set_nonblocking(false);
    let Ok(output) = stream.try_clone() else { return };
    command.stdin(OwnedFd::from(stream)).stdout(OwnedFd::from(output)).stderr(Stdio::null());
    let mut command = tokio::process::Command::from(command);
    command.kill_on_drop(true);
    if let Ok(mut child) = command.spawn() {
        let _ = child.wait().await;
    }
}
