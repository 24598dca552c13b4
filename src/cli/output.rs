//! Writing results to stdout.

use std::io::{self, ErrorKind, Write};

use anyhow::Context;

/// Writes `text` to stdout. A pipe that its reader closed is no error: the exit code still tells
/// the verdict.
///
/// # Errors
/// When stdout cannot be written for another reason, such as a full disk.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    forgive_closed_pipe(stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()))
        .context("cannot write to stdout")
}

fn forgive_closed_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_closed_pipe_is_forgiven() {
        assert!(forgive_closed_pipe(Err(ErrorKind::BrokenPipe.into())).is_ok());
        assert!(forgive_closed_pipe(Err(ErrorKind::StorageFull.into())).is_err());
    }
}
