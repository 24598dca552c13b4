//! The work on single entries of a zip and files of a folder.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::file::Failure;
use super::held::Held;
use super::limits::Limits;
use super::owner::{self, Odd};
use super::tree::Tree;
use super::zip::Window;
use crate::golang::module_hash::{FileHash, hash_content};
use crate::golang::module_zip::{Archive, ByteSource, Entry, EntryError, Inflater, MAX_GO_MOD, MAX_TOTAL, SMALL};

/// How many entries make a piece at most.
const ENTRIES: usize = 64;
/// How much content makes a piece, unless it is one entry.
const CONTENT: u64 = SMALL;
/// How much of a zip is read at once at most.
const SPAN: u64 = 4 << 20;
/// How much of a large file is read at once where it is not compared with an entry.
const READ: usize = 256 << 10;

/// Cuts sizes into pieces of consecutive entries, each about as much work as another.
pub(super) fn cut(sizes: impl Iterator<Item = u64>) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut room = 0;
    for (index, size) in sizes.enumerate() {
        match pieces.last_mut() {
            Some(last) if last.len() < ENTRIES && size <= room => last.end = index + 1,
            _ => {
                pieces.push(index..index + 1);
                room = CONTENT;
            }
        }
        room = room.saturating_sub(size);
    }
    pieces
}

/// Cuts a folder without a zip, whose files are of any size.
pub(super) fn of_folder(tree: &Tree) -> Vec<Range<usize>> {
    cut(tree.names().map(|_| CONTENT / ENTRIES as u64))
}

/// What became of one entry or file.
pub(super) struct Outcome {
    /// The hash of its content; none yet where that is held.
    pub hash: Result<Option<FileHash>, EntryError>,
    /// How many bytes were hashed.
    pub bytes: u64,
    /// The extracted file held against it.
    pub compared: Compared,
    /// What is odd about the extracted file.
    pub odd: Odd,
    /// Its content, if it is the go.mod at the root.
    pub go_mod: Option<Vec<u8>>,
}

/// An extracted file held against its entry.
#[derive(Debug)]
pub(super) enum Compared {
    /// There is no folder to compare with, or the entry is none of its files.
    Not,
    Same,
    Changed,
    Missing,
    Unreadable(Failure),
}

/// What one thread needs for one entry after the other.
#[derive(Default)]
pub(super) struct Worker {
    inflater: Inflater,
    /// What was read of a large file.
    buffer: Vec<u8>,
    /// What is to be hashed when all of the piece is there.
    pub held: Held,
    /// A part of a zip.
    pub window: Vec<u8>,
}

/// The folder beside a zip, for the work on entries.
#[derive(Clone, Copy)]
pub(super) struct Beside<'a> {
    /// The folder; none where there is none that can be used.
    pub tree: Option<&'a Tree>,
    /// Whose the cache is.
    pub owner: Option<u32>,
    /// When to stop.
    pub limits: &'a Limits<'a>,
}

impl Worker {
    /// Inflates the entry with this number in its piece, and compares the extracted file with it. `name` is relative to
    /// the module's root; none for what is no file of it.
    pub(super) fn inflate(
        &mut self,
        source: &Window<'_>,
        number: usize,
        entry: &Entry,
        name: Option<&[u8]>,
        beside: Beside<'_>,
    ) -> Outcome {
        let (mut file, mut compared, odd) = match (name, beside.tree) {
            (Some(name), Some(tree)) => extracted(tree, name, entry.size, beside.owner),
            _ => (None, Compared::Not, Odd::default()),
        };
        let is_go_mod = name == Some(b"go.mod") && entry.size <= MAX_GO_MOD;
        let mut go_mod = is_go_mod.then(Vec::new);
        let (held, buffer) = (&mut self.held, &mut self.buffer);
        let mut passing = (!held.begin(number, entry.size)).then(Sha256::new);
        let receive = &mut |data: &[u8]| {
            if let Some(go_mod) = &mut go_mod {
                go_mod.extend_from_slice(data);
            }
            let place = match &mut passing {
                None => held.place(data.len()),
                Some(hash) => {
                    hash.update(data);
                    room(buffer, data.len())
                }
            };
            let read = file.as_mut().map(|file| same(file, data, place));
            match read {
                Some(Ok(true)) => {}
                Some(Ok(false)) => (file, compared) = (None, Compared::Changed),
                Some(Err(failure)) => (file, compared) = (None, Compared::Unreadable(failure)),
                None => {}
            }
            if passing.is_none() {
                // What is equal is there already.
                if file.is_none() {
                    place.copy_from_slice(data);
                }
                held.keep(data.len());
            }
            !beside.limits.are_over()
        };
        let read = self.inflater.read(source, entry, receive);
        // What could not be read to its end is held against nothing.
        let go_mod = go_mod.filter(|_| read.is_ok());
        let hash = read.map(|()| passing.map(|hash| hash.finalize().into()));
        Outcome { hash, bytes: entry.size, compared, odd, go_mod }
    }

