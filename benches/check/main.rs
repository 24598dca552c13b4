//! How fast `gomoddoc check` is: each figure beside its limit, each ratio from one and the same run.
//!
//! `cargo bench --bench check` measures all; `cargo bench --bench check -- empty-cache offline` some.
//! `RUNS=9` changes how many runs a median is made of. Nothing leaves loopback; the go command fills
//! the module cache. The exit code is 1 when a limit is not kept or could not be measured.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "a program for developers: it prints and may stop"
)]
#![allow(missing_docs, reason = "nobody calls it")]

#[path = "../../tests/it/support/mod.rs"]
mod support;

mod bare_client;
mod house;
#[path = "../shared/measure.rs"]
mod measure;

use std::path::Path;
use std::process::{ExitCode, Output};
use std::time::Duration;

use measure::{Limit, TIME, program, runs, tell, time, told_by_time, wanted};
use support::faults::{Faults, Latency, On};
use support::module_proxy::ModuleProxy;
use support::modules::Module;
use support::ports::BlackHole;
use support::sandbox::Sandbox;
use support::server::{OnAccept, Plan, Server};
use support::sumdb::{Key, Sumdb};
use support::tls::{Authority, Flaw};

/// How long the module proxy takes for each answer.
const LATENCY: Duration = Duration::from_millis(200);
const SUMDB: &str = "sum.example.dev";

