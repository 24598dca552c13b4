//! The answer to `lookup/module@version`.

use crate::golang::module_path::{EscapeError, ModuleVersion, escape_path, escape_version};

/// An answer, taken apart. Nothing in it is trusted until its tree head and its record are verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The number of the record in the tree.
    pub id: u64,
    /// The record: lines of a go.sum.
    pub record: String,
    /// The signed tree head.
    pub tree_note: Vec<u8>,
}

/// No answer of a checksum database, though perhaps with status 200. The text is go's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed record data")]
pub struct LookupError;

impl Lookup {
    /// Takes an answer apart.
    ///
    /// # Errors
    ///
    /// [`LookupError`]: an HTML page, a cut file.
    pub fn parse(answer: &[u8]) -> Result<Self, LookupError> {
        let line_end = answer.iter().position(|byte| *byte == b'\n').ok_or(LookupError)?;
        let (id, rest) = answer.split_at(line_end);
        let rest = rest.get(1..).unwrap_or_default();
        let id = std::str::from_utf8(id).ok().and_then(|id| id.parse::<i64>().ok()).ok_or(LookupError)?;
        let blank = rest.windows(2).position(|pair| pair == b"\n\n").ok_or(LookupError)?;
        let (record, rest) = rest.split_at(blank + 1);
        let record = std::str::from_utf8(record).map_err(|_| LookupError)?;
        if record.starts_with('\n') || record.chars().any(|c| c < ' ' && c != '\n') {
            return Err(LookupError);
        }
        Ok(Self {
            id: u64::try_from(id).map_err(|_| LookupError)?,
            record: record.to_owned(),
            tree_note: rest.get(1..).unwrap_or_default().to_vec(),
        })
    }

    /// The hashes that the record gives for a key of go.sum (a version may end in `/go.mod`). An
    /// answer about another module has none.
    #[must_use]
    pub fn hashes(&self, key: &ModuleVersion) -> Vec<&str> {
        let prefix = format!("{} {} ", key.path, key.version);
        self.record.split('\n').filter_map(|line| line.strip_prefix(prefix.as_str())).collect()
    }
}

/// The path of the request, relative to the database's address.
///
/// # Errors
///
/// [`EscapeError`] where the module version cannot be asked for.
pub fn lookup_path(module: &ModuleVersion) -> Result<String, EscapeError> {
    let version = module.version.strip_suffix("/go.mod").unwrap_or(&module.version);
    Ok(format!("lookup/{}@{}", escape_path(&module.path)?, escape_version(version)?))
}
