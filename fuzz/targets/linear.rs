//! Eight times the log takes about eight times as long.
//!
//! What is measured is the time of this thread on a processor, so that a busy machine does not count; and the
//! least of several runs, so that what happens once (patterns are compiled when first needed) does not either.

#![no_main]

use std::time::Duration;

use gomoddoc_fuzz::{copies, knobs, triage};
use libfuzzer_sys::{Corpus, fuzz_target};
use rustix::time::{ClockId, clock_gettime};

const FEW: usize = 8;
const MANY: usize = 64;
const MAX_LOG: usize = 2_048;
/// Quadratic time would be 64 times as long.
const MAX_RATIO: u32 = 24;
/// Faster than this is fast enough, whatever the ratio: it is a tenth of the speed that triage promises.
const SHORT: Duration = Duration::from_millis(25);
/// How often it must be slow before that counts.
const TRIES: usize = 5;

fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((log, [between])) = knobs(input) else { return Corpus::Reject };
    if log.len() > MAX_LOG {
        return Corpus::Reject;
    }
    // Copies in one line try what is slow in a long line.
    let between: &[u8] = if between % 2 == 0 { b"\n" } else { b"" };
    let (few, many) = (copies(log, 0..FEW, between), copies(log, 0..MANY, between));
    let mut least = (Duration::MAX, Duration::MAX);
    for _ in 0..TRIES {
        least = (least.0.min(time(&few)), least.1.min(time(&many)));
        if least.1 < SHORT || least.1 < least.0 * MAX_RATIO {
            return Corpus::Keep;
        }
    }
    panic!("{} bytes take {:?}, {} bytes take {:?}", few.len(), least.0, many.len(), least.1);
});

fn time(log: &[u8]) -> Duration {
    let begun = now();
    triage(log);
    now().saturating_sub(begun)
}

fn now() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or_default())
}
