//! What probes tell about their work while they are at it, for a person who waits.
//!
//! Nothing is judged here and nothing of it gets into facts: an observer may ignore all of it.

/// A part of the work: one probe. Its name is that of the probe, its section and its check ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// The Go environment.
    Environment,
    /// The repository and its build list.
    Repository,
    /// Hosts, in stages.
    Endpoint,
    /// The module proxies of GOPROXY.
    ModuleProxy,
    /// The checksum database.
    ChecksumDatabase,
    /// Version control.
    VersionControl,
    /// Credentials.
    Credentials,
    /// The module cache.
    Cache,
    /// The go command and its toolchains.
    Toolchain,
}

impl Topic {
    /// The name of the probe, with which its check ids begin.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Repository => "repository",
            Self::Endpoint => "endpoint",
            Self::ModuleProxy => "module-proxy",
            Self::ChecksumDatabase => "checksum-database",
            Self::VersionControl => "version-control",
            Self::Credentials => "credentials",
            Self::Cache => "cache",
            Self::Toolchain => "toolchain",
        }
    }
}

/// Where a probe is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Step<'a> {
    /// What it is busy with, as it stands: a host, a file, a command such as `git ls-remote`.
    pub about: &'a str,
    /// How many things are done and how many there are, where that is known.
    pub count: Option<(usize, usize)>,
}

impl<'a> Step<'a> {
    /// Busy with `about`.
    #[must_use]
    pub fn about(about: &'a str) -> Self {
        Self { about, count: None }
    }

    /// `done` of `all` things are done.
    #[must_use]
    pub fn of(mut self, done: usize, all: usize) -> Self {
        self.count = Some((done, all));
        self
    }
}

/// Somebody who watches. Probes call it from several tasks at once and often, so it must be quick
/// and must not block.
pub trait Progress: Send + Sync {
    /// A probe begins.
    fn began(&self, topic: Topic);

    /// A probe is at a step.
    fn step(&self, topic: Topic, step: Step<'_>);

    /// A probe is through; `step` is the last thing to show of it.
    fn done(&self, topic: Topic, step: Step<'_>);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn began(&self, _: Topic) {}

    fn step(&self, _: Topic, _: Step<'_>) {}

    fn done(&self, _: Topic, _: Step<'_>) {}
}
