//! The address of an HTTP proxy as written in a variable, and the address that is asked for.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::golang::go_url::{GoUrl, UrlProblem};
use crate::golang::secret::Secret;

/// What a URL asks for, as far as proxies matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Target {
    /// The scheme, in lower case.
    pub scheme: String,
    /// The host without brackets; names outside ASCII in their ASCII form.
    pub host: String,
    /// The port, or the usual one of the scheme.
    pub port: String,
}

impl Target {
    /// Takes a URL apart; `None` where it has no scheme or host.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        let (scheme, rest) = split_scheme(url)?;
        let authority = authority(rest.strip_prefix("//")?);
        let (host, port) = host_and_port(without_user(authority).1).ok()?;
        if host.is_empty() {
            return None;
        }
        let scheme = scheme.to_ascii_lowercase();
        let port = if port.is_empty() { usual_port(&scheme).to_owned() } else { port.to_owned() };
        Some(Self { scheme, host: ascii(host), port })
    }

    /// The address, if the host is one.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }

    /// Whether go never uses a proxy for it: exactly `localhost`, or a loopback address.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.host == "localhost" || self.ip().is_some_and(|ip| ip.to_canonical().is_loopback())
    }
}

/// How to speak with an HTTP proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scheme {
    /// Plain HTTP.
    Http,
    /// HTTP over TLS.
    Https,
    /// SOCKS5.
    Socks5,
    /// SOCKS5 with the name resolved by the proxy. Go does so for both.
    Socks5h,
    /// Something that go cannot speak: every request fails.
    Unknown,
}

/// What is wrong with a value that should name an HTTP proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Malformed {
    /// A control character, such as a line end that came along.
    ControlCharacter,
    /// No scheme, and a colon that begins no port.
    NoScheme,
    /// No host.
    NoHost,
    /// A space or another character that no host may hold.
    InvalidHost,
    /// The port is no number. So it seems, too, where a password holds a `/`, `?` or `#`.
    InvalidPort,
    /// A character in user name or password that must be written as a percent escape, such as the
    /// backslash of `DOMAIN\\user`.
    InvalidLogin,
    /// A percent sign that begins no escape.
    InvalidEscape,
}

/// The address of an HTTP proxy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProxyAddress {
    /// How to speak with it.
    pub scheme: Scheme,
    /// Its host without brackets.
    pub host: String,
    /// Its port; the usual one of the scheme where none is written. It may be out of range.
    pub port: String,
    /// The user name, if the value holds one.
    pub login: Option<Secret>,
    /// The password, if the value holds one.
    pub password: Option<Secret>,
    /// Go puts `http://` before a value that is no URL. Where the value had a scheme, the host that
    /// it then dials is the word `http`, and this says why.
    pub misread: Option<Malformed>,
}

impl ProxyAddress {
    /// Reads a value as Go does: a whole URL, or a `host[:port]` that means `http://host[:port]`.
    ///
    /// # Errors
    ///
    /// What is wrong with a value that Go ignores.
    pub fn parse_as_go(value: &str) -> Result<Self, Malformed> {
        let whole = GoUrl::parse(value);
        let problem = match &whole {
            Ok(url) if !url.scheme.is_empty() && !url.host.is_empty() => return Ok(proxy_of(url, None)),
            Ok(_) => Malformed::NoHost,
            Err(problem) => problem.clone().into(),
        };
        match (GoUrl::parse(&format!("http://{value}")), whole) {
            (Ok(url), _) => {
                let odd = url.host.is_empty() || value.contains("://");
                Ok(proxy_of(&url, odd.then_some(problem)))
            }
            // Go keeps a URL without a host, and every request then fails.
            (Err(_), Ok(url)) => Ok(proxy_of(&url, Some(problem))),
            (Err(_), Err(_)) => Err(problem),
        }
    }

    /// Reads a value as curl does: the scheme may be missing, and user name and password may hold
    /// anything but `/`, `?` and `#`.
    ///
    /// # Errors
    ///
    /// What is wrong with a value with which every request fails.
    pub fn parse_as_curl(value: &str) -> Result<Self, Malformed> {
        let (scheme, rest) = value.split_once("://").unwrap_or(("http", value));
        let (user, host_port) = without_user(authority(rest));
        let (host, port) = host_and_port(host_port)?;
        if host.is_empty() {
            return Err(Malformed::NoHost);
        }
        if host.bytes().any(|byte| byte <= b' ' || !valid_in_host(byte)) {
            return Err(Malformed::InvalidHost);
        }
        let scheme = Scheme::of(&scheme.to_ascii_lowercase());
        let port = match (port, scheme) {
            ("", Scheme::Https) => "443",
            ("", _) => "1080",
            _ => port,
        };
        let (login, password) = login(user)?;
        Ok(Self { scheme, host: ascii(host), port: port.to_owned(), login, password, misread: None })
    }

