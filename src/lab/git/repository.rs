//! Bare git repositories made on the spot.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::foreign::Foreign;
use crate::lab::LabError;
use crate::lab::modules::Module;

/// A folder of bare repositories, each under the path by which a server offers it. Dropped, it is removed.
#[derive(Debug)]
pub struct Repositories {
    folder: TempDir,
}

impl Repositories {
    /// None yet.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where no folder can be made.
    pub fn new() -> Result<Self, LabError> {
        let folder = tempfile::Builder::new().prefix("gomoddoc-git-").tempdir();
        Ok(Self { folder: folder.map_err(LabError::io("make a temporary folder"))? })
    }

    /// The folder of all.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Makes `name` (such as `team/lib.git`) with one commit and tag per module version, in order.
    ///
    /// # Errors
    ///
    /// [`LabError::Io`] where a file cannot be written or there is no git, [`LabError::Git`] where git fails.
    pub fn add(&self, name: &str, versions: &[Module]) -> Result<PathBuf, LabError> {
        let bare = self.root().join(name);
        let work = tempfile::tempdir().map_err(LabError::io("make a temporary folder"))?;
        git(work.path(), &["init", "-q", "-b", "main"])?;
        for module in versions {
            for (file, content) in &module.files {
                write(&work.path().join(file), content).map_err(LabError::io("write into a repository"))?;
            }
            git(work.path(), &["add", "-A"])?;
            git(work.path(), &["commit", "-q", "--allow-empty", "-m", &module.version])?;
            git(work.path(), &["tag", &module.version])?;
        }
        std::fs::create_dir_all(&bare).map_err(LabError::io("make a folder"))?;
        git(self.root(), &["clone", "-q", "--bare", &work.path().to_string_lossy(), &bare.to_string_lossy()])?;
        Ok(bare)
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    ///
    /// [`LabError::Git`] where it names none.
    pub fn commit(&self, name: &str, revision: &str) -> Result<String, LabError> {
        let said = git(&self.root().join(name), &["rev-parse", &format!("{revision}^{{commit}}")])?;
        Ok(said.trim().to_owned())
    }
}

fn write(path: &Path, content: &[u8]) -> std::io::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::write(path, content)
}

/// Runs git with no configuration but ours. It works on local files, and asks nobody anything.
fn git(folder: &Path, args: &[&str]) -> Result<String, LabError> {
    let mut command = Command::new("git");
    command.args(args).current_dir(folder).stdin(Stdio::null());
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", NO_FILE)
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Ada")))
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "ada@corp.example")))
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_DATE"), "2024-01-02T03:04:05Z")));
    let output = command.output().map_err(LabError::io("run git"))?;
    if !output.status.success() {
        let said = Foreign::new(&String::from_utf8_lossy(&output.stderr));
        return Err(LabError::Git { command: args.first().copied().unwrap_or_default().to_owned(), said });
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(unix)]
const NO_FILE: &str = "/dev/null";
#[cfg(not(unix))]
const NO_FILE: &str = "NUL";
