//! Commands that see another file or folder than the machine has, by a mount namespace. Nothing of
//! the machine itself is changed.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::tools;

/// Whether a mount namespace can be made here (as root, and where the container permits it).
pub fn available() -> bool {
    static AVAILABLE: OnceLock<bool> = OnceLock::new();
    *AVAILABLE.get_or_init(|| {
        Command::new("unshare")
            .args(["-m", "sh", "-c", "mount -t tmpfs tmpfs /mnt"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    })
}

/// One difference between what the command sees and what the machine has.
#[derive(Debug, Clone)]
pub enum Mount {
    /// The first file or folder is seen in place of the second, such as a `resolv.conf` of ours.
    Bind(PathBuf, PathBuf),
    /// A file system without any space left in place of a folder.
    Full(PathBuf),
    /// A folder that cannot be written.
    ReadOnly(PathBuf),
    /// An empty folder below `/run`, whose other content is not seen.
    RunFolder(PathBuf),
}

impl Mount {
    fn script(&self) -> String {
        match self {
            Self::Bind(ours, theirs) => format!("mount --bind '{}' '{}'", ours.display(), theirs.display()),
            Self::Full(at) => {
                let at = at.display();
                format!(
                    "mount -t tmpfs -o size=64k tmpfs '{at}' && {{ head -c 1M /dev/zero >'{at}/filler' 2>/dev/null || :; }}"
                )
            }
            Self::ReadOnly(at) => {
                let at = at.display();
                format!("mount --bind '{at}' '{at}' && mount -o remount,ro,bind '{at}'")
            }
            Self::RunFolder(at) => format!("mount -t tmpfs tmpfs /run && mkdir -p '{}'", at.display()),
        }
    }
}

/// The words that run a program behind these mounts; the program and its arguments follow.
/// `mount` is found by our own PATH, for the command's may hold nothing.
pub fn wrapper(mounts: &[Mount]) -> Vec<OsString> {
    let unshare = tools::find("unshare").unwrap_or_else(|| PathBuf::from("unshare"));
    let steps: String = mounts.iter().map(|mount| format!("{} && ", mount.script())).collect();
    let script = format!("wanted=$PATH; PATH=/usr/sbin:/usr/bin:/sbin:/bin; {steps}{{ PATH=$wanted; exec \"$@\"; }}");
    vec![unshare.into(), "-m".into(), "/bin/sh".into(), "-c".into(), script.into(), "sh".into()]
}
