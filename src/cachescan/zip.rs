//! The zip of a module: opened, held against the rules, and read in parts.

use std::borrow::Cow;
use std::io;
use std::ops::Range;
use std::path::Path;

use super::file::{Failure, ZipFile};
use super::order::Strength;
use super::tree::unreadable;
use crate::golang::module_path::ModuleVersion;
use crate::golang::module_zip::{self, Archive, ByteSource, EntryError, MAX_TOTAL, Problem};
use crate::model::Foreign;
use crate::model::damage::{Damage, EntryProblem};

/// What stands where the zip should be.
pub(super) enum Zip {
    Missing,
    /// It is told what is wrong with it, and its contents are not to be read.
    Unusable,
    Readable(Archive<ZipFile>),
}

/// A directory that is larger is very large: in memory it takes some four times as much.
const LARGE: u64 = 4 << 20;

/// What stands where the zip should be, opened.
pub(super) struct File(Result<ZipFile, Failure>);

impl File {
    /// Opens it; a small one is read at once, where its contents are wanted.
    pub(super) fn open(path: &Path, strength: Strength) -> Self {
        Self(ZipFile::open(path, strength == Strength::Full))
    }

    /// Whether its directory is very large, as far as its end record can be trusted.
    pub(super) fn has_large_directory(&self) -> bool {
        self.0.as_ref().is_ok_and(|zip| zip.size() > LARGE && module_zip::directory_size(zip) > LARGE)
    }

    /// Reads the directory.
    pub(super) fn read(self, cache: &Path, path: &Path, module: &ModuleVersion, damages: &mut Vec<Damage>) -> Zip {
        match self.0.map(Archive::read) {
            Err(Failure::Missing) => Zip::Missing,
            Err(failure) => {
                damages.push(unreadable(cache, path, &failure));
                Zip::Unusable
            }
            Ok(Err(error)) => {
                damages.push(Damage::ZipUnreadable { reason: Foreign::new(&error.to_string()) });
                Zip::Unusable
            }
            Ok(Ok(archive)) if may_be_read(&archive, module, damages) => Zip::Readable(archive),
            Ok(Ok(_)) => Zip::Unusable,
        }
    }
}

/// Whether the contents may be read.
fn may_be_read(archive: &Archive<ZipFile>, module: &ModuleVersion, damages: &mut Vec<Damage>) -> bool {
    let (mut first, mut count, mut too_large) = (None, 0, false);
    module_zip::check_each(archive, module, &mut |violation| {
        count += 1;
        too_large |= matches!(violation.problem, Problem::ZipTooLarge { .. });
        first.get_or_insert(violation);
    });
    let Some(first) = first else { return true };
    damages.push(Damage::ZipRule {
        entry: first.entry.as_deref().map(Foreign::new),
        rule: Foreign::new(&first.problem.to_string()),
        count,
    });
    let declared = archive.entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    declared <= MAX_TOTAL && !too_large
}

/// A zip with a part of it in memory, so that many entries take one read.
pub(super) struct Window<'a> {
    zip: &'a ZipFile,
    start: u64,
    data: &'a [u8],
}

impl<'a> Window<'a> {
    /// Reads `span` into `buffer`, if there is one and the zip is not in memory anyway.
    pub(super) fn over(zip: &'a ZipFile, span: Option<Range<u64>>, buffer: &'a mut Vec<u8>) -> Self {
        let nothing = Window { zip, start: 0, data: &[] };
        let (ZipFile::OnDisk(..), Some(span)) = (zip, span) else { return nothing };
        let len = usize::try_from(span.end.saturating_sub(span.start)).unwrap_or(0);
        if buffer.len() < len {
            buffer.resize(len, 0);
        }
        let buffer: &'a mut [u8] = buffer.get_mut(..len).unwrap_or_default();
        // What cannot be read shows when its entry is.
        match zip.read_into(span.start, buffer) {
            Ok(()) => Window { zip, start: span.start, data: buffer },
            Err(_) => nothing,
        }
    }
}

impl ByteSource for Window<'_> {
    fn size(&self) -> u64 {
        self.zip.size()
    }

    fn read(&self, offset: u64, len: usize) -> io::Result<Cow<'_, [u8]>> {
        let at = offset.checked_sub(self.start).and_then(|at| usize::try_from(at).ok());
        match at.and_then(|at| self.data.get(at..at.checked_add(len)?)) {
            Some(data) => Ok(Cow::Borrowed(data)),
            None => self.zip.read(offset, len),
        }
    }
}

pub(super) fn problem(error: &EntryError) -> EntryProblem {
    match error {
        EntryError::Header | EntryError::FolderWithContent => EntryProblem::Header,
        EntryError::Method(_) => EntryProblem::Method,
        EntryError::Corrupt => EntryProblem::Corrupt,
        EntryError::TooShort => EntryProblem::TooShort,
        EntryError::TooLong => EntryProblem::TooLong,
        EntryError::Crc => EntryProblem::Checksum,
        EntryError::Stopped | EntryError::Read(_) => EntryProblem::Unreadable,
    }
}
