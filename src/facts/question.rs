//! What can be asked of the world, and what an answer adds to the facts.

use super::cache::Scan;
use super::checksum_database::ChecksumDatabaseFacts;
use super::credentials::{HostCredential, SshHost};
use super::endpoint::{Endpoint, Purpose};
use super::environment::Clock;
use super::module_proxy::{ModuleProxyFacts, Want, WhyAsked};
use super::repository::RepositoryFacts;
use super::version_control::{Remote, VanityLookup};
use super::{Facts, Section};
use crate::golang::module_path::ModuleVersion;

/// Something to find out. A question is asked once: two that are equal are one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Question {
    /// How far one gets with a host, stage by stage.
    Endpoint {
        /// A URL on it, without secrets.
        url: String,
        /// What a sync wants of it.
        purpose: Purpose,
    },
    /// The go.mod files of the build list that the module cache lacks, and of what they require.
    BuildList,
    /// One file of a module, walked through GOPROXY.
    Walk {
        /// The module path, and the version where one is asked for.
        module: ModuleVersion,
        /// What is asked for.
        want: Want,
        /// Why.
        why: WhyAsked,
        /// Whether a zip is read to its end and hashed.
        whole: bool,
    },
    /// Where go turns for the checksum database, whether it answers, and what it says of `lookups`.
    ChecksumDatabase {
        /// Module versions that a sync here must look up.
        lookups: Vec<ModuleVersion>,
    },
    /// The page of a custom import path.
    Vanity {
        /// The import path.
        path: String,
    },
    /// The references of a repository.
    Remote {
        /// The URL that go hands to git.
        url: String,
        /// The version control system.
        vcs: String,
        /// The modules that lie in it.
        modules: Vec<ModuleVersion>,
    },
    /// What go and git would send to a host.
    Credential {
        /// The host, with the port where a URL has one.
        host: String,
    },
    /// How ssh would reach a host.
    Ssh {
        /// The URL that git uses.
        url: String,
    },
    /// The build list's modules in the module cache.
    CacheScan,
}

/// What asking brought.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A host.
    Endpoint(Box<Endpoint>),
    /// What module proxies answered: to be added to what they answered before.
    ModuleProxy(ModuleProxyFacts),
    /// The repository, read again with go.mod files that were not at hand before.
    Repository(Box<RepositoryFacts>),
    /// The checksum database.
    ChecksumDatabase(ChecksumDatabaseFacts),
    /// A vanity page.
    Vanity(VanityLookup),
    /// A repository's references.
    Remote(Remote),
    /// A credential.
    Credential(HostCredential),
    /// ssh to a host.
    Ssh(SshHost),
    /// A look at the cache.
    Scan(Scan),
    /// A server's clock.
    Clock(Clock),
}

impl Facts {
    /// Adds what asking brought.
    pub fn add(&mut self, found: Found) {
        match found {
            Found::Endpoint(endpoint) => self.endpoint.begin().add(*endpoint),
            Found::ModuleProxy(more) => {
                self.toolchain_needs(&more);
                self.module_proxy.begin().add(more);
            }
            Found::Repository(repository) => self.repository = Section::of(*repository),
            Found::ChecksumDatabase(more) => self.checksum_database.begin().add(more),
            Found::Vanity(lookup) => self.version_control.begin().vanity.push(lookup),
            Found::Remote(remote) => self.version_control.begin().add(remote),
            Found::Credential(host) => self.credentials.begin().hosts.push(host),
            Found::Ssh(host) => self.credentials.begin().add_ssh(host),
            Found::Scan(scan) => self.cache.begin().scan = Some(scan),
            Found::Clock(clock) => {
                if let Some(environment) = self.environment.get_mut() {
                    environment.clocks.push(clock);
                }
            }
        }
    }

    /// The selected toolchain is not to be had without the answers that were asked for its sake.
    fn toolchain_needs(&mut self, more: &ModuleProxyFacts) {
        let Some(selection) = self.toolchain.get_mut().and_then(|toolchain| toolchain.selection.as_mut()) else {
            return;
        };
        let walks = more.walks.iter().filter(|walk| walk.why == WhyAsked::Toolchain);
        let hops = walks.flat_map(|walk| &walk.hops).map(|hop| hop.observation.id.clone());
        selection.observation.needs.extend(hops);
    }
}
