//! The log on stderr: warnings by default, each step under `-vv`.

use std::io::{self, Write};

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::global::LogFormat;
use crate::foreign::redact;

/// Starts the log. Only gomoddoc's own events are written: those of the libraries beneath may hold
/// headers and URLs with secrets.
pub fn start(format: LogFormat, verbose: u8, color: bool) {
    let level = match verbose {
        0 => Level::WARN,
        1 => Level::INFO,
        _ => Level::DEBUG,
    };
    let targets = Targets::new().with_target("gomoddoc", level);
    let layer = tracing_subscriber::fmt::layer().with_writer(|| Redacting(io::stderr()));
    let registry = tracing_subscriber::registry().with(targets);
    // A second call (in tests) keeps the first log.
    let _ = match format {
        LogFormat::Text => registry.with(layer.with_target(false).with_ansi(color)).try_init(),
        LogFormat::Json => registry.with(layer.json()).try_init(),
    };
}

/// Takes secrets out of each event, should one have got into a field.
struct Redacting<W>(W);

impl<W: Write> Write for Redacting<W> {
    /// The fmt layer hands over one whole event a call.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        self.0.write_all(redact(&String::from_utf8_lossy(event)).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_an_event_does_not_reach_the_log() {
        let mut out = Vec::new();
        Redacting(&mut out).write_all(b"GET https://u:S3cr3t@host/x\n").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "GET https://REDACTED@host/x\n");
    }
}
