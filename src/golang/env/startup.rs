//! Values that stop a command before it looks at a module.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::location::{NoFolder, default_build_cache};
use super::{Environment, Origin, ProcessEnv, Value};
use crate::golang::file_path::{clean, is_abs, split_list};
use crate::golang::goflags::{self, GoflagsProblem};
use crate::golang::quote::quote;
use crate::golang::toolchain::{Gotoolchain, ToolchainProblem};

/// A value that stops commands. Displayed in Go's own words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Error)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum StartupProblem {
    /// GOTOOLCHAIN is none.
    #[error("{problem}")]
    Gotoolchain {
        /// What is wrong with it.
        problem: ToolchainProblem,
    },
    /// A GOPATH entry begins with a tilde that no shell expanded.
    #[error("go: GOPATH entry cannot start with shell metacharacter '~': {}", quote(entry))]
    GopathTilde {
        /// The entry.
        entry: String,
    },
    /// A relative GOPATH entry.
    #[error(
        "go: GOPATH entry is relative; must be absolute path: {}.\nFor more details see: 'go help gopath'",
        quote(entry)
    )]
    GopathRelative {
        /// The entry.
        entry: String,
    },
    /// GOPATH is GOROOT: a warning only.
    #[error(
        "warning: both GOPATH and GOROOT are the same directory ({path}); see https://go.dev/wiki/InstallTroubleshooting"
    )]
    GopathIsGoroot {
        /// The folder.
        path: String,
    },
    /// GOFLAGS holds what is no flag, or a wrong value.
    #[error("{problem}")]
    Goflags {
        /// What is wrong with it.
        problem: GoflagsProblem,
    },
    /// GO111MODULE is none of on, off and auto.
    #[error("go: unknown environment setting GO111MODULE={value}")]
    Go111module {
        /// The value.
        value: String,
    },
    /// GOWORK is neither off nor auto nor an absolute path.
    #[error("go: invalid GOWORK: not an absolute path")]
    GoworkRelative {
        /// The value.
        value: String,
    },
    /// GOFIPS140 names no mode.
    #[error("go: invalid GOFIPS140: must be off, latest, inprocess, certified, or v1.Y.Z")]
    Gofips140 {
        /// The value.
        value: String,
    },
    /// GOMODCACHE is relative.
    #[error("GOMODCACHE entry is relative; must be absolute path: {}.", quote(value))]
    GomodcacheRelative {
        /// The value.
        value: String,
    },
    /// There is no place for the module cache: GOMODCACHE is unset and GOPATH has no first entry,
    /// mostly because HOME is unset.
    #[error("module cache not found: neither GOMODCACHE nor GOPATH is set")]
    NoModuleCache,
    /// GOCACHE=off.
    #[error("build cache is disabled by GOCACHE=off, but required as of Go 1.12")]
    GocacheOff,
    /// GOCACHE is relative.
    #[error("build cache is required, but could not be located: GOCACHE is not an absolute path")]
    GocacheRelative {
        /// The value.
        value: String,
    },
    /// GOCACHE is unset and so are the variables of its default.
    #[error("build cache is required, but could not be located: GOCACHE is not defined and {because}")]
    NoBuildCache {
        /// Why there is no default.
        because: NoFolder,
    },
    /// GODEBUG=cmdgonetlimit=0.
    #[error("network disabled by cmdgonetlimit=0")]
    NetworkDisabled,
}

/// Which commands a value stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// None: go only warns.
    Warning,
    /// Those that build, vet or run.
    Builds,
    /// Those that fetch modules, as soon as they fetch one.
    Downloads,
    /// Those that know the flag, or that load modules.
    Some,
    /// All, some of them even `go env`.
    Every,
}

impl StartupProblem {
    /// Which commands it stops.
    #[must_use]
    pub fn scope(&self) -> Scope {
        match self {
            Self::GopathIsGoroot { .. } => Scope::Warning,
            Self::GocacheOff | Self::GocacheRelative { .. } | Self::NoBuildCache { .. } => Scope::Builds,
            Self::GomodcacheRelative { .. } | Self::NoModuleCache | Self::NetworkDisabled => Scope::Downloads,
            Self::GoworkRelative { .. } => Scope::Some,
            Self::Goflags { problem } => match problem {
                GoflagsProblem::Unterminated { .. }
                | GoflagsProblem::NonFlag { .. }
                | GoflagsProblem::UnknownFlag { .. } => Scope::Every,
                _ => Scope::Some,
            },
            Self::Gotoolchain { .. }
            | Self::GopathTilde { .. }
            | Self::GopathRelative { .. }
            | Self::Go111module { .. }
            | Self::Gofips140 { .. } => Scope::Every,
        }
    }

    /// The variable whose value it is.
    #[must_use]
    pub fn variable(&self) -> &'static str {
        match self {
            Self::Gotoolchain { .. } => "GOTOOLCHAIN",
            Self::GopathTilde { .. } | Self::GopathRelative { .. } | Self::GopathIsGoroot { .. } => "GOPATH",
            Self::Goflags { .. } => "GOFLAGS",
            Self::Go111module { .. } => "GO111MODULE",
            Self::GoworkRelative { .. } => "GOWORK",
            Self::Gofips140 { .. } => "GOFIPS140",
            Self::GomodcacheRelative { .. } | Self::NoModuleCache => "GOMODCACHE",
            Self::GocacheOff | Self::GocacheRelative { .. } | Self::NoBuildCache { .. } => "GOCACHE",
            Self::NetworkDisabled => "GODEBUG",
        }
    }
}

