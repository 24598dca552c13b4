//! How fast `gomoddoc cache verify` is: each figure beside its limit, each ratio from one and the same run.
//!
//! `cargo bench --bench cache` measures all; `cargo bench --bench cache -- full quick` some. `RUNS=9` changes how many
//! pairs a median is made of (7). `REPO=DIR` measures the build list of a repository, with what GOMODCACHE has of it;
//! else the source of Go becomes 1,500 modules. `GO` is the go command to compare with. The exit code is 1 when a limit
//! is not kept or could not be measured.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "a program for developers: it prints and may stop"
)]
#![allow(missing_docs, reason = "nobody calls it")]

mod least;
#[path = "../shared/measure.rs"]
mod measure;
mod modules;
mod stage;

use std::path::Path;
use std::process::{Command, ExitCode};

use measure::{Limit, Spread, TIME, tell, time, told_by_time, wanted};
use stage::Stage;

/// Pairs that a median is made of, unless RUNS says another number.
const PAIRS: usize = 7;
/// Threads with which memory is measured.
const JOBS: &str = "2";

fn main() -> ExitCode {
    let bench = Bench { runs: measure::runs_or(PAIRS), folder: tempfile::tempdir().expect("a folder") };
    let mut kept = true;
    if ["full", "one-core", "least", "quick", "unchanged", "whole"].into_iter().any(wanted) {
        let stage = Stage::settle(&bench.folder.path().join("stage"));
        println!("{stage}");
        kept &= bench.against_go(&stage);
        if wanted("least") {
            kept &= bench.least(&stage);
        }
        if wanted("whole") {
            bench.whole(&stage);
        }
        if wanted("memory") {
            kept &= bench.memory("that cache", &stage.ours(&["--jobs", JOBS]));
        }
    }
    if wanted("linear") {
        kept &= bench.linear();
    }
    if wanted("memory") {
        kept &= bench.large_modules();
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Bench {
    runs: usize,
    folder: tempfile::TempDir,
}

impl Bench {
    /// Beside `go mod verify`, the build list against the build list.
    fn against_go(&self, stage: &Stage) -> bool {
        let mut kept = true;
        let rows: &[(&str, &[&str], &[&str], f64)] = &[
            ("full", &[], &[], 3.0),
            ("one-core", &["taskset", "--cpu-list", "0"], &[], 3.3),
            ("quick", &[], &["--quick"], 6.5),
            ("unchanged", &[], &["--changed-since-last"], 25.0),
        ];
        for (name, under, args, least) in rows.iter().filter(|(name, ..)| wanted(name)) {
            if under.first().is_some_and(|program| Command::new(program).arg("--version").output().is_err()) {
                println!("{name}: not measured, {} is not installed", under.join(" "));
                kept = false;
                continue;
            }
            let go = || self.clock(stage.go().under(under));
            let ours = || self.clock(stage.ours(args).under(under));
            // What is read lies in the page cache, and what is found to be whole in the state.
            go();
            ours();
            let pairs: Vec<(Clock, Clock)> = (0..self.runs).map(|_| (go(), ours())).collect();
            let median = |of: &dyn Fn(&(Clock, Clock)) -> f64| Spread::of(pairs.iter().map(of).collect()).median;
            let (of_go, of_ours) = (median(&|(go, _)| go.wall), median(&|(_, ours)| ours.wall));
            println!("{name}: go mod verify {of_go:.2} s, cache verify {} {of_ours:.2} s:", args.join(" "));
            let wall = pairs.iter().map(|(go, ours)| go.wall / ours.wall).collect();
            let processor = pairs.iter().map(|(go, ours)| go.processor / ours.processor).collect();
            // On one core, what others do there counts for neither.
            let (limited, shown) = if under.is_empty() { (wall, processor) } else { (processor, wall) };
            let (of_limited, of_shown) =
                if under.is_empty() { ("", " by time on a processor") } else { (" by time on the processor", "") };
            kept &= tell(&format!("  as fast as go{of_limited}"), limited, "x", Limit::AtLeast(*least));
            let Spread { median, least, most } = Spread::of(shown);
            println!("  as fast as go{of_shown}: {median:.2}x ({least:.2} to {most:.2}), no limit");
        }
        kept
    }

    /// A run by the wall clock, and by the time on processors as GNU time tells it.
    fn clock(&self, run: stage::Run) -> Clock {
        let file = self.folder.path().join("processor");
        let shown = file.display().to_string();
        let measured = Path::new(TIME).is_file();
        let wall = took(if measured { run.under(&[TIME, "-f", "%U %S", "-o", &shown]) } else { run });
        let told = std::fs::read_to_string(file).unwrap_or_default();
        let seconds = told.lines().last().map(|line| line.split(' ').filter_map(|word| word.parse::<f64>().ok()).sum());
        Clock { wall, processor: seconds.filter(|_| measured).unwrap_or(f64::NAN) }
    }

    /// Beside a program that does nothing but what cannot be left out.
    fn least(&self, stage: &Stage) -> bool {
        let modules = least::modules(&stage.cache, &stage.modules());
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let least = || pool.install(|| least::read(&modules));
        least();
        let (mut ratios, mut seconds) = (Vec::new(), Vec::new());
        for _ in 0..self.runs {
            let (bare, bytes) = least();
            assert!(bytes > 0, "there is something to read");
            ratios.push(took(stage.ours(&[])) / bare.as_secs_f64());
            seconds.push(bare.as_secs_f64());
        }
        println!("least: inflate, hash once, open and read the same files, {:.2} s:", Spread::of(seconds).median);
        tell("  the time of cache verify against that", ratios, "x", Limit::AtMost(1.15))
    }

    /// What go does not check at all: what no build list has, clones, the checksum database, names.
    fn whole(&self, stage: &Stage) {
        let cache = stage.cache.display().to_string();
        let whole = || took(stage.ours(&["--modcache", &cache]));
        whole();
        let seconds = Spread::of((0..self.runs).map(|_| whole()).collect());
        println!(
            "whole: all of the cache with what go never checks: {:.2} s ({:.2} to {:.2}), no limit",
            seconds.median, seconds.least, seconds.most
        );
    }

    /// Ten times the modules take ten times as long.
    fn linear(&self) -> bool {
        const MODULES: [usize; 4] = [10, 100, 1_000, 10_000];
        let stages = MODULES.map(|count| {
            let cache = self.folder.path().join(format!("linear-{count}"));
            modules::many(&cache, count);
            cache
        });
        let seconds = |cache: &Path| took(stage::whole(cache, &[]));
        let (mut thousands, mut ratios) = (Vec::new(), Vec::new());
        let mut all: [Vec<f64>; 4] = Default::default();
        for _ in 0..self.runs {
            let took = stages.each_ref().map(|cache| seconds(cache));
            // What a run takes at least is no cost of modules.
            ratios.push((took[3] - took[0]) / (took[2] - took[0]));
            thousands.push(took[3] * 1e3 / 10.0);
            all.iter_mut().zip(took).for_each(|(all, took)| all.push(took));
        }
        let medians = all.map(|seconds| format!("{:.0} ms", Spread::of(seconds).median * 1e3));
        println!("linear: {MODULES:?} modules of {} files take {}:", modules::FILES, medians.join(", "));
        tell("  10,000 modules against 1,000, less what 10 take", ratios, "x", Limit::AtMost(12.0))
    }

    fn large_modules(&self) -> bool {
        let many = self.folder.path().join("many");
        let long = self.folder.path().join("long");
        for name in ["one", "other"] {
            modules::of_entries(&many, name, 400_000);
            modules::of_bytes(&long, name, 400 << 20);
        }
        self.memory("two zips of 400,000 entries", &stage::whole(&many, &["--jobs", JOBS]))
            & self.memory("two zips with one entry of 400 MiB", &stage::whole(&long, &["--jobs", JOBS]))
    }

    /// The memory of one run at its peak.
    fn memory(&self, of: &str, run: &stage::Run) -> bool {
        if !Path::new(TIME).is_file() {
            println!("memory: not measured, {TIME} is not installed");
            return false;
        }
        let file = self.folder.path().join("peak");
        let shown = file.display().to_string();
        let peaks = (0..3).filter_map(|_| {
            took(run.clone().under(&[TIME, "-f", "%M", "-o", &shown]));
            told_by_time(&file)
        });
        tell(&format!("memory with {JOBS} threads, {of}"), peaks.collect(), " MB", Limit::AtMost(128.0))
    }
}

/// Seconds that a run takes.
struct Clock {
    wall: f64,
    processor: f64,
}

/// Seconds that a run takes, which must find nothing wrong: else what is measured is not what is meant.
fn took(run: stage::Run) -> f64 {
    let shown = format!("{run:?}");
    let (took, output) = time(run.command());
    assert!(output.status.success(), "{shown}: {}", String::from_utf8_lossy(&output.stdout));
    took.as_secs_f64()
}
