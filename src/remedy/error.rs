//! Why a change cannot be made or taken back.

use std::io;
use std::path::{Path, PathBuf};

use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;
use crate::probe::NoGo;

/// Why a change cannot be made or taken back.
#[derive(Debug, thiserror::Error)]
pub enum RemedyError {
    /// It is not what it was when the change was planned or made.
    #[error("{} has changed since", path.display())]
    Changed {
        /// The file or folder.
        path: PathBuf,
    },
    /// The same of a file of which a copy was made.
    #[error("{} has changed since; as it was it lies in {}", path.display(), copy.display())]
    ChangedBeside {
        /// The file.
        path: PathBuf,
        /// The copy.
        copy: PathBuf,
    },
    /// Something stands where something is to be moved.
    #[error("{} is there already", path.display())]
    Occupied {
        /// The place.
        path: PathBuf,
    },
    /// Another process holds the lock.
    #[error("another process holds {}", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// The folder belongs to another user, and so would what go fetches into it.
    #[error("{} belongs to user {owner}, and this is user {user}", path.display())]
    OtherOwner {
        /// The folder.
        path: PathBuf,
        /// The user id of its owner.
        owner: u32,
        /// The user id that runs this program.
        user: u32,
    },
    /// There is no go command to fetch with.
    #[error(transparent)]
    NoGo(NoGo),
    /// The go command did not do what was to be done.
    #[error("{command}: {how}")]
    Go {
        /// The command.
        command: String,
        /// What it said.
        how: Foreign,
    },
    /// What was fetched is not as it should be either.
    #[error("what was fetched of {module} is not as it should be either")]
    StillDamaged {
        /// The module.
        module: ModuleVersion,
    },
    /// It failed, and what was done of it cannot be taken back either.
    #[error("{cause}; and it is half done, since {why}")]
    HalfDone {
        /// Why it failed.
        cause: Box<RemedyError>,
        /// Why it cannot be taken back.
        why: Box<RemedyError>,
    },
    /// Somebody ended it.
    #[error("interrupted")]
    Interrupted,
    /// The journal cannot be written or read.
    #[error("the journal {}: {source}", path.display())]
    Journal {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The operating system reported something else.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl RemedyError {
    /// What the system said of `path`.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
