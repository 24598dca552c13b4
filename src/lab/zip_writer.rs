//! A zip file of stored entries, as small as the format allows.

/// The bytes of a zip that holds the files in the given order. Times are all zero, so that the
/// same files give the same bytes. What the format cannot count (4 GiB, 65,535 files) makes a zip that no
/// reader takes.
pub(super) fn zip<'a>(files: impl IntoIterator<Item = (String, &'a [u8])>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut directory = Vec::new();
    let mut count: u16 = 0;
    for (name, content) in files {
        let offset = size(out.len());
        let length = size(content.len());
        let name_len = u16::try_from(name.len()).unwrap_or(u16::MAX);
        let mut shared = Vec::new();
        // Version needed, flags (UTF-8 names), method (stored), time, date (1980-01-01).
        for field in [20_u16, 0x0800, 0, 0, 0x21] {
            shared.extend(field.to_le_bytes());
        }
        for field in [crc32fast::hash(content), length, length] {
            shared.extend(field.to_le_bytes());
        }
        shared.extend(name_len.to_le_bytes());
        shared.extend(0_u16.to_le_bytes());

        out.extend(b"PK\x03\x04");
        out.extend(&shared);
        out.extend(name.as_bytes());
        out.extend(content);

        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&shared);
        // Comment length, disk, internal attributes, external attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
        count = count.saturating_add(1);
    }
    let start = size(out.len());
    let length = size(directory.len());
    out.extend(directory);
    out.extend(b"PK\x05\x06");
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

fn size(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
