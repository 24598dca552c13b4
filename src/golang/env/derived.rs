//! What the values mean.

use super::{Environment, Origin, Value, Variable};
use crate::golang::file_path::{join, split_list};
use crate::golang::goauth::{self, GoauthProblem, Method};
use crate::golang::goflags::{self, Flag, GoflagsProblem};
use crate::golang::goproxy::{self, GoproxyError, ProviderList};
use crate::golang::govcs::{Govcs, GovcsProblem};
use crate::golang::pattern::{MatchedItem, matching_item};

/// A pattern list and the variable that it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatternSetting<'a> {
    /// The list.
    pub list: &'a str,
    /// The variable whose value it is: the one asked for, or GOPRIVATE in its place.
    pub variable: &'a str,
    /// Where that variable's value comes from.
    pub origin: &'a Origin,
}

impl PatternSetting<'_> {
    /// Whether the list matches a module path, host path or repository root.
    #[must_use]
    pub fn matches(&self, target: &str) -> bool {
        self.matching_item(target).is_some()
    }

    /// The item of the list that matches.
    #[must_use]
    pub fn matching_item(&self, target: &str) -> Option<MatchedItem> {
        matching_item(self.list, target).map(|item| item.to_matched())
    }
}

impl Environment {
    fn patterns<'a>(&'a self, name: &'a str) -> PatternSetting<'a> {
        match self.get(name) {
            Some(Variable { origin: Origin::Variable { name: other }, value, .. }) => {
                PatternSetting { list: value.as_str(), variable: other, origin: self.origin(other) }
            }
            Some(variable) => {
                PatternSetting { list: variable.value.as_str(), variable: name, origin: &variable.origin }
            }
            None => PatternSetting { list: "", variable: name, origin: &Origin::BuiltIn },
        }
    }

    /// GOPRIVATE.
    #[must_use]
    pub fn goprivate(&self) -> PatternSetting<'_> {
        self.patterns("GOPRIVATE")
    }

    /// Modules that are fetched directly: GONOPROXY or, if that has no value, GOPRIVATE.
    #[must_use]
    pub fn gonoproxy(&self) -> PatternSetting<'_> {
        self.patterns("GONOPROXY")
    }

    /// Modules that the checksum database is not asked for: GONOSUMDB or, if that has no value,
    /// GOPRIVATE.
    #[must_use]
    pub fn gonosumdb(&self) -> PatternSetting<'_> {
        self.patterns("GONOSUMDB")
    }

    /// Modules that may be fetched without TLS or with a certificate that nobody vouches for.
    #[must_use]
    pub fn goinsecure(&self) -> PatternSetting<'_> {
        self.patterns("GOINSECURE")
    }

    /// GOPROXY as go walks it.
    ///
    /// # Errors
    /// The malformed item, as go reports it for the first module that it looks up.
    pub fn goproxy(&self) -> Result<ProviderList, GoproxyError> {
        goproxy::parse(self.value("GOPROXY"), self.gonoproxy().list, self.os)
    }

    /// GOVCS.
    ///
    /// # Errors
    /// What go objects to as soon as it runs a version control system.
    pub fn govcs(&self) -> Result<Govcs, GovcsProblem> {
        Govcs::parse(self.value("GOVCS"))
    }

    /// GOAUTH. Versions before 1.24 know netrc only.
    ///
    /// # Errors
    /// What stops go at its first https request.
    pub fn goauth(&self) -> Result<Vec<Method>, GoauthProblem> {
        if self.version.as_ref().is_some_and(|version| !version.is_at_least(24)) {
            return Ok(vec![Method::Netrc]);
        }
        goauth::parse(self.value("GOAUTH"), self.os)
    }

    /// GOFLAGS.
    ///
    /// # Errors
    /// What stops every command.
    pub fn goflags(&self) -> Result<Vec<Flag>, GoflagsProblem> {
        goflags::parse(self.value("GOFLAGS"), self.version.as_ref())
    }

    /// The folders of GOPATH; the first one holds the caches.
    #[must_use]
    pub fn gopath(&self) -> Vec<String> {
        split_list(self.os, self.value("GOPATH"))
    }

    /// The module cache; nothing if there is no place for one.
    #[must_use]
    pub fn gomodcache(&self) -> Option<&str> {
        Some(self.value("GOMODCACHE")).filter(|path| !path.is_empty())
    }

    /// The folder of what is known of checksum databases, `GOPATH[0]/pkg/sumdb`. GOMODCACHE does
    /// not move it.
    #[must_use]
    pub fn sumdb_dir(&self) -> Option<String> {
        let first = self.gopath().into_iter().next().filter(|path| !path.is_empty())?;
        Some(join(self.os, &[&first, "pkg/sumdb"]))
    }

    /// Whether modules are switched off by GO111MODULE=off.
    #[must_use]
    pub fn modules_off(&self) -> bool {
        self.value("GO111MODULE") == "off"
    }

    /// The value of a key of GODEBUG; of several the last one counts.
    #[must_use]
    pub fn godebug(&self, key: &str) -> Option<&str> {
        let settings = self.value("GODEBUG").rsplit(',');
        settings.filter_map(|setting| setting.split_once('=')).find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The first of these variables that has a value, with its name: `HTTPS_PROXY` and then
    /// `https_proxy`, say.
    #[must_use]
    pub fn first_set<'n>(&self, names: &[&'n str]) -> Option<(&'n str, &Value)> {
        names.iter().find_map(|name| {
            let variable = self.get(name).filter(|variable| !variable.value.is_empty())?;
            Some((*name, &variable.value))
        })
    }
}
