//! The facts document: what was seen, as plain data, with no judgement in it.
//!
//! It *is* the ticket: saved on one machine, diagnosed on another. Each section bears the name of
//! the probe that fills it; a section that was not collected says why.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub mod cache;
pub mod checksum_database;
mod clean;
pub mod credentials;
pub mod endpoint;
pub mod environment;
mod load;
pub mod module_proxy;
pub mod observation;
mod pseudonymise;
pub mod question;
pub mod repository;
pub mod save;
pub mod toolchain;
pub mod transcript;
pub mod version_control;

pub use crate::model::Reason;
pub use load::{LoadError, MAX_FILE, load};
pub use observation::{Observation, ObservationId, Observed, Section, State, Tries};

use crate::golang::module_path::ModuleVersion;
use crate::golang::platform::Os;
use crate::golang::route::{Privacy, privacy};

/// The major version of the form of a facts document. A reader takes any document of this version
/// or an older one, and ignores fields that it does not know.
pub const FACTS_VERSION: u32 = 1;

/// Everything that is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The form of this document.
    pub facts_version: u32,
    /// The version of the program that made it.
    pub tool_version: String,
    /// The operating system on which it was made.
    pub os: Os,
    /// The processor architecture, in Go's name for it.
    pub arch: String,
    /// The locale, such as `zh_CN.UTF-8`.
    pub locale: Option<String>,
    /// When it was made, RFC 3339.
    pub collected_at: String,
    /// What was to be looked at.
    pub wishes: Wishes,
    /// The settings.
    #[serde(default)]
    pub environment: Section<environment::EnvironmentFacts>,
    /// The go command.
    #[serde(default)]
    pub toolchain: Section<toolchain::ToolchainFacts>,
    /// The repository.
    #[serde(default)]
    pub repository: Section<repository::RepositoryFacts>,
    /// The module cache.
    #[serde(default)]
    pub cache: Section<cache::CacheFacts>,
    /// The credentials.
    #[serde(default)]
    pub credentials: Section<credentials::CredentialsFacts>,
    /// The hosts.
    #[serde(default)]
    pub endpoint: Section<endpoint::EndpointFacts>,
    /// The module proxies.
    #[serde(default)]
    pub module_proxy: Section<module_proxy::ModuleProxyFacts>,
    /// The checksum database.
    #[serde(default)]
    pub checksum_database: Section<checksum_database::ChecksumDatabaseFacts>,
    /// Version control.
    #[serde(default)]
    pub version_control: Section<version_control::VersionControlFacts>,
    /// A log of the failed command.
    #[serde(default)]
    pub transcript: Section<transcript::TranscriptFacts>,
    /// What was begun and did not end: the time was over, or a probe broke.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unfinished: Vec<Observation>,
}

/// What was to be looked at, as far as it decides what to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Modules that were named (`--module`), each with a version or none.
    pub modules: Vec<ModuleVersion>,
    /// Whether the network may be used.
    pub offline: bool,
    /// How many modules of the build list may be asked for.
    pub max_modules: usize,
    /// How often the whole was asked (`--repeat`).
    pub repeat: u32,
    /// Whether programs of the user's may be run (`--run-helpers`).
    pub run_helpers: bool,
    /// Whether it is the module cache that is to be judged, and nothing else (`cache verify`).
    #[serde(default)]
    pub verify: bool,
    /// Whether that is another module cache than the one that go uses here (`--modcache`).
    #[serde(default)]
    pub other_cache: bool,
}

impl Observed for Facts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        self.environment.each(visit);
        self.toolchain.each(visit);
        self.repository.each(visit);
        self.cache.each(visit);
        self.credentials.each(visit);
        self.endpoint.each(visit);
        self.module_proxy.each(visit);
        self.checksum_database.each(visit);
        self.version_control.each(visit);
        self.transcript.each(visit);
        self.unfinished.each(visit);
    }
}

impl Facts {
    /// A document made now on such a machine, with nothing in it yet.
    #[must_use]
    pub fn begin(os: Os, arch: &str, collected_at: String, wishes: Wishes) -> Self {
        Self {
            facts_version: FACTS_VERSION,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            os,
            arch: arch.to_owned(),
            locale: None,
            collected_at,
            wishes,
            environment: Section::default(),
            toolchain: Section::default(),
            repository: Section::default(),
            cache: Section::default(),
            credentials: Section::default(),
            endpoint: Section::default(),
            module_proxy: Section::default(),
            checksum_database: Section::default(),
            version_control: Section::default(),
            transcript: Section::default(),
            unfinished: Vec::new(),
        }
    }

    /// All observations, in the order in which people should read them.
    #[must_use]
    pub fn observations(&self) -> Vec<&Observation> {
        let mut all = Vec::new();
        self.each(&mut |observation| all.push(observation));
        all
    }

    /// Whether a module path looks like one that is nobody else's business; `None` where the settings
    /// are not known.
    #[must_use]
    pub fn privacy(&self, module_path: &str) -> Option<Privacy> {
        let environment = &self.environment.get()?.environment;
        let repository = self.repository.get();
        let main_modules: Vec<&str> = repository
            .into_iter()
            .flat_map(|repository| &repository.main_modules)
            .filter_map(|module| module.path.as_ref().map(AsRef::as_ref))
            .collect();
        let remotes: Vec<&str> =
            repository.into_iter().flat_map(|repository| &repository.own_remotes).map(AsRef::as_ref).collect();
        Some(privacy(environment, &main_modules, &remotes, module_path))
    }

    /// The modules that imports without a module would bring, and that go.sum has no line for.
    #[must_use]
    pub fn new_modules(&self) -> Vec<&ModuleVersion> {
        let imports = self.repository.get().into_iter().flat_map(|repository| &repository.missing_imports);
        let listed = self.module_proxy.get().map(|proxies| proxies.listed.as_slice()).unwrap_or_default();
        let holders = imports.filter_map(|import| import.holder(listed));
        holders.filter(|module| self.came_unrecorded(module)).collect()
    }

    /// Whether something of the module was downloaded for which go.sum has no line.
    #[must_use]
    pub fn came_unrecorded(&self, module: &ModuleVersion) -> bool {
        let downloads = self.module_proxy.get().into_iter().flat_map(|proxies| &proxies.downloads);
        downloads.into_iter().any(|download| download.module == *module)
    }

    /// The observations by their names.
    #[must_use]
    pub fn by_id(&self) -> HashMap<&str, &Observation> {
        self.observations().into_iter().map(|observation| (observation.id.as_str(), observation)).collect()
    }
}
