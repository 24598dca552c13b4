//! Zips, as three readers see them: ours, that of the `zip` crate, and a short look of our own at what is odd.

pub mod odd;

use std::io::{Cursor, Read as _};

use gomoddoc::golang::module_zip::{Archive, EntryError, Inflater, ZipError};
use zip::ZipArchive;

/// The module that the zips of the target are taken for.
pub const MODULE: (&str, &str) = ("example.com/m", "v1.0.0");

/// An entry as the directory tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: Vec<u8>,
    pub size: u64,
    pub compressed: u64,
    pub crc32: u32,
    pub header: u64,
}

/// What we make of a zip.
pub struct Ours<'a> {
    pub archive: Archive<&'a [u8]>,
}

impl<'a> Ours<'a> {
    pub fn read(data: &'a [u8]) -> Result<Self, ZipError> {
        Archive::read(data).map(|archive| Self { archive })
    }

    pub fn entries(&self) -> Vec<Entry> {
        let told = |entry: &gomoddoc::golang::module_zip::Entry| Entry {
            name: entry.name.to_vec(),
            size: entry.size,
            compressed: entry.compressed,
            crc32: entry.crc32,
            header: entry.offset(),
        };
        self.archive.entries.iter().map(told).collect()
    }

    /// The bytes that all entries together claim to hold.
    pub fn declared(&self) -> u64 {
        self.archive.entries.iter().fold(0, |sum, entry| sum.saturating_add(entry.size))
    }

    pub fn content(&self, index: usize, inflater: &mut Inflater) -> Result<Vec<u8>, EntryError> {
        let mut content = Vec::new();
        let entry = &self.archive.entries[index];
        inflater.read(&self.archive.source, entry, &mut |data| {
            content.extend_from_slice(data);
            true
        })?;
        assert_eq!(content.len() as u64, entry.size, "as much as declared");
        Ok(content)
    }
}

/// What the `zip` crate makes of it.
pub struct Theirs<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Theirs<'a> {
    pub fn read(data: &'a [u8]) -> Option<Self> {
        ZipArchive::new(Cursor::new(data)).ok().map(Self)
    }

    /// The entries in order; none where one cannot be told.
    pub fn entries(&self) -> Option<Vec<Entry>> {
        (0..self.0.len()).map(|index| self.entry(index)).collect()
    }

    fn entry(&self, index: usize) -> Option<Entry> {
        let data = self.0.by_index_data(index).ok()?;
        Some(Entry {
            name: data.name_raw().to_vec(),
            size: data.size(),
            compressed: data.compressed_size(),
            crc32: data.crc32(),
            header: data.header_start(),
        })
    }

    /// The flags of an entry, as they stand in its central header.
    pub fn flags(&self, index: usize, data: &[u8]) -> Option<u16> {
        let at = usize::try_from(self.0.by_index_data(index).ok()?.central_header_start()).ok()?;
        Some(u16::from_le_bytes(data.get(at + 8..at + 10)?.try_into().ok()?))
    }

    pub fn content(&mut self, index: usize) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        self.0.by_index(index).ok()?.read_to_end(&mut content).ok()?;
        Some(content)
    }
}
