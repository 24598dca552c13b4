//! Contents that are held in memory until all of a piece are there, and then hashed side by side.

use std::ops::Range;

use crate::golang::module_hash::FileHash;
use crate::golang::module_zip::SMALL;
use crate::golang::side_by_side::hash_each;

/// How many bytes are held at most. What is larger passes by in parts, and is hashed by itself.
const MOST: u64 = SMALL + (64 << 10);

/// From so many bytes on they are hashed while they still lie in the caches near the processor, unless one of them is
/// so long that it waits for another to be hashed beside it.
const NEAR: usize = 384 << 10;

/// The contents of one piece.
#[derive(Default)]
pub(super) struct Held {
    /// As long as was ever needed: it serves piece after piece.
    bytes: Vec<u8>,
    end: usize,
    /// Each content by its number in the piece.
    contents: Vec<(usize, Range<usize>)>,
    /// What was hashed already.
    hashes: Vec<(usize, FileHash)>,
}

impl Held {
    /// Begins a content of at most so many bytes; false where there is no room for it.
    pub(super) fn begin(&mut self, number: usize, most: u64) -> bool {
        let longest = self.contents.iter().map(|(_, range)| range.len()).max().unwrap_or(0);
        if self.end > NEAR && longest <= self.end / 2 {
            self.hash_all();
        }
        let has_room = most <= MOST.saturating_sub(self.end as u64);
        if has_room {
            self.contents.push((number, self.end..self.end));
        }
        has_room
    }

    /// The place for so many more bytes of the content that was begun last.
    pub(super) fn place(&mut self, size: usize) -> &mut [u8] {
        let end = self.end + size;
        if self.bytes.len() < end {
            self.bytes.resize(end, 0);
        }
        self.bytes.get_mut(self.end..end).unwrap_or_default()
    }

    /// Keeps the first so many bytes of that place.
    pub(super) fn keep(&mut self, size: usize) {
        self.end = (self.end + size).min(self.bytes.len());
        self.contents.last_mut().into_iter().for_each(|(_, range)| range.end = self.end);
    }

    /// The hash of each, by its number. After that nothing is held.
    pub(super) fn hash(&mut self) -> impl Iterator<Item = (usize, FileHash)> {
        self.hash_all();
        // What they lie in serves the next piece: given back each time, it would leave holes between what is kept.
        self.hashes.drain(..)
    }

    fn hash_all(&mut self) {
        let content = |(_, range): &(usize, Range<usize>)| self.bytes.get(range.clone()).unwrap_or_default();
        let contents: Vec<&[u8]> = self.contents.iter().map(content).collect();
        let numbers = self.contents.iter().map(|(number, _)| *number);
        self.hashes.extend(numbers.zip(hash_each(&contents)));
        self.contents.clear();
        self.end = 0;
    }
}
