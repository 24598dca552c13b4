//! The protocol conversation: what go would ask, over many connections, by reqwest.
//!
//! Redirects, logins, proxies and limits are decided here, by go's rules; reqwest carries single
//! requests.

mod carriers;
mod failure;
mod hosts;
mod pace;
mod question;
mod redirects;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper::header::{ACCEPT_ENCODING, HeaderValue, LOCATION, USER_AGENT};
use tokio::time::Instant;
use url::Url;

use super::body;
use super::deadline::millis;
use super::exchange::version;
use super::headers::{auth_schemes, choose};
use super::http_proxy::{HttpProxy, authority};
use super::login::{Login, Trial};
use super::prober::{Prober, host_key};
use crate::model::Foreign;
use crate::model::transport::{HttpAnswer, HttpFailure, NotAsked, ProxyScheme, Stage, TcpFailure, TransportError};

use carriers::Carriers;
use hosts::{Host, Hosts};
pub use pace::{Bucket, Pace};
pub use question::{Answer, Failed, Get};
use redirects::Redirects;

/// The most requests that are in flight at one host.
pub const MAX_IN_FLIGHT: usize = 16;

/// Which HTTP proxy go's rules choose for a URL; an error where go itself would fail.
pub type ProxyFor = dyn Fn(&Url) -> Result<Option<HttpProxy>, NotAsked> + Send + Sync;

/// Asks hosts. Clones share connections, limits and what is known of the hosts.
#[derive(Clone)]
pub struct Client {
    prober: Prober,
    proxy_for: Arc<ProxyFor>,
    carriers: Arc<Carriers>,
    hosts: Arc<Hosts>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("prober", &self.prober).finish_non_exhaustive()
    }
}

impl Client {
    /// A client with the prober's resolver, roots, limits and deadline.
    #[must_use]
    pub fn new(
        prober: Prober,
        proxy_for: impl Fn(&Url) -> Result<Option<HttpProxy>, NotAsked> + Send + Sync + 'static,
    ) -> Self {
        let carriers = Arc::new(Carriers::new(&prober));
        Self { prober, proxy_for: Arc::new(proxy_for), carriers, hosts: Arc::default() }
    }

    /// The same, but no host is asked faster than `pace`.
    #[must_use]
    pub fn paced(mut self, pace: Pace) -> Self {
        self.hosts = Arc::new(Hosts::paced(pace));
        self
    }

    /// The same, but a host that answers 429 may be asked again: whoever asks keeps the pause that it wants.
    #[must_use]
    pub fn pausing_elsewhere(mut self) -> Self {
        self.hosts = Arc::new(Hosts::default().pausing_elsewhere());
        self
    }

    /// Whether this host answered 429: it is asked nothing any more.
    #[must_use]
    pub fn is_rate_limited(&self, url: &Url) -> bool {
        self.hosts.of(&host_key(url)).is_rate_limited()
    }

    /// Asks, follows redirects as go does, and reads the body.
    ///
    /// # Errors
    /// If no answer came, a redirect is one that go refuses, or nothing was sent. A body that broke
    /// off is no error here: [`HttpAnswer::body_end`] tells it.
    pub async fn get(&self, get: &Get) -> Result<Answer, Failed> {
        let started = Instant::now();
        let mut redirects = Redirects::new(&get.url, get.login_in_url);
        let mut url = get.url.clone();
        loop {
            let login = get.login.as_ref().filter(|_| redirects.keeps_login());
            match self.hop(get, &url, login, &redirects).await {
                Ok(Hop::Answer(answer)) => return Ok(*answer),
                Ok(Hop::Redirect(status, location)) => match redirects.next(&url, status, &location, login.is_some()) {
                    Ok(next) => url = next,
                    Err(refusal) => return Err(failed(TransportError::Redirect { refusal }, redirects, started)),
                },
                Err(error) => return Err(failed(error, redirects, started)),
            }
        }
    }

    async fn hop(
        &self,
        get: &Get,
        url: &Url,
        login: Option<&Login>,
        redirects: &Redirects,
    ) -> Result<Hop, TransportError> {
        let proxy = self.may_ask(url, login).await?;
        let login_trial = self.trial(&host_key(url), login).await?;
        let plain_proxy = proxy.as_ref().filter(|proxy| url.scheme() == "http" && proxy.scheme != ProxyScheme::Socks5);
        let proxy_trial = match plain_proxy {
            Some(proxy) => {
                let login = proxy.login.as_ref().map(|login| login.as_login());
                self.trial(&authority(&proxy.host, proxy.port), login.as_ref()).await?
            }
            None => None,
        };

        let host = self.hosts.of(&host_key(url));
        let limits = &self.prober.limits;
        let waited = self.prober.deadline.limit(Duration::MAX, host.enter()).await;
        let _entered = waited.map_err(|_| not_asked(NotAsked::NoTime))?.ok_or(not_asked(NotAsked::RateLimited))?;
        let sent = Instant::now();
        let response = self.send(proxy.as_ref(), &host, get, url, login).await?;
        let first_byte_ms = millis(sent.elapsed());
        let status = response.status().as_u16();
        if let Some(trial) = login_trial {
            trial.answered(status == 401);
        }
        if let Some(trial) = proxy_trial {
            trial.answered(status == 407);
        }
        if status == 429 {
            host.rate_limit();
        }
        let (head, incoming) = hyper::Response::<reqwest::Body>::from(response).into_parts();
        if let Some(location) = head.headers.get(LOCATION)
            && matches!(status, 301 | 302 | 303 | 307 | 308)
        {
            return Ok(Hop::Redirect(status, String::from_utf8_lossy(location.as_bytes()).into_owned()));
        }
        let read = body::read(incoming, &head.headers, get.cap, sent, limits, &self.prober.deadline).await;
        let told = HttpAnswer {
            url: Foreign::new(url.as_str()),
            status,
            version: version(head.version),
            headers: choose(&head.headers),
            auth_schemes: auth_schemes(&head.headers),
            redirects: redirects.followed().to_vec(),
            first: body::beginning(&read.bytes),
            body_bytes: read.bytes.len() as u64,
            body_end: read.end,
            login_sent: login.is_some(),
            first_byte_ms,
            elapsed_ms: millis(sent.elapsed()),
        };
        Ok(Hop::Answer(Box::new(Answer { told, body: read.bytes })))
    }

