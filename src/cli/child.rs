//! Commands that are run for somebody: how they end, and what is said beside their output.

use std::ffi::OsString;
use std::io::{self, Write};

use super::exit::Exit;
use crate::process::{End, StartFailure};

/// The code with which a shell would end.
pub(super) fn code(end: &End) -> u8 {
    match end {
        End::Exited(code) => u8::try_from(*code).unwrap_or(1),
        End::Signalled(signal) => signalled(*signal),
        End::TimedOut | End::Flooded => 1,
        End::NotStarted(StartFailure::NotFound) => 127,
        End::NotStarted(_) => 126,
    }
}

/// The code with which a shell ends where a signal ended the command.
pub(super) fn signalled(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(u8::MAX)
}

/// Says why a command could not be started, and gives the code with which a shell would end.
pub(super) fn not_started(command: &[OsString], failure: StartFailure) -> Exit {
    let program = command.first().map(|program| program.to_string_lossy().into_owned()).unwrap_or_default();
    super::failure::print(&anyhow::Error::new(failure).context(format!("cannot start {program}")));
    Exit::Own(code(&End::NotStarted(failure)))
}

/// Says something on stderr beside the command's own words.
pub(super) fn say(text: &str) {
    let lines: String = text.lines().map(|line| format!("gomoddoc: {line}\n")).collect();
    write(&lines);
}

/// Writes a text to stderr.
pub(super) fn write(text: &str) {
    // Nobody is left to tell where stderr is closed.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_a_shell() {
        for (end, expected) in [
            (End::Exited(0), 0),
            (End::Exited(77), 77),
            (End::Exited(-1), 1),
            (End::Signalled(2), 130),
            (End::Signalled(9), 137),
            (End::NotStarted(StartFailure::NotFound), 127),
            (End::NotStarted(StartFailure::PermissionDenied), 126),
            (End::NotStarted(StartFailure::NotExecutable), 126),
        ] {
            assert_eq!(code(&end), expected, "{end:?}");
        }
    }
}
