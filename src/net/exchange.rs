//! One request and its answer over a stream that is there already.

use std::error::Error;

use http_body_util::Empty;
use hyper::body::{Bytes, Incoming};
use hyper::header::{ACCEPT_ENCODING, HOST, HeaderValue, PROXY_AUTHORIZATION, USER_AGENT};
use hyper::{Request, Response, Uri, Version};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use url::Url;

use super::body;
use super::deadline::{Deadline, millis};
use super::failure::of_exchange;
use super::headers::{auth_schemes, choose};
use super::limits::Limits;
use super::login::Login;
use super::stream::Stream;
use super::user_agent::UserAgent;
use crate::model::Foreign;
use crate::model::transport::{HttpAnswer, HttpFailure, HttpVersion, NotAsked, TransportError};

/// Headers of an HTTP/2 answer beyond this many bytes are not taken.
pub(super) const MAX_HTTP2_HEADERS: u32 = 1 << 20;

/// What to ask.
pub(super) struct Ask<'a> {
    pub(super) url: &'a Url,
    /// Whether TLS agreed on HTTP/2.
    pub(super) http2: bool,
    /// The stream leads to an HTTP proxy that is to be asked for the URL.
    pub(super) through_proxy: bool,
    pub(super) proxy_login: Option<&'a Login>,
    pub(super) login: Option<&'a Login>,
    pub(super) user_agent: UserAgent,
    pub(super) cap: usize,
}

/// Asks, and reads the answer.
pub(super) async fn exchange(
    stream: Stream,
    ask: &Ask<'_>,
    limits: &Limits,
    deadline: &Deadline,
) -> Result<HttpAnswer, TransportError> {
    let started = Instant::now();
    let request = request(ask)?;
    let sending =
        async { if ask.http2 { over_http2(stream, request).await } else { over_http1(stream, request).await } };
    let (response, _connection) = match deadline.limit(limits.first_byte, sending).await {
        Ok(Ok(answered)) => answered,
        Ok(Err(error)) => return Err(TransportError::Http { failure: of_exchange(&error, false) }),
        Err(ended) => {
            let failure = HttpFailure::Connection { failure: ended.as_silence(None) };
            return Err(TransportError::Http { failure });
        }
    };
    let first_byte_ms = millis(started.elapsed());
    let (head, incoming) = response.into_parts();
    let read = body::read(incoming, &head.headers, ask.cap, started, limits, deadline).await;
    Ok(HttpAnswer {
        url: Foreign::new(ask.url.as_str()),
        status: head.status.as_u16(),
        version: version(head.version),
        headers: choose(&head.headers),
        auth_schemes: auth_schemes(&head.headers),
        redirects: Vec::new(),
        first: body::beginning(&read.bytes),
        body_bytes: read.bytes.len() as u64,
        body_end: read.end,
        login_sent: ask.login.is_some(),
        first_byte_ms,
        elapsed_ms: millis(started.elapsed()),
    })
}

pub(super) fn version(version: Version) -> HttpVersion {
    match version {
        Version::HTTP_09 | Version::HTTP_10 => HttpVersion::V1_0,
        Version::HTTP_2 => HttpVersion::V2,
        _ => HttpVersion::V1_1,
    }
}

fn request(ask: &Ask<'_>) -> Result<Request<Empty<Bytes>>, TransportError> {
    let not_asked = |reason| TransportError::Request { reason };
    if ask.login.is_some() && ask.url.scheme() != "https" {
        return Err(not_asked(NotAsked::CredentialsOverHttp));
    }
    let mut url = ask.url.clone();
    let cleaned = url.set_username("").and_then(|()| url.set_password(None));
    url.set_fragment(None);
    let uri = |text: &str| text.parse::<Uri>().map_err(|_| not_asked(NotAsked::InvalidUrl));
    if cleaned.is_err() {
        return Err(not_asked(NotAsked::InvalidUrl));
    }
    let absolute = uri(url.as_str())?;
    let whole = ask.http2 || ask.through_proxy;
    let target = match absolute.path_and_query() {
        Some(path) if !whole => uri(path.as_str())?,
        _ => absolute.clone(),
    };
    let mut request = Request::new(Empty::new());
    *request.uri_mut() = target;
    let headers = request.headers_mut();
    if !ask.http2 {
        let host = absolute.authority().map_or("", |authority| authority.as_str());
        headers.insert(HOST, HeaderValue::from_str(host).map_err(|_| not_asked(NotAsked::InvalidUrl))?);
    }
    headers.insert(USER_AGENT, HeaderValue::from_static(ask.user_agent.text(ask.http2)));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    for (name, value) in ask.login.into_iter().flat_map(Login::pairs) {
        headers.insert(name, value.clone());
    }
    if let Some(value) = ask.proxy_login.filter(|_| ask.through_proxy).and_then(Login::basic_value) {
        headers.insert(PROXY_AUTHORIZATION, value.clone());
    }
    Ok(request)
}

/// The task that moves a connection's bytes; it ends when this is dropped.
struct Connection(JoinHandle<()>);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.abort();
    }
}

type Answered = (Response<Incoming>, Connection);

async fn over_http1(stream: Stream, request: Request<Empty<Bytes>>) -> Result<Answered, hyper::Error> {
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let connection = driven(connection);
    Ok((sender.send_request(request).await?, connection))
}

async fn over_http2(stream: Stream, request: Request<Empty<Bytes>>) -> Result<Answered, hyper::Error> {
    let (mut sender, connection) = hyper::client::conn::http2::Builder::new(TokioExecutor::new())
        .max_header_list_size(MAX_HTTP2_HEADERS)
        .handshake(TokioIo::new(stream))
        .await?;
    let connection = driven(connection);
    Ok((sender.send_request(request).await?, connection))
}

fn driven<E: Error>(connection: impl Future<Output = Result<(), E>> + Send + 'static) -> Connection {
    Connection(tokio::spawn(async move {
        // What breaks the connection also breaks the request, which tells it.
        let _ = connection.await;
    }))
}