    /// Reads the extracted file of the entry with this number in its piece, and compares it by size and CRC.
    pub(super) fn check(&mut self, number: usize, entry: &Entry, name: Option<&[u8]>, beside: Beside<'_>) -> Outcome {
        let nothing = |hash, compared, odd| Outcome { hash, bytes: 0, compared, odd, go_mod: None };
        let (Some(name), Some(tree)) = (name, beside.tree) else {
            return nothing(Ok(Some(hash_content(b""))), Compared::Not, Odd::default());
        };
        match extracted(tree, name, entry.size, beside.owner) {
            (Some(file), _, odd) => match self.hash(number, file, entry.size, beside.limits) {
                Ok((hash, size, crc)) => {
                    // As for go, a CRC of zero without a descriptor is one that is not set.
                    let same = size == entry.size && (crc == entry.crc32 || entry.crc32 == 0);
                    let compared = if same { Compared::Same } else { Compared::Changed };
                    Outcome { hash: Ok(hash), bytes: size, compared, odd, go_mod: None }
                }
                Err(EntryError::Stopped) => nothing(Err(EntryError::Stopped), Compared::Not, odd),
                Err(EntryError::Read(error)) => nothing(Ok(None), Compared::Unreadable(Failure::Other(error)), odd),
                Err(_) => nothing(Ok(None), Compared::Changed, odd),
            },
            (None, compared, odd) => nothing(Ok(None), compared, odd),
        }
    }

    /// Reads a file of a folder without a zip, by its number in its piece.
    pub(super) fn read(&mut self, number: usize, name: &[u8], beside: Beside<'_>) -> Outcome {
        let failed = |compared, odd| Outcome { hash: Ok(None), bytes: 0, compared, odd, go_mod: None };
        let Some(tree) = beside.tree else { return failed(Compared::Not, Odd::default()) };
        let (file, about) = match tree.open(name) {
            Ok(opened) => opened,
            Err(failure) => return failed(Compared::Unreadable(failure), Odd::default()),
        };
        let odd = owner::look(&about, beside.owner);
        match self.hash(number, file, about.len, beside.limits) {
            Ok((hash, bytes, _)) => Outcome { hash: Ok(hash), bytes, compared: Compared::Same, odd, go_mod: None },
            Err(EntryError::Stopped) => Outcome { hash: Err(EntryError::Stopped), ..failed(Compared::Not, odd) },
            Err(EntryError::Read(error)) => failed(Compared::Unreadable(Failure::Other(error)), odd),
            Err(_) => failed(Compared::Unreadable(Failure::TooLarge), odd),
        }
    }

