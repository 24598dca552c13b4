//! How git decides, through libcurl, about the same URL.

use super::exceptions::Exceptions;
use super::{Decision, ProxyAddress, ProxyVariables, Straight, Target, Variable};

/// git's decision for a URL where its configuration names no proxy (`http.proxy` and
/// `http.<url>.proxy` come first, and are for the caller to look at).
///
/// Lower case beats upper case, HTTP_PROXY in upper case is not read, ALL_PROXY is, a variable that
/// is set to nothing switches proxies off, and the local host is no exception.
#[must_use]
pub fn decide_for_git(variables: &ProxyVariables, target: &Target) -> Decision {
    let straight = |because| Decision::Direct { because };
    let all = [Variable::AllProxyLower, Variable::AllProxy];
    let of_scheme: &[Variable] = match target.scheme.as_str() {
        "https" => &[Variable::HttpsProxyLower, Variable::HttpsProxy],
        "http" => &[Variable::HttpProxyLower],
        _ => return straight(Straight::OtherScheme),
    };
    let Some((variable, value)) = variables.first_set(of_scheme).or_else(|| variables.first_set(&all)) else {
        return straight(Straight::NotSet);
    };
    if value.is_empty() {
        return straight(Straight::SetToNothing { variable });
    }
    if let Some((no_proxy, list)) = variables.first_set(&[Variable::NoProxyLower, Variable::NoProxy])
        && let Some(entry) = Exceptions::as_curl(list).find(target)
    {
        return straight(Straight::Exempt { variable: no_proxy, entry: entry.to_owned() });
    }
    match ProxyAddress::parse_as_curl(value) {
        Ok(proxy) => Decision::Proxy { variable, proxy },
        Err(problem) => Decision::Unusable { variable, problem },
    }
}
