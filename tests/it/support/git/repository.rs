//! The lab's repositories, of which a test takes for granted that they can be made.

use std::path::{Path, PathBuf};

use gomoddoc::lab::git;

use crate::support::modules::Module;

/// A folder of bare repositories, each under the path by which a server offers it.
pub struct Repositories(git::Repositories);

impl Repositories {
    /// None yet.
    pub fn new() -> Self {
        Self(git::Repositories::new().expect("a temporary folder"))
    }

    /// The folder of all.
    pub fn root(&self) -> &Path {
        self.0.root()
    }

    /// Makes `name` (such as `team/lib.git`) with one commit and tag per module version, in order.
    pub fn add(&self, name: &str, versions: &[Module]) -> PathBuf {
        self.0.add(name, versions).expect("a repository")
    }

    /// The commit that a revision names.
    pub fn commit(&self, name: &str, revision: &str) -> String {
        self.0.commit(name, revision).expect("a commit")
    }
}
