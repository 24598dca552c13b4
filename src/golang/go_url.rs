//! URLs as Go's net/url parses them.
//!
//! The WHATWG rules of other URL libraries accept, reject and rewrite other texts than Go does: go
//! takes `https://a;direct` for a host and refuses `https://a b`, and a diagnosis must agree with go.
//! The rules are those of Go 1.26 (colons in http hosts strict, addresses in brackets validated).

mod escape;
mod join;

use std::fmt;

use thiserror::Error;

use super::quote::quote;
use escape::{Mode, escape, unescape};

/// The user part of a URL. Its text is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct UserInfo {
    name: String,
    password: Option<String>,
}

impl UserInfo {
    /// The user name, percent-decoded. It may itself be a token.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The password, percent-decoded.
    #[must_use]
    pub fn password(&self) -> Option<&str> {
        self.password.as_deref()
    }
}

impl fmt::Debug for UserInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserInfo(REDACTED)")
    }
}

/// The parts of a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoUrl {
    /// In lower case; empty for a relative reference.
    pub scheme: String,
    /// What follows the scheme of a URL without a slash after it, such as `mailto:x`.
    pub opaque: String,
    /// The user part.
    pub user: Option<UserInfo>,
    /// Host and port as written, percent-decoded; an IPv6 address keeps its brackets.
    pub host: String,
    /// The path, percent-decoded.
    pub path: String,
    /// The path as written, where encoding `path` would give another text.
    pub raw_path: Option<String>,
    /// What follows `?`, as written.
    pub raw_query: String,
    /// Whether a lone `?` ends the URL.
    pub force_query: bool,
    /// What follows `#`, percent-decoded.
    pub fragment: String,
    /// Whether the scheme is followed by a single slash.
    pub omit_host: bool,
}

/// Why Go cannot parse a URL; displayed in Go's own words.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UrlProblem {
    /// A control character.
    #[error("net/url: invalid control character in URL")]
    ControlCharacter,
    /// It begins with a colon.
    #[error("missing protocol scheme")]
    MissingScheme,
    /// A relative reference with a colon in its first element.
    #[error("first path segment in URL cannot contain colon")]
    ColonInFirstSegment,
    /// A character that no host holds.
    #[error("invalid character {} in host name", quote(&.0.to_string()))]
    HostCharacter(char),
    /// What follows the host's colon is no number.
    #[error("invalid port {} after host", quote(.0))]
    Port(String),
    /// The percent sign does not begin an escape that is allowed there.
    #[error("invalid URL escape {}", quote(.0))]
    Escape(String),
    /// A bracket elsewhere than around an IPv6 address.
    #[error("invalid IP-literal")]
    IpLiteral,
    /// No closing bracket.
    #[error("missing ']' in host")]
    MissingBracket,
    /// No IPv6 address in the brackets.
    #[error("invalid host: ParseAddr({}): unable to parse IP", quote(.0))]
    Address(String),
    /// A character that no user part holds.
    #[error("net/url: invalid userinfo")]
    UserInfo,
}

impl GoUrl {
    /// Parses as `url.Parse` does.
    ///
    /// # Errors
    /// What Go objects to.
    pub fn parse(text: &str) -> Result<Self, UrlProblem> {
        let (before, fragment) = text.split_once('#').unwrap_or((text, ""));
        let mut url = Self::parse_before_fragment(before)?;
        url.fragment = unescape(fragment, Mode::Fragment)?;
        Ok(url)
    }

