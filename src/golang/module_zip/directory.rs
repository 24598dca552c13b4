//! The end record and the central directory, found and read as Go's archive/zip does.

use std::borrow::Cow;
use std::io;

use super::record::Fields;
use super::source::ByteSource;

/// The most entries that are read. Go has no such limit; a real module has at most some 40,000.
pub const MAX_ENTRIES: usize = 500_000;
/// The most bytes that all names together may have.
const MAX_NAMES: usize = 32 << 20;

const END_LEN: usize = 22;
const END64_LEN: usize = 56;
const LOCATOR64_LEN: u64 = 20;
const HEADER_LEN: usize = 46;
/// How much of the directory is fetched at once; no header is longer than three times 64 KiB.
const WINDOW: usize = 1 << 20;

/// Why a file cannot be read as a zip. The text is go's where go has one.
#[derive(Debug, thiserror::Error)]
pub enum ZipError {
    /// No end record: cut off, or no zip at all.
    #[error("zip: not a valid zip file")]
    NoEnd,
    /// The end record is there, but what it says about the directory cannot be.
    #[error("zip: not a valid zip file")]
    Directory,
    /// The directory ends before the number of entries that it announces.
    #[error("unexpected EOF")]
    DirectoryCut,
    /// More than [`MAX_ENTRIES`], or 32 MiB of names.
    #[error("zip: too many entries")]
    TooManyEntries,
    /// Reading failed.
    #[error("{0}")]
    Read(#[from] io::Error),
}

/// One entry of the directory, with what it claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The name as stored; it should be UTF-8 and begin with `module@version/`.
    pub name: Box<[u8]>,
    /// The size of the content as declared.
    pub size: u64,
    /// The size in the zip as declared.
    pub compressed: u64,
    /// The CRC-32 of the content as declared.
    pub crc32: u32,
    /// The compression method: 0 is none, 8 is deflate; Go knows no other.
    pub method: u16,
    pub(super) has_descriptor: bool,
    pub(super) header: u64,
}

impl Entry {
    /// The name for people.
    #[must_use]
    pub fn name_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.name)
    }

    /// Where its local header begins.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.header
    }

    /// Whether it stands for a folder.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        self.name.ends_with(b"/")
    }
}

/// A zip whose directory has been read.
#[derive(Debug)]
pub struct Archive<S> {
    /// The zip's bytes.
    pub source: S,
    /// The entries in the order of the directory.
    pub entries: Vec<Entry>,
}

impl<S: ByteSource> Archive<S> {
    /// Reads the directory of a zip. Nothing of the contents is looked at.
    ///
    /// # Errors
    ///
    /// [`ZipError`] where Go reports an error too, and for more than [`MAX_ENTRIES`].
    pub fn read(source: S) -> Result<Self, ZipError> {
        let end = find_end(&source)?;
        let mut window = Window::at(&source, end.offset.wrapping_add_signed(end.base));
        let mut entries = Vec::new();
        let mut names = 0;
        let stopped = loop {
            match read_header(&mut window)? {
                Header::Entry(mut entry) => {
                    // As Go counts, where a header may come to lie before the start of the file. That is found out
                    // when the entry is read.
                    entry.header = entry.header.wrapping_add_signed(end.base);
                    names += entry.name.len();
                    entries.push(entry);
                }
                // Go takes the end of the file for one, whatever the count.
                Header::End => return Err(ZipError::DirectoryCut),
                other => break other,
            }
            if entries.len() > MAX_ENTRIES || names > MAX_NAMES {
                return Err(ZipError::TooManyEntries);
            }
        };
        // The count in the record is cut to 16 bits; Go compares just these.
        if entries.len() as u64 & 0xffff != end.count & 0xffff {
            return Err(if matches!(stopped, Header::Cut) { ZipError::DirectoryCut } else { ZipError::Directory });
        }
        Ok(Self { source, entries })
    }
}

