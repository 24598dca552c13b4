//! What the entries of GOPROXY answered, walked as the go command walks them.

use serde::{Deserialize, Serialize};

use super::checksum_database::HashOf;
use super::{Observation, Observed};
use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;
use crate::model::transport::{HttpAnswer, TransportError};

/// What the module proxies answered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ModuleProxyFacts {
    /// The entries of GOPROXY that are module proxies, in order.
    pub entries: Vec<Entry>,
    /// What was served as it should be, counted.
    pub served: Vec<Served>,
    /// Each question that did not get a good answer from the first entry asked.
    pub walks: Vec<Walk>,
    /// Modules of the build list that were asked for.
    pub asked: usize,
    /// The versions that were asked for and are to be had, which a fix may name.
    pub served_versions: Vec<ModuleVersion>,
    /// The hashes of what was downloaded and go.sum has no line for.
    #[serde(default)]
    pub downloads: Vec<Download>,
    /// The highest version of each module whose list was asked for an import's sake.
    #[serde(default)]
    pub listed: Vec<ModuleVersion>,
    /// Modules that were asked for by name and whose go.mod file declares another path.
    #[serde(default)]
    pub misnamed: Vec<Misnamed>,
    /// The zips of modules that imports may want, and which of those imports each does not have.
    #[serde(default)]
    pub looked_into: Vec<LookedInto>,
}

/// A zip that was looked into for the sake of imports that nothing provides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedInto {
    /// The module.
    pub module: ModuleVersion,
    /// The imports below its path for which it has no folder with Go files.
    pub lacks: Vec<Foreign>,
}

/// A module whose go.mod file declares another path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misnamed {
    /// The module as it was asked for.
    pub module: ModuleVersion,
    /// The path that it declares.
    pub declared: Foreign,
    /// The import for whose sake it was asked for, if it was one.
    pub import: Option<Foreign>,
}

/// The hash of a download.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Download {
    /// The module.
    pub module: ModuleVersion,
    /// What was downloaded.
    pub of: HashOf,
    /// Its h1.
    pub h1: String,
}

impl ModuleProxyFacts {
    /// Adds what was answered to further questions.
    pub fn add(&mut self, more: Self) {
        for entry in more.entries {
            match self.entries.iter_mut().find(|known| known.index == entry.index) {
                None => self.entries.push(entry),
                Some(known) => known.product = known.product.or(entry.product),
            }
        }
        self.entries.sort_by_key(|entry| entry.index);
        for served in more.served {
            match self.served.iter_mut().find(|known| known.observation.id == served.observation.id) {
                None => self.served.push(served),
                Some(known) => {
                    known.count += served.count;
                    known.slowest_ms = known.slowest_ms.max(served.slowest_ms);
                    known.observation.elapsed_ms = known.slowest_ms;
                }
            }
        }
        self.walks.extend(more.walks);
        self.asked += more.asked;
        self.served_versions.extend(more.served_versions);
        self.downloads.extend(more.downloads);
        self.listed.extend(more.listed);
        self.misnamed.extend(more.misnamed);
        self.looked_into.extend(more.looked_into);
    }
}

/// An entry of GOPROXY.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in GOPROXY, from 0, as [`crate::golang::goproxy`] counts.
    pub index: usize,
    /// Its URL without the user part.
    pub url: Foreign,
    /// Host and port, or the path of a `file://` entry.
    pub host: Foreign,
    /// The product that answers, where it shows.
    pub product: Option<Product>,
}

/// A product that speaks the GOPROXY protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Product {
    /// JFrog Artifactory.
    Artifactory,
    /// Sonatype Nexus.
    Nexus,
    /// Athens.
    Athens,
    /// goproxy (goproxy.cn, goproxy.io and whoever runs the library).
    Goproxy,
    /// GitLab's module registry.
    Gitlab,
    /// Go's public module mirror.
    PublicMirror,
}

/// What was served as it should be: one observation for many requests.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Served {
    /// `module-proxy/HOST/mod` and the like.
    pub observation: Observation,
    /// The entry, by its place in GOPROXY.
    pub entry: usize,
    /// What was asked for.
    pub want: Want,
    /// How many good answers there were.
    pub count: usize,
    /// The slowest of them, in milliseconds.
    pub slowest_ms: u64,
}

/// What is asked of a module proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Want {
    /// `@v/list`.
    List,
    /// `@v/VERSION.info`.
    Info,
    /// `@v/VERSION.mod`.
    Mod,
    /// `@v/VERSION.zip`.
    Zip,
    /// `@latest`.
    Latest,
}

