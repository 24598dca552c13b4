//! What `bench` measures: the same requests, sent to several module proxies by several ways.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Foreign;
use super::transport::{HttpVersion, TransportError};

pub mod cache;
mod rate;
mod statistics;
mod tally;

pub use cache::CacheUse;
pub use rate::Rate;
pub use statistics::Statistics;
pub use tally::Tally;

/// The way to a module proxy.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Way {
    /// The URL of the HTTP proxy in between, without its login; none for the direct way.
    pub through: Option<Foreign>,
    /// Whether that HTTP proxy was named with a login.
    pub login: bool,
    /// Whether the go command takes this way today.
    pub present: bool,
}

/// What came of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// 200, and what came is what was asked for.
    Good,
    /// 429.
    RateLimited,
    /// 404 or 410: it is not there.
    NotFound,
    /// 401, 403 or 407.
    Refused,
    /// 500 and above.
    ServerError,
    /// Any other status.
    OtherStatus,
    /// 200, but what came is something else, such as a login page, or it broke off.
    BadContent,
    /// No answer.
    NoAnswer,
}

impl Outcome {
    /// What a status means; a 200 is good until its content is looked at.
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        match status {
            200 => Self::Good,
            429 => Self::RateLimited,
            404 | 410 => Self::NotFound,
            401 | 403 | 407 => Self::Refused,
            500.. => Self::ServerError,
            _ => Self::OtherStatus,
        }
    }
}

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// What came of it.
    pub outcome: Outcome,
    /// From sending it to the headers of the answer; none where no answer came.
    pub first_byte: Option<Duration>,
    /// From sending it to the end of the answer, redirects included.
    pub total: Duration,
    /// The status, where an answer came.
    pub status: Option<u16>,
    /// Why no answer came.
    pub error: Option<TransportError>,
    /// The version of HTTP in which the answer came.
    pub version: Option<HttpVersion>,
    /// Whether a cache had it, where the headers say so.
    pub cache: Option<CacheUse>,
    /// The seconds for which a cache has had it (Age, RFC 9111).
    pub age: Option<u64>,
}

/// Why a module proxy was asked less than planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Stopped {
    /// It answered 429 again after so many pauses.
    RateLimited {
        /// The pauses that were kept.
        pauses: u32,
    },
    /// It answered 429 and wanted a longer pause than there was time for.
    PauseTooLong {
        /// The pause that it wanted, in seconds.
        seconds: u64,
    },
    /// So many requests in a row had no good answer.
    Failing {
        /// How many.
        in_a_row: usize,
    },
    /// The time for the whole run was over.
    TimeOver,
    /// Somebody ended the run.
    Interrupted,
}

/// One module proxy, asked by one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// Which of the module proxies that were named it is, from 0.
    pub proxy: usize,
    /// Its URL, without a login.
    pub url: Foreign,
    /// The way to it.
    pub way: Way,
    /// How many requests were planned.
    pub planned: usize,
    /// The request that made the first connection, where it went well. It is none of the samples.
    pub cold: Option<Duration>,
    /// What came of the requests, in the order of their sending.
    pub samples: Vec<Sample>,
    /// Why there are fewer than planned.
    pub stopped: Option<Stopped>,
}

/// All of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Measured {
    /// One for each module proxy and way.
    pub trials: Vec<Trial>,
    /// How fast each host was asked.
    pub rates: Vec<Rate>,
}
