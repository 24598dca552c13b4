//! Whom go asks for a module.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Decision;
use super::public_hosts::is_public_proxy;
use crate::golang::env::Environment;
use crate::golang::goproxy::{Fallback, Provider};
use crate::golang::module_path::check_path;

/// Whom go asks for a module, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModuleRoute {
    /// The steps; those that go walks past without asking are left out. Empty where nobody is asked.
    pub steps: Vec<Step>,
    /// The pattern that sends the module past the proxies.
    pub bypass: Option<Decision>,
    /// GOPROXY and where it is set, where it has a say: neither for a module that `bypass` sends to its
    /// own host nor for a path that is none.
    pub decided: Option<Decision>,
    /// Why nobody is asked.
    pub none: Option<NoRoute>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Who is asked.
    #[serde(flatten)]
    pub provider: StepProvider,
    /// When the next step follows. A direct fetch that finds no repository, tag or commit counts as
    /// "does not exist".
    pub fallback: Fallback,
    /// The element of the list that [`Environment::goproxy`] gives.
    pub entry: usize,
}

/// Who is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "provider", rename_all = "kebab-case")]
pub enum StepProvider {
    /// A module proxy.
    Proxy {
        /// Its URL without user part.
        url: String,
        /// Its host, with the port where one is given.
        host: String,
        /// Whether everybody uses it.
        public: bool,
    },
    /// A folder of this machine in the form of a module proxy.
    Folder {
        /// The path.
        path: String,
    },
    /// The module's own host, as `direct` of the route tells.
    Direct,
    /// Nobody: the search ends with `module lookup disabled by GOPROXY=off`.
    Off,
}

/// Why nobody is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "because", rename_all = "kebab-case")]
pub enum NoRoute {
    /// GOPROXY is malformed. go says so for every module that it looks up.
    Goproxy {
        /// Go's words.
        problem: String,
        /// Where the value is set.
        decided: Decision,
    },
    /// The module path is none.
    ModulePath {
        /// Go's words.
        problem: String,
    },
}

impl ModuleRoute {
    /// Whether the module's own host may be asked.
    #[must_use]
    pub fn goes_direct(&self) -> bool {
        self.steps.iter().any(|step| step.provider == StepProvider::Direct)
    }

    /// Who is asked first.
    #[must_use]
    pub fn first(&self) -> Option<&StepProvider> {
        self.steps.first().map(|step| &step.provider)
    }

    fn nobody(none: NoRoute) -> Self {
        Self { steps: Vec::new(), bypass: None, decided: None, none: Some(none) }
    }
}

pub(super) fn modules(environment: &Environment, module_path: &str) -> ModuleRoute {
    if let Err(problem) = check_path(module_path) {
        return ModuleRoute::nobody(NoRoute::ModulePath { problem: problem.to_string() });
    }
    let list = match environment.goproxy() {
        Ok(list) => list,
        Err(problem) => {
            return ModuleRoute::nobody(NoRoute::Goproxy {
                problem: problem.to_string(),
                decided: Decision::by_value(environment, "GOPROXY"),
            });
        }
    };
    let bypass = Decision::by_pattern(environment.gonoproxy(), module_path);
    let mut steps: Vec<Step> = Vec::new();
    for (entry, element) in list.entries.iter().enumerate() {
        let provider = match (&element.provider, &bypass) {
            (Provider::NoProxy | Provider::Direct, Some(_)) | (Provider::Direct, None) => StepProvider::Direct,
            // For a module that GONOPROXY matches, a proxy counts as "does not exist" unasked.
            (Provider::Proxy(_) | Provider::Off, Some(_)) | (Provider::NoProxy, None) => continue,
            (Provider::Off, None) => StepProvider::Off,
            (Provider::Proxy(url), None) => match url.file_path(environment.os) {
                Some(path) => StepProvider::Folder { path },
                None => StepProvider::Proxy {
                    url: url.redacted(),
                    host: url.url().host.clone(),
                    public: is_public_proxy(url.host()),
                },
            },
        };
        let fallback = element.fallback;
        // A second direct fetch would only repeat the first.
        if provider == StepProvider::Direct && steps.iter().any(|step| step.provider == StepProvider::Direct) {
            continue;
        }
        steps.push(Step { provider, fallback, entry });
    }
    if let Some(last) = steps.last_mut() {
        last.fallback = Fallback::None;
    }
    let decided = bypass.is_none().then(|| Decision::by_value(environment, "GOPROXY"));
    ModuleRoute { steps, bypass, decided, none: None }
}
