//! ssh as git runs it: which command, for which host, and what ssh's own configuration makes of it.

mod command;
mod config_files;
mod home;
mod keys;
mod resolved;
mod target;

pub use command::{SshCommand, is_openssh};
pub use keys::inspect;
pub use resolved::{Resolved, known_hosts_files, resolve};
pub use target::SshTarget;

use std::path::PathBuf;

use tempfile::TempDir;

use super::World;
use super::version_control::GitConfig;
use crate::facts::Reason;

/// Options with which ssh asks nobody, writes no host key, opens no shared connection that outlives
/// it and runs no command of the user's on this machine.
const QUIET: &str =
    " -o BatchMode=yes -o UpdateHostKeys=no -o ControlMaster=no -o ControlPersist=no -o PermitLocalCommand=no";

/// How ssh is run for one repository.
#[derive(Debug)]
pub struct Prepared {
    /// The value of GIT_SSH_COMMAND.
    pub command: String,
    /// The copy of known_hosts and the file that it stands for, where ssh would write to that one.
    copy: Option<(TempDir, String, String)>,
}

impl Prepared {
    /// What ssh said, with the names of the user's own files.
    #[must_use]
    pub fn own_names(&self, said: &str) -> String {
        match &self.copy {
            Some((_, copy, original)) => said.replace(copy.as_str(), original),
            None => said.to_owned(),
        }
    }
}

/// Makes ssh quiet for one host.
///
/// # Errors
/// Where that is not possible without running a program of the user's.
pub async fn prepare(world: &World, config: &GitConfig, target: &SshTarget) -> Result<Prepared, Reason> {
    let command = SshCommand::of(world, config);
    if !command.is_openssh() {
        return match world.wishes.run_helpers {
            true => Ok(Prepared { command: command.text, copy: None }),
            false => Err(Reason::HelperNotRun),
        };
    }
    let mut text = format!("{}{QUIET}", command.text);
    let mut copy = None;
    match resolve(world, &command, target).await {
        Ok(resolved) if resolved.may_write_host_keys => {
            copy = copied(&known_hosts_files(&resolved, "userknownhostsfile"));
            if let Some((_, file, _)) = &copy {
                text.push_str(&format!(" -o UserKnownHostsFile='{file}'"));
            }
        }
        Ok(_) => {}
        Err(Reason::HelperNotRun) => return Err(Reason::HelperNotRun),
        // ssh is missing or too old for -G: what git says of it is what go would see.
        Err(_) => {}
    }
    Ok(Prepared { command: text, copy })
}

/// One file with all that the user's files hold.
fn copied(files: &[PathBuf]) -> Option<(TempDir, String, String)> {
    let folder = tempfile::Builder::new().prefix("gomoddoc-ssh-").tempdir().ok()?;
    let file = folder.path().join("known_hosts");
    let read = |path: &PathBuf| crate::disk::read_capped(path, 4 << 20, crate::disk::Follow::Yes).unwrap_or_default();
    let mut content = Vec::new();
    for path in files {
        content.extend(read(path));
        content.push(b'\n');
    }
    std::fs::write(&file, content).ok()?;
    let original = files.first().map(|path| path.display().to_string()).unwrap_or_default();
    let file = file.to_str().filter(|name| !name.contains('\''))?.to_owned();
    Some((folder, file, original))
}
