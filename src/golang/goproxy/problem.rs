//! What go objects to in GOPROXY.

use thiserror::Error;

use crate::golang::go_url::UrlProblem;
use crate::golang::quote::quote;

/// The item of GOPROXY that go refuses. Displayed in Go's own words, without any user part.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{problem}")]
pub struct GoproxyError {
    /// Its place in the value as written, from 0, empty items counted; none where no item stands.
    pub position: Option<usize>,
    /// The item, trimmed, without its user part.
    pub written: String,
    /// What is wrong.
    pub problem: GoproxyProblem,
}

/// What is wrong with an item. Texts in it hold no user part.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GoproxyProblem {
    /// Only separators and white space; or GOPROXY is empty and go.env sets none.
    #[error("GOPROXY list is not the empty string, but contains no entries")]
    NoEntries,
    /// A word that is no URL, such as `DIRECT`, or a file path.
    #[error("invalid proxy URL missing scheme: {url}")]
    MissingScheme {
        /// The item.
        url: String,
    },
    /// Another scheme than https, http and file.
    #[error("invalid proxy URL scheme (must be https, http, file): {url}")]
    Scheme {
        /// The scheme, in lower case.
        scheme: String,
        /// The item.
        url: String,
    },
    /// A file URL with a host, query or the like.
    #[error("invalid file:// proxy URL with non-path elements: {url}")]
    FileWithNonPath {
        /// The item.
        url: String,
    },
    /// No URL at all.
    #[error("parse {}: {problem}", quote(.url))]
    Url {
        /// The item, perhaps with `https://` put before it.
        url: String,
        /// What Go objects to.
        problem: UrlProblem,
    },
}
