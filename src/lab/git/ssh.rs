//! A real sshd on loopback, one process for each connection.

use std::ffi::OsString;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::foreign::Foreign;
use crate::lab::LabError;
use crate::lab::server::{Stop, accept_all, runtime, stop, tokio_listener};

/// Started by root, sshd insists on this folder for its unprivileged half.
pub const EMPTY_FOLDER: &str = "/run/sshd";

/// An ssh server with a host key of its own, that lets the current user in with one client key.
///
/// Each accepted connection becomes the standard input and output of `sshd -i`: so the listener is
/// ours, and no port can be lost between choosing and using it.
pub struct SshServer {
    addr: SocketAddr,
    folder: TempDir,
    _stop: Stop,
}

impl SshServer {
    /// Serves on a listener that is bound already. `wrapper` are the words that run sshd where it cannot run by
    /// itself; none for none.
    ///
    /// # Errors
    ///
    /// [`LabError::Missing`] where there is no sshd, or not all that it needs.
    pub fn start(listener: TcpListener, wrapper: &[OsString]) -> Result<Self, LabError> {
        let sshd = sshd().ok_or(LabError::Missing("sshd"))?;
        if wrapper.is_empty() && rustix::process::geteuid().is_root() && !Path::new(EMPTY_FOLDER).is_dir() {
            return Err(LabError::Missing(EMPTY_FOLDER));
        }
        let addr = listener.local_addr().map_err(LabError::io("ask for the address of a listener"))?;
        let folder = tempfile::Builder::new().prefix("gomoddoc-ssh-").tempdir();
        let folder = folder.map_err(LabError::io("make a temporary folder"))?;
        private_key(&folder.path().join("host_key"), "")?;
        private_key(&folder.path().join("client_key"), "")?;
        let at = |name: &str| folder.path().join(name);
        std::fs::copy(at("client_key.pub"), at("authorized_keys")).map_err(LabError::io("copy a key"))?;
        let config = [
            format!("HostKey {}", at("host_key").display()),
            format!("AuthorizedKeysFile {}", at("authorized_keys").display()),
            "StrictModes no".to_owned(),
            "UsePAM no".to_owned(),
            "PasswordAuthentication no".to_owned(),
            "KbdInteractiveAuthentication no".to_owned(),
            "PermitRootLogin prohibit-password".to_owned(),
            "PidFile none".to_owned(),
            "PrintMotd no\n".to_owned(),
        ];
        std::fs::write(at("sshd_config"), config.join("\n")).map_err(LabError::io("write sshd_config"))?;
        let words = [sshd.into(), "-i".into(), "-f".into(), at("sshd_config").into(), "-E".into(), at("log").into()];
        let words: Vec<OsString> = wrapper.iter().cloned().chain(words).collect();
        let (stop, stopped) = stop();
        let listener = tokio_listener(listener)?;
        runtime()?.spawn(accept_all(listener, stopped, move |stream| connection(stream, words.clone())));
        Ok(Self { addr, folder, _stop: stop })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The URL of a repository at an absolute path on this machine.
    #[must_use]
    pub fn url(&self, path: &Path) -> String {
        format!("ssh://{}@127.0.0.1:{}{}", user(), self.addr.port(), path.display())
    }

    /// What a known_hosts file says of this server.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where the key cannot be read.
    pub fn known_hosts(&self) -> Result<String, LabError> {
        Ok(format!("[127.0.0.1]:{} {}", self.addr.port(), self.read("host_key.pub")?))
    }

    /// The private key that is let in.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where it cannot be read.
    pub fn client_key(&self) -> Result<String, LabError> {
        self.read("client_key")
    }

    /// What sshd has logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        self.read("log").unwrap_or_default()
    }

    fn read(&self, name: &str) -> Result<String, LabError> {
        std::fs::read_to_string(self.folder.path().join(name)).map_err(LabError::io("read a key"))
    }
}

/// Makes a private key, and its public one beside it.
///
/// # Errors
///
/// [`LabError::Missing`] where there is no ssh-keygen, [`LabError::Program`] where it fails.
pub fn private_key(file: &Path, passphrase: &str) -> Result<(), LabError> {
    let output = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-C", "gomoddoc lab", "-N", passphrase, "-f"])
        .arg(file)
        .stdin(Stdio::null())
        .output()
        .map_err(|_| LabError::Missing("ssh-keygen"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(LabError::Program { name: "ssh-keygen", said: Foreign::from_bytes(&output.stderr) })
}

/// Where Unix systems keep it, which is seldom on PATH.
fn sshd() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let kept = ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(kept).map(|folder| folder.join("sshd")).find(|file| file.is_file())
}

fn user() -> String {
    let output = Command::new("id").arg("-un").output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default()
}

/// Hands one connection to a process of its own, which ends with the server.
async fn connection(stream: tokio::net::TcpStream, words: Vec<OsString>) {
    let Some((program, args)) = words.split_first() else { return };
    let Ok(stream) = stream.into_std() else { return };
    let _ = stream.set_nonblocking(false);
    let Ok(output) = stream.try_clone() else { return };
    let mut command = tokio::process::Command::new(program);
    command.args(args).stdin(OwnedFd::from(stream)).stdout(OwnedFd::from(output)).stderr(Stdio::null());
    command.kill_on_drop(true);
    if let Ok(mut child) = command.spawn() {
        let _ = child.wait().await;
    }
}
