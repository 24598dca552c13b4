//! What is asked, and what comes of it.

use hyper::header::{HeaderName, HeaderValue};
use url::Url;

use crate::golang::secret::Secret;
use crate::model::transport::{HttpAnswer, Redirect, TransportError};
use crate::net::login::Login;

/// A request.
#[derive(Debug, Clone)]
pub struct Get {
    pub(super) url: Url,
    pub(super) login: Option<Login>,
    pub(super) login_in_url: bool,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    pub(super) cap: usize,
}

impl Get {
    /// Asks for `url`, and for at most `cap` bytes of the answer's body. A login in the URL is taken
    /// out of it and sent as go sends it.
    #[must_use]
    pub fn new(mut url: Url, cap: usize) -> Self {
        let decoded = |text: &str| percent_decoded(text);
        let login = (!url.username().is_empty() || url.password().is_some())
            .then(|| Login::basic(&decoded(url.username()), &decoded(url.password().unwrap_or_default())));
        if login.is_some() {
            // Both fail only for URLs that cannot have a login.
            let _ = url.set_username("").and_then(|()| url.set_password(None));
        }
        let login_in_url = login.is_some();
        Self { url, login, login_in_url, headers: Vec::new(), cap }
    }

    /// Logs in, over https only. This replaces a login in the URL, as netrc did before Go 1.24;
    /// since then go finds no other login for a URL that holds one.
    #[must_use]
    pub fn login(mut self, login: Login) -> Self {
        self.login = Some(login);
        self.login_in_url = false;
        self
    }

    /// Adds a header, such as Disable-Module-Fetch.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((HeaderName::from_static(name), HeaderValue::from_static(value)));
        self
    }
}

fn percent_decoded(text: &str) -> Secret {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        match (first, hex(0), hex(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    Secret::new(bytes)
}

/// An answer: what of it is told, and the body, which is foreign.
#[derive(Debug, Clone)]
pub struct Answer {
    /// For the facts.
    pub told: HttpAnswer,
    /// The body, up to the cap.
    pub body: Vec<u8>,
}

/// No answer.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{error}")]
pub struct Failed {
    /// Why.
    pub error: TransportError,
    /// The redirects that were followed before.
    pub redirects: Vec<Redirect>,
    /// After how many milliseconds, the wait for its turn at the host included.
    pub elapsed_ms: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_in_the_url_is_taken_out_of_it() {
        let get = Get::new("https://u%40x:p%2Fw@h/x".parse().unwrap(), 1);
        assert_eq!(get.url.as_str(), "https://h/x");
        assert_eq!(get.login, Some(Login::basic(&Secret::new("u@x"), &Secret::new("p/w"))));
        assert!(Get::new("https://h/".parse().unwrap(), 1).login.is_none());
    }
}
