//! Measurements, in English.

use super::English;
use crate::diagnosis::bench::{Line, Note, OtherWay};
use crate::model::bench::{Outcome, Stopped};
use crate::report::words::bench::BenchWords;

impl BenchWords for English {
    fn heads(&self) -> [&'static str; 5] {
        ["MODULE PROXY", "OK", "MEAN", "FIRST BYTE", "CACHE"]
    }
    fn direct(&self) -> &'static str {
        "direct"
    }
    fn through(&self, http_proxy: &str) -> String {
        format!("through {http_proxy}")
    }
    fn today(&self) -> &'static str {
        "as go does today"
    }
    fn unit(&self) -> &'static str {
        "times in ms"
    }
    fn rate(&self, planned: f64, burst: u32, kept: Option<f64>) -> String {
        match kept {
            Some(kept) => format!("rate planned {planned:.1}/s, kept {kept:.1}/s after a burst of {burst}"),
            None => format!("rate planned {planned:.1}/s, all went in the burst of {burst}"),
        }
    }
    fn each(&self, requests: usize) -> String {
        format!("{requests} request{} each", if requests == 1 { "" } else { "s" })
    }
    fn asked_for(&self, modules: usize, of_repository: bool) -> String {
        match (modules, of_repository) {
            (1, true) => "files of one module of this repository".to_owned(),
            (_, true) => format!("files of {modules} modules of this repository"),
            (1, false) => "files of one well-known public module".to_owned(),
            (_, false) => format!("files of {modules} well-known public modules"),
        }
    }
    fn left_out(&self, modules: usize) -> String {
        match modules {
            1 => "One module of this repository may be private: nobody was asked for it.".to_owned(),
            _ => format!("{modules} modules of this repository may be private: nobody was asked for them."),
        }
    }
    fn stopped(&self, stopped: Stopped, asked: usize, planned: usize) -> String {
        let why = match stopped {
            Stopped::RateLimited { pauses: 1 } => "it answered 429 again after a pause".to_owned(),
            Stopped::RateLimited { pauses } => format!("it answered 429 again after {pauses} pauses"),
            Stopped::PauseTooLong { seconds } => format!("it answered 429 and wants a pause of {seconds} s"),
            Stopped::Failing { in_a_row } => format!("{in_a_row} requests in a row failed"),
            Stopped::TimeOver => "the time was over".to_owned(),
            Stopped::Interrupted => "the run was ended".to_owned(),
        };
        format!("asked {asked} of {planned} times: {why}")
    }
    fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Good => "good",
            Outcome::RateLimited => "too many requests",
            Outcome::NotFound => "not there",
            Outcome::Refused => "refused",
            Outcome::ServerError => "server error",
            Outcome::OtherStatus => "other status",
            Outcome::BadContent => "wrong content",
            Outcome::NoAnswer => "no answer",
        }
    }
    fn trouble(&self, count: usize, outcome: Outcome, detail: Option<&str>) -> String {
        let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
        let detail = detail.map(|detail| format!(" ({detail})")).unwrap_or_default();
        format!("{} {times}{detail}", self.outcome(outcome))
    }
    fn about(&self, module_proxy: &str, said: &[String]) -> String {
        format!("{module_proxy}: {}", said.join("; "))
    }
    fn cold(&self, ms: &str) -> String {
        format!("first connection and request {ms} ms")
    }
    fn age(&self, seconds: u64) -> String {
        format!("half of what caches had is no older than {seconds} s")
    }
    fn line(&self, line: &Line) -> String {
        match line {
            Line::Nobody => "No module proxy can be recommended: none answered nine of ten requests.".to_owned(),
            Line::HouseFails { url } => format!(
                "No change of GOPROXY is recommended: {url} in it fails, and it may be the only one that has your \
                 private modules. Ask whoever runs it."
            ),
            Line::Keep { first } => format!("GOPROXY needs no change: nobody clearly beats {first}."),
            Line::Change { first, .. } => format!("Of those measured, ask {first} first."),
        }
    }
    fn other_way(&self, way: &OtherWay) -> String {
        match &way.through {
            Some(http_proxy) => format!("The way through {http_proxy} is better than the one that go takes today."),
            None => "The direct way is better than the one that go takes today: NO_PROXY can name the host.".to_owned(),
        }
    }
    fn note(&self, note: &Note) -> String {
        match note {
            Note::NotMeasured { url } => format!("{url} was not measured and stays where it is."),
            Note::LeftOut { url, failed: true } => format!("{url} is left out: it failed."),
            Note::LeftOut { url, failed: false } => format!("{url} is left out: it was not measured."),
            Note::Learns { url } => format!("{url} is new: its operator will see which modules you ask for."),
            Note::HouseFirst { url } => {
                format!(
                    "{url} stays in front although it is slower: others must not be asked for private modules first."
                )
            }
            Note::HouseOrder { url } => {
                format!(
                    "{url} is faster, but behind another one of your house; whoever runs them knows whether that matters."
                )
            }
            Note::Bar => "After | the next one is asked on any error.".to_owned(),
            Note::CommaBeforeDirect => {
                "The comma before direct: only what no module proxy has is fetched from its own host, and an outage \
                 sends nobody there."
                    .to_owned()
            }
        }
    }
    fn hint(&self) -> &'static str {
        "hint: "
    }
    fn scale(&self) -> &'static str {
        "ms"
    }
}
