//! Logs as CI systems export them: gzip, and zip archives with a file for each step. Who made an archive
//! may mean us harm, so members, sizes and ratios have limits.

use std::io::{self, Read, Seek};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::Ticket;

/// The most members that are read.
pub const MAX_MEMBERS: usize = 1_000;
/// The most bytes that all members of an archive may inflate to.
pub const MAX_INFLATED: u64 = 8 << 30;
/// How many times larger than its file an archive may become. Logs repeat themselves: 200 is usual.
const MAX_RATIO: u64 = 2_000;
/// Below this an archive may have any ratio.
const SMALL: u64 = 1 << 20;

/// What was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LeftOut {
    /// Members beyond the limit.
    #[error("only the first {MAX_MEMBERS} members of the archive were read")]
    Members,
    /// What would inflate to more than is sane.
    #[error("the archive inflates to too much: its rest was not read")]
    Size,
    /// Members that cannot be read: encrypted, damaged, of an unknown method.
    #[error("a member of the archive cannot be read")]
    Unreadable,
}

/// What the first bytes of a file say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text, or anything else.
    Plain,
    /// One compressed file.
    Gzip,
    /// An archive.
    Zip,
}

impl Kind {
    /// By the first four bytes.
    #[must_use]
    pub fn of(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, ..] => Self::Gzip,
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Self::Zip,
            _ => Self::Plain,
        }
    }
}

/// Reads a gzip file of `size` bytes into the ticket.
///
/// # Errors
/// When the file cannot be read.
pub fn read_gzip(ticket: &mut Ticket, file: impl Read, size: u64, member: Option<&str>) -> io::Result<Option<LeftOut>> {
    let mut limited = Limited { source: MultiGzDecoder::new(file), left: limit(size), exceeded: false };
    let read = ticket.read(&mut limited, member);
    match read {
        _ if limited.exceeded => Ok(Some(LeftOut::Size)),
        // A log that was cut while it was written still tells what it holds.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
            ) =>
        {
            Ok(Some(LeftOut::Unreadable))
        }
        read => read.map(|()| None),
    }
}

/// Reads each file of a zip archive of `size` bytes into the ticket.
///
/// # Errors
/// When it is no zip archive.
pub fn read_zip(ticket: &mut Ticket, file: impl Read + Seek, size: u64) -> io::Result<Option<LeftOut>> {
    let mut archive = ZipArchive::new(file).map_err(io::Error::other)?;
    let mut left_out = None;
    let mut left = limit(size);
    let members = archive.len();
    for index in 0..members.min(MAX_MEMBERS) {
        let Ok(member) = archive.by_index(index) else {
            left_out = Some(LeftOut::Unreadable);
            continue;
        };
        if !member.is_file() {
            continue;
        }
        let name = member.name().map_or_else(|_| format!("#{index}"), |name| name.into_owned());
        let mut limited = Limited { source: member, left, exceeded: false };
        let read = ticket.read(&mut limited, Some(&name));
        left = limited.left;
        if limited.exceeded {
            return Ok(Some(LeftOut::Size));
        }
        if read.is_err() {
            left_out = Some(LeftOut::Unreadable);
        }
    }
    Ok(if members > MAX_MEMBERS { Some(LeftOut::Members) } else { left_out })
}

fn limit(size: u64) -> u64 {
    size.saturating_mul(MAX_RATIO).clamp(SMALL, MAX_INFLATED)
}

/// A reader that ends where the limit is.
struct Limited<R> {
    source: R,
    left: u64,
    exceeded: bool,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            // One byte more tells whether there was more.
            self.exceeded |= matches!(self.source.read(&mut [0]), Ok(1..));
            return Ok(0);
        }
        let room = out.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let read = self.source.read(&mut out[..room])?;
        self.left -= read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::write::SimpleFileOptions;

    use super::*;

    const LOG: &str = "go: a.example/b@v1.0.0: reading https://h.example/a.example/b/@v/v1.0.0.mod: 403 Forbidden\n";

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_compressed_log_is_read_and_one_that_was_cut_as_far_as_it_goes() {
        let whole = gzip(LOG.repeat(3).as_bytes());
        for (bytes, left_out) in [(whole.as_slice(), None), (&whole[..whole.len() - 4], Some(LeftOut::Unreadable))] {
            let mut ticket = Ticket::default();
            assert_eq!(Kind::of(bytes), Kind::Gzip);
            assert_eq!(read_gzip(&mut ticket, bytes, bytes.len() as u64, None).unwrap(), left_out);
            assert_eq!(ticket.end("x").failures.len(), 1);
        }
    }

    #[test]
    fn a_bomb_ends() {
        let bytes = gzip(&vec![b'\n'; 3 << 19]);
        let mut ticket = Ticket::default();
        assert_eq!(read_gzip(&mut ticket, bytes.as_slice(), 10, None).unwrap(), Some(LeftOut::Size));
    }

    #[test]
    fn each_file_of_an_archive_is_named() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["0_build.txt", "build/2_tidy.txt"] {
            archive.start_file(name, SimpleFileOptions::default()).unwrap();
            archive.write_all(LOG.replace("a.example/b", &format!("a.example/{}", name.len())).as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert_eq!(Kind::of(&bytes), Kind::Zip);
        let mut ticket = Ticket::default();
        assert_eq!(read_zip(&mut ticket, Cursor::new(&bytes), bytes.len() as u64).unwrap(), None);
        let facts = ticket.end("x");
        let members: Vec<_> =
            facts.failures.iter().filter_map(|failure| failure.member.as_ref()).map(ToString::to_string).collect();
        assert_eq!(members, ["0_build.txt", "build/2_tidy.txt"]);
    }

    #[test]
    fn what_is_no_archive_says_so() {
        assert!(read_zip(&mut Ticket::default(), Cursor::new(b"PK\x03\x04x"), 5).is_err());
        assert_eq!(Kind::of(b"go: x"), Kind::Plain);
        assert_eq!(Kind::of(b""), Kind::Plain);
    }
}
