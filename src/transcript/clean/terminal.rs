//! What was meant for a terminal: colours, links, cursor moves.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::ascii::Regex;
use crate::foreign::redact;

/// The same where the escape character was made visible, or is gone.
static WRITTEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:␛|\^\[|\\x1[bB]|\\u001[bB]|\\033|\\e)\[[0-9;]*[mKGHJ]|\[(?:[0-9]{1,2};)*[0-9]{1,2}m|\[0?K").ok()
});

const ESCAPE: u8 = 0x1b;

pub(super) fn plain(line: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(line);
    if line.contains('\u{1b}') {
        // A stray escape character takes the first letter of a word with it, and `uthorization:` gives no secret away.
        let line = redact(line);
        let mut bytes = Vec::with_capacity(line.len());
        without_sequences(line.as_bytes(), &mut bytes);
        text = Cow::Owned(String::from_utf8(bytes).unwrap_or_else(|_| line.replace('\u{1b}', "")));
    }
    if text.contains(['m', 'K']) && text.contains('[') {
        text = replaced(&WRITTEN, text);
    }
    text
}

/// Appends `text` to `out` without the control sequences of ECMA-48; the text of a link (OSC 8) stays, and so
/// does every line end.
pub(in crate::transcript) fn without_sequences(text: &[u8], out: &mut Vec<u8>) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(ESCAPE, rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        rest = &rest[sequence(rest)..];
    }
    out.extend_from_slice(rest);
}

/// How many bytes behind an escape character belong to its sequence.
fn sequence(rest: &[u8]) -> usize {
    let run = |from: usize, belongs: fn(&u8) -> bool| {
        rest.iter().skip(from).position(|byte| !belongs(byte)).map_or(rest.len(), |at| from + at)
    };
    let ends = |at: usize, finals: std::ops::RangeInclusive<u8>| rest.get(at).is_some_and(|byte| finals.contains(byte));
    match rest.first() {
        // CSI: parameters, intermediates, one final byte.
        Some(b'[') => {
            let parameters = run(1, |byte| (0x30..=0x3f).contains(byte));
            let end = run(parameters, |byte| (0x20..=0x2f).contains(byte));
            if ends(end, 0x40..=0x7e) { end + 1 } else { 0 }
        }
        // OSC, DCS and the like: up to a bell or another escape character.
        Some(b']' | b'P' | b'^' | b'_' | b'X') => {
            let end = run(1, |byte| !matches!(byte, 0x07 | &ESCAPE | b'\n'));
            match rest.get(end..) {
                Some([0x07, ..]) => end + 1,
                Some([ESCAPE, b'\\', ..]) => end + 2,
                _ => end,
            }
        }
        _ => {
            let end = run(0, |byte| (0x20..=0x2f).contains(byte));
            if ends(end, 0x30..=0x7e) { end + 1 } else { 0 }
        }
    }
}

fn replaced<'t>(regex: &LazyLock<Option<Regex>>, text: Cow<'t, str>) -> Cow<'t, str> {
    let Some(regex) = regex.as_ref() else { return text };
    match regex.replace_all(&text, |_| String::new()) {
        Cow::Borrowed(_) => text,
        Cow::Owned(plain) => Cow::Owned(plain),
    }
}
