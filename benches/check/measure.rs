//! Runs of the program, and what is made of several of them.

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::support::sandbox::Sandbox;

/// The program that is measured: that of PROGRAM, or what `cargo bench` builds, optimised as a release is.
pub fn program() -> String {
    std::env::var("PROGRAM").unwrap_or_else(|_| env!("CARGO_BIN_EXE_gomoddoc").to_owned())
}

/// A run, from start to end.
pub fn time(sandbox: &Sandbox, arguments: &[&str]) -> (Duration, Output) {
    run(sandbox.command(&sandbox.repo(), &program(), arguments))
}

fn run(mut command: Command) -> (Duration, Output) {
    let started = Instant::now();
    let output = command.output().expect("start the program");
    (started.elapsed(), output)
}

/// The most memory that a run held at any time, in MB, by GNU time; none where that is not installed.
pub fn peak(sandbox: &Sandbox, arguments: &[&str]) -> Option<f64> {
    let file = sandbox.path("tmp/peak");
    let file = file.to_str()?;
    let program = program();
    let mut words = vec!["-f", "%M", "-o", file, &program];
    words.extend(arguments);
    if !std::path::Path::new("/usr/bin/time").is_file() {
        return None;
    }
    run(sandbox.command(&sandbox.repo(), "/usr/bin/time", &words));
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

/// One figure beside what it may be, and whether it is kept.
pub fn tell(what: &str, values: Vec<f64>, unit: &str, limit: f64) -> bool {
    let Spread { median, least, most } = Spread::of(values);
    let kept = median <= limit;
    let verdict = if kept { "kept" } else { "MISSED" };
    println!("{what}: {median:.2}{unit} ({least:.2} to {most:.2}), at most {limit}{unit}: {verdict}");
    kept
}
