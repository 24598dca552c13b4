//! From where the modules of a build come here, in short.

/// From where the modules of a build come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Supply {
    /// The entries of GOPROXY, in the order in which go asks. Empty where GOPROXY cannot be used.
    pub sources: Vec<Source>,
    /// Where go asks the checksum database; `None` where that is not known, or where it asks none.
    pub checksums: Option<Checksums>,
    /// Whether go.sum has every line that a build here needs.
    pub go_sum_complete: bool,
}

/// An entry of GOPROXY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A module proxy.
    ModuleProxy {
        /// Its host, with a port where it is not the usual one; the path of a `file://` entry.
        host: String,
        /// How long the first answer took from the name's resolution on, in milliseconds; `None`
        /// where it was not asked or did not answer.
        answered_ms: Option<u64>,
    },
    /// Version control.
    Direct,
    /// The end of the list: go looks no further.
    Off,
}

/// Where go asks the checksum database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checksums {
    /// A module proxy passes the requests on.
    ThroughModuleProxy,
    /// At its own address.
    Directly {
        /// The database.
        name: String,
    },
}
