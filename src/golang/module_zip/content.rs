//! The content of entries: inflated, and held against what the directory claims.

use std::io;
use std::ops::Range;

use flate2::{Decompress, FlushDecompress, Status};

use super::directory::Entry;
use super::record::Fields;
use super::source::ByteSource;

/// Up to this declared size an entry is inflated in one shot and handed over whole: 4 MiB.
pub const SMALL: u64 = 4 << 20;

const CHUNK: usize = 256 << 10;

/// What is wrong with the content of an entry. The text is go's.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// No header stands where the directory says.
    #[error("zip: not a valid zip file")]
    Header,
    /// A compression method that Go does not know.
    #[error("zip: unsupported compression algorithm")]
    Method(u16),
    /// The compressed data is damaged.
    #[error("flate: corrupt input")]
    Corrupt,
    /// There is less than declared.
    #[error("unexpected EOF")]
    TooShort,
    /// There is more than declared.
    #[error("zip: not a valid zip file")]
    TooLong,
    /// The CRC-32 differs from the declared one.
    #[error("zip: checksum error")]
    Crc,
    /// A folder that has content.
    #[error("zip: not a valid zip file")]
    FolderWithContent,
    /// The receiver of the content wanted no more.
    #[error("stopped")]
    Stopped,
    /// Reading failed.
    #[error("{0}")]
    Read(io::Error),
}

impl From<io::Error> for EntryError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::TooShort } else { Self::Read(error) }
    }
}

/// Inflates entries; its state and buffers serve many entries, one after the other.
#[derive(Debug)]
pub struct Inflater {
    decompress: Decompress,
    out: Vec<u8>,
}

impl Default for Inflater {
    fn default() -> Self {
        Self { decompress: Decompress::new(false), out: Vec::new() }
    }
}

/// Content that has passed by, compared with the declared size and CRC.
struct Seen<'r, R> {
    left: u64,
    crc: crc32fast::Hasher,
    receive: &'r mut R,
}

impl<R: FnMut(&[u8]) -> bool> Seen<'_, R> {
    fn pass(&mut self, data: &[u8]) -> Result<(), EntryError> {
        self.left = self.left.checked_sub(data.len() as u64).ok_or(EntryError::TooLong)?;
        self.crc.update(data);
        if data.is_empty() || (self.receive)(data) { Ok(()) } else { Err(EntryError::Stopped) }
    }
}

impl Inflater {
    /// Hands the content of `entry`, whose zip `source` is, to `receive`, whole if it is [`SMALL`], else in pieces. An empty
    /// content is handed over not at all. `receive` says whether it wants more. The checks on size
    /// and CRC come last: what was received counts only if there is no error.
    ///
    /// At most one byte more than the declared size is ever inflated.
    ///
    /// # Errors
    ///
    /// [`EntryError`].
    pub fn read<S: ByteSource>(
        &mut self,
        source: &S,
        entry: &Entry,
        receive: &mut impl FnMut(&[u8]) -> bool,
    ) -> Result<(), EntryError> {
        let data = data_offset(source, entry)?;
        if entry.is_folder() {
            return if entry.size == 0 { Ok(()) } else { Err(EntryError::FolderWithContent) };
        }
        // Go reads what there is, whatever the compressed size: less than it needs shows by itself.
        let compressed = entry.compressed.min(source.size().saturating_sub(data));
        let mut seen = Seen { left: entry.size, crc: crc32fast::Hasher::new(), receive };
        match entry.method {
            0 => stored(source, entry, data..data + compressed, &mut seen)?,
            8 => self.deflated(source, entry, data..data + compressed, &mut seen)?,
            method => return Err(EntryError::Method(method)),
        }
        if seen.left > 0 {
            return Err(EntryError::TooShort);
        }
        let crc = seen.crc.finalize();
        let declared = if entry.has_descriptor {
            let descriptor = descriptor_crc(source, data.wrapping_add(entry.compressed))?;
            descriptor == entry.crc32 && crc == entry.crc32
        } else {
            // Go takes a CRC of zero for one that is not set.
            entry.crc32 == 0 || crc == entry.crc32
        };
        if declared { Ok(()) } else { Err(EntryError::Crc) }
    }

