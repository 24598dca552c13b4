//! A measurement of module proxies (`bench`), for people and for programs.

mod chart;
pub mod document;
mod table;

use crate::diagnosis::bench::Advice;
use crate::inquiry::bench::Sequence;
use crate::model::Foreign;
use crate::model::bench::{Measured, Trial};

pub use document::{json, line, schema};
pub use table::table;

/// All that a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// What was asked.
    pub sequence: &'a Sequence,
    /// What came of it.
    pub measured: &'a Measured,
    /// What follows.
    pub advice: &'a Advice,
}

/// A URL as short as it can be told: https and a slash at its end go without saying.
fn short(url: &Foreign) -> &str {
    let url = url.as_str();
    url.strip_prefix("https://").unwrap_or(url).trim_end_matches('/')
}

/// What the failure that there was most of came with.
fn detail(trial: &Trial) -> Option<String> {
    let sample = trial.trouble()?;
    Some(match (&sample.error, sample.status) {
        (Some(error), _) => error.to_string(),
        (None, Some(status)) => format!("HTTP {status}"),
        (None, None) => return None,
    })
}

#[cfg(test)]
mod tests;
