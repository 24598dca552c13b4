//! What the checksum database said, and what of it is stored here.

use serde::{Deserialize, Serialize};

use super::module_proxy::Answer;
use super::{Observation, Observed};
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;
pub use crate::model::situation::checksum::HashOf;

/// The checksum database as a sync here would meet it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ChecksumDatabaseFacts {
    /// Its name, where GOSUMDB names one.
    pub name: Option<Foreign>,
    /// What each module proxy said to `/sumdb/NAME/supported`, in the order in which go asks.
    pub supported: Vec<SupportedAsk>,
    /// Where go turns in the end.
    pub base: Option<Base>,
    /// The newest signed tree head that it gives.
    pub latest: Option<LatestAsk>,
    /// Lookups of keys that go.sum lacks, or of one fixed public module.
    pub lookups: Vec<Lookup>,
    /// What is wrong with the state stored here (GOPATH/pkg/sumdb and cache/download/sumdb).
    pub stored: Vec<StoredState>,
}

impl ChecksumDatabaseFacts {
    /// Adds what was answered to further questions.
    pub fn add(&mut self, more: Self) {
        self.name = more.name.or(self.name.take());
        self.base = more.base.or(self.base.take());
        self.latest = more.latest.or(self.latest.take());
        if self.supported.is_empty() {
            self.supported = more.supported;
        }
        self.lookups.extend(more.lookups);
        if self.stored.is_empty() {
            self.stored = more.stored;
        }
    }
}

/// What a module proxy said to `/sumdb/NAME/supported`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SupportedAsk {
    /// The observation; it needs the module proxy.
    pub observation: Observation,
    /// The entry, by its place in GOPROXY.
    pub entry: usize,
    /// What came back.
    pub answer: Answer,
}

/// Where go asks the checksum database.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Base {
    /// The URL, without secrets.
    pub url: Foreign,
    /// The module proxy that passes it on, by its place in GOPROXY; `None` for a direct connection.
    pub through: Option<usize>,
}

/// The signed tree head.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LatestAsk {
    /// The observation.
    pub observation: Observation,
    /// What came back.
    pub answer: Answer,
    /// What its signature is worth, where there was an answer.
    pub note: Option<NoteState>,
}

/// What a signed note is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "kebab-case")]
pub enum NoteState {
    /// Signed by the key of GOSUMDB.
    Good,
    /// No note at all (an HTML page, for example).
    Malformed,
    /// A note that another key signed.
    OtherKey {
        /// The names and key hashes of its signatures.
        signers: Vec<Foreign>,
    },
    /// The name and key hash are right, the signature is not.
    BadSignature,
    /// Signed by the key of GOSUMDB, for as many records as the head that go has stored here, but of another tree.
    OtherTree,
}

/// A lookup of one module version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lookup {
    /// The observation.
    pub observation: Observation,
    /// What was looked up.
    pub module: ModuleVersion,
    /// Whether a sync here needs it, because go.sum lacks it (else it was asked to see whether the database answers).
    pub needed: bool,
    /// What came back.
    pub answer: Answer,
    /// What the record is worth, where there was one.
    pub record: Option<RecordState>,
    /// The hashes that it gives.
    #[serde(default)]
    pub hashes: Vec<(HashOf, String)>,
}

/// What the record of a module version says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
pub enum RecordState {
    /// Well formed, and signed by the key of GOSUMDB.
    Good,
    /// Good, and its hash is another than the download or the cached copy has.
    OtherHash {
        /// `zip` or `go.mod`.
        of: HashOf,
        /// What the database records.
        recorded: String,
        /// What the download has.
        got: String,
    },
    /// Not of the form of a lookup answer.
    Malformed,
    /// Its signature is not good.
    Note(NoteState),
}

/// A piece of the database that is stored here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredState {
    /// The observation.
    pub observation: Observation,
    /// The file.
    pub path: Foreign,
    /// What is wrong with it; `None` when it is good.
    pub problem: Option<StoredProblem>,
}

/// What is wrong with a stored piece of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum StoredProblem {
    /// A tree head that is no good note.
    Note(NoteState),
    /// A tile of the wrong size or content.
    Tile,
    /// A lookup that is no record, or not the one in the tree.
    Lookup,
    /// A signed tree head that belongs to another tree than the newest one.
    OtherTree,
    /// It cannot be read or its folder cannot be written.
    Unusable {
        /// What the system said.
        error: Foreign,
    },
}

impl Observed for ChecksumDatabaseFacts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        self.supported.iter().for_each(|ask| visit(&ask.observation));
        self.latest.iter().for_each(|ask| visit(&ask.observation));
        self.lookups.iter().for_each(|lookup| visit(&lookup.observation));
        self.stored.iter().for_each(|stored| visit(&stored.observation));
    }
}
