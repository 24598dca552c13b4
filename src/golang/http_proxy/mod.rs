//! HTTP_PROXY, HTTPS_PROXY and NO_PROXY by Go's rules, and by git's for comparison.
//!
//! Go's rules are those of golang.org/x/net/http/httpproxy, the same in Go 1.21 to 1.27. They differ
//! from curl's in what counts as unset, in ALL_PROXY, in NO_PROXY and for the local host.

mod address;
mod exceptions;
mod git;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use address::{Malformed, ProxyAddress, Scheme, Target};
pub use git::decide_for_git;

use exceptions::Exceptions;

/// An environment variable that decides about HTTP proxies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Variable {
    /// HTTPS_PROXY.
    #[serde(rename = "HTTPS_PROXY")]
    HttpsProxy,
    /// https_proxy.
    #[serde(rename = "https_proxy")]
    HttpsProxyLower,
    /// HTTP_PROXY, which git and curl do not read.
    #[serde(rename = "HTTP_PROXY")]
    HttpProxy,
    /// http_proxy.
    #[serde(rename = "http_proxy")]
    HttpProxyLower,
    /// ALL_PROXY, which go does not read.
    #[serde(rename = "ALL_PROXY")]
    AllProxy,
    /// all_proxy, which go does not read.
    #[serde(rename = "all_proxy")]
    AllProxyLower,
    /// NO_PROXY.
    #[serde(rename = "NO_PROXY")]
    NoProxy,
    /// no_proxy.
    #[serde(rename = "no_proxy")]
    NoProxyLower,
    /// REQUEST_METHOD, which marks a CGI program.
    #[serde(rename = "REQUEST_METHOD")]
    RequestMethod,
}

impl Variable {
    /// Every variable that is read.
    pub const ALL: [Self; 9] = [
        Self::HttpsProxy,
        Self::HttpsProxyLower,
        Self::HttpProxy,
        Self::HttpProxyLower,
        Self::AllProxy,
        Self::AllProxyLower,
        Self::NoProxy,
        Self::NoProxyLower,
        Self::RequestMethod,
    ];

    /// Its name in the environment.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HttpsProxy => "HTTPS_PROXY",
            Self::HttpsProxyLower => "https_proxy",
            Self::HttpProxy => "HTTP_PROXY",
            Self::HttpProxyLower => "http_proxy",
            Self::AllProxy => "ALL_PROXY",
            Self::AllProxyLower => "all_proxy",
            Self::NoProxy => "NO_PROXY",
            Self::NoProxyLower => "no_proxy",
            Self::RequestMethod => "REQUEST_METHOD",
        }
    }
}

/// The variables that are set, also to nothing. They may hold passwords: nothing shows them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ProxyVariables {
    set: Vec<(Variable, String)>,
}

impl ProxyVariables {
    /// Takes each variable from `get`, which gives the value of one that is set.
    #[must_use]
    pub fn read(get: impl Fn(&'static str) -> Option<String>) -> Self {
        Self { set: Variable::ALL.iter().filter_map(|which| Some((*which, get(which.name())?))).collect() }
    }

    /// Which ones are set, also to nothing.
    pub fn names(&self) -> impl Iterator<Item = Variable> {
        self.set.iter().map(|(which, _)| *which)
    }

    fn get(&self, which: Variable) -> Option<&str> {
        self.set.iter().find(|(name, _)| *name == which).map(|(_, value)| value.as_str())
    }

    /// The first of `which` that is not empty: for Go an empty variable is an unset one.
    fn first_filled(&self, which: [Variable; 2]) -> Option<(Variable, &str)> {
        which.into_iter().find_map(|name| Some((name, self.get(name).filter(|value| !value.is_empty())?)))
    }

    /// The first of `which` that is set at all: for git and curl an empty variable counts.
    fn first_set(&self, which: &[Variable]) -> Option<(Variable, &str)> {
        which.iter().find_map(|name| Some((*name, self.get(*name)?)))
    }
}

impl std::fmt::Debug for ProxyVariables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.set.iter().map(|(name, _)| name.name())).finish()
    }
}

/// How a request goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "goes", rename_all = "kebab-case")]
pub enum Decision {
    /// Straight to the host.
    Direct {
        /// Why no HTTP proxy is used.
        because: Straight,
    },
    /// Through an HTTP proxy.
    Proxy {
        /// The variable that names it.
        variable: Variable,
        /// The HTTP proxy.
        proxy: ProxyAddress,
    },
    /// Nowhere: git fails on a value that names no HTTP proxy.
    Unusable {
        /// The variable that holds it.
        variable: Variable,
        /// What is wrong with it.
        problem: Malformed,
    },
    /// Nowhere: go refuses to use HTTP_PROXY for http URLs in a CGI program (REQUEST_METHOD is
    /// set), since a client of that program could have set it.
    RefusedInCgi {
        /// The variable that names the proxy.
        variable: Variable,
    },
}

/// Why a request uses no HTTP proxy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Straight {
    /// No variable names one for this scheme.
    NotSet,
    /// git and curl: this variable is set to nothing, which switches proxies off.
    SetToNothing {
        /// That variable.
        variable: Variable,
    },
    /// The value does not parse; go ignores it without a word.
    Unparsable {
        /// The variable that holds it.
        variable: Variable,
        /// What is wrong with it.
        problem: Malformed,
    },
    /// go never uses one for `localhost` and loopback addresses.
    LocalHost,
    /// An entry of NO_PROXY matches.
    Exempt {
        /// NO_PROXY or no_proxy.
        variable: Variable,
        /// The entry as written.
        entry: String,
    },
    /// The URL is neither http nor https.
    OtherScheme,
}

/// Go's decision for a URL.
#[must_use]
pub fn decide(variables: &ProxyVariables, target: &Target) -> Decision {
    let straight = |because| Decision::Direct { because };
    let candidates = match target.scheme.as_str() {
        "https" => [Variable::HttpsProxy, Variable::HttpsProxyLower],
        "http" => [Variable::HttpProxy, Variable::HttpProxyLower],
        _ => return straight(Straight::OtherScheme),
    };
    let Some((variable, value)) = variables.first_filled(candidates) else {
        return straight(Straight::NotSet);
    };
    let proxy = match ProxyAddress::parse_as_go(value) {
        Ok(proxy) => proxy,
        Err(problem) => return straight(Straight::Unparsable { variable, problem }),
    };
    if target.scheme == "http" && variables.get(Variable::RequestMethod).is_some_and(|value| !value.is_empty()) {
        return Decision::RefusedInCgi { variable };
    }
    if target.is_local() {
        return straight(Straight::LocalHost);
    }
    if let Some((no_proxy, list)) = variables.first_filled([Variable::NoProxy, Variable::NoProxyLower])
        && let Some(entry) = Exceptions::as_go(list).find(target)
    {
        return straight(Straight::Exempt { variable: no_proxy, entry: entry.to_owned() });
    }
    Decision::Proxy { variable, proxy }
}
