//! Whom go asks for the checksum of a module.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Decision;
use super::public_hosts::is_public_checksum_database;
use crate::golang::checksum_database::{Consultation, Setting, consultation, parse_gosumdb};
use crate::golang::env::Environment;
use crate::golang::goproxy::{Fallback, Provider};
use crate::golang::toolchain;

/// What is on record about the checksum already.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Recorded {
    /// go.sum lacks the key, or there is no go.sum.
    #[default]
    No,
    /// go.sum has it: what is fetched is compared with that, and nobody is asked.
    InGoSum,
    /// The module is taken from the vendor folder, where go checks nothing.
    Vendored,
}

/// Whom go asks for the checksum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "checksum", rename_all = "kebab-case")]
pub enum ChecksumRoute {
    /// go.sum decides.
    InGoSum,
    /// Nothing is checked: the module is taken from the vendor folder.
    Vendored,
    /// Nobody: a pattern excludes the module.
    Excluded {
        /// The pattern.
        decided: Decision,
    },
    /// Nobody: GOSUMDB=off.
    Off {
        /// Where that is set.
        decided: Decision,
    },
    /// Nobody: with GOSUMDB=off, a toolchain out of a single `file://` GOPROXY.
    ToolchainFromFolder,
    /// GOSUMDB cannot be used: the download fails.
    Unusable {
        /// Go's words.
        problem: String,
        /// Where GOSUMDB is set.
        decided: Decision,
    },
    /// A checksum database.
    Database(ChecksumSource),
}

/// A checksum database and the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChecksumSource {
    /// Its name.
    pub name: String,
    /// Whether everybody uses it.
    pub public: bool,
    /// The candidates for the one address that all requests of a run go to, in the order in which go
    /// tries them. The last one needs no trial.
    pub bases: Vec<ChecksumBase>,
    /// Where GOSUMDB is set.
    pub decided: Decision,
}

/// A candidate for the address of a checksum database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "kebab-case")]
pub enum ChecksumBase {
    /// Through a module proxy, if `…/supported` below this URL answers 200. A 404 or 410 leads on,
    /// another answer only where the fallback is any error; else no checksum is to be had.
    Proxy {
        /// The URL without user part.
        url: String,
        /// The element of the list that [`Environment::goproxy`] gives.
        entry: usize,
        /// When the next one is tried.
        fallback: Fallback,
    },
    /// The address that GOSUMDB names.
    Configured {
        /// The URL without user part.
        url: String,
    },
    /// The database's own host: also where GOPROXY ends in `off`.
    Direct {
        /// The URL.
        url: String,
    },
}

pub(super) fn checksum(environment: &Environment, module_path: &str, recorded: Recorded) -> ChecksumRoute {
    let is_toolchain = module_path == toolchain::MODULE_PATH;
    if recorded == Recorded::Vendored && !is_toolchain {
        return ChecksumRoute::Vendored;
    }
    // go.sum has no say about toolchains (before 1.27 it had).
    let go_sum_counts = !is_toolchain || environment.version.as_ref().is_some_and(|version| !version.is_at_least(27));
    if recorded == Recorded::InGoSum && go_sum_counts {
        return ChecksumRoute::InGoSum;
    }
    let gosumdb = environment.value("GOSUMDB");
    let excluded = Decision::by_pattern(environment.gonosumdb(), module_path);
    let decided = Decision::by_value(environment, "GOSUMDB");
    let consultation = consultation(
        module_path,
        gosumdb,
        excluded.is_some(),
        environment.value("GOPROXY"),
        environment.value("GIT_HTTP_USER_AGENT"),
    );
    match (consultation, excluded) {
        (Consultation::ToolchainExempt, _) => ChecksumRoute::ToolchainFromFolder,
        (Consultation::Off, _) => ChecksumRoute::Off { decided },
        (Consultation::Excluded, Some(decided)) => ChecksumRoute::Excluded { decided },
        (Consultation::Asked | Consultation::Required | Consultation::Excluded, _) => database(environment, decided),
    }
}

fn database(environment: &Environment, decided: Decision) -> ChecksumRoute {
    let unusable = |problem: String, decided| ChecksumRoute::Unusable { problem, decided };
    let database = match parse_gosumdb(environment.value("GOSUMDB")) {
        Ok(Setting::Database(database)) => database,
        // Only a toolchain gets here: it is not used without a checksum.
        Ok(Setting::Off) => return unusable("checksum database disabled by GOSUMDB=off".to_owned(), decided),
        Err(problem) => return unusable(problem.to_string(), decided),
    };
    let name = database.key.name().to_owned();
    let mut bases = Vec::new();
    if let Some(url) = &database.url {
        bases.push(ChecksumBase::Configured { url: url.without_user() });
    } else {
        let list = match environment.goproxy() {
            Ok(list) => list,
            Err(problem) => return unusable(problem.to_string(), Decision::by_value(environment, "GOPROXY")),
        };
        for (entry, element) in list.entries.iter().enumerate() {
            match &element.provider {
                Provider::Proxy(proxy) => bases.push(ChecksumBase::Proxy {
                    url: proxy.checksum_database(&name),
                    entry,
                    fallback: element.fallback,
                }),
                Provider::NoProxy => {}
                Provider::Direct | Provider::Off => break,
            }
        }
        bases.push(ChecksumBase::Direct { url: database.direct_url() });
    }
    let host = database.url.as_ref().map_or(name.as_str(), |url| url.hostname());
    let public = database.is_default() || is_public_checksum_database(host.split('/').next().unwrap_or(host));
    ChecksumRoute::Database(ChecksumSource { name, public, bases, decided })
}
