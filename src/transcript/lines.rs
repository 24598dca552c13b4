//! Bytes become lines: any encoding, any length, constant memory.

use std::io::{self, BufRead, BufReader, Cursor, Read};

/// The most bytes that are kept of a line; the rest of it is passed over.
pub const MAX_LINE: usize = 64 << 10;

/// The lines of a log, as UTF-8 with what is none replaced.
pub(super) struct Lines<'r> {
    source: Box<dyn BufRead + 'r>,
    bytes: Vec<u8>,
}

impl<'r> Lines<'r> {
    /// Looks at the first bytes: PowerShell writes UTF-16.
    pub(super) fn new(mut source: impl Read + 'r) -> io::Result<Self> {
        let mut head = Vec::with_capacity(HEAD);
        source.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
        let unit: Option<fn([u8; 2]) -> u16> = match head.as_slice() {
            [0xff, 0xfe, ..] => Some(u16::from_le_bytes),
            [0xfe, 0xff, ..] => Some(u16::from_be_bytes),
            _ => without_mark(&head),
        };
        let source: Box<dyn BufRead + 'r> = match unit {
            Some(unit) => {
                let marked = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
                let rest = head.split_off(if marked { 2 } else { 0 });
                let source = BufReader::new(Cursor::new(rest).chain(source));
                Box::new(BufReader::new(Utf16 { source, unit, high: None }))
            }
            None => Box::new(BufReader::new(Cursor::new(head).chain(source))),
        };
        Ok(Self { source, bytes: Vec::new() })
    }

    /// The next line without its end; `None` behind the last.
    pub(super) fn next(&mut self) -> io::Result<Option<String>> {
        self.bytes.clear();
        let mut any = false;
        loop {
            let buffer = match self.source.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let (line, used) = end.map_or((buffer, buffer.len()), |at| (&buffer[..at], at + 1));
            let room = MAX_LINE - self.bytes.len();
            self.bytes.extend_from_slice(&line[..line.len().min(room)]);
            self.source.consume(used);
            if end.is_some() {
                break;
            }
        }
        Ok(any.then(|| text(&self.bytes)))
    }
}

/// So much is looked at to tell the encoding.
const HEAD: usize = 64;

/// The order of UTF-16 that has lost its mark: of the Latin letters of a log every other byte is zero.
fn without_mark(head: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match head.len() / 2 {
        4.. if even == 0 && odd * 4 >= head.len() => Some(u16::from_le_bytes),
        4.. if odd == 0 && even * 4 >= head.len() => Some(u16::from_be_bytes),
        _ => None,
    }
}

/// UTF-8; what is none may be the Chinese of Windows (GB 18030), which its programs write where no terminal
/// asks for something else.
fn text(bytes: &[u8]) -> String {
    let Err(_) = std::str::from_utf8(bytes) else { return String::from_utf8_lossy(bytes).into_owned() };
    let (chinese, broken) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    let common = |c: char| {
        ('\u{4e00}'..='\u{9fff}').contains(&c)
            || ('\u{3000}'..='\u{303f}').contains(&c)
            || ('\u{ff00}'..='\u{ffef}').contains(&c)
    };
    let foreign = chinese.chars().filter(|c| !c.is_ascii()).count();
    // A cut character of UTF-8 is no Chinese: of that all is common.
    if !broken && foreign > 1 && chinese.chars().filter(|c| !c.is_ascii()).all(common) {
        return chinese.into_owned();
    }
    String::from_utf8_lossy(bytes).into_owned()
}

/// UTF-16 read as UTF-8.
struct Utf16<R> {
    source: R,
    unit: fn([u8; 2]) -> u16,
    /// A high surrogate whose low one is in the next piece.
    high: Option<u16>,
}

/// So many code units at a time; each becomes at most three bytes.
const UNITS: usize = 1_024;

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let most = (out.len() / 4).saturating_sub(1).min(UNITS);
        if most == 0 {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut bytes = Vec::with_capacity(most * 2);
        self.source.by_ref().take(most as u64 * 2).read_to_end(&mut bytes)?;
        let units = bytes.chunks_exact(2).map(|pair| (self.unit)([pair[0], pair[1]]));
        let mut units: Vec<u16> = self.high.take().into_iter().chain(units).collect();
        if bytes.len() == most * 2
            && let Some(high) = units.pop_if(|last| (0xd800..0xdc00).contains(last))
        {
            self.high = Some(high);
        }
        let text = String::from_utf16_lossy(&units);
        out[..text.len()].copy_from_slice(text.as_bytes());
        Ok(text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(bytes).unwrap();
        std::iter::from_fn(|| lines.next().unwrap()).collect()
    }

    #[test]
    fn a_long_line_is_cut_and_its_rest_is_no_line() {
        let text = format!("{}\nb\n\nc", "a".repeat(MAX_LINE * 5 + 3));
        let lines = all(text.as_bytes());
        assert_eq!(lines.iter().map(String::len).collect::<Vec<_>>(), [MAX_LINE, 1, 0, 1]);
    }

    #[test]
    fn utf16_of_either_order_is_read() {
        let text = format!("go: 失败 \u{1f600}\r\n{}", "\u{1f600}x".repeat(3_000));
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let bytes: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(order).collect();
            assert_eq!(all(&bytes), text.split('\n').collect::<Vec<_>>());
            let unmarked: Vec<u8> = "go: a.example/b: x\n失败".encode_utf16().flat_map(order).collect();
            assert_eq!(all(&unmarked), ["go: a.example/b: x", "失败"]);
        }
    }

    #[test]
    fn the_chinese_of_windows_is_read() {
        let (bytes, ..) = encoding_rs::GBK.encode("go: x: 由于目标计算机积极拒绝，无法连接。");
        assert_eq!(all(&bytes), ["go: x: 由于目标计算机积极拒绝，无法连接。"]);
        assert_eq!(all("é\nLatin1: ".as_bytes()), ["é", "Latin1: "]);
        assert_eq!(all(b"Latin-1: caf\xe9"), ["Latin-1: caf\u{fffd}"]);
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        assert_eq!(all(b"\xffa\n\xfe"), ["\u{fffd}a", "\u{fffd}"]);
        assert_eq!(all(b""), Vec::<String>::new());
        assert_eq!(all(b"\xff\xfea"), Vec::<String>::new());
    }
}