    /// The port as a number that can be dialled.
    #[must_use]
    pub fn port_number(&self) -> Option<u16> {
        self.port.parse().ok()
    }

    /// The value of the `Proxy-Authorization` header, where there is a user name.
    #[must_use]
    pub fn authorization(&self) -> Option<Secret> {
        let login = self.login.as_ref()?;
        Some(Secret::basic(login, self.password.as_ref().unwrap_or(&Secret::new(""))))
    }
}

impl Scheme {
    fn of(name: &str) -> Self {
        match name {
            "http" => Self::Http,
            "https" => Self::Https,
            "socks5" => Self::Socks5,
            "socks5h" => Self::Socks5h,
            _ => Self::Unknown,
        }
    }
}

/// The proxy that a parsed URL names.
fn proxy_of(url: &GoUrl, misread: Option<Malformed>) -> ProxyAddress {
    let port = url.port().unwrap_or_else(|| usual_port(&url.scheme)).to_owned();
    let user = url.user.as_ref();
    ProxyAddress {
        scheme: Scheme::of(&url.scheme),
        host: ascii(url.hostname()),
        port,
        login: user.map(|user| Secret::new(user.name())),
        password: user.and_then(|user| user.password()).map(Secret::new),
        misread,
    }
}

impl From<UrlProblem> for Malformed {
    fn from(problem: UrlProblem) -> Self {
        match problem {
            UrlProblem::ControlCharacter => Self::ControlCharacter,
            UrlProblem::MissingScheme | UrlProblem::ColonInFirstSegment => Self::NoScheme,
            UrlProblem::Port(_) => Self::InvalidPort,
            UrlProblem::Escape(_) => Self::InvalidEscape,
            UrlProblem::UserInfo => Self::InvalidLogin,
            UrlProblem::HostCharacter(_)
            | UrlProblem::IpLiteral
            | UrlProblem::MissingBracket
            | UrlProblem::Address(_) => Self::InvalidHost,
        }
    }
}

fn valid_in_host(byte: u8) -> bool {
    !byte.is_ascii() || byte.is_ascii_alphanumeric() || b"-_.~!$&'()*+,;=:[]".contains(&byte)
}

/// User name and password of the part before `@`.
fn login(user: Option<&str>) -> Result<(Option<Secret>, Option<Secret>), Malformed> {
    let Some(user) = user else { return Ok((None, None)) };
    let (login, password) = user.split_once(':').map_or((user, None), |(login, password)| (login, Some(password)));
    Ok((Some(unescape(login)?), password.map(unescape).transpose()?))
}

fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    let mut bytes = scheme.bytes();
    let letter = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let word = bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    (letter && word).then_some((scheme, rest))
}

fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

fn without_user(authority: &str) -> (Option<&str>, &str) {
    authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host))
}

/// Host without brackets, and the port as written (maybe empty).
fn host_and_port(authority: &str) -> Result<(&str, &str), Malformed> {
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (host, port) = rest.rsplit_once(']').ok_or(Malformed::InvalidHost)?;
        if port.is_empty() { (host, "") } else { (host, port.strip_prefix(':').ok_or(Malformed::InvalidPort)?) }
    } else {
        authority.rsplit_once(':').unwrap_or((authority, ""))
    };
    if !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Malformed::InvalidPort);
    }
    Ok((host, port))
}

fn usual_port(scheme: &str) -> &'static str {
    match scheme {
        "http" => "80",
        "https" => "443",
        "socks5" | "socks5h" => "1080",
        _ => "",
    }
}

/// The ASCII form of a name; names that have none stay as they are, as with Go.
pub(super) fn ascii(host: &str) -> String {
    if host.is_ascii() {
        return host.to_owned();
    }
    match url::Host::parse(host) {
        Ok(url::Host::Domain(name)) => name,
        _ => host.to_owned(),
    }
}

fn unescape(text: &str) -> Result<Secret, Malformed> {
    let mut bytes = text.bytes();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|byte| char::from(byte).to_digit(16)).ok_or(Malformed::InvalidEscape);
        let value = digit()? * 16 + digit()?;
        out.push(u8::try_from(value).map_err(|_| Malformed::InvalidEscape)?);
    }
    Ok(Secret::new(out))
}
