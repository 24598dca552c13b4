//! The h1 hash of a go.mod, a zip and a folder (golang.org/x/mod/sumdb/dirhash.Hash1).
//!
//! h1 is the base64 form of the SHA-256 over one line for each file, in the bytewise order of
//! names: the SHA-256 of its content in hex, two spaces, its name.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::module_zip::{Archive, ByteSource, EntryError, Inflater};

/// The SHA-256 of a file's content.
pub type FileHash = [u8; 32];

/// The h1 of no files at all.
pub const EMPTY: &str = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

/// The h1 of a go.mod without content, which go drops from go.sum when it reads it.
pub const EMPTY_GO_MOD: &str = "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=";

/// The names and hashes of the files of one module.
#[derive(Debug, Clone, Default)]
pub struct Files {
    files: Vec<(Vec<u8>, FileHash)>,
}

/// A file name with a line end has no h1; go refuses such a zip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("dirhash: filenames with newlines are not supported")]
pub struct LineEndInName;

impl Files {
    /// Adds a file whose content was hashed elsewhere. Its name begins with `module@version/`.
    pub fn add(&mut self, name: impl Into<Vec<u8>>, hash: FileHash) {
        self.files.push((name.into(), hash));
    }

    /// The h1 of all files.
    ///
    /// # Errors
    ///
    /// [`LineEndInName`].
    pub fn h1(self) -> Result<String, LineEndInName> {
        let file = |index: usize| self.files.get(index).map(|(name, hash)| (name.as_slice(), Some(*hash)));
        h1_of(b"", self.files.len(), |index| file(index).unwrap_or_default())
    }
}

/// The h1 of so many files, told by their number: the name of each, which stands behind `prefix`, and its hash. One
/// without a hash is left out.
///
/// # Errors
///
/// [`LineEndInName`].
pub fn h1_of<'a>(
    prefix: &[u8],
    count: usize,
    file: impl Fn(usize) -> (&'a [u8], Option<FileHash>),
) -> Result<String, LineEndInName> {
    let mut order: Vec<usize> = (0..count).collect();
    // Stable: where a zip has a name twice, go reads the last entry both times.
    order.sort_by(|a, b| file(*a).0.cmp(file(*b).0));
    let mut summary = Sha256::new();
    for run in order.chunk_by(|a, b| file(*a).0 == file(*b).0) {
        let Some((name, Some(hash))) = run.last().map(|last| file(*last)) else { continue };
        if prefix.contains(&b'\n') || name.contains(&b'\n') {
            return Err(LineEndInName);
        }
        for _ in run {
            summary.update(hex(&hash));
            summary.update(b"  ");
            summary.update(prefix);
            summary.update(name);
            summary.update(b"\n");
        }
    }
    Ok(format!("h1:{}", STANDARD.encode(summary.finalize())))
}

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().map_or('0', char::from);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The SHA-256 of a file's content.
#[must_use]
pub fn hash_content(content: &[u8]) -> FileHash {
    Sha256::digest(content).into()
}

/// The h1 of a go.mod: that of one file of the name `go.mod`, without prefix.
#[must_use]
pub fn hash_go_mod(content: &[u8]) -> String {
    let mut files = Files::default();
    files.add("go.mod", hash_content(content));
    // The name has no line end.
    files.h1().unwrap_or_default()
}

/// The h1 of files that are all in memory.
///
/// # Errors
///
/// [`LineEndInName`].
pub fn hash_files<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<String, LineEndInName> {
    let mut hashed = Files::default();
    for (name, content) in files {
        hashed.add(name, hash_content(content));
    }
    hashed.h1()
}

/// Why a zip has no h1.
#[derive(Debug, thiserror::Error)]
pub enum ZipHashError {
    /// An entry cannot be read.
    #[error("{entry}: {error}")]
    Entry {
        /// Its name.
        entry: String,
        /// What is wrong with it.
        error: EntryError,
    },
    /// A name has a line end.
    #[error(transparent)]
    Name(#[from] LineEndInName),
    /// The entries declare more than `limit` bytes together; nothing was inflated.
    #[error("more than {limit} bytes of content")]
    TooLarge {
        /// The caller's limit.
        limit: u64,
    },
}

/// The h1 of a zip whose contents are at most `limit` bytes together (Go's own limit is
/// [`super::module_zip::MAX_TOTAL`]).
///
/// # Errors
///
/// [`ZipHashError`].
pub fn hash_zip<S: ByteSource>(archive: &Archive<S>, limit: u64) -> Result<String, ZipHashError> {
    let declared = archive.entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    if declared > limit {
        return Err(ZipHashError::TooLarge { limit });
    }
    let mut inflater = Inflater::default();
    let mut files = Files::default();
    for entry in &archive.entries {
        let mut hash = Sha256::new();
        let receive = &mut |data: &[u8]| {
            hash.update(data);
            true
        };
        inflater
            .read(&archive.source, entry, receive)
            .map_err(|error| ZipHashError::Entry { entry: entry.name_text().into_owned(), error })?;
        files.add(&*entry.name, hash.finalize().into());
    }
    Ok(files.h1()?)
}

/// Whether `text` has the form of an h1: `h1:` and the base64 form of 32 bytes.
#[must_use]
pub fn is_h1(text: &str) -> bool {
    text.strip_prefix("h1:").is_some_and(|hash| STANDARD.decode(hash).is_ok_and(|bytes| bytes.len() == 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_hashes() {
        assert_eq!(Files::default().h1().unwrap(), EMPTY);
        assert_eq!(hash_go_mod(b""), EMPTY_GO_MOD);
        // From the go.sum of rsc.io/quote.
        let go_mod = b"module \"rsc.io/sampler\"\n\nrequire \"golang.org/x/text\" v0.0.0-20170915032832-14c0d48ead0c\n";
        assert_eq!(hash_go_mod(go_mod), "h1:T1hPZKmBbMNahiBKFy5HrXp6adAjACjK9JXDnKaTXpA=");
    }

    #[test]
    fn order_of_files_does_not_matter_and_names_do() {
        let ab = hash_files([("b", &b"2"[..]), ("a", b"1")]).unwrap();
        assert_eq!(ab, hash_files([("a", &b"1"[..]), ("b", b"2")]).unwrap());
        assert_ne!(ab, hash_files([("a", &b"1"[..]), ("c", b"2")]).unwrap());
        assert_eq!(hash_files([("a\nb", &b""[..])]), Err(LineEndInName));
    }

    #[test]
    fn the_last_of_two_equal_names_counts_twice() {
        let twice = hash_files([("a", &b"1"[..]), ("a", b"2")]).unwrap();
        assert_eq!(twice, hash_files([("a", &b"2"[..]), ("a", b"2")]).unwrap());
    }

    #[test]
    fn the_form_of_an_h1() {
        assert!(is_h1(EMPTY));
        for text in ["", "h1:", "h2:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "h1:AAAA", &EMPTY[1..]] {
            assert!(!is_h1(text), "{text}");
        }
    }
}
