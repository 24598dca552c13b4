//! Runs of the program, and what is made of several of them.

#![allow(dead_code, reason = "each bench uses what it needs")]

use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// The program that is measured: that of PROGRAM, or what `cargo bench` builds, optimised as a release is.
pub fn program() -> String {
    std::env::var("PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_gomoddoc").to_owned())
}

/// How many runs a figure is made of: RUNS, or 5.
pub fn runs() -> usize {
    runs_or(5)
}

/// How many runs a figure is made of: RUNS, or so many.
pub fn runs_or(usual: usize) -> usize {
    std::env::var("RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(usual)
}

/// Whether a part is to be measured: all are where none is named.
pub fn wanted(name: &str) -> bool {
    let mut named = std::env::args().skip(1).filter(|word| !word.starts_with('-')).peekable();
    named.peek().is_none() || named.any(|word| word == name)
}

/// A run, from start to end.
pub fn time(mut command: Command) -> (Duration, Output) {
    let started = Instant::now();
    let output = command.output().expect("start the program");
    (started.elapsed(), output)
}

/// GNU time, which measures memory.
pub const TIME: &str = "/usr/bin/time";

/// The most memory, in MB, that GNU time wrote to `file`.
pub fn told_by_time(file: &std::path::Path) -> Option<f64> {
    // The number is the last line: above it stands how the program ended.
    let kib: f64 = std::fs::read_to_string(file).ok()?.lines().last()?.trim().parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

/// The middle one, and the least and the most.
pub struct Spread {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

impl Spread {
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |n: usize| values.get(n).copied().unwrap_or(f64::NAN);
        Self { median: at(values.len() / 2), least: at(0), most: at(values.len().saturating_sub(1)) }
    }
}

/// What a figure may be.
#[derive(Clone, Copy)]
pub enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

/// One figure beside what it may be, and whether it is kept.
pub fn tell(what: &str, values: Vec<f64>, unit: &str, limit: Limit) -> bool {
    let Spread { median, least, most } = Spread::of(values);
    let (kept, words, bound) = match limit {
        Limit::AtMost(bound) => (median <= bound, "at most", bound),
        Limit::AtLeast(bound) => (median >= bound, "at least", bound),
    };
    let verdict = if kept { "kept" } else { "MISSED" };
    println!("{what}: {median:.2}{unit} ({least:.2} to {most:.2}), {words} {bound}{unit}: {verdict}");
    kept
}
