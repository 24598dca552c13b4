//! The trust roots that were read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Foreign;

/// Where trust roots were looked for, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TrustRoots {
    /// How many different ones there are.
    pub count: usize,
    /// Whether SSL_CERT_FILE replaced the system's bundle.
    pub file_replaced: bool,
    /// Whether SSL_CERT_DIR replaced the system's folders.
    pub folder_replaced: bool,
    /// Whether they are those of the platform (macOS, Windows) rather than of files.
    pub from_platform: bool,
    /// Each place that was looked at; of the system's usual places only those that exist.
    pub sources: Vec<RootSource>,
}

/// A file or folder of trust roots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RootSource {
    /// The path.
    pub path: Foreign,
    /// How many certificates it gave, those that were known already included.
    pub certificates: usize,
    /// How many certificates in it cannot be used.
    pub unusable: usize,
    /// Why it could not be read. Go says nothing of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<RootSourceError>,
}

/// Why a file or folder of trust roots could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RootSourceError {
    /// It does not exist.
    Missing,
    /// It may not be read.
    PermissionDenied,
    /// It is not a file or folder that can be read.
    Unreadable,
}
