//! What is said of a measurement. Each language implements the whole trait.

use crate::catalog::Lang;
use crate::diagnosis::bench::{Line, Note, OtherWay};
use crate::model::bench::{Outcome, Stopped};

/// The words of `bench`.
pub trait BenchWords: Sync {
    /// The heads of the columns: module proxy, good answers, mean, first byte, cache.
    fn heads(&self) -> [&'static str; 5];
    /// The way through no HTTP proxy.
    fn direct(&self) -> &'static str;
    /// The way through this HTTP proxy.
    fn through(&self, http_proxy: &str) -> String;
    /// That the go command takes this way today.
    fn today(&self) -> &'static str;
    /// That times are in milliseconds.
    fn unit(&self) -> &'static str;
    /// The rate that was planned and kept; none where the burst covered all.
    fn rate(&self, planned: f64, burst: u32, kept: Option<f64>) -> String;
    /// How many requests each module proxy was to get.
    fn each(&self, requests: usize) -> String;
    /// What was asked for: so many modules, of the repository or well-known ones.
    fn asked_for(&self, modules: usize, of_repository: bool) -> String;
    /// That so many modules were asked of nobody.
    fn left_out(&self, modules: usize) -> String;
    /// Why one was asked less than planned.
    fn stopped(&self, stopped: Stopped, asked: usize, planned: usize) -> String;
    /// What came of requests that had no good answer.
    fn outcome(&self, outcome: Outcome) -> &'static str;
    /// So many requests came to this, with the status or error where it is worth a word.
    fn trouble(&self, count: usize, outcome: Outcome, detail: Option<&str>) -> String;
    /// What is said of one module proxy.
    fn about(&self, module_proxy: &str, said: &[String]) -> String;
    /// How long the first connection took, with the request that made it.
    fn cold(&self, ms: &str) -> String;
    /// The median Age.
    fn age(&self, seconds: u64) -> String;
    /// What becomes of GOPROXY.
    fn line(&self, line: &Line) -> String;
    /// That another way is better.
    fn other_way(&self, way: &OtherWay) -> String;
    /// What the reader has to know.
    fn note(&self, note: &Note) -> String;
    /// What stands before a recommendation.
    fn hint(&self) -> &'static str;
    /// The label of the chart's scale.
    fn scale(&self) -> &'static str;
}

/// The words of `lang`.
#[must_use]
pub fn of(lang: Lang) -> &'static dyn BenchWords {
    match lang {
        Lang::En => &super::en::English,
        Lang::Zh => &super::zh::Chinese,
    }
}
