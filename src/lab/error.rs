//! What can keep the lab from being set up.

use std::io;

use crate::foreign::Foreign;

/// Why a server, a repository or a certificate of the lab could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// The system refused something.
    #[error("{what}: {error}")]
    Io {
        /// What was to be done.
        what: String,
        /// What the system said.
        error: io::Error,
    },
    /// A certificate could not be made.
    #[error("cannot make a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A server cannot use its certificate.
    #[error("cannot serve TLS: {0}")]
    Tls(#[from] rustls::Error),
    /// git failed.
    #[error("git {command} failed: {said}")]
    Git {
        /// The subcommand.
        command: String,
        /// What it wrote to stderr.
        said: Foreign,
    },
    /// A program or a folder is not there that the scenario needs.
    #[error("{0} is not there, and this scenario needs it")]
    Missing(&'static str),
    /// A program failed.
    #[error("{name} failed: {said}")]
    Program {
        /// It.
        name: &'static str,
        /// What it wrote to stderr.
        said: Foreign,
    },
    /// A folder holds no modules.
    #[error("{}: no modules there; give the cache/download folder of a module cache, or a folder that GOPROXY=file://… could name", .0.display())]
    NoModules(std::path::PathBuf),
    /// The queue of a listener took every connection.
    #[error("this system never drops a connection")]
    NeverDrops,
}

impl LabError {
    /// An error of the system while doing `what`, for [`Result::map_err`].
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |error| Self::Io { what, error }
    }
}
