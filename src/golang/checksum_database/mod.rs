//! The checksum database: GOSUMDB, signed notes, tiles and lookups.
//!
//! Pure: requests and files are the caller's. A lookup is checked as go does it: parse the answer
//! ([`Lookup`]), verify its tree head with the key of GOSUMDB ([`TreeHead::verify`]), read the tiles
//! of a [`Plan`], and let the plan say whether the record is in the tree.

mod gosumdb;
mod lookup;
mod note;
mod plan;
#[cfg(test)]
mod tests;
mod tile;
mod tree;

use serde::{Deserialize, Serialize};

pub use gosumdb::{Database, GosumdbError, Setting, parse_gosumdb};
pub use lookup::{Lookup, LookupError, lookup_path};
pub use note::{KeyError, Note, NoteError, VerifierKey};
pub use plan::{Plan, ProofError};
pub use tile::{Level, Tile};
pub use tree::{Hash, TreeError, TreeHead, node_hash, record_hash};

/// The checksum database that go uses unless GOSUMDB says otherwise.
pub const DEFAULT_NAME: &str = "sum.golang.org";
/// Its key, which every go command has built in (cmd/go/internal/modfetch/key.go).
pub const DEFAULT_KEY: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
/// The value of GOSUMDB that stands for the same database at another address.
pub const CHINA_ALIAS: &str = "sum.golang.google.cn";

/// Whether go asks the checksum database about a module that go.sum does not cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consultation {
    /// It is asked.
    Asked,
    /// It is asked whatever GOSUMDB and GONOSUMDB say, because the module is a toolchain. With
    /// GOSUMDB=off the download then fails.
    Required,
    /// GOSUMDB is off.
    Off,
    /// GONOSUMDB (or GOPRIVATE) excludes the module.
    Excluded,
    /// A toolchain from a single `file://` GOPROXY, or fetched by the public module proxy itself.
    ToolchainExempt,
}

/// Decides by the resolved values. `excluded` says whether GONOSUMDB matches the module path,
/// `git_user_agent` is the variable GIT_HTTP_USER_AGENT.
#[must_use]
pub fn consultation(path: &str, gosumdb: &str, excluded: bool, goproxy: &str, git_user_agent: &str) -> Consultation {
    if path == "golang.org/toolchain" {
        let from_a_file = goproxy.starts_with("file://") && !goproxy.contains([',', '|']);
        if !from_a_file && !git_user_agent.contains("proxy.golang.org") {
            return Consultation::Required;
        }
    }
    match (gosumdb, excluded) {
        ("off", _) if path == "golang.org/toolchain" => Consultation::ToolchainExempt,
        ("off", _) => Consultation::Off,
        (_, true) => Consultation::Excluded,
        _ => Consultation::Asked,
    }
}
