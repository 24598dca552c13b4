//! One HTTP answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AuthScheme, TransportError};
use crate::model::Foreign;

/// The version in which the answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum HttpVersion {
    /// HTTP/1.0 or older.
    #[serde(rename = "1.0")]
    V1_0,
    /// HTTP/1.1.
    #[serde(rename = "1.1")]
    V1_1,
    /// HTTP/2.
    #[serde(rename = "2")]
    V2,
}

/// One header line that tells something, its name in lower case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Header {
    /// The name.
    pub name: Foreign,
    /// The value, cut short.
    pub value: Foreign,
}

/// A redirect that was followed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Redirect {
    /// The status.
    pub status: u16,
    /// Where it led.
    pub to: Foreign,
    /// Whether a login was left behind because the host changed (as Go's client does).
    pub login_dropped: bool,
}

/// How the reading of the body ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum BodyEnd {
    /// It was read to its end.
    Complete,
    /// It is longer than was wanted; the rest was not read.
    Capped,
    /// It broke off.
    Failed {
        /// How.
        error: TransportError,
    },
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HttpAnswer {
    /// The URL that gave the answer, without credentials: the last one where redirects led on.
    pub url: Foreign,
    /// The status.
    pub status: u16,
    /// The version.
    pub version: HttpVersion,
    /// The headers that tell something: Date, Retry-After, RateLimit, caching, Server, Via, product hints.
    pub headers: Vec<Header>,
    /// The ways to log in that are offered (WWW-Authenticate; Proxy-Authenticate with 407).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub auth_schemes: Vec<AuthScheme>,
    /// The redirects that led here, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<Redirect>,
    /// The beginning of the body; empty where it is not text.
    pub first: Foreign,
    /// How many bytes of the body were read (after inflating).
    pub body_bytes: u64,
    /// How the reading ended.
    pub body_end: BodyEnd,
    /// Whether a login was sent with the (last) request.
    pub login_sent: bool,
    /// Until the headers were there, in milliseconds.
    pub first_byte_ms: u64,
    /// Until the body was read or left, in milliseconds.
    pub elapsed_ms: u64,
}

impl HttpAnswer {
    /// The value of the first header of that name (in lower case).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

/// The value of the first of `headers` with that name (in lower case).
pub(crate) fn header<'h>(headers: &'h [Header], name: &str) -> Option<&'h str> {
    headers.iter().find(|header| header.name.as_str() == name).map(|header| header.value.as_str())
}
