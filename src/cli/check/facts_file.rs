//! `--save` and `--from`.

use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, bail};

use crate::disk::{Follow, read_capped, write_private};
use crate::facts::save::{Names, text};
use crate::facts::{Facts, MAX_FILE, load};

/// Writes the facts where `--save` says.
///
/// # Errors
/// When the file cannot be written, or is none that may be replaced.
pub fn save(facts: &Facts, path: &Path, names: &Names) -> anyhow::Result<()> {
    let text = text(facts, names).context("cannot write the facts as JSON")?;
    write_private(path, text.as_bytes()).context("cannot save the facts")
}

/// Reads the facts that `--from` names.
///
/// # Errors
/// When there is no such file, or it is no facts file for this program.
pub fn read(path: &Path) -> anyhow::Result<Facts> {
    let bytes = read_capped(path, MAX_FILE, Follow::Yes).context("cannot read the facts")?;
    load(&bytes).with_context(|| format!("cannot use {}", path.display()))
}

/// Works for at most `limit`: who wrote a facts file may have meant to keep us busy.
///
/// # Errors
/// When the time was not enough, or the work broke.
pub fn bounded<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    let (done, result) = mpsc::sync_channel(1);
    std::thread::Builder::new()
        .name("diagnosis".into())
        // Nobody waits any more once the time is over.
        .spawn(move || drop(done.send(work())))
        .context("cannot start the diagnosis")?;
    match result.recv_timeout(limit) {
        Ok(result) => Ok(result),
        Err(mpsc::RecvTimeoutError::Timeout) => bail!("the facts are too many to be diagnosed within --deadline"),
        Err(mpsc::RecvTimeoutError::Disconnected) => bail!("the diagnosis of these facts broke"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_has_no_end_is_left() {
        assert_eq!(bounded(Duration::from_secs(60), || 7).unwrap(), 7);
        let (_held, waits) = mpsc::channel::<()>();
        assert!(bounded(Duration::from_millis(1), move || waits.recv().is_ok()).is_err());
    }
}
