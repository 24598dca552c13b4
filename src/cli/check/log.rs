//! `--log`: where the log is read from.

use std::fs::File;
use std::io;
use std::path::Path;

use anyhow::Context;

use crate::facts::transcript::TranscriptFacts;
use crate::transcript;

/// Reads the log; `-` is stdin. A pipe is taken too, so that `--log <(go mod tidy 2>&1)` works.
///
/// # Errors
/// When it cannot be opened or read, or is a folder or a device, which may have no end.
pub fn read(path: &Path) -> anyhow::Result<TranscriptFacts> {
    if path == Path::new("-") {
        return transcript::read(io::stdin().lock(), "stdin").context("cannot read stdin");
    }
    let shown = path.display();
    let file = open(path).with_context(|| format!("cannot read the log {shown}"))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    transcript::read(file, &name).with_context(|| format!("cannot read the log {shown}"))
}

fn open(path: &Path) -> anyhow::Result<File> {
    let kind = std::fs::metadata(path)?.file_type();
    anyhow::ensure!(kind.is_file() || is_pipe(kind), "it is neither a file nor a pipe");
    Ok(File::open(path)?)
}

#[cfg(unix)]
fn is_pipe(kind: std::fs::FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_fifo()
}

#[cfg(not(unix))]
fn is_pipe(_: std::fs::FileType) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_to_an_end_is_refused() {
        for path in ["/dev/zero", "/", "/nonexistent/x.log"] {
            let error = read(Path::new(path)).unwrap_err();
            assert!(error.to_string().contains(path), "{error}");
        }
    }
}
