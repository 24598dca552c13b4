//! What is odd about the directory of a zip: the only reasons for which two readers may differ about it.
//!
//! Go is the measure. Each reason says what Go does, and what the `zip` crate does instead.

use std::collections::HashSet;

/// A reason for which readers may differ about which entries there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// There are several end records. Go takes the last one; the crate goes on to an earlier one that fits better.
    SeveralEnds,
    /// The last end record is cut, or its comment is. The crate may take this for a stray signature.
    EndCut,
    /// Numbers of disks. Go ignores them; the crate refuses more than one.
    Disks,
    /// The 64-bit records are not as they should be, or the 32-bit one does not call for them as it should: Go takes
    /// 0xffff for a full size, and needs no full size; the crate looks for a record that ends at the locator.
    Sixty4,
    /// The directory does not stand where its size and offset say. Go trusts these; the crate looks for a header.
    Elsewhere,
    /// There are more or fewer headers than the record says, or they do not end at it. Go reads headers as long as
    /// there are any and compares the last 16 bits of the count; the crate reads as many as the record says.
    Count,
    /// A name stands there twice. Go has both entries; the crate has one.
    Twice,
    /// Extra fields that only the crate reads (names, times), and those that are cut or of other lengths, which Go
    /// passes over.
    Extra,
}

const HEADER: usize = 46;
const END: usize = 22;

/// All that is odd; nothing is about a zip without an end record, which no reader takes for one.
pub fn look(zip: &[u8]) -> Vec<Odd> {
    let mut odd = Vec::new();
    let ends: Vec<usize> = places(zip, b"PK\x05\x06").collect();
    if ends.len() > 1 {
        odd.push(Odd::SeveralEnds);
    }
    let Some(end) = ends.last().copied() else { return odd };
    let Some(record) = Record::read(zip, end, &mut odd) else {
        odd.push(Odd::EndCut);
        return odd;
    };
    directory(zip, &record, &mut odd);
    odd.dedup();
    odd
}

/// What the end records say of the directory.
struct Record {
    count: u64,
    size: u64,
    offset: u64,
    /// Where the directory should end.
    end: u64,
}

impl Record {
    fn read(zip: &[u8], end: usize, odd: &mut Vec<Odd>) -> Option<Self> {
        let [disk, of_directory, here, count] = [4, 6, 8, 10].map(|at| number::<2>(zip, end + at));
        let (size, offset) = (number::<4>(zip, end + 12)?, number::<4>(zip, end + 16)?);
        if end + END + usize::try_from(number::<2>(zip, end + 20)?).ok()? > zip.len() {
            return None;
        }
        if (disk, of_directory) != (Some(0), Some(0)) || here != count {
            odd.push(Odd::Disks);
        }
        let record = Self { count: count?, size, offset, end: end as u64 };
        let full = [record.count == 0xffff, size == 0xffff_ffff, offset == 0xffff_ffff];
        if full == [false; 3] && size != 0xffff {
            return Some(record);
        }
        Self::read_64(zip, end).filter(|_| full == [true; 3]).or_else(|| {
            odd.push(Odd::Sixty4);
            Some(record)
        })
    }

    /// The 64-bit records, where all of them is as it should be.
    fn read_64(zip: &[u8], end: usize) -> Option<Self> {
        let locator = end.checked_sub(20)?;
        let at = usize::try_from(number::<8>(zip, locator + 8)?).ok().filter(|at| *at < locator)?;
        let plain = zip.get(locator..)?.starts_with(b"PK\x06\x07")
            && (number::<4>(zip, locator + 4)?, number::<4>(zip, locator + 16)?) == (0, 1)
            && zip.get(at..)?.starts_with(b"PK\x06\x06")
            && at + 56 == locator
            && number::<8>(zip, at + 4)? == 44
            && number::<8>(zip, at + 16)? == 0
            && number::<8>(zip, at + 24)? == number::<8>(zip, at + 32)?;
        let [count, size, offset] = [32, 40, 48].map(|field| number::<8>(zip, at + field));
        plain.then_some(Self { count: count?, size: size?, offset: offset?, end: at as u64 })
    }
}

fn directory(zip: &[u8], record: &Record, odd: &mut Vec<Odd>) {
    let stands_at = |at: u64| usize::try_from(at).is_ok_and(|at| zip.get(at..).is_some_and(is_header));
    let start = record.end.checked_sub(record.size);
    let Some((start, base)) = start.and_then(|start| Some((start, start.checked_sub(record.offset)?))) else {
        return odd.push(Odd::Elsewhere);
    };
    if base > 0 && stands_at(record.offset) {
        odd.push(Odd::Elsewhere);
    }
    let (mut at, mut count) = (usize::try_from(start).unwrap_or(usize::MAX), 0);
    let mut names = HashSet::new();
    while let Some(header) = zip.get(at..).filter(|rest| is_header(rest)) {
        let lengths = [28, 30, 32].map(|field| number::<2>(header, field).map(|length| length as usize));
        let [Some(name), Some(extra), Some(comment)] = lengths else { break };
        let (Some(name), Some(extra)) =
            (header.get(HEADER..HEADER + name), header.get(HEADER + name..HEADER + name + extra))
        else {
            break;
        };
        if !is_plain(header, extra) {
            odd.push(Odd::Extra);
        }
        if !names.insert(name) {
            odd.push(Odd::Twice);
        }
        at += HEADER + name.len() + extra.len() + comment;
        count += 1;
    }
    if (at as u64, count) != (record.end, record.count) {
        odd.push(Odd::Count);
    }
}

/// Whether the extra fields are unknown to all, but for the 64-bit one as it should be.
fn is_plain(header: &[u8], mut extra: &[u8]) -> bool {
    /// Fields that the crate reads: times, comments, names, encryption, alignments.
    const READ: &[u64] = &[0x000a, 0x5455, 0x6375, 0x7075, 0x9901, 0xa11e, 0xd935];
    let full = [20, 24, 42].iter().filter(|at| number::<4>(header, **at) == Some(0xffff_ffff)).count();
    let mut seen = 0;
    while !extra.is_empty() {
        let (Some(tag), Some(length)) = (number::<2>(extra, 0), number::<2>(extra, 2)) else { return false };
        let Some(rest) = extra.get(4 + length as usize..) else { return false };
        match tag {
            1 if seen == 0 && length as usize == full * 8 => seen = full,
            1 => return false,
            tag if READ.contains(&tag) => return false,
            _ => {}
        }
        extra = rest;
    }
    seen == full
}

fn is_header(data: &[u8]) -> bool {
    data.len() >= HEADER && data.starts_with(b"PK\x01\x02")
}

fn places<'a>(zip: &'a [u8], signature: &'a [u8; 4]) -> impl Iterator<Item = usize> + 'a {
    zip.windows(4).enumerate().filter(move |(_, window)| window == signature).map(|(at, _)| at)
}

fn number<const N: usize>(data: &[u8], at: usize) -> Option<u64> {
    let bytes = data.get(at..at.checked_add(N)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}
