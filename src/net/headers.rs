//! The headers of an answer that tell something, chosen for the facts.

use hyper::HeaderMap;
use hyper::header::{HeaderName, PROXY_AUTHENTICATE, WWW_AUTHENTICATE};

use crate::model::Foreign;
use crate::model::transport::{AuthScheme, Header};

/// The most header lines that are told.
const MAX_HEADERS: usize = 40;
/// The most characters of one value.
const MAX_VALUE: usize = 200;

/// Always told.
const NAMES: [&str; 24] = [
    "date",
    "server",
    "via",
    "age",
    "cache-control",
    "expires",
    "etag",
    "last-modified",
    "retry-after",
    "content-type",
    "content-length",
    "content-encoding",
    "location",
    "warning",
    "ratelimit",
    "ratelimit-policy",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "cf-ray",
    "cf-cache-status",
    "cf-mitigated",
    "athens-version",
    "proxy-agent",
];
/// Parts of names whose values may be secrets.
const SECRET: [&str; 6] = ["token", "secret", "auth", "key", "cookie", "session"];

/// The headers worth telling: those of a fixed list, and product hints (`X-…`) that cannot be secret.
pub(super) fn choose(headers: &HeaderMap) -> Vec<Header> {
    headers
        .iter()
        .filter(|(name, _)| is_told(name))
        .take(MAX_HEADERS)
        .map(|(name, value)| Header {
            name: Foreign::capped(name.as_str(), 60),
            value: Foreign::capped(&String::from_utf8_lossy(value.as_bytes()), MAX_VALUE),
        })
        .collect()
}

fn is_told(name: &HeaderName) -> bool {
    let name = name.as_str();
    NAMES.contains(&name) || (name.starts_with("x-") && !SECRET.iter().any(|part| name.contains(part)))
}

/// The ways to log in that are offered.
pub(super) fn auth_schemes(headers: &HeaderMap) -> Vec<AuthScheme> {
    let of = |name| headers.get_all(name).iter().take(8).filter_map(|value| value.to_str().ok());
    let mut schemes = Vec::new();
    for value in of(WWW_AUTHENTICATE).chain(of(PROXY_AUTHENTICATE)) {
        for scheme in AuthScheme::parse_list(value) {
            if !schemes.contains(&scheme) {
                schemes.push(scheme);
            }
        }
    }
    schemes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn product_hints_are_told_and_secrets_are_not() {
        let mut headers = HeaderMap::new();
        for (name, value) in
            [("x-artifactory-id", "a:b"), ("x-auth-token", "S3cr3t"), ("set-cookie", "S3cr3t"), ("server", "nginx")]
        {
            headers.insert(name, value.parse().unwrap());
        }
        headers.append(WWW_AUTHENTICATE, "Basic realm=\"x\"".parse().unwrap());
        headers.append(WWW_AUTHENTICATE, "Bearer".parse().unwrap());
        let told = choose(&headers);
        assert_eq!(told.len(), 2, "{told:?}");
        assert_eq!(auth_schemes(&headers), [AuthScheme::Basic, AuthScheme::Bearer]);
    }
}
