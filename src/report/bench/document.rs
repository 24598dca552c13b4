//! The document for programs, version 1. Its schema, made from these types, lies in
//! `docs/schema/bench-v1.json`.

use std::collections::BTreeMap;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{Told, detail};
use crate::catalog::Lang;
use crate::diagnosis::bench::Line;
use crate::inquiry::bench::Source;
use crate::model::bench::{Outcome, Statistics, Stopped, Tally, Trial};
use crate::model::transport::HttpVersion;
use crate::model::{Action, Place};
use crate::report::Shell;
use crate::report::json::SCHEMA_VERSION;
use crate::report::json::document::Tool;
use crate::report::shell::{Step, steps_of};
use crate::report::words::bench::of;

/// What `gomoddoc bench` measured.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Document {
    /// The version of this document: 1.
    pub schema_version: u32,
    /// The program that wrote it.
    pub tool: Tool,
    /// `bench`.
    pub command: &'static str,
    /// The language of the sentences: English unless another was asked for.
    pub lang: Lang,
    /// What was asked of each module proxy.
    pub requests: Requests,
    /// How fast each host was asked.
    pub rates: Vec<RateDocument>,
    /// One for each module proxy and way, in the order in which they were named.
    pub results: Vec<ResultDocument>,
    /// What follows.
    pub advice: AdviceDocument,
}

/// What was asked of each module proxy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Requests {
    /// How many requests were planned for each.
    pub planned: usize,
    /// How many modules they are about.
    pub modules: usize,
    /// From where these come.
    pub source: SourceDocument,
    /// How many modules of the build list nobody was asked for, because they may be private.
    pub left_out: usize,
}

/// From where the modules come.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SourceDocument {
    /// From the build list of the repository.
    BuildList,
    /// From a list of well-known public modules.
    WellKnown,
}

/// How fast one host was asked.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RateDocument {
    /// The host and its port.
    pub host: String,
    /// The requests a second that were allowed after the burst.
    pub planned_per_second: f64,
    /// The requests that could go at once.
    pub burst: u32,
    /// The requests a second that were sent after the burst; null where the burst covered all.
    pub kept_per_second: Option<f64>,
    /// The requests that were sent, by all ways.
    pub requests: usize,
    /// From the first to the last of them.
    pub elapsed_ms: f64,
}

/// One module proxy, asked by one way.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ResultDocument {
    /// The module proxy, without a login.
    pub url: String,
    /// The HTTP proxy in between, without its login; null for the direct way.
    pub through: Option<String>,
    /// Whether the go command takes this way today.
    pub present_way: bool,
    /// Whether it may be recommended.
    pub fit: bool,
    /// How many requests were sent.
    pub asked: usize,
    /// How many came to what.
    pub outcomes: BTreeMap<Outcome, usize>,
    /// How many of a hundred had a good answer, rounded down; null where none was sent.
    pub ok_per_cent: Option<usize>,
    /// From sending to the end of the answer, of the good ones.
    pub total_ms: Option<Times>,
    /// From sending to the headers of the answer, of the good ones.
    pub first_byte_ms: Option<Times>,
    /// The request that made the first connection, which counts nowhere else.
    pub first_connection_ms: Option<f64>,
    /// The versions of HTTP of the answers.
    pub http: Vec<HttpVersion>,
    /// What the headers of caches say of the good ones.
    pub cache: CacheDocument,
    /// Why it was asked less than planned.
    pub stopped: Option<Stopped>,
    /// The status or the error of the failure that there was most of.
    pub trouble: Option<String>,
}

/// What many times come to, in milliseconds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Times {
    /// The arithmetic mean.
    pub mean: f64,
    /// The shortest.
    pub min: f64,
    /// The median.
    pub p50: f64,
    /// The 95th percentile, by nearest rank.
    pub p95: f64,
    /// The 99th percentile, by nearest rank.
    pub p99: f64,
    /// The longest.
    pub max: f64,
}

/// What the headers of caches say.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CacheDocument {
    /// How many a cache had.
    pub hits: usize,
    /// How many a cache had not.
    pub misses: usize,
    /// The median Age in seconds, of those that had one.
    pub age_seconds: Option<u64>,
}

/// What follows.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AdviceDocument {
    /// What becomes of GOPROXY.
    pub goproxy: GoproxyAdvice,
    /// The same as a sentence.
    pub summary: String,
    /// The new value, without logins; null where it does not change.
    pub value: Option<String>,
    /// The commands that set it. Empty where it does not change, is set in a file, or holds a login.
    pub commands: Vec<String>,
    /// Where it is set.
    pub place: Option<Place>,
    /// What the reader has to know.
    pub notes: Vec<String>,
    /// A way that is better than the one that go takes today.
    pub other_way: Option<OtherWayDocument>,
}