    /// The hash of a file, unless it is held for that; its size and CRC.
    fn hash(
        &mut self,
        number: usize,
        mut file: File,
        expected: u64,
        limits: &Limits<'_>,
    ) -> Result<(Option<FileHash>, u64, u32), EntryError> {
        // There is room for a byte more: so the first read shows that this is the end.
        let room = expected.saturating_add(1);
        let mut passing = (!self.held.begin(number, room)).then(Sha256::new);
        let (mut crc, mut size) = (crc32fast::Hasher::new(), 0);
        loop {
            if limits.are_over() {
                return Err(EntryError::Stopped);
            }
            let place = match &passing {
                None => self.held.place(usize::try_from(room.saturating_sub(size)).unwrap_or(0)),
                Some(_) => self::room(&mut self.buffer, READ),
            };
            let read = match file.read(place) {
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(EntryError::Read(error)),
            };
            size += read as u64;
            let is_end = read == 0 || size == expected && read < place.len();
            let data = place.get(..read).unwrap_or_default();
            crc.update(data);
            match &mut passing {
                None => self.held.keep(read),
                Some(hash) => hash.update(data),
            }
            if is_end {
                return Ok((passing.map(|hash| hash.finalize().into()), size, crc.finalize()));
            }
            if size > MAX_TOTAL || passing.is_none() && size > expected {
                return Err(EntryError::TooLong);
            }
        }
    }
}

/// So many bytes of a buffer.
fn room(buffer: &mut Vec<u8>, size: usize) -> &mut [u8] {
    if buffer.len() < size {
        buffer.resize(size, 0);
    }
    buffer.get_mut(..size).unwrap_or_default()
}

/// The name of a file of the module, relative to its root.
pub(super) fn entry_name<'e>(entry: &'e Entry, prefix: &[u8]) -> Option<&'e [u8]> {
    if entry.is_folder() { None } else { entry.name.strip_prefix(prefix) }
}

/// The bytes of a zip that a piece takes, where they lie together: one read brings them all.
pub(super) fn span<S: ByteSource>(archive: &Archive<S>, piece: &Range<usize>) -> Option<Range<u64>> {
    /// What stands before and behind the data of an entry, with some room for extra fields.
    const AROUND: u64 = 256;
    let entries = archive.entries.get(piece.clone())?;
    let start = entries.first()?.offset();
    let mut end = start;
    for entry in entries {
        // Others may lie anywhere, and are read by themselves.
        if entry.offset() < start || entry.offset() > end.checked_add(AROUND)? {
            return None;
        }
        end = entry.offset().checked_add(entry.compressed)?.checked_add(AROUND + entry.name.len() as u64)?;
    }
    let end = end.min(archive.source.size());
    (end.saturating_sub(start) <= SPAN).then_some(start..end)
}

/// The extracted file of an entry, if it is there and as long as it should be.
fn extracted(tree: &Tree, name: &[u8], size: u64, owner: Option<u32>) -> (Option<File>, Compared, Odd) {
    if !tree.contains(name) {
        return (None, Compared::Missing, Odd::default());
    }
    match tree.open(name) {
        Err(failure) => (None, Compared::Unreadable(failure), Odd::default()),
        Ok((file, about)) => {
            let odd = owner::look(&about, owner);
            if about.len == size { (Some(file), Compared::Same, odd) } else { (None, Compared::Changed, odd) }
        }
    }
}

/// Whether the next bytes of the file, which come into `place`, are these.
fn same(file: &mut File, data: &[u8], place: &mut [u8]) -> Result<bool, Failure> {
    match file.read_exact(place) {
        Ok(()) => Ok(place == data),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hold_everything_once_and_large_entries_stand_alone() {
        let cut = |sizes: &[u64]| cut(sizes.iter().copied());
        assert!(cut(&[]).is_empty());
        assert_eq!(cut(&[1, 2, 3]).first(), Some(&(0..3)));
        assert_eq!(cut(&[1, 5 << 20, 1]), [0..1, 1..2, 2..3]);
        assert_eq!(cut(&[CONTENT, 0, 1]), [0..2, 2..3]);
        assert_eq!(cut(&[u64::MAX, u64::MAX]), [0..1, 1..2]);
        let many = cut(&[0; 1000]);
        assert_eq!((many.len(), many.last().cloned()), (16, Some(960..1000)));
    }
}
