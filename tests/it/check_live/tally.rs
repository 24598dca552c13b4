//! What became of each case, a line each, in the file that GOMODDOC_TALLY names. `./test.sh` adds them up,
//! one file for each Go version.

use std::fs::OpenOptions;
use std::io::Write;

use super::frame::Case;

pub fn note(case: &Case, what: &str) {
    let Some(path) = std::env::var_os("GOMODDOC_TALLY") else { return };
    // One write for each line: the tests run side by side.
    let line = format!("{what}\t{}\n", case.name);
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(line.as_bytes())).expect("write the tally");
}