fn main() -> ExitCode {
    let runs = runs();
    let mut stage = Stage::new();
    let mut kept = true;
    if wanted("empty-cache") {
        kept &= stage.empty_cache(runs);
    }
    if wanted("black-holes") {
        kept &= stage.black_holes(runs);
    }
    if wanted("full-cache") || wanted("offline") {
        stage.fill_cache();
    }
    if wanted("full-cache") {
        kept &= stage.full_cache(runs);
    }
    if wanted("offline") {
        kept &= stage.offline(runs);
    }
    if wanted("version") {
        kept &= stage.version(runs);
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A repository, and a slow module proxy over TLS that has what it needs.
struct Stage {
    sandbox: Sandbox,
    modules: Vec<Module>,
    authority: String,
    slow: Server,
    base: String,
}

impl Stage {
    fn new() -> Self {
        let authority = Authority::new();
        let modules = house::modules();
        let mut sandbox = Sandbox::new();
        house::settle(&mut sandbox, &modules);
        let key = Key::new(SUMDB, 7);
        let site = ModuleProxy::new(&modules).with_sumdb(SUMDB, std::sync::Arc::new(Sumdb::new(&key, &modules)));
        let faults = Faults::new().add(On::all(), Latency(LATENCY));
        let slow = Plan::new(site).tls(authority.server(Flaw::None)).faults(faults).start();
        let base = format!("https://localhost:{}", slow.port());
        let ca = sandbox.path("ca.pem");
        sandbox.write("ca.pem", authority.pem()).set("SSL_CERT_FILE", ca);
        sandbox.set("GOPROXY", base.clone()).set("GOSUMDB", key.verifier());
        Self { sandbox, modules, authority: authority.pem(), slow, base }
    }

    /// What a run asked of the module proxy, the way to the host left out.
    fn asked(&self, before: usize) -> Vec<String> {
        let asked = self.slow.log.all().into_iter().skip(before).map(|asked| asked.path);
        asked.filter(|path| path.contains("/@") || path.starts_with("/sumdb/")).collect()
    }

    /// Beside a bare client that sends the same requests.
    fn empty_cache(&self, runs: usize) -> bool {
        let mut ratios = Vec::new();
        let mut seconds = Vec::new();
        let mut requests = 0;
        for _ in 0..runs {
            let before = self.slow.log.all().len();
            let took = self.healthy(&["check"]);
            let paths = self.asked(before);
            requests = paths.len();
            let bare = bare_client::all(&self.base, &self.authority, &paths);
            ratios.push(took.as_secs_f64() / bare.as_secs_f64());
            seconds.push(took.as_secs_f64());
        }
        println!("empty cache, {requests} requests, {:.2} s:", measure::Spread::of(seconds).median);
        tell("  against the same requests, 16 in flight", ratios, "x", Limit::AtMost(1.5))
    }

    /// Beside the longest chain: a new connection, and one module's files one after the other.
    fn full_cache(&self, runs: usize) -> bool {
        let module = &self.modules[0];
        let (path, version) = (module.escaped_path(), &module.version);
        let ends = ["list".to_owned(), format!("{version}.info"), format!("{version}.mod"), format!("{version}.zip")];
        let chain: Vec<String> = ends.iter().map(|end| format!("/{path}/@v/{end}")).collect();
        let mut ratios = Vec::new();
        let mut seconds = Vec::new();
        for _ in 0..runs {
            let took = self.healthy(&["check"]);
            let alone = bare_client::chain(&self.base, &self.authority, &chain);
            ratios.push(took.as_secs_f64() / alone.as_secs_f64());
            seconds.push(took.as_secs_f64());
        }
        println!("full cache, {:.2} s:", measure::Spread::of(seconds).median);
        tell("  against the longest chain", ratios, "x", Limit::AtMost(1.5))
    }

    /// One entry that accepts and says nothing, one to which packets vanish; a silent database.
    fn black_holes(&mut self, runs: usize) -> bool {
        let silent = Plan::new(ModuleProxy::new(&[])).on_accept(OnAccept::Silence).start();
        let hole = BlackHole::new();
        let silent_url = format!("https://localhost:{}", silent.port());
        let entries = format!("{silent_url}|https://{}|https://{}", hole.addr(), silent.addr());
        let database = format!("{} {silent_url}", Key::new(SUMDB, 7).verifier());
        self.sandbox.set("GOPROXY", entries).set("GOSUMDB", database);
        // Each run takes the whole deadline, so there are few.
        let ran: Vec<_> = (0..runs.min(3)).map(|_| self.time(&["check"])).collect();
        let codes: Vec<_> = ran.iter().map(|(_, output)| output.status.code()).collect();
        println!("every endpoint black-holed, exit codes {codes:?}:");
        // A deadline is kept by every run: it is the slowest one that counts.
        let slowest = ran.iter().map(|(took, _)| took.as_secs_f64()).fold(0.0, f64::max);
        let kept = tell("  until the end, the slowest run", vec![slowest], " s", Limit::AtMost(20.0));
        self.sandbox.set("GOPROXY", self.base.clone()).set("GOSUMDB", Key::new(SUMDB, 7).verifier());
        kept
    }

    fn offline(&self, runs: usize) -> bool {
        let arguments = ["check", "--offline", "--skip", "cache"];
        let took = (0..runs).map(|_| self.healthy(&arguments).as_secs_f64() * 1e3).collect();
        println!("offline, full cache, nothing hashed:");
        let quick = tell("  until the end", took, " ms", Limit::AtMost(150.0));
        let small = match (0..runs).map(|_| self.peak(&arguments)).collect::<Option<Vec<f64>>>() {
            Some(peaks) => tell("  memory at its peak", peaks, " MB", Limit::AtMost(60.0)),
            None => {
                println!("  memory at its peak: not measured, /usr/bin/time is not installed");
                false
            }
        };
        quick && small
    }

    fn version(&self, runs: usize) -> bool {
        let took = (0..runs * 4).map(|_| self.healthy(&["--version"]).as_secs_f64() * 1e3).collect();
        println!("--version:");
        tell("  until the end", took, " ms", Limit::AtMost(10.0))
    }

    fn time(&self, arguments: &[&str]) -> (Duration, Output) {
        time(self.sandbox.command(&self.sandbox.repo(), &program(), arguments))
    }

    /// The most memory that a run held at any time, in MB; none where GNU time is not installed.
    fn peak(&self, arguments: &[&str]) -> Option<f64> {
        let file = self.sandbox.path("tmp/peak");
        let program = program();
        let mut words = vec!["-f", "%M", "-o", file.to_str()?, &program];
        words.extend(arguments);
        if !Path::new(TIME).is_file() {
            return None;
        }
        time(self.sandbox.command(&self.sandbox.repo(), TIME, &words));
        told_by_time(&file)
    }

    /// A run that must find nothing wrong: else what is measured is not what is meant.
    fn healthy(&self, arguments: &[&str]) -> Duration {
        let (took, output) = self.time(arguments);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{arguments:?} ended with {}:\n{text}", output.status);
        took
    }

    /// The go command fills the cache, from a module proxy that does not wait.
    fn fill_cache(&mut self) {
        let fast = Plan::new(ModuleProxy::new(&self.modules)).start();
        self.sandbox.set("GOPROXY", fast.url());
        let output = self.sandbox.go(&["mod", "download"]);
        assert!(output.ok(), "{output}");
        let output = self.sandbox.go(&["list", "-deps", "."]);
        assert!(output.ok(), "{output}");
        self.sandbox.set("GOPROXY", self.base.clone());
    }
}
