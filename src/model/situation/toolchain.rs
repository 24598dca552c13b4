//! Situations of the family `toolchain`.

use serde::{Deserialize, Serialize};

use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// What asks for a release.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum AskedBy {
    /// GOTOOLCHAIN.
    Variable,
    /// The go line of a file.
    GoLine {
        /// The file.
        file: Foreign,
    },
    /// The toolchain line of a file.
    ToolchainLine {
        /// The file.
        file: Foreign,
    },
    /// A dependency.
    Dependency {
        /// The module.
        module: ModuleVersion,
    },
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// GOTOOLCHAIN has a value that go does not understand.
    BadSetting {
        /// The value.
        value: Foreign,
        /// Go's words for it.
        problem: Foreign,
    },
    /// The name of a language version, of which there is no toolchain.
    LanguageVersion {
        /// The name, such as `go1.22`.
        toolchain: Foreign,
        /// Who asks for it.
        by: AskedBy,
    },
    /// No server of GOPROXY has the release.
    Nowhere {
        /// The release.
        toolchain: Foreign,
        /// Who asks for it.
        by: AskedBy,
        /// The servers that were asked.
        hosts: Vec<Foreign>,
    },
    /// The release could not be fetched.
    NotFetched {
        /// The release.
        toolchain: Foreign,
        /// Who asks for it.
        by: AskedBy,
    },
    /// The release has still to be fetched, and nobody was asked for it.
    NotAtHand {
        /// The release.
        toolchain: Foreign,
        /// Who asks for it.
        by: AskedBy,
    },
    /// GOPROXY=off forbids to fetch the release.
    LookupsOff {
        /// The release.
        toolchain: Foreign,
        /// Who asks for it.
        by: AskedBy,
    },
    /// GOSUMDB=off: a toolchain is not used unverified.
    NotVerified {
        /// The release.
        toolchain: Foreign,
        /// Who asks for it.
        by: AskedBy,
    },
    /// GOTOOLCHAIN allows only what is on PATH, and the release is not there.
    NotOnPath {
        /// The release.
        toolchain: Foreign,
        /// Who asks for it.
        by: AskedBy,
        /// GOTOOLCHAIN.
        value: Foreign,
    },
    /// A newer Go is asked for, and go may not switch.
    TooOld {
        /// The release that runs.
        running: Foreign,
        /// The version that is asked for.
        wants: Foreign,
        /// Who asks for it.
        by: AskedBy,
        /// GOTOOLCHAIN, empty where it is not set.
        value: Foreign,
    },
    /// A Go before 1.21 cannot read what newer ones write into go.mod.
    CannotRead {
        /// The release that runs.
        running: Foreign,
        /// The file.
        file: Foreign,
        /// The line, such as `toolchain go1.22.0`.
        line: Foreign,
    },
    /// A Go before 1.21 builds what asks for a newer one, and may fail on it.
    MayFail {
        /// The release that runs.
        running: Foreign,
        /// The file.
        file: Foreign,
        /// The version that is asked for.
        wants: Foreign,
    },
    /// go mod tidy switches to a newer release because of a dependency.
    WillSwitch {
        /// The release that runs.
        running: Foreign,
        /// The version that is asked for.
        wants: Foreign,
        /// The dependency.
        module: ModuleVersion,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Go back to the default of GOTOOLCHAIN.
    UseDefault,
    /// Name a release that exists.
    NameRelease {
        /// Its name.
        name: Foreign,
    },
    /// Let go fetch newer releases.
    AllowSwitch,
    /// Install a release.
    Install {
        /// The release, or the least version.
        release: Foreign,
    },
    /// Ask for a release that exists.
    CorrectLine {
        /// The file.
        file: Foreign,
    },
    /// Have the module proxy carry toolchains.
    AskOperator {
        /// The module proxy.
        host: Foreign,
    },
    /// Let the checksum database vouch for toolchains.
    UseDatabase,
    /// Let go ask a server for modules.
    AllowLookups,
    /// Take an older version of the dependency.
    OlderDependency {
        /// The module path.
        path: Foreign,
    },
    /// Run go mod tidy, which switches by itself.
    Tidy,
}
