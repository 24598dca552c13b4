//! Bare git repositories made on the spot.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tempfile::TempDir;

use crate::support::child;
use crate::support::modules::Module;

/// A folder of bare repositories, each under the path by which a server offers it.
pub struct Repositories {
    folder: TempDir,
}

impl Repositories {
    /// None yet.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("gomoddoc-git-").tempdir().expect("a temporary folder");
        Self { folder }
    }

    /// The folder of all.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Makes `name` (such as `team/lib.git`) with one commit and tag per module version, in order.
    pub fn add(&self, name: &str, versions: &[Module]) -> PathBuf {
        let bare = self.root().join(name);
        std::fs::create_dir_all(&bare).expect("make the folder");
        let work = tempfile::tempdir().expect("a temporary folder");
        git(work.path(), &["init", "-q", "-b", "main"]);
        for module in versions {
            for (file, content) in &module.files {
                let path = work.path().join(file);
                std::fs::create_dir_all(path.parent().expect("a parent")).expect("make the folder");
                std::fs::write(path, content).expect("write a file");
            }
            git(work.path(), &["add", "-A"]);
            git(work.path(), &["commit", "-q", "--allow-empty", "-m", &module.version]);
            git(work.path(), &["tag", &module.version]);
        }
        git(self.root(), &["clone", "-q", "--bare", &work.path().to_string_lossy(), &bare.to_string_lossy()]);
        bare
    }

    /// The commit that a revision names.
    pub fn commit(&self, name: &str, revision: &str) -> String {
        git(&self.root().join(name), &["rev-parse", &format!("{revision}^{{commit}}")]).trim().to_owned()
    }
}

/// Runs git with no configuration but ours; panics where it fails.
fn git(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.args(args).current_dir(folder);
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Ada")))
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "ada@corp.example")))
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_DATE"), "2024-01-02T03:04:05Z")));
    let output = child::run(command, Duration::from_secs(60));
    assert!(output.ok(), "{output}");
    output.stdout
}
