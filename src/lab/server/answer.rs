//! What a request was and what is answered: plain values that sites make and faults change.

use std::time::{Duration, Instant};

use hyper::body::Bytes;
use hyper::http::HeaderMap;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The method, such as `GET`.
    pub method: String,
    /// The path without the query, percent-decoded.
    pub path: String,
    /// The query without the question mark, or empty.
    pub query: String,
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// When it arrived.
    pub at: Instant,
    /// How many requests for the same path came before on this server.
    pub before: usize,
}

impl Asked {
    /// A header's text, or empty.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// An answer, and the way in which it is put on the wire.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The headers; Content-Length comes by itself.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
    /// The time before anything is sent.
    pub delay: Duration,
    /// How the rest goes.
    pub delivery: Delivery,
}

/// How an answer is put on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// As it should be.
    Whole,
    /// In pieces of so many bytes with a pause between them.
    Drip {
        /// The size of a piece.
        bytes: usize,
        /// The pause after each.
        pause: Duration,
    },
    /// Nothing is ever sent.
    Silence,
    /// The connection is closed before the headers (an orderly end).
    Close,
    /// The connection is reset before the headers.
    Reset,
    /// So many bytes of the body, then nothing any more.
    Stall(usize),
    /// So many bytes of the body, then an orderly end, earlier than Content-Length said.
    Truncate(usize),
    /// So many bytes of the body, then a reset.
    ResetAfter(usize),
    /// The body again and again, without end and without Content-Length.
    Endless,
}

impl Answer {
    /// An answer with a body and no Content-Type.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), delay: Duration::ZERO, delivery: Delivery::Whole }
    }

    /// 200 with a body of a type.
    #[must_use]
    pub fn ok(kind: &str, body: impl Into<Bytes>) -> Self {
        Self::new(200, body).header("content-type", kind)
    }

    /// A status with a line of plain text, as module proxies refuse.
    #[must_use]
    pub fn text(status: u16, body: &str) -> Self {
        Self::new(status, body.as_bytes().to_vec()).header("content-type", "text/plain; charset=utf-8")
    }

    /// 404 as the public module proxy words it.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::text(404, &format!("not found: {what}\n"))
    }

    /// Adds a header, replacing one of the same name.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Changes the delivery.
    #[must_use]
    pub fn delivered(mut self, delivery: Delivery) -> Self {
        self.delivery = delivery;
        self
    }
}