/// How many bytes the directory of a zip has at most, by its end record; 0 where there is none.
pub fn directory_size<S: ByteSource>(source: &S) -> u64 {
    find_end(source).map_or(0, |end| source.size().saturating_sub(end.offset.wrapping_add_signed(end.base)))
}

struct End {
    count: u64,
    offset: u64,
    /// What is to be added to each offset.
    base: i64,
}

/// Looks for the end record in the last 1 KiB, then in the last 65 KiB.
fn find_end<S: ByteSource>(source: &S) -> Result<End, ZipError> {
    let size = source.size();
    for reach in [1024_u64, 65 * 1024] {
        let len = reach.min(size);
        let tail = source.read(size - len, usize::try_from(len).unwrap_or(0))?;
        if let Some(at) = find_signature(&tail) {
            let record = tail.get(at + 4..).unwrap_or_default();
            return read_end(source, record, size - len + at as u64).and_then(|end| end.ok_or(ZipError::Directory));
        }
        if len == size {
            break;
        }
    }
    Err(ZipError::NoEnd)
}

/// The last end record whose comment fits. A cut comment ends the search, as with Go.
fn find_signature(tail: &[u8]) -> Option<usize> {
    let at = tail.windows(END_LEN).rposition(|window| window.starts_with(b"PK\x05\x06"))?;
    let comment = Fields(tail.get(at + END_LEN - 2..)?).u16()?;
    (at + END_LEN + usize::from(comment) <= tail.len()).then_some(at)
}

fn read_end<S: ByteSource>(source: &S, record: &[u8], mut at: u64) -> Result<Option<End>, ZipError> {
    let mut fields = Fields(record);
    let Some((count, mut directory_size, mut offset)) = (|| {
        fields.skip(6)?;
        Some((u64::from(fields.u16()?), u64::from(fields.u32()?), u64::from(fields.u32()?)))
    })() else {
        return Ok(None);
    };
    let mut count = count;
    let may_be_64 = count == 0xffff || directory_size == 0xffff || offset == 0xffff_ffff;
    if may_be_64 && let Some(end64) = find_end64(source, at)? {
        let record = source.read(end64, END64_LEN)?;
        let mut fields = Fields(&record);
        if fields.take(4) != Some(b"PK\x06\x06") {
            return Ok(None);
        }
        let Some(values) = (|| {
            fields.skip(28)?;
            Some((fields.u64()?, fields.u64()?, fields.u64()?))
        })() else {
            return Ok(None);
        };
        (count, directory_size, offset) = values;
        at = end64;
    }
    let (Ok(end), Ok(directory_size), Ok(signed)) =
        (i64::try_from(at), i64::try_from(directory_size), i64::try_from(offset))
    else {
        return Ok(None);
    };
    // The directory ends where the end record begins, whatever its offset.
    let start = end.wrapping_sub(directory_size);
    if u64::try_from(start).map_or(true, |start| start >= source.size()) {
        return Ok(None);
    }
    // Bytes before the zip shift every offset, unless a header stands where the record says.
    let base = start.wrapping_sub(signed);
    let at_face_value = base > 0 && matches!(read_header(&mut Window::at(source, offset)), Ok(Header::Entry(_)));
    Ok(Some(End { count, offset, base: if at_face_value { 0 } else { base } }))
}

fn find_end64<S: ByteSource>(source: &S, end: u64) -> Result<Option<u64>, ZipError> {
    let Some(at) = end.checked_sub(LOCATOR64_LEN) else { return Ok(None) };
    let locator = source.read(at, 20)?;
    let mut fields = Fields(&locator);
    if fields.take(4) != Some(b"PK\x06\x07") || fields.u32() != Some(0) {
        return Ok(None);
    }
    let offset = fields.u64().filter(|_| fields.u32() == Some(1));
    Ok(offset.filter(|offset| i64::try_from(*offset).is_ok()))
}

/// The part of the directory that is in memory.
struct Window<'s, S> {
    source: &'s S,
    next: u64,
    buffer: Vec<u8>,
    done: usize,
}

