//! What was seen, as evidence.

use serde::Serialize;

/// What was seen, already redacted: text that others wrote, names and values, which are the same in
/// each language; or something that the report puts into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Text as it stands.
    Text(String),
    /// A request that was refused.
    Refused {
        /// The URL, without secrets.
        url: String,
        /// The status.
        status: u16,
        /// Whether a login was sent with it.
        login_sent: bool,
    },
    /// Of several tries some failed.
    Tries {
        /// How many failed.
        failed: usize,
        /// How many there were.
        asked: usize,
    },
    /// What is left of a disk; `None` where the system does not tell.
    Free {
        /// Bytes.
        bytes: Option<u64>,
        /// Files that can still be made.
        files: Option<u64>,
    },
    /// A variable of the process and the value of the go env file that it hides.
    Shadowed {
        /// The variable.
        variable: String,
        /// Its value in the process.
        value: String,
        /// Its value in the go env file.
        hidden: String,
    },
    /// go.sum has no line for this: `path@version`, or that with `/go.mod`.
    NoSumLine(String),
    /// A repository whose references are all other ones.
    NoReference {
        /// The repository, without secrets.
        url: String,
        /// How many references it has.
        references: usize,
        /// The version that is none of them.
        version: String,
    },
    /// A package that a module has.
    Provides {
        /// The module.
        module: String,
        /// The package.
        package: String,
    },
    /// Each module requires the one after it.
    Chain(Vec<String>),
    /// Files of a module, the first of them by name.
    Files {
        /// How many there are.
        count: usize,
        /// The first of them.
        first: Vec<String>,
    },
    /// The hash or the trouble of one part of a cached module.
    Part {
        /// Which.
        part: Part,
        /// Its hash, or what is wrong with it.
        text: String,
    },
}

/// A part of a cached module that has no name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The zip.
    Zip,
    /// A file in the zip.
    ZipEntry,
    /// The extracted folder.
    Folder,
}

impl From<String> for Seen {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Seen {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
