//! Bytes become lines: any encoding, any length, constant memory.

use std::collections::VecDeque;
use std::io::{self, BufReader, Cursor, Read};
use std::ops::Range;

use super::signs::{ABOVE, regions};

/// The most bytes that are kept of a line; the rest of it is passed over.
pub const MAX_LINE: usize = 64 << 10;
/// How much is read and searched for signs at a time.
const BLOCK: usize = 4 * MAX_LINE;

/// The lines of a log, as UTF-8 with what is none replaced.
pub(super) struct Lines<'r> {
    source: Box<dyn Read + 'r>,
    ended: bool,
    /// Why reading ended; told when all that was read is.
    failed: Option<io::Error>,
    block: Vec<u8>,
    filled: usize,
    /// Where the last whole line of the block ends; what follows comes with the next block.
    whole: usize,
    /// Where the next line begins.
    at: usize,
    /// Whether the bytes there still belong to a line that was longer than a block.
    in_cut_line: bool,
    /// Whether the log is no longer than this block.
    is_short: bool,
    /// The parts of the block that may matter; `None` until it is searched.
    regions: Option<VecDeque<Range<usize>>>,
    /// How many bytes behind the block belong to the last of them.
    owed: usize,
    plain: Vec<u8>,
    text: String,
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
        let source: Box<dyn Read + 'r> = match unit {
            Some(unit) => {
                let marked = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
                let rest = head.split_off(if marked { 2 } else { 0 });
                Box::new(Utf16 { source: BufReader::new(Cursor::new(rest).chain(source)), unit, high: None })
            }
            None => Box::new(Cursor::new(head).chain(source)),
        };
        let mut lines = Self {
            source,
            ended: false,
            failed: None,
            block: vec![0; BLOCK],
            filled: 0,
            whole: 0,
            at: 0,
            in_cut_line: false,
            is_short: false,
            regions: None,
            owed: 0,
            plain: Vec::new(),
            text: String::new(),
        };
        lines.fill();
        lines.is_short = lines.ended;
        Ok(lines)
    }

    /// The next line without its end; `None` behind the last.
    pub(super) fn next(&mut self) -> io::Result<Option<&str>> {
        self.end_cut_line();
        if self.at == self.whole && !self.fill() {
            return self.failed.take().map_or(Ok(None), Err);
        }
        let rest = &self.block[self.at..self.whole];
        let end = memchr::memchr(b'\n', rest);
        text(&rest[..end.unwrap_or(rest.len()).min(MAX_LINE)], &mut self.text);
        self.in_cut_line = end.is_none();
        self.at = end.map_or(self.whole, |end| self.at + end + 1);
        Ok(Some(&self.text))
    }

    /// Passes over whole lines that are far from any sign, and says how many. A log that is no longer than a block
    /// is a ticket, of which every line counts.
    pub(super) fn pass_over(&mut self) -> usize {
        self.end_cut_line();
        let mut passed = 0;
        while !self.is_short {
            if self.regions.is_none() {
                let (regions, owed) = regions(&self.block[..self.whole], self.owed, &mut self.plain);
                (self.regions, self.owed) = (Some(regions), owed);
            }
            let regions = self.regions.get_or_insert_default();
            while regions.pop_front_if(|region| region.end <= self.at).is_some() {}
            if let Some(begin) = regions.front().map(|region| region.start) {
                passed += self.skip_to(begin);
                break;
            }
            let last = self.last_lines();
            passed += self.skip_to(last);
            if !self.fill() {
                break;
            }
        }
        passed
    }

    fn skip_to(&mut self, next: usize) -> usize {
        if next <= self.at {
            return 0;
        }
        let passed = memchr::memchr_iter(b'\n', &self.block[self.at..next]).count();
        self.at = next;
        passed
    }

    /// Where the last lines of the block begin, which may belong to a sign in the next one.
    fn last_lines(&self) -> usize {
        if self.ended {
            return self.whole;
        }
        let from = self.whole.saturating_sub(ABOVE);
        memchr::memchr(b'\n', &self.block[from..self.whole]).map_or(self.whole, |end| from + end + 1)
    }

    /// Passes over what is left of a line that was longer than a block.
    fn end_cut_line(&mut self) {
        while self.in_cut_line {
            match memchr::memchr(b'\n', &self.block[self.at..self.whole]) {
                Some(end) => {
                    self.at += end + 1;
                    self.in_cut_line = false;
                }
                None => {
                    self.at = self.whole;
                    self.in_cut_line = self.fill();
                }
            }
        }
    }

    /// Reads behind what is not read yet, as much as there is room for; whether there is anything.
    fn fill(&mut self) -> bool {
        self.block.copy_within(self.at..self.filled, 0);
        (self.filled, self.at, self.regions) = (self.filled - self.at, 0, None);
        while !self.ended && self.filled < BLOCK {
            match self.source.read(&mut self.block[self.filled..]) {
                Ok(read) => {
                    self.ended = read == 0;
                    self.filled += read;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => (self.ended, self.failed) = (true, Some(error)),
            }
        }
        let whole = memchr::memrchr(b'\n', &self.block[..self.filled]).map_or(0, |end| end + 1);
        self.whole = if self.ended || whole == 0 { self.filled } else { whole };
        self.whole > 0
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
fn text(bytes: &[u8], into: &mut String) {
    into.clear();
    if let Ok(text) = std::str::from_utf8(bytes) {
        into.push_str(text);
        return;
    }
    let (chinese, broken) = encoding_rs::GB18030.decode_without_bom_handling(bytes);
    let common = |c: char| {
        ('\u{4e00}'..='\u{9fff}').contains(&c)
            || ('\u{3000}'..='\u{303f}').contains(&c)
            || ('\u{ff00}'..='\u{ffef}').contains(&c)
    };
    let foreign = chinese.chars().filter(|c| !c.is_ascii()).count();
    // A cut character of UTF-8 is no Chinese: of that all is common.
    let is_chinese = !broken && foreign > 1 && chinese.chars().filter(|c| !c.is_ascii()).all(common);
    into.push_str(&if is_chinese { chinese } else { String::from_utf8_lossy(bytes) });
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
        std::iter::from_fn(|| lines.next().unwrap().map(str::to_owned)).collect()
    }

    /// The lines that are not passed over, with their numbers.
    fn read(log: &str) -> Vec<(usize, String)> {
        let mut lines = Lines::new(log.as_bytes()).unwrap();
        let (mut found, mut number) = (Vec::new(), 0);
        loop {
            number += lines.pass_over() + 1;
            match lines.next().unwrap() {
                Some(line) => found.push((number, line.to_owned())),
                None => return found,
            }
        }
    }

    #[test]
    fn far_from_signs_lines_are_passed_over_and_counted() {
        let plain = "ok a 0.1s\n".repeat(100_000);
        let long = "x".repeat(BLOCK * 2);
        let log = format!("{plain}go: a\n{plain}{plain}\u{1b}[31mg\u{1b}[0mo: b\n{long}go: c\n{plain}go: d");
        let found = read(&log);
        let number = |wanted: &str| found.iter().find(|(_, line)| line == wanted).map(|(number, _)| *number);
        assert_eq!(number("go: a"), Some(100_001));
        assert_eq!(number("\u{1b}[31mg\u{1b}[0mo: b"), Some(300_002));
        assert_eq!(number(&"x".repeat(MAX_LINE)), Some(300_003));
        assert_eq!(number("go: d"), Some(400_004));
        assert!(found.len() < 2_000, "{}", found.len());
    }

    #[test]
    fn wherever_a_block_ends_what_is_around_a_sign_is_read() {
        let block = "plain log\n".repeat(BLOCK / 10 - 300);
        for shift in 0..600 {
            let log = format!("{block}{}fatal\ngo: a\nbelow\n{block}", "123456789\n".repeat(shift));
            let found = read(&log);
            let at = found.iter().position(|(_, line)| line == "go: a").unwrap();
            let around: Vec<&str> = found[at - 1..=at + 1].iter().map(|(_, line)| line.as_str()).collect();
            assert_eq!(around, ["fatal", "go: a", "below"], "{shift}");
            assert_eq!(found[at].0, block.len() / 10 + shift + 2);
        }
    }

    #[test]
    fn of_a_short_log_every_line_is_read() {
        assert_eq!(read("a\n\nb").len(), 3);
        assert_eq!(read("").len(), 0);
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