impl<'s, S: ByteSource> Window<'s, S> {
    fn at(source: &'s S, place: u64) -> Self {
        Self { source, next: place, buffer: Vec::new(), done: 0 }
    }

    /// At least `len` bytes from the current place, or all that are left.
    fn peek(&mut self, len: usize) -> Result<&[u8], ZipError> {
        if self.buffer.len() - self.done < len {
            self.buffer.drain(..self.done);
            self.done = 0;
            let left = usize::try_from(self.source.size().saturating_sub(self.next)).unwrap_or(usize::MAX);
            let more = left.min(WINDOW);
            self.buffer.extend_from_slice(&self.source.read(self.next, more)?);
            self.next += more as u64;
        }
        Ok(self.buffer.get(self.done..).unwrap_or_default())
    }
}

enum Header {
    Entry(Entry),
    /// What follows is no header.
    Other,
    /// The file ends within a header.
    Cut,
    /// The file ends before a header, or between its fixed part and the rest.
    End,
}

fn read_header<S: ByteSource>(window: &mut Window<'_, S>) -> Result<Header, ZipError> {
    let fixed = window.peek(HEADER_LEN)?;
    if fixed.len() < HEADER_LEN {
        return Ok(if fixed.is_empty() { Header::End } else { Header::Cut });
    }
    let Some((mut entry, name, extra, comment)) = parse_fixed(fixed) else { return Ok(Header::Other) };
    let total = HEADER_LEN + name + extra + comment;
    let whole = window.peek(total)?;
    let Some(variable) = whole.get(HEADER_LEN..total) else {
        return Ok(if whole.len() == HEADER_LEN { Header::End } else { Header::Cut });
    };
    let (stored_name, rest) = variable.split_at(name);
    let good = apply_zip64(&mut entry, rest.get(..extra).unwrap_or_default()).is_some();
    entry.name = stored_name.into();
    window.done += total;
    Ok(if good { Header::Entry(entry) } else { Header::Other })
}

/// The fixed part, and the lengths of name, extra and comment.
fn parse_fixed(fixed: &[u8]) -> Option<(Entry, usize, usize, usize)> {
    let mut fields = Fields(fixed);
    if fields.take(4)? != b"PK\x01\x02" {
        return None;
    }
    fields.skip(4)?;
    let flags = fields.u16()?;
    let method = fields.u16()?;
    fields.skip(4)?;
    let crc32 = fields.u32()?;
    let compressed = u64::from(fields.u32()?);
    let size = u64::from(fields.u32()?);
    let lengths = (fields.u16()?, fields.u16()?, fields.u16()?);
    fields.skip(8)?;
    let header = u64::from(fields.u32()?);
    let entry = Entry { name: Box::default(), size, compressed, crc32, method, has_descriptor: flags & 8 != 0, header };
    Some((entry, lengths.0.into(), lengths.1.into(), lengths.2.into()))
}

/// Takes 64-bit values from the extra field where the 32-bit ones are all ones; `None` where they
/// must be there and are not.
fn apply_zip64(entry: &mut Entry, extra: &[u8]) -> Option<()> {
    const FULL: u64 = 0xffff_ffff;
    let mut wants_size = entry.size == FULL;
    let mut wants_compressed = entry.compressed == FULL;
    let mut wants_header = entry.header == FULL;
    let mut extra = Fields(extra);
    while extra.0.len() >= 4 {
        let (tag, len) = (extra.u16()?, extra.u16()?);
        let Some(field) = extra.take(len.into()) else { break };
        if tag != 1 {
            continue;
        }
        let mut field = Fields(field);
        if std::mem::take(&mut wants_size) {
            entry.size = field.u64()?;
        }
        if std::mem::take(&mut wants_compressed) {
            entry.compressed = field.u64()?;
        }
        if std::mem::take(&mut wants_header) {
            entry.header = field.u64()?;
        }
    }
    // Go accepts a size of 2^32-1 without a 64-bit one, but not the other two.
    (!wants_compressed && !wants_header).then_some(())
}
