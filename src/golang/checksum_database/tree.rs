//! Tree heads and the hashes of the tree (golang.org/x/mod/sumdb/tlog, RFC 6962 section 2.1).

use std::fmt;

use base64::Engine as _;
use sha2::{Digest, Sha256};

use super::note::{BASE64, Note, NoteError, VerifierKey};

/// A SHA-256 of a record, of an inner node, or of a whole tree.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64.encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

/// The hash of a record.
#[must_use]
pub fn record_hash(record: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(record).finalize().into())
}

/// The hash of an inner node.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// A state of the database: how many records, and the hash over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeHead {
    /// The number of records; at most 2^63-1.
    pub size: u64,
    /// The hash.
    pub hash: Hash,
}

/// Why a signed tree head is not to be trusted. The text is go's, without the note that it repeats.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// The note.
    #[error("reading tree note: {0}")]
    Note(#[from] NoteError),
    /// The text is signed, but no tree head.
    #[error("reading tree: malformed tree note")]
    Malformed,
}

const PREFIX: &str = "go.sum database tree\n";
const MAX_TEXT: usize = 1_000_000;

impl TreeHead {
    /// The tree before the first record, from which a client without a stored head starts.
    #[must_use]
    pub fn empty() -> Self {
        Self { size: 0, hash: Hash(Sha256::digest([]).into()) }
    }

    /// Verifies and reads a signed tree head, such as the stored `latest` or the end of a lookup.
    ///
    /// # Errors
    ///
    /// [`TreeError`].
    pub fn verify(message: &[u8], key: &VerifierKey) -> Result<Self, TreeError> {
        Self::parse(&Note::open(message, key)?.text).ok_or(TreeError::Malformed)
    }

    /// Reads the text of a tree head: three lines, and maybe others that are ignored.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (size_text, rest) = text.strip_prefix(PREFIX).filter(|_| text.len() <= MAX_TEXT)?.split_once('\n')?;
        let (hash, _) = rest.split_once('\n')?;
        let size = size_text.parse::<i64>().ok().filter(|size| size.to_string() == size_text)?;
        let hash = BASE64.decode(hash).ok()?.try_into().ok()?;
        Some(Self { size: u64::try_from(size).ok()?, hash: Hash(hash) })
    }
}
