//! How fast `gomoddoc triage` is: each figure beside its limit, each ratio from one and the same run.
//!
//! `cargo bench --bench triage` measures all; `cargo bench --bench triage -- plain ticket` some.
//! `RUNS=9` changes how many runs a median is made of. It needs ripgrep and GNU time; the exit code is 1 when a
//! limit is not kept or could not be measured.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "a program for developers: it prints and may stop"
)]
#![allow(missing_docs, reason = "nobody calls it")]

mod logs;
#[path = "../shared/measure.rs"]
mod measure;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use gomoddoc::catalog::messages::formats;
use logs::{Kind, Log};
use measure::{Limit, TIME, program, runs, tell, time, told_by_time, wanted};

/// Bytes of a log that is read again and again: it stays in the page cache.
const SIZE: usize = 200_000_000;
/// Bytes of a log whose every line is looked at.
const CANDIDATES: usize = 60_000_000;
/// Bytes of a log that no machine should have to hold.
const HUGE: usize = 5_000_000_000;

fn main() -> ExitCode {
    let folder = tempfile::tempdir().expect("a folder");
    let stage = Stage { folder: folder.path().to_owned(), runs: runs() };
    let mut kept = true;
    if wanted("plain") {
        kept &= stage.plain();
    }
    for (name, kind) in [("ansi", Kind::Ansi), ("json", Kind::Json)] {
        if wanted(name) {
            kept &= stage.throughput(name, kind, SIZE, 0.25);
        }
    }
    for (name, kind) in [("failures", Kind::Failures), ("progress", Kind::Progress)] {
        if wanted(name) {
            kept &= stage.throughput(name, kind, CANDIDATES, 0.05);
            kept &= stage.linear(name, kind);
        }
    }
    if wanted("ticket") {
        kept &= stage.ticket();
    }
    if wanted("memory") {
        kept &= stage.memory();
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Stage {
    folder: PathBuf,
    runs: usize,
}

impl Stage {
    fn log(&self, kind: Kind, bytes: usize) -> PathBuf {
        let path = self.folder.join(format!("{kind:?}-{bytes}.log"));
        let mut file = File::create(&path).expect("a log");
        io::copy(&mut Log::new(kind, bytes), &mut file).expect("a log is written");
        path
    }

    /// Beside ripgrep that looks for the literals of all formats, as triage does in any case of letters.
    fn plain(&self) -> bool {
        let log = self.log(Kind::Plain, SIZE);
        let literals = self.folder.join("literals");
        let lines: Vec<&str> = formats().flat_map(|format| format.literals()).collect();
        std::fs::write(&literals, lines.join("\n")).expect("a file of literals");
        if Command::new("rg").arg("--version").output().is_err() {
            println!("plain: not measured, ripgrep is not installed");
            return false;
        }
        let mut ratios = Vec::new();
        let mut speeds = Vec::new();
        for _ in 0..self.runs {
            let mut rg = Command::new("rg");
            rg.args(["--text", "--ignore-case", "--fixed-strings", "--count", "--no-config", "--file"]);
            rg.arg(&literals).arg(&log);
            let rg = time(rg).0;
            let ours = triage(&log);
            ratios.push(rg.as_secs_f64() / ours);
            speeds.push(speed(SIZE, ours));
        }
        let median = measure::Spread::of(speeds).median;
        println!("plain log of {} MB, {median:.2} GB/s:", SIZE / 1_000_000);
        tell("  as fast as rg with all literals", ratios, "x", Limit::AtLeast(2.0))
    }

    fn throughput(&self, name: &str, kind: Kind, bytes: usize, least: f64) -> bool {
        let log = self.log(kind, bytes);
        let speeds = (0..self.runs).map(|_| speed(bytes, triage(&log))).collect();
        tell(&format!("{name}, {} MB", bytes / 1_000_000), speeds, " GB/s", Limit::AtLeast(least))
    }

    /// A log that is four times as long takes no more than four times as long, but for noise.
    fn linear(&self, name: &str, kind: Kind) -> bool {
        let (short, long) = (self.log(kind, CANDIDATES), self.log(kind, CANDIDATES * 4));
        let ratios = (0..self.runs).map(|_| triage(&long) / triage(&short)).collect();
        tell(&format!("{name}, against a quarter of it"), ratios, "x", Limit::AtMost(4.6))
    }

    fn ticket(&self) -> bool {
        let ticket = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/ticket.log");
        let took = (0..self.runs * 4).map(|_| triage(&ticket) * 1e3).collect();
        tell("a ticket of one page, the whole process", took, " ms", Limit::AtMost(10.0))
    }

    /// The log comes through a pipe: there is no file of that size.
    fn memory(&self) -> bool {
        if !Path::new(TIME).is_file() {
            println!("memory: not measured, {TIME} is not installed");
            return false;
        }
        let mut kept = true;
        for kind in [Kind::Plain, Kind::Failures] {
            let file = self.folder.join("peak");
            let mut child = Command::new(TIME)
                .args(["-f", "%M", "-o"])
                .arg(&file)
                .args([&program(), "triage", "-"])
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .spawn()
                .expect("start the program");
            let mut stdin = child.stdin.take().expect("a pipe");
            io::copy(&mut Log::new(kind, HUGE), &mut stdin).expect("the log is read");
            drop(stdin);
            child.wait().expect("an end");
            let peaks = told_by_time(&file).into_iter().collect();
            kept &=
                tell(&format!("memory with {} GB, {kind:?}", HUGE / 1_000_000_000), peaks, " MB", Limit::AtMost(50.0));
        }
        kept
    }
}

/// Seconds that a triage takes, which must find what is wrong: else what is measured is not what is meant.
fn triage(log: &Path) -> f64 {
    let mut command = Command::new(program());
    command.arg("triage").arg(log);
    let (took, output) = time(command);
    let known = [0, 1].iter().any(|code| output.status.code() == Some(*code));
    assert!(known, "triage {} ended with {}", log.display(), output.status);
    took.as_secs_f64()
}

/// GB each second.
fn speed(bytes: usize, seconds: f64) -> f64 {
    bytes as f64 / 1e9 / seconds
}