/// What becomes of GOPROXY.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GoproxyAdvice {
    /// It changes.
    Change,
    /// It stays as it is.
    Keep,
    /// Nobody can be recommended.
    Nobody,
    /// One of the house fails: its operator is to be asked.
    HouseFails,
}

/// A way that is better than the one that go takes today.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OtherWayDocument {
    /// The HTTP proxy in between, without its login; null for the direct way.
    pub through: Option<String>,
    /// The commands for it.
    pub commands: Vec<String>,
}

/// The document, ended by a line feed.
#[must_use]
pub fn json(told: Told<'_>, lang: Lang, shell: Shell) -> String {
    // Serialising plain data into a string cannot fail.
    serde_json::to_string_pretty(&document(told, lang, shell)).map(|text| text + "\n").unwrap_or_default()
}

/// The document on one line.
#[must_use]
pub fn line(told: Told<'_>, lang: Lang, shell: Shell) -> String {
    // As above.
    serde_json::to_string(&document(told, lang, shell)).map(|text| text + "\n").unwrap_or_default()
}

/// The JSON schema of the document, as it lies in `docs/schema/bench-v1.json`.
#[must_use]
pub fn schema() -> Value {
    crate::report::schema::of::<Document>("A measurement of module proxies by gomoddoc")
}

fn document(told: Told<'_>, lang: Lang, shell: Shell) -> Document {
    let Told { sequence, measured, .. } = told;
    let rates = measured.rates.iter().map(|rate| RateDocument {
        host: rate.host.to_string(),
        planned_per_second: rate.planned,
        burst: rate.burst,
        kept_per_second: rate.kept().map(thousandths),
        requests: rate.requests,
        elapsed_ms: ms(rate.elapsed),
    });
    Document {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        command: "bench",
        lang,
        requests: Requests {
            planned: sequence.requests.len(),
            modules: sequence.modules,
            source: match sequence.source {
                Source::BuildList => SourceDocument::BuildList,
                Source::WellKnown => SourceDocument::WellKnown,
            },
            left_out: sequence.left_out,
        },
        rates: rates.collect(),
        results: measured.trials.iter().map(result).collect(),
        advice: advice(told, lang, shell),
    }
}

fn result(trial: &Trial) -> ResultDocument {
    let tally = Tally::of(trial);
    ResultDocument {
        url: trial.url.to_string(),
        through: trial.way.through.as_ref().map(ToString::to_string),
        present_way: trial.way.present,
        fit: trial.is_fit(),
        asked: tally.asked,
        ok_per_cent: tally.per_cent(),
        total_ms: tally.times.map(times),
        first_byte_ms: tally.first_byte.map(times),
        first_connection_ms: trial.cold.map(ms),
        http: tally.versions.iter().copied().collect(),
        cache: CacheDocument { hits: tally.hits, misses: tally.misses, age_seconds: tally.age },
        outcomes: tally.outcomes,
        stopped: trial.stopped,
        trouble: detail(trial),
    }
}

fn advice(told: Told<'_>, lang: Lang, shell: Shell) -> AdviceDocument {
    let (advice, words) = (told.advice, of(lang));
    let commands = |actions: &[Action], place: &Place| {
        let steps = steps_of(shell, actions, place).into_iter();
        steps.filter_map(|step| if let Step::Command(command) = step { Some(command) } else { None }).collect()
    };
    let mut document = AdviceDocument {
        goproxy: GoproxyAdvice::Nobody,
        summary: words.line(&advice.line),
        value: None,
        commands: Vec::new(),
        place: None,
        notes: advice.notes.iter().map(|note| words.note(note)).collect(),
        other_way: advice.way.as_ref().map(|way| OtherWayDocument {
            through: way.through.as_ref().map(ToString::to_string),
            commands: commands(&way.actions, &Place::Shell),
        }),
    };
    match &advice.line {
        Line::Nobody => {}
        Line::HouseFails { .. } => document.goproxy = GoproxyAdvice::HouseFails,
        Line::Keep { .. } => document.goproxy = GoproxyAdvice::Keep,
        Line::Change { value, place, actions, .. } => {
            document.goproxy = GoproxyAdvice::Change;
            document.value = Some(value.to_string());
            document.commands = commands(actions, place);
            document.place = Some(place.clone());
        }
    }
    document
}

fn times(of: Statistics) -> Times {
    let Statistics { mean, min, p50, p95, p99, max } = of;
    Times { mean: ms(mean), min: ms(min), p50: ms(p50), p95: ms(p95), p99: ms(p99), max: ms(max) }
}

fn ms(time: Duration) -> f64 {
    thousandths(time.as_secs_f64() * 1000.0)
}

fn thousandths(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