/// Why a module was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum WhyAsked {
    /// It is in the build list and the module cache lacks it.
    BuildList,
    /// A file imports a package that no requirement provides, and this may be its module.
    Import {
        /// The import path.
        import: Foreign,
        /// The file, relative to the repository.
        file: Foreign,
        /// The line, from 1.
        line: usize,
    },
    /// `--module` or a log names it, or its hash is in doubt.
    Culprit,
    /// A Go toolchain.
    Toolchain,
    /// To see whether the protocol is spoken.
    Sample,
}

/// One question, from entry to entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Walk {
    /// The module path, and the version where one is asked for.
    pub module: ModuleVersion,
    /// What was asked for.
    pub want: Want,
    /// Why.
    pub why: WhyAsked,
    /// What each entry answered, in the order in which go asks.
    pub hops: Vec<Hop>,
    /// Where go ends.
    pub end: WalkEnd,
}

/// What one entry answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hop {
    /// `module-proxy/HOST/PATH@VERSION.mod`.
    pub observation: Observation,
    /// The entry, by its place in GOPROXY.
    pub entry: usize,
    /// The URL, without secrets.
    pub url: Foreign,
    /// Whether credentials were sent.
    pub credentials_sent: bool,
    /// What came back.
    pub answer: Answer,
}

/// What came back from a module proxy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// An HTTP answer.
    Http {
        /// Status, headers and the first line.
        http: HttpAnswer,
        /// What the body is, where the status was 200.
        body: Body,
    },
    /// No answer.
    Failed {
        /// At which stage and how.
        error: TransportError,
    },
    /// The file of a `file://` entry.
    File {
        /// What was there.
        file: FileAnswer,
    },
    /// It was not asked; the observation says why.
    NotAsked,
}

/// What the body of a 200 is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "body", rename_all = "kebab-case")]
pub enum Body {
    /// Not looked at.
    NotRead,
    /// What the protocol wants.
    Good,
    /// Nothing.
    Empty,
    /// An HTML page.
    Html,
    /// Not JSON where JSON is wanted.
    NotJson,
    /// An `.info` of another version.
    OtherVersion {
        /// The version in it.
        got: Foreign,
    },
    /// A `.mod` that is no go.mod.
    NotGoMod,
    /// A `.mod` or zip with another hash than go.sum records.
    OtherHash {
        /// What go.sum records.
        recorded: String,
        /// What came.
        got: String,
    },
    /// No zip, or a damaged one.
    NotZip,
    /// A zip whose entries break the rules of module zips.
    BadZipEntry {
        /// The entry and the rule.
        problem: Foreign,
    },
    /// A zip with a name that go allows in no module, or with two that differ in case only.
    BadName {
        /// The entry and the rule.
        problem: Foreign,
    },
    /// A zip with a name that the file system of the module cache does not take.
    LongName {
        /// The entry.
        entry: Foreign,
        /// The length in bytes of its longest element, or of the whole path.
        length: u32,
        /// The most that there may be.
        limit: u32,
        /// Whether it is the whole path, GOMODCACHE included, that is too long.
        whole_path: bool,
    },
    /// It ends early.
    CutShort {
        /// Bytes that were announced, if any.
        announced: Option<u64>,
        /// Bytes that came.
        came: u64,
    },
    /// More than Go's limit for it.
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
}

/// What a `file://` entry holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "file", rename_all = "kebab-case")]
pub enum FileAnswer {
    /// The file, with what it is.
    Found {
        /// What it is.
        body: Body,
    },
    /// No such file.
    Missing,
    /// It cannot be read.
    Unreadable {
        /// What the system said.
        error: Foreign,
    },
}

/// Where go ends with a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "kebab-case")]
pub enum WalkEnd {
    /// An entry had it.
    Found {
        /// The entry, by its place in GOPROXY.
        entry: usize,
    },
    /// An entry's answer ends the walk, since what separates it from the next is a comma.
    Stopped {
        /// The entry, by its place in GOPROXY.
        entry: usize,
    },
    /// No entry had it, and the list is at its end.
    Exhausted,
    /// The rest is for version control.
    Direct,
    /// `off` ends the list.
    Off,
    /// It could not be followed to its end; an observation says why.
    Unfinished,
}

impl Observed for ModuleProxyFacts {
    fn each<'a>(&'a self, visit: &mut dyn FnMut(&'a Observation)) {
        for served in &self.served {
            visit(&served.observation);
        }
        for hop in self.walks.iter().flat_map(|walk| &walk.hops) {
            visit(&hop.observation);
        }
    }
}