    /// Sends the request. As go does, once more where a connection that stood open may have died
    /// meanwhile: a host that has answered before may have closed it for idleness.
    async fn send(
        &self,
        proxy: Option<&HttpProxy>,
        host: &Host,
        get: &Get,
        url: &Url,
        login: Option<&Login>,
    ) -> Result<reqwest::Response, TransportError> {
        let again = host.has_answered();
        let result = match self.send_once(proxy, get, url, login).await {
            Err(error) if again && may_be_stale(&error) => self.send_once(proxy, get, url, login).await,
            result => result,
        };
        if result.is_ok() {
            host.note_answer();
        }
        result
    }

    async fn send_once(
        &self,
        proxy: Option<&HttpProxy>,
        get: &Get,
        url: &Url,
        login: Option<&Login>,
    ) -> Result<reqwest::Response, TransportError> {
        let limits = &self.prober.limits;
        let sent = Instant::now();
        let sending = self.carriers.send(proxy, self.request(get, url, login));
        match self.prober.deadline.limit(limits.tcp.saturating_add(limits.first_byte), sending).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(carriers::NotCarried::Setup)) => Err(not_asked(NotAsked::ClientSetup)),
            Ok(Err(carriers::NotCarried::Failed(error))) => {
                Err(failure::of(&error, url, proxy.is_some(), millis(sent.elapsed())))
            }
            Err(ended) => Err(TransportError::CutOff { during: Stage::Http, after_ms: ended.after_ms }),
        }
    }

    /// Whether the URL may be asked at all, and through which HTTP proxy. A proxy that opens no
    /// tunnel is told in full only by our own question, so that comes first, once for each host.
    async fn may_ask(&self, url: &Url, login: Option<&Login>) -> Result<Option<HttpProxy>, TransportError> {
        if self.prober.deadline.is_over() {
            return Err(not_asked(NotAsked::NoTime));
        }
        if url.host_str().is_none_or(str::is_empty) || !matches!(url.scheme(), "http" | "https") {
            return Err(not_asked(NotAsked::InvalidUrl));
        }
        if login.is_some() && url.scheme() != "https" {
            return Err(not_asked(NotAsked::CredentialsOverHttp));
        }
        let proxy = (self.proxy_for)(url).map_err(not_asked)?;
        if let Some(proxy) = &proxy
            && (url.scheme() == "https" || proxy.scheme == ProxyScheme::Socks5)
        {
            self.hosts.tunnel(&self.prober, proxy, url).await?;
        }
        Ok(proxy)
    }

    async fn trial(&self, place: &str, login: Option<&Login>) -> Result<Option<Trial>, TransportError> {
        let Some(login) = login else { return Ok(None) };
        let acquiring = self.prober.logins.acquire(place, login);
        match self.prober.deadline.limit(Duration::MAX, acquiring).await {
            Ok(Some(trial)) => Ok(Some(trial)),
            Ok(None) => Err(not_asked(NotAsked::LoginRefused)),
            Err(_) => Err(not_asked(NotAsked::NoTime)),
        }
    }

    fn request(&self, get: &Get, url: &Url, login: Option<&Login>) -> reqwest::Request {
        let mut url = url.clone();
        url.set_fragment(None);
        let user_agent = self.prober.user_agent.text(url.scheme() == "https");
        let mut request = reqwest::Request::new(reqwest::Method::GET, url);
        let headers = request.headers_mut();
        headers.insert(USER_AGENT, HeaderValue::from_static(user_agent));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        for (name, value) in
            get.headers.iter().map(|(name, value)| (name, value)).chain(login.into_iter().flat_map(Login::pairs))
        {
            headers.insert(name.clone(), value.clone());
        }
        request
    }
}

enum Hop {
    Answer(Box<Answer>),
    Redirect(u16, String),
}

fn may_be_stale(error: &TransportError) -> bool {
    let TransportError::Http { failure: HttpFailure::Connection { failure } } = error else { return false };
    matches!(failure, TcpFailure::Closed | TcpFailure::Reset)
}

fn not_asked(reason: NotAsked) -> TransportError {
    TransportError::Request { reason }
}

fn failed(error: TransportError, redirects: Redirects, started: Instant) -> Failed {
    Failed { error, redirects: redirects.into_followed(), elapsed_ms: millis(started.elapsed()) }
}