    fn parse_before_fragment(text: &str) -> Result<Self, UrlProblem> {
        if text.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
            return Err(UrlProblem::ControlCharacter);
        }
        if text == "*" {
            return Ok(Self { path: text.to_owned(), ..Self::default() });
        }
        let (scheme, mut rest) = split_scheme(text)?;
        let mut url = Self { scheme: scheme.to_ascii_lowercase(), ..Self::default() };
        match rest.split_once('?') {
            Some((before, "")) => (rest, url.force_query) = (before, true),
            Some((before, query)) => (rest, url.raw_query) = (before, query.to_owned()),
            None => {}
        }
        if !rest.starts_with('/') {
            if !url.scheme.is_empty() {
                rest.clone_into(&mut url.opaque);
                return Ok(url);
            }
            if rest.split('/').next().is_some_and(|segment| segment.contains(':')) {
                return Err(UrlProblem::ColonInFirstSegment);
            }
        }
        if let Some(after) = rest.strip_prefix("//")
            && (!url.scheme.is_empty() || !after.starts_with('/'))
        {
            let (authority, path) = after.split_at(after.find('/').unwrap_or(after.len()));
            (url.user, url.host) = parse_authority(&url.scheme, authority)?;
            rest = path;
        } else if !url.scheme.is_empty() && rest.starts_with('/') {
            url.omit_host = true;
        }
        url.path = unescape(rest, Mode::Path)?;
        url.raw_path = (escape(&url.path, Mode::Path) != rest).then(|| rest.to_owned());
        Ok(url)
    }

    /// The host without port and brackets.
    #[must_use]
    pub fn hostname(&self) -> &str {
        let without_port = match self.host.rfind(':') {
            Some(at) if !self.host.ends_with(']') => self.host.get(..at).unwrap_or_default(),
            _ => &self.host,
        };
        without_port.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(without_port)
    }

    /// The port as written, if there is one. `h:` has an empty one, which go takes for none.
    #[must_use]
    pub fn port(&self) -> Option<&str> {
        if self.host.ends_with(']') {
            return None;
        }
        self.host.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.is_empty())
    }

    /// The path, percent-encoded: as written where that is a valid encoding.
    #[must_use]
    pub fn escaped_path(&self) -> String {
        match &self.raw_path {
            Some(raw) if escape::is_valid_path(raw) && unescape(raw, Mode::Path).as_ref() == Ok(&self.path) => {
                raw.clone()
            }
            _ if self.path == "*" => self.path.clone(),
            _ => escape(&self.path, Mode::Path),
        }
    }

    /// The whole URL as `URL.String` gives it, but for the user part, which is left out.
    #[must_use]
    pub fn without_user(&self) -> String {
        self.print("")
    }

    /// The whole URL with `REDACTED` for the user part. Unlike Go's, this form hides a user name
    /// too, for it may be a token. Queries stay: pass the text through the gate for foreign text.
    #[must_use]
    pub fn redacted(&self) -> String {
        self.print(if self.user.is_some() { "REDACTED@" } else { "" })
    }

    fn print(&self, user: &str) -> String {
        let mut out = String::new();
        if !self.scheme.is_empty() {
            out.push_str(&self.scheme);
            out.push(':');
        }
        if self.opaque.is_empty() {
            let has_authority = !self.scheme.is_empty() || !self.host.is_empty() || self.user.is_some();
            let omitted = self.omit_host && self.host.is_empty() && self.user.is_none();
            if has_authority && !omitted {
                if !self.host.is_empty() || !self.path.is_empty() || self.user.is_some() {
                    out.push_str("//");
                }
                out.push_str(user);
                out.push_str(&escape(&self.host, Mode::Host));
            }
            let path = self.escaped_path();
            if !path.is_empty() && !path.starts_with('/') && !self.host.is_empty() {
                out.push('/');
            }
            out.push_str(&path);
        } else {
            out.push_str(&self.opaque);
        }
        if self.force_query || !self.raw_query.is_empty() {
            out.push('?');
            out.push_str(&self.raw_query);
        }
        if !self.fragment.is_empty() {
            out.push('#');
            out.push_str(&escape(&self.fragment, Mode::Fragment));
        }
        out
    }
}

/// The scheme, if the text has one, and what follows its colon.
/// Host and port as a URL writes them, without its user part: so go compares them with netrc, and so people
/// look for them. `None` where the text has no `://`.
#[must_use]
pub fn written_host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    Some(authority.rsplit_once('@').map_or(authority, |(_, host)| host))
}

fn split_scheme(text: &str) -> Result<(&str, &str), UrlProblem> {
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' if at > 0 => {}
            b':' if at == 0 => return Err(UrlProblem::MissingScheme),
            b':' => return Ok((text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default())),
            _ => break,
        }
    }
    Ok(("", text))
}

fn parse_authority(scheme: &str, authority: &str) -> Result<(Option<UserInfo>, String), UrlProblem> {
    let Some((user, host)) = authority.rsplit_once('@') else {
        return Ok((None, parse_host(scheme, authority)?));
    };
    let host = parse_host(scheme, host)?;
    if !user.chars().all(|c| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c)) {
        return Err(UrlProblem::UserInfo);
    }
    let (name, password) = match user.split_once(':') {
        Some((name, password)) => (name, Some(unescape(password, Mode::User)?)),
        None => (user, None),
    };
    Ok((Some(UserInfo { name: unescape(name, Mode::User)?, password }), host))
}

fn parse_host(scheme: &str, host: &str) -> Result<String, UrlProblem> {
    match host.rfind('[') {
        Some(0) => return parse_bracketed(host),
        Some(_) => return Err(UrlProblem::IpLiteral),
        None => {}
    }
    let strict = matches!(scheme, "http" | "https");
    if let Some(colon) = if strict { host.find(':') } else { host.rfind(':') } {
        check_port(host.get(colon..).unwrap_or_default())?;
    }
    unescape(host, Mode::Host)
}

fn parse_bracketed(host: &str) -> Result<String, UrlProblem> {
    let close = host.rfind(']').ok_or(UrlProblem::MissingBracket)?;
    let port = host.get(close + 1..).unwrap_or_default();
    check_port(port)?;
    let inner = host.get(1..close).unwrap_or_default();
    let address = match inner.find("%25") {
        Some(zone) => {
            let (address, zone) = inner.split_at(zone);
            unescape(address, Mode::Host)? + &unescape(zone, Mode::Zone)?
        }
        None => unescape(inner, Mode::Host)?,
    };
    let (number, zone) =
        address.split_once('%').map_or((address.as_str(), None), |(number, zone)| (number, Some(zone)));
    match number.parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V6(_)) if zone != Some("") => Ok(format!("[{address}]{port}")),
        Ok(std::net::IpAddr::V4(_)) if zone.is_none() => Err(UrlProblem::IpLiteral),
        _ => Err(UrlProblem::Address(address)),
    }
}

fn check_port(port: &str) -> Result<(), UrlProblem> {
    let digits = port.strip_prefix(':').unwrap_or(port);
    if port.is_empty() || (digits.len() < port.len() && digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return Ok(());
    }
    Err(UrlProblem::Port(port.to_owned()))
}

#[cfg(test)]
mod tests;
