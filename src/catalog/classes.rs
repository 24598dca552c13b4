//! The classes by which error types are sorted: how bad, where, who mends it, is a retry worth it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language for people.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English.
    En,
    /// Simplified Chinese.
    Zh,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A module sync fails because of it.
    Error,
    /// It works now, and is wrong or dangerous all the same.
    Warning,
    /// Worth knowing; nothing is wrong.
    Note,
}

/// On whose side the trouble sits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Location {
    /// This machine or this repository.
    Local,
    /// The network between here and a server, name resolution included.
    Network,
    /// The HTTP proxy of HTTP_PROXY or HTTPS_PROXY.
    HttpProxy,
    /// A module proxy of GOPROXY.
    ModuleProxy,
    /// A machine that the module proxy asks.
    BehindModuleProxy,
    /// The checksum database.
    ChecksumDatabase,
    /// The git (or other) server with the module's source.
    VersionControl,
    /// The host of a custom import path.
    VanityHost,
}

/// Who can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mender {
    /// Whoever runs the go command.
    Developer,
    /// Whoever runs this machine, its network or its CI.
    Platform,
    /// Whoever runs the module proxy.
    ProxyOperator,
    /// Whoever publishes the module.
    ModuleAuthor,
}

/// Whether another try helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Retry {
    /// It does not.
    No,
    /// It often does.
    Yes,
    /// It depends on what lies behind it.
    Sometimes,
}
