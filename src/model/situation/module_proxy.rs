//! Situations of the family `module-proxy`.

use serde::{Deserialize, Serialize};

use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// What a body was instead of what the protocol wants.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Instead {
    /// An HTML page: a login page or a firewall's.
    Html,
    /// Nothing.
    Nothing,
    /// No JSON.
    NotJson,
    /// The info of another version.
    OtherVersion {
        /// That version.
        got: Foreign,
    },
    /// No go.mod file.
    NotGoMod,
    /// No zip, or a damaged one.
    NotZip,
    /// A zip that breaks the rules of module zips.
    BadZip {
        /// How.
        problem: Foreign,
    },
    /// A status that the protocol does not know.
    Status {
        /// It.
        status: u16,
    },
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// GOPROXY cannot be parsed.
    Unparsable {
        /// The value, without secrets.
        value: Foreign,
        /// Go's words for it.
        error: Foreign,
    },
    /// GOPROXY has a host that was hardly meant.
    OddHost {
        /// The entry.
        entry: Foreign,
    },
    /// GOPROXY ends in `off`.
    Off {
        /// What was wanted.
        module: ModuleVersion,
        /// The value, without secrets.
        value: Foreign,
    },
    /// It wants a login.
    WantsLogin {
        /// The module proxy.
        host: Foreign,
        /// Whether a login was sent.
        login_sent: bool,
    },
    /// It refuses one module.
    RefusesModule {
        /// The module proxy.
        host: Foreign,
        /// The module.
        module: ModuleVersion,
    },
    /// It refuses everything.
    RefusesAll {
        /// The module proxy.
        host: Foreign,
        /// Whether a login was sent.
        login_sent: bool,
    },
    /// It was asked too often.
    TooMany {
        /// The module proxy.
        host: Foreign,
        /// What Retry-After said.
        retry_after: Option<Foreign>,
    },
    /// It has a fault.
    Fault {
        /// The module proxy.
        host: Foreign,
        /// The status.
        status: u16,
        /// The first line of what it said.
        said: Foreign,
    },
    /// It does not speak the protocol.
    NotTheProtocol {
        /// The module proxy.
        host: Foreign,
        /// The module that was asked for.
        module: ModuleVersion,
        /// What came instead.
        instead: Instead,
    },
    /// No entry has the module or the version.
    NotThere {
        /// The module.
        module: ModuleVersion,
        /// The entries that were asked.
        hosts: Vec<Foreign>,
    },
    /// A comma keeps go from the next entry.
    Blocked {
        /// The entry that fails.
        host: Foreign,
        /// What would come next.
        next: Foreign,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Write GOPROXY in the right form.
    CorrectGoproxy,
    /// Go back to Go's default.
    UseDefault,
    /// Let GOPROXY reach a module proxy.
    AllowLookups,
    /// Put a login into the netrc file.
    AddLogin {
        /// The host as the URL writes it.
        host: Foreign,
        /// The netrc file.
        netrc: Foreign,
    },
    /// The login is refused: renew it.
    RenewLogin {
        /// The host.
        host: Foreign,
    },
    /// Ask for the module to be allowed.
    AskToAllow {
        /// The host.
        host: Foreign,
        /// The module, if it is one.
        module: Option<ModuleVersion>,
    },
    /// Wait, then try again with fewer requests at once.
    Wait,
    /// Tell whoever runs it.
    TellOperator {
        /// The host.
        host: Foreign,
    },
    /// See whether the URL in GOPROXY is that of a module proxy.
    CheckUrl {
        /// The host.
        host: Foreign,
    },
    /// See whether the version exists; a tag pushed minutes ago may be had by its commit.
    CheckVersion {
        /// The module.
        module: ModuleVersion,
    },
    /// Let go fall back to version control.
    AddDirect,
    /// Let go fall back on any error; the next entry then learns which modules are asked for.
    UseBar {
        /// Who learns it.
        next: Foreign,
    },
}
