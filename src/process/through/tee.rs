//! One stream of the child: read, passed on, and copied.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::activity::Activity;
use super::ticket::Stream;

/// As much as a pipe holds.
const BUFFER: usize = 64 << 10;
/// How long to wait for a reader behind us whose pipe does not block.
const NOT_YET: Duration = Duration::from_millis(2);

/// Starts to pass on what comes from `source`, until it ends or nobody reads behind us. Then the source is
/// closed, so that the child learns of it as it would without us.
pub(super) fn start(mut source: File, mut target: File, mut copy: Stream, activity: Arc<Activity>) {
    thread::spawn(move || {
        let mut buffer = vec![0; BUFFER];
        loop {
            let bytes = match source.read(&mut buffer) {
                Ok(read @ 1..) => buffer.get(..read).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                // A pty tells its end by an error.
                Ok(0) | Err(_) => break,
            };
            activity.came();
            let passed = pass(&mut target, bytes);
            copy.take(bytes);
            activity.went();
            if passed.is_err() {
                break;
            }
        }
        copy.end();
        activity.end();
    });
}

fn pass(target: &mut File, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match target.write(bytes) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(NOT_YET),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
