//! Opening and reading single files of a cache.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::golang::module_zip::ByteSource;

/// Why a file has no content for us.
#[derive(Debug)]
pub(super) enum Failure {
    Missing,
    /// A folder, FIFO, device or the like.
    NotRegular,
    TooLarge,
    Other(io::Error),
}

impl Failure {
    pub(super) fn reason(&self) -> String {
        match self {
            Self::Missing => "no such file".to_owned(),
            Self::NotRegular => "not a regular file".to_owned(),
            Self::TooLarge => "too large".to_owned(),
            Self::Other(error) => error.to_string(),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            _ => Self::Other(error),
        }
    }
}

/// Opens a regular file below `cache/download`. Links are followed there, as go does; the type is
/// looked at first, since opening a device may act on it.
pub(super) fn open(path: &Path) -> Result<(File, About), Failure> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(Failure::NotRegular);
    }
    regular(open_at_once(path)?)
}

/// What the system tells of an open file.
pub(super) struct About {
    /// Its size in bytes.
    pub len: u64,
    /// Whether its owner cannot read it, or everybody can write it. go makes no such files.
    pub odd_mode: bool,
    /// Whose it is; none where the system knows no such.
    pub owner: Option<u32>,
}

/// The older call is enough, and the cheapest.
#[cfg(unix)]
pub(super) fn regular(file: File) -> Result<(File, About), Failure> {
    use rustix::fs::{FileType, fstat};
    let stat = fstat(&file).map_err(io::Error::from)?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(Failure::NotRegular);
    }
    let odd_mode = stat.st_mode & 0o400 == 0 || stat.st_mode & 0o002 != 0;
    let len = u64::try_from(stat.st_size).unwrap_or(0);
    Ok((file, About { len, odd_mode, owner: Some(stat.st_uid) }))
}

#[cfg(not(unix))]
pub(super) fn regular(file: File) -> Result<(File, About), Failure> {
    let metadata = file.metadata()?;
    let about = About { len: metadata.len(), odd_mode: false, owner: None };
    if metadata.is_file() { Ok((file, about)) } else { Err(Failure::NotRegular) }
}

#[cfg(unix)]
fn open_at_once(path: &Path) -> io::Result<File> {
    Ok(File::from(rustix::fs::open(path, FLAGS, rustix::fs::Mode::empty())?))
}

/// Never waits for the writer of a FIFO.
#[cfg(unix)]
pub(super) const FLAGS: rustix::fs::OFlags = rustix::fs::OFlags::RDONLY
    .union(rustix::fs::OFlags::NONBLOCK)
    .union(rustix::fs::OFlags::NOCTTY)
    .union(rustix::fs::OFlags::CLOEXEC);

#[cfg(not(unix))]
fn open_at_once(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Reads a file of at most `limit` bytes below `cache/download`.
pub(super) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    let (file, about) = open(path)?;
    if about.len > limit {
        return Err(Failure::TooLarge);
    }
    let mut data = Vec::with_capacity(usize::try_from(about.len).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut data)?;
    if data.len() as u64 > limit { Err(Failure::TooLarge) } else { Ok(data) }
}

/// Up to this size a zip is read at once.
const WHOLE: u64 = 1 << 20;

/// A zip, in memory or on the disk.
pub(super) enum ZipFile {
    Whole(Vec<u8>),
    OnDisk(File, u64),
}

impl ZipFile {
    /// Opens it; reads a small one `at_once`.
    pub(super) fn open(path: &Path, at_once: bool) -> Result<Self, Failure> {
        let (mut file, about) = open(path)?;
        if !at_once || about.len > WHOLE {
            return Ok(Self::OnDisk(file, about.len));
        }
        let mut data = Vec::with_capacity(usize::try_from(about.len).unwrap_or(0) + 1);
        (&mut file).take(WHOLE + 1).read_to_end(&mut data)?;
        Ok(Self::Whole(data))
    }
}

impl ZipFile {
    /// Fills `data` from `offset`.
    pub(super) fn read_into(&self, offset: u64, data: &mut [u8]) -> io::Result<()> {
        match self {
            Self::OnDisk(file, _) => read_exact_at(file, data, offset),
            Self::Whole(_) => {
                data.copy_from_slice(&ByteSource::read(self, offset, data.len())?);
                Ok(())
            }
        }
    }
}

impl ByteSource for ZipFile {
    fn size(&self) -> u64 {
        match self {
            Self::Whole(data) => data.len() as u64,
            Self::OnDisk(_, size) => *size,
        }
    }

    fn read(&self, offset: u64, len: usize) -> io::Result<Cow<'_, [u8]>> {
        match self {
            Self::Whole(data) => data.read(offset, len),
            Self::OnDisk(_, size) if offset.checked_add(len as u64).is_none_or(|end| end > *size) => {
                Err(io::ErrorKind::UnexpectedEof.into())
            }
            Self::OnDisk(file, _) => {
                let mut data = vec![0; len];
                read_exact_at(file, &mut data, offset)?;
                Ok(Cow::Owned(data))
            }
        }
    }
}

#[cfg(unix)]
fn read_exact_at(file: &File, data: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, data, offset)
}

#[cfg(windows)]
fn read_exact_at(file: &File, mut data: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !data.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, data, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        data = data.get_mut(read..).unwrap_or_default();
        offset += read as u64;
    }
    Ok(())
}
