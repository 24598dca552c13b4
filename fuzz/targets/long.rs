//! Any bytes within a log that is longer than what is read at a time, or as many copies about different modules: no
//! panic, no more findings than anybody reads, and no secret.

#![no_main]

use gomoddoc_fuzz::planted::plant;
use gomoddoc_fuzz::{copies, knobs, shown, triage};
use libfuzzer_sys::{Corpus, fuzz_target};

const PLAIN: &str = "ok  \tcorp.example/build/step\t0.017s\n";
/// More than is read at a time.
const LONG: usize = 270 << 10;
/// More failures than are kept.
const COPIES: usize = 1_300;
/// The longest log of which there are so many copies.
const MAX_COPIED: usize = 300;

fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((log, [how, holder, around, high, low, form])) = knobs(input) else { return Corpus::Reject };
    let mut log = log.to_vec();
    let Some(has_secret) = plant(&mut log, [holder, around, high, low]) else { return Corpus::Reject };
    // Where it begins in a block depends on the input.
    let plain = || PLAIN.bytes().cycle().skip(log.len() % PLAIN.len()).take(LONG);
    let log: Vec<u8> = match how % 4 {
        0 => log.iter().copied().chain(plain()).collect(),
        1 => plain().chain(log.iter().copied()).collect(),
        2 => plain().chain(log.iter().copied()).chain(plain()).collect(),
        _ if log.len() > MAX_COPIED => return Corpus::Reject,
        _ => copies(&log, 0..COPIES, b"\n"),
    };
    let (facts, diagnosis) = triage(&log);
    shown::hold(&facts, &diagnosis, form, has_secret);
    Corpus::Keep
});
