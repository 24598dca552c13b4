//! The route of a module: whom go asks for it, in which order, and what decided that.
//!
//! [`route`] follows `modfetch.Lookup` and `TryProxies` of the go command, `useSumDB`, and the first
//! steps of a direct fetch (Go 1.21 to 1.27). Nothing in a [`Route`] is secret.

mod checksum;
mod direct;
mod host_name;
mod privacy;
mod provider;
mod public_hosts;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use checksum::{ChecksumBase, ChecksumRoute, ChecksumSource, Recorded};
pub use direct::{DirectRoute, VcsDecision, VcsRoute};
pub use host_name::{HostKind, kind as host_kind};
pub use privacy::{Privacy, PrivacyHints, PrivateReason, looks_private};
pub use provider::{ModuleRoute, NoRoute, Step, StepProvider};
pub use public_hosts::{is_public_checksum_database, is_public_module_host, is_public_proxy};

use super::env::{Environment, Origin, PatternSetting};
use super::goflags;

/// What decided: an item of a pattern list or a whole value, and where that is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// The variable, such as `GOPRIVATE`.
    pub variable: String,
    /// The item of the list, or the value.
    pub text: String,
    /// Where the value comes from.
    pub origin: Origin,
}

impl Decision {
    /// The item of a pattern list that matches `target`.
    fn by_pattern(setting: PatternSetting<'_>, target: &str) -> Option<Self> {
        setting.matching_item(target).map(|item| Self {
            variable: setting.variable.to_owned(),
            text: item.text,
            origin: setting.origin.clone(),
        })
    }

    /// The value of a variable.
    fn by_value(environment: &Environment, variable: &str) -> Self {
        Self {
            variable: variable.to_owned(),
            text: environment.get(variable).map_or_else(String::new, |found| found.value.shown().to_owned()),
            origin: environment.origin(variable).clone(),
        }
    }
}

/// The route of one module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Route {
    /// The module path; `golang.org/toolchain` for Go toolchains.
    pub module_path: String,
    /// Whom go asks for the module.
    pub modules: ModuleRoute,
    /// Whom go asks for its checksum.
    pub checksum: ChecksumRoute,
    /// What happens at the `direct` steps. Nothing where there is none.
    pub direct: Option<DirectRoute>,
    /// GOFLAGS, where it says `-mod=vendor`: then only `go get`, `go mod tidy`, `go mod vendor` and
    /// `go mod download` take this route, all others look into the vendor folder.
    pub vendor: Option<Decision>,
}

/// The route of `module_path` in `environment`. `recorded` says what go.sum and the command line have
/// to say about its checksum.
#[must_use]
pub fn route(environment: &Environment, module_path: &str, recorded: Recorded) -> Route {
    let modules = provider::modules(environment, module_path);
    let flags = environment.goflags().unwrap_or_default();
    let vendor = goflags::value(&flags, "mod") == Some("vendor");
    let direct = modules.goes_direct().then(|| direct::direct(environment, module_path));
    Route {
        module_path: module_path.to_owned(),
        checksum: checksum::checksum(environment, module_path, recorded),
        modules,
        direct,
        vendor: vendor.then(|| Decision::by_value(environment, "GOFLAGS")),
    }
}

/// Judges `module_path` by the pattern variables of `environment`, the main modules and the remotes of
/// the repository.
#[must_use]
pub fn privacy(environment: &Environment, main_modules: &[&str], remotes: &[&str], module_path: &str) -> Privacy {
    let lists = [environment.goprivate(), environment.gonoproxy(), environment.gonosumdb()];
    let patterns: Vec<(&str, &str)> = lists.iter().map(|setting| (setting.variable, setting.list)).collect();
    looks_private(module_path, &PrivacyHints { patterns: &patterns, main_modules, remotes, known_public: false })
}

#[cfg(test)]
mod tests;
