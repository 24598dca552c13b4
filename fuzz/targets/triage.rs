//! A page of any bytes, as the whole of triage reads it: no panic, nothing that drives a terminal, and no secret.

#![no_main]

use gomoddoc_fuzz::planted::plant;
use gomoddoc_fuzz::{knobs, shown, triage};
use libfuzzer_sys::{Corpus, fuzz_target};

fuzz_target!(|input: &[u8]| -> Corpus {
    let Some((log, [holder, around, high, low, form])) = knobs(input) else { return Corpus::Reject };
    let mut log = log.to_vec();
    let Some(has_secret) = plant(&mut log, [holder, around, high, low]) else { return Corpus::Reject };
    let (facts, diagnosis) = triage(&log);
    shown::hold(&facts, &diagnosis, form, has_secret);
    Corpus::Keep
});