    fn deflated<S: ByteSource, R: FnMut(&[u8]) -> bool>(
        &mut self,
        source: &S,
        entry: &Entry,
        data: Range<u64>,
        seen: &mut Seen<'_, R>,
    ) -> Result<(), EntryError> {
        self.decompress.reset(false);
        let (mut offset, mut left) = (data.start, data.end - data.start);
        let small = entry.size <= SMALL && left <= SMALL * 2;
        let room = if small { usize::try_from(entry.size).unwrap_or(0) + 1 } else { CHUNK };
        if self.out.len() < room {
            self.out.resize(room, 0);
        }
        loop {
            let take = if small { left } else { left.min(CHUNK as u64) };
            let input = source.read(offset, usize::try_from(take).unwrap_or(0))?;
            offset += take;
            left -= take;
            if self.inflate(&input, room, left == 0, seen)? {
                return Ok(());
            }
            if left == 0 {
                return Err(EntryError::TooShort);
            }
        }
    }

    /// Inflates one piece of input; true at the end of the stream.
    fn inflate<R: FnMut(&[u8]) -> bool>(
        &mut self,
        mut input: &[u8],
        room: usize,
        last: bool,
        seen: &mut Seen<'_, R>,
    ) -> Result<bool, EntryError> {
        let flush = if last { FlushDecompress::Finish } else { FlushDecompress::None };
        loop {
            let out = self.out.get_mut(..room).unwrap_or_default();
            let (before_in, before_out) = (self.decompress.total_in(), self.decompress.total_out());
            let status = self.decompress.decompress(input, out, flush).map_err(|_| EntryError::Corrupt)?;
            let used = usize::try_from(self.decompress.total_in() - before_in).unwrap_or(0);
            let made = usize::try_from(self.decompress.total_out() - before_out).unwrap_or(0);
            input = input.get(used..).unwrap_or_default();
            seen.pass(out.get(..made).unwrap_or_default())?;
            match status {
                Status::StreamEnd => return Ok(true),
                // Nothing moved: the input is used up and more is needed.
                _ if used == 0 && made == 0 => return Ok(false),
                Status::Ok | Status::BufError => {}
            }
        }
    }
}

fn stored<S: ByteSource, R: FnMut(&[u8]) -> bool>(
    source: &S,
    entry: &Entry,
    data: Range<u64>,
    seen: &mut Seen<'_, R>,
) -> Result<(), EntryError> {
    // More in the zip than declared is found by the first byte too many.
    let end = data.end.min(data.start.saturating_add(entry.size).saturating_add(1));
    let mut offset = data.start;
    while offset < end {
        let piece = if entry.size <= SMALL { end - offset } else { (end - offset).min(CHUNK as u64) };
        seen.pass(&source.read(offset, usize::try_from(piece).unwrap_or(0))?)?;
        offset += piece;
    }
    Ok(())
}

/// Where the data of an entry begins, by its local header. Go looks at nothing else in that.
fn data_offset<S: ByteSource>(source: &S, entry: &Entry) -> Result<u64, EntryError> {
    let header = source.read(entry.header, 30)?;
    let mut fields = Fields(&header);
    if fields.take(4) != Some(b"PK\x03\x04") {
        return Err(EntryError::Header);
    }
    let lengths = fields.skip(22).and_then(|()| Some((fields.u16()?, fields.u16()?)));
    let (name, extra) = lengths.ok_or(EntryError::Header)?;
    Ok(entry.header + 30 + u64::from(name) + u64::from(extra))
}

/// The CRC-32 of the data descriptor, which may or may not begin with a signature.
fn descriptor_crc<S: ByteSource>(source: &S, offset: u64) -> Result<u32, EntryError> {
    let first = source.read(offset, 4)?;
    let signed = *first == *b"PK\x07\x08";
    let descriptor = source.read(offset, if signed { 16 } else { 12 })?;
    let mut fields = Fields(&descriptor);
    if signed {
        fields.skip(4);
    }
    fields.u32().ok_or(EntryError::TooShort)
}
