//! What a request logs in with, and the rule that a refused login is not tried twice.

use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use hyper::header::{AUTHORIZATION, HeaderName, HeaderValue};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::golang::secret::Secret;

/// The headers that log in. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Login {
    /// Basic, as from netrc or the user part of a URL.
    #[must_use]
    pub fn basic(name: &Secret, password: &Secret) -> Self {
        Self::headers([("authorization", &Secret::basic(name, password))])
    }

    /// Any headers, as GOAUTH commands give them; what is no header is left out.
    #[must_use]
    pub fn headers<'h>(headers: impl IntoIterator<Item = (&'h str, &'h Secret)>) -> Self {
        let parse = |(name, value): (&str, &Secret)| Some((name.parse().ok()?, sensitive(value)?));
        Self { headers: headers.into_iter().filter_map(parse).collect() }
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.headers.iter().map(|(name, value)| (name, value))
    }

    /// Basic's value, for a proxy.
    pub(super) fn basic_value(&self) -> Option<&HeaderValue> {
        self.headers.iter().find(|(name, _)| name == AUTHORIZATION).map(|(_, value)| value)
    }

    /// Tells one login from another without keeping it.
    fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for (name, value) in &self.headers {
            name.hash(&mut hasher);
            value.as_bytes().hash(&mut hasher);
        }
        hasher.finish()
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(REDACTED)")
    }
}

fn sensitive(value: &Secret) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_bytes(value.expose()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Which logins which hosts took or refused. Somebody locks an account after a few wrong ones.
#[derive(Debug, Clone, Default)]
pub struct Logins {
    known: Arc<Mutex<HashMap<(String, u64), Known>>>,
}

#[derive(Debug, Clone)]
struct Known {
    /// Whether it was refused; none until the first answer.
    refused: Option<bool>,
    /// Held by the first to try; the others wait for its answer.
    first: Arc<Semaphore>,
}

/// The leave to try a login. The first one to try it must tell what came of it.
#[derive(Debug)]
pub(super) struct Trial {
    logins: Logins,
    key: (String, u64),
    /// None where the login is known to be good.
    held: Option<OwnedSemaphorePermit>,
}

impl Logins {
    /// Waits while somebody else tries this login at this host for the first time. None: it was
    /// refused.
    pub(super) async fn acquire(&self, host: &str, login: &Login) -> Option<Trial> {
        let key = (host.to_ascii_lowercase(), login.fingerprint());
        let trial = |held| Trial { logins: self.clone(), key: key.clone(), held };
        let first = match self.look(&key) {
            Known { refused: Some(true), .. } => return None,
            Known { refused: Some(false), .. } => return Some(trial(None)),
            Known { refused: None, first } => first,
        };
        let permit = first.acquire_owned().await.ok();
        match self.look(&key).refused {
            Some(true) => None,
            Some(false) => Some(trial(None)),
            // Whoever was first gave up without an answer: it is our turn.
            None => Some(trial(permit)),
        }
    }

    fn look(&self, key: &(String, u64)) -> Known {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Known { refused: None, first: Arc::new(Semaphore::new(1)) };
        known.entry(key.clone()).or_insert_with(fresh).clone()
    }
}

impl Trial {
    /// The host answered, and refused the login or not.
    pub(super) fn answered(self, refused: bool) {
        let mut known = self.logins.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get_mut(&self.key)
            && (self.held.is_some() || refused)
        {
            known.refused = Some(refused);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(password: &str) -> Login {
        Login::basic(&Secret::new("u"), &Secret::new(password))
    }

    #[tokio::test]
    async fn a_refused_login_is_tried_once_and_a_good_one_freely() {
        let logins = Logins::default();
        let (bad, good) = (basic("bad"), basic("good"));
        let first = logins.acquire("h:443", &bad).await.unwrap();
        let (other, login) = (logins.clone(), bad.clone());
        let waiting = tokio::spawn(async move { other.acquire("H:443", &login).await.is_none() });
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished(), "the second waits for the first one's answer");
        first.answered(true);
        assert!(waiting.await.unwrap());
        assert!(logins.acquire("h:443", &bad).await.is_none());
        logins.acquire("h:443", &good).await.unwrap().answered(false);
        let (one, two) = (logins.acquire("h:443", &good).await, logins.acquire("h:443", &good).await);
        assert!(one.is_some() && two.is_some());
        assert!(logins.acquire("other:443", &bad).await.is_some());
    }

    #[tokio::test]
    async fn a_trial_without_an_answer_leaves_the_question_open() {
        let (logins, login) = (Logins::default(), basic("p"));
        drop(logins.acquire("h", &login).await);
        assert!(logins.acquire("h", &login).await.is_some());
    }

    #[test]
    fn a_login_is_not_shown() {
        assert!(!format!("{:?}", basic("S3cr3t")).contains("S3cr3t"));
    }
}
