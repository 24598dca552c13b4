//! Logs to be read, of any size, the same each time.

use std::io::{self, Read};

/// What the lines of a log are like.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A build of programs in several languages, as a CI system stores it, with a failure every million lines.
    Plain,
    /// The same in colours.
    Ansi,
    /// The same, each line in a document of JSON, as a container runtime stores it.
    Json,
    /// Each line a failure of its own.
    Failures,
    /// Each line says what go is doing.
    Progress,
}

/// A log of at least so many bytes, in whole lines.
pub struct Log {
    kind: Kind,
    line: u64,
    left: usize,
    pending: Vec<u8>,
    at: usize,
}

impl Log {
    pub fn new(kind: Kind, bytes: usize) -> Self {
        Self { kind, line: 0, left: bytes, pending: Vec::new(), at: 0 }
    }

    fn fill(&mut self) {
        self.pending.clear();
        self.at = 0;
        while self.left > 0 && self.pending.len() < 1 << 16 {
            self.line += 1;
            let line = line(self.kind, self.line);
            self.left = self.left.saturating_sub(line.len());
            self.pending.extend_from_slice(line.as_bytes());
        }
    }
}

impl Read for Log {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.pending.len() {
            self.fill();
        }
        let length = out.len().min(self.pending.len() - self.at);
        out[..length].copy_from_slice(&self.pending[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

fn line(kind: Kind, n: u64) -> String {
    let second = n / 40 % 60;
    match kind {
        Kind::Plain => format!("2026-05-01T12:34:{second:02}.1234567Z {}\n", build(n)),
        Kind::Ansi => format!("\u{1b}[36m12:34:{second:02}\u{1b}[0m \u{1b}[1m{}\u{1b}[0m\n", build(n)),
        Kind::Json => {
            let log = serde_json::Value::from(format!("{}\n", build(n)));
            format!("{{\"log\":{log},\"stream\":\"stdout\",\"time\":\"2026-05-01T12:34:{second:02}.123Z\"}}\n")
        }
        Kind::Failures => failure(n),
        Kind::Progress => format!("go: downloading corp.example/group{}/module{n} v1.{}.{}\n", n % 17, n % 7, n % 5),
    }
}

fn failure(n: u64) -> String {
    let module = format!("corp.example/group{}/module{n}", n % 17);
    match n % 3 {
        0 => format!(
            "go: {module}@v1.0.0: Get \"https://goproxy.corp.example/{module}/@v/v1.0.0.mod\": dial tcp 192.0.2.1:443: i/o timeout\n"
        ),
        1 => format!("go: {module}@v1.0.0: reading https://goproxy.corp.example/{module}/@v/v1.0.0.zip: 410 Gone\n"),
        _ => format!("verifying {module}@v1.0.0: checksum mismatch\n"),
    }
}

/// What a build says; one line in eight is of Go, one in fifty is of its modules.
fn build(n: u64) -> String {
    // Multiplying by an odd number is a good enough shuffle.
    let mixed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    if n.is_multiple_of(1_000_000) {
        return failure(n).trim_end().to_owned();
    }
    match mixed % 50 {
        0 => format!("go: downloading github.com/acme/module{} v1.{}.0", mixed % 300, mixed % 7),
        1..=3 => format!("ok  \tgithub.com/acme/app/pkg{}\t0.{:03}s", mixed % 300, mixed % 1000),
        4..=5 => format!("=== RUN   TestRequest/case_{}", mixed % 1000),
        6..=7 => format!("--- PASS: TestRequest (0.{:02}s)", mixed % 100),
        8..=14 => format!("   Compiling serde_json v1.0.{}", mixed % 200),
        15..=20 => format!(
            "npm http fetch GET 200 https://registry.example/left-pad-{} {}ms (cache miss)",
            mixed % 900,
            mixed % 300
        ),
        21..=25 => {
            format!("Step {}/40 : RUN apt-get install -y --no-install-recommends libfoo{}", mixed % 40, mixed % 90)
        }
        26..=30 => format!("    at com.acme.service.Handler.handle(Handler.java:{})", mixed % 2000),
        31..=35 => format!("[{}/4096] CC src/core/render_{}.o -O2 -g -Wall -fPIC", mixed % 4096, mixed % 4096),
        36..=40 => {
            format!("INFO  request served path=/api/v1/items/{} status=200 duration={}ms", mixed % 9999, mixed % 500)
        }
        41..=44 => format!("Collecting package-{}==2.{}.1 ({} kB)", mixed % 500, mixed % 20, mixed % 4000),
        _ => format!("Unpacking libbar{}:amd64 (1.2.{}-3) over (1.2.{}-1) ...", mixed % 400, mixed % 30, mixed % 30),
    }
}
