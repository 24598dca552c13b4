//! Reading the machine's own network settings: files of a sensible size, never a FIFO or device.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// The contents of a regular file, the first `max` bytes of it.
///
/// # Errors
/// What the operating system says; [`io::ErrorKind::InvalidInput`] for what is no regular file.
pub(super) fn read_capped(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    // Looked at before opening, for opening a FIFO waits for a writer; and after, for it may change.
    let regular = |metadata: std::fs::Metadata| {
        if metadata.is_file() { Ok(()) } else { Err(io::Error::from(io::ErrorKind::InvalidInput)) }
    };
    regular(std::fs::metadata(path)?)?;
    let file: File = OpenOptions::new().read(true).open(path)?;
    regular(file.metadata()?)?;
    let mut contents = Vec::new();
    file.take(max).read_to_end(&mut contents)?;
    Ok(contents)
}
