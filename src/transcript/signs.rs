//! Which parts of a long log may matter: those around a sign.
//!
//! A build log has a million lines of which a handful matter. The go command names itself, its files, its
//! settings or a module version in what it says of a failure; a few such words are looked for all at once, many
//! bytes at a time, and only what stands around them is looked at line by line.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::packed;

use super::clean::without_sequences;

/// Words of go, in the case in which go writes them, without first letters that others write large. More than
/// fifty make the search slow.
const SIGNS: &[&str] = &[
    // Where go speaks, and what it speaks of.
    "go: ",
    "go.mod",
    "go.sum",
    "go.work",
    ".go:",
    "/@v/",
    "@v0.",
    "@v1.",
    "@v2.",
    "odule ",
    "oolchain",
    "go-get=1",
    "umdb",
    // Settings and releases.
    "GOPR",
    "GOFLAGS",
    "GO11",
    "_PROXY",
    "_proxy",
    "go version ",
    "golang:1.",
    "GOVERSION",
    "running go ",
    "Go version ",
    // What it does, and what went wrong.
    "# get ",
    "/vcs/",
    "hecksum",
    "import path",
    "annot find",
    "annot load",
    "load package",
    "erifying ",
    "exit status",
    "alformed",
    "nknown revision",
    "nvalid version",
    "go mod ",
    "go get ",
    "-mod=",
    "proxyconnect",
    // The log of a module proxy.
    "/tmp/athens",
];
/// So many bytes above a line with a sign may belong to it: what git said first.
pub(super) const ABOVE: usize = 2 << 10;
/// So many bytes below it: what git and servers said, and the settings that follow.
const BELOW: usize = 2 << 10;
const ESCAPE: u8 = 0x1b;

static SEARCH: LazyLock<Option<packed::Searcher>> = LazyLock::new(|| packed::Searcher::new(SIGNS));

/// The parts of a block that may matter, each of whole lines, and how many bytes behind the block still belong to
/// the last one. As many bytes as `owed` belong to the one before. `plain` is room to work in.
pub(super) fn regions(block: &[u8], owed: usize, plain: &mut Vec<u8>) -> (VecDeque<Range<usize>>, usize) {
    let mut regions = VecDeque::new();
    if owed > 0 {
        regions.push_back(0..line_end(block, owed));
    }
    let mut reach = owed;
    for begin in lines_with_signs(block, plain) {
        reach = begin + BELOW;
        let end = line_end(block, reach);
        match regions.back_mut() {
            Some(last) if begin <= last.end + ABOVE => last.end = last.end.max(end),
            _ => regions.push_back(line_begin(block, begin.saturating_sub(ABOVE))..end),
        }
    }
    (regions, reach.saturating_sub(block.len()))
}

/// Where lines with signs begin. What is not ASCII may be go in another language, and counts as a sign.
fn lines_with_signs(block: &[u8], plain: &mut Vec<u8>) -> Vec<usize> {
    let coloured = memchr::memchr(ESCAPE, block).is_some();
    if coloured {
        plain.clear();
        without_sequences(block, plain);
    }
    let text = if coloured { plain.as_slice() } else { block };
    let mut found = Vec::new();
    match SEARCH.as_ref() {
        Some(search) => each_line(text, &mut found, |rest| Some(search.find(rest)?.start())),
        None => each_line(text, &mut found, |rest| (!rest.is_empty()).then_some(0)),
    }
    each_line(text, &mut found, not_ascii);
    found.sort_unstable();
    let (mut begin, mut seen) = (0, 0);
    let begin_of = |at: usize| {
        // The sequences hold no line ends: a line has the same number with and without them.
        let passed = memchr::memchr_iter(b'\n', &text[seen..at]).count();
        if passed > 0 {
            begin += memchr::memchr_iter(b'\n', &block[begin..]).nth(passed - 1).map_or(0, |end| end + 1);
        }
        seen = at;
        begin
    };
    let mut begins: Vec<usize> = found.into_iter().map(begin_of).collect();
    begins.dedup();
    begins
}

/// Adds the first place in each line at which `find` finds something, but for what go is doing.
fn each_line(text: &[u8], found: &mut Vec<usize>, find: impl Fn(&[u8]) -> Option<usize>) {
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(&find) {
        at += next;
        if is_progress(&text[at..]) {
            at += "go: ".len();
            continue;
        }
        found.push(at);
        match memchr::memchr(b'\n', &text[at..]) {
            Some(end) => at += end + 1,
            None => break,
        }
    }
}

fn not_ascii(text: &[u8]) -> Option<usize> {
    const PIECE: usize = 256;
    let piece = text.chunks(PIECE).position(|piece| !piece.is_ascii())? * PIECE;
    text[piece..].iter().position(|byte| !byte.is_ascii()).map(|at| piece + at)
}

/// Whether go only says what it is doing. Most of its lines are such, and what it says of a failure has a colon.
pub(super) fn is_progress(text: &[u8]) -> bool {
    let doing: [&[u8]; 3] = [b"go: downloading ", b"go: finding ", b"go: extracting "];
    let what = doing.into_iter().find_map(|doing| text.strip_prefix(doing));
    // In a string of JSON its line ends with a backslash.
    what.is_some_and(|what| !matches!(memchr::memchr3(b':', b'\n', b'\\', what), Some(at) if what[at] == b':'))
}

fn line_begin(block: &[u8], at: usize) -> usize {
    memchr::memrchr(b'\n', &block[..at]).map_or(0, |end| end + 1)
}

fn line_end(block: &[u8], at: usize) -> usize {
    block.get(at..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(block.len(), |end| at + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(block: &str, owed: usize) -> (Vec<(usize, usize)>, usize) {
        let (regions, owed) = regions(block.as_bytes(), owed, &mut Vec::new());
        (regions.into_iter().map(|region| (region.start, region.end)).collect(), owed)
    }

    #[test]
    fn the_search_is_a_packed_one() {
        assert!(SEARCH.is_some() && SIGNS.len() <= 50);
        for sign in SIGNS {
            assert_eq!(lines_with_signs(format!("a\nb {sign}\nc").as_bytes(), &mut Vec::new()), [2], "{sign}");
        }
    }

    #[test]
    fn what_is_around_a_sign_belongs_to_it() {
        let plain = "plain text\n".repeat(1_000);
        let block = format!("{plain}go: a\n{plain}go: downloading a v1\n{plain}\u{1b}[1mg\u{1b}[0mo: b\n{plain}é\n");
        let (parts, owed) = parts(&block, 5_000);
        let sign = plain.len();
        assert_eq!(parts.len(), 4, "{parts:?}");
        assert_eq!(parts[0], (0, 5_005));
        assert!(parts[1].0 <= sign - ABOVE && parts[1].0 > sign - ABOVE - 11, "{parts:?}");
        assert!(parts[1].1 >= sign + BELOW && parts[1].1 < sign + BELOW + 11, "{parts:?}");
        assert_eq!((parts[3].1, owed), (block.len(), BELOW - 3));
    }

    #[test]
    fn what_go_is_doing_is_no_sign_and_what_fails_is_one() {
        assert!(is_progress(b"go: downloading a.b/c v1.0.0\ngo: x"));
        assert!(!is_progress(b"go: downloading a.b/c v1.0.0: no\n") && !is_progress(b"go: x"));
    }
}