/// All that would stop some command, in the order of go's checks.
pub(super) fn problems(environment: &Environment, process: &ProcessEnv<'_>) -> Vec<StartupProblem> {
    let mut found = Vec::new();
    let knows = |minor| environment.version.as_ref().is_none_or(|version| version.is_at_least(minor));
    let shown = |name: &str| environment.get(name).map_or("", |variable| variable.value.shown()).to_owned();
    let go111module = environment.value("GO111MODULE");
    if knows(21)
        && go111module != "off"
        && let Err(problem) = Gotoolchain::parse(&shown("GOTOOLCHAIN"))
    {
        found.push(StartupProblem::Gotoolchain { problem });
    }
    gopath(environment, &mut found);
    let fips = environment.value("GOFIPS140");
    let is_fips_version = fips.strip_prefix("v1.").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if knows(24) && !matches!(fips, "" | "off" | "latest" | "inprocess" | "certified") && !is_fips_version {
        found.push(StartupProblem::Gofips140 { value: shown("GOFIPS140") });
    }
    match goflags::parse(environment.value("GOFLAGS"), environment.version.as_ref()) {
        Ok(flags) => {
            let problems = goflags::problems(&flags).into_iter();
            found.extend(problems.map(|problem| StartupProblem::Goflags { problem: redacted(problem) }));
        }
        Err(problem) => found.push(StartupProblem::Goflags { problem: redacted(problem) }),
    }
    if !matches!(go111module, "" | "on" | "off" | "auto") {
        found.push(StartupProblem::Go111module { value: shown("GO111MODULE") });
    }
    let gowork = environment.value("GOWORK");
    if !matches!(gowork, "" | "off" | "auto") && !is_abs(environment.os, gowork) {
        found.push(StartupProblem::GoworkRelative { value: shown("GOWORK") });
    }
    let gomodcache = environment.value("GOMODCACHE");
    let gopath_explains_it = environment.origin("GOMODCACHE") == &Origin::BuiltIn
        && found.iter().any(|problem| problem.variable() == "GOPATH");
    if gomodcache.is_empty() {
        found.push(StartupProblem::NoModuleCache);
    } else if !(is_abs(environment.os, gomodcache) || gopath_explains_it) {
        found.push(StartupProblem::GomodcacheRelative { value: shown("GOMODCACHE") });
    }
    gocache(environment, process, &mut found);
    if environment.godebug("cmdgonetlimit") == Some("0") {
        found.push(StartupProblem::NetworkDisabled);
    }
    found
}

fn gopath(environment: &Environment, found: &mut Vec<StartupProblem>) {
    let os = environment.os;
    let gopath = environment.value("GOPATH");
    let goroot = environment.value("GOROOT");
    if !gopath.is_empty() && !goroot.is_empty() && clean(os, gopath) == clean(os, goroot) {
        found.push(StartupProblem::GopathIsGoroot { path: presentable(gopath) });
        return;
    }
    for entry in split_list(os, gopath).into_iter().filter(|entry| !entry.is_empty()) {
        if entry.starts_with('~') {
            found.push(StartupProblem::GopathTilde { entry: presentable(&entry) });
            return;
        }
        if !is_abs(os, &entry) {
            found.push(StartupProblem::GopathRelative { entry: presentable(&entry) });
            return;
        }
    }
}

fn gocache(environment: &Environment, process: &ProcessEnv<'_>, found: &mut Vec<StartupProblem>) {
    let Some(gocache) = environment.get("GOCACHE").filter(|gocache| gocache.value.as_str() == "off") else {
        return;
    };
    found.push(match (&gocache.origin, gocache.shadowed.iter().find(|setting| !setting.value.is_empty())) {
        (Origin::BuiltIn, Some(refused)) => StartupProblem::GocacheRelative { value: refused.value.shown().to_owned() },
        (Origin::BuiltIn, None) => match default_build_cache(environment.os, process, environment.version.as_ref()) {
            Err(because) => StartupProblem::NoBuildCache { because },
            Ok(_) => StartupProblem::GocacheOff,
        },
        _ => StartupProblem::GocacheOff,
    });
}

/// Text of a value without secrets and characters that could drive a terminal.
fn presentable(text: &str) -> String {
    Value::new("", text).shown().to_owned()
}

/// A word of GOFLAGS may hold a secret, say for the linker.
fn redacted(problem: GoflagsProblem) -> GoflagsProblem {
    let clean = |text: String| presentable(&text);
    match problem {
        GoflagsProblem::NonFlag { word } => GoflagsProblem::NonFlag { word: clean(word) },
        GoflagsProblem::UnknownFlag { name, since } => GoflagsProblem::UnknownFlag { name: clean(name), since },
        GoflagsProblem::BadBoolean { name, value } => GoflagsProblem::BadBoolean { name, value: clean(value) },
        GoflagsProblem::BadMod { value } => GoflagsProblem::BadMod { value: clean(value) },
        GoflagsProblem::BadModfile { value } => GoflagsProblem::BadModfile { value: clean(value) },
        problem => problem,
    }
}
