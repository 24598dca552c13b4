//! What the targets have in common: how an input becomes a log, and what is made of that.
//!
//! The last bytes of an input are knobs, so that an ordinary log is an input too: what is read as knobs then
//! are its last letters.

use std::ops::Range;

use gomoddoc::cli::triage::facts;
use gomoddoc::diagnosis::diagnose;
use gomoddoc::facts::Facts;
use gomoddoc::model::Diagnosis;
use gomoddoc::transcript;

pub mod planted;
pub mod shown;
pub mod zips;

/// An input without its knobs, and these.
pub fn knobs<const N: usize>(input: &[u8]) -> Option<(&[u8], [u8; N])> {
    input.split_last_chunk().map(|(log, knobs)| (log, *knobs))
}

/// What triage makes of a log.
pub fn triage(log: &[u8]) -> (Facts, Diagnosis) {
    let transcript = transcript::read(log, "log").expect("memory can be read");
    let facts = facts(transcript);
    let diagnosis = diagnose(&facts, &[]);
    (facts, diagnosis)
}

/// The log so many times, each copy about something else: its zeros become the number of the copy.
pub fn copies(log: &[u8], numbers: Range<usize>, between: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity((log.len() + between.len()) * numbers.len());
    for number in numbers {
        for byte in log {
            match byte {
                b'0' => out.extend_from_slice(number.to_string().as_bytes()),
                byte => out.push(*byte),
            }
        }
        out.extend_from_slice(between);
    }
    out
}
