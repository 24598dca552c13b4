//! Percent-encoding by Go's tables.

use super::UrlProblem;

/// The part of a URL whose rules apply.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Path,
    PathSegment,
    Host,
    Zone,
    User,
    Fragment,
}

/// Whether `byte` must be percent-encoded in this part.
pub(super) fn must_escape(byte: u8, mode: Mode) -> bool {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
        return false;
    }
    match mode {
        Mode::Host | Mode::Zone => !b"!$&'()*+,;=:[]<>\"".contains(&byte),
        Mode::Path => !b"$&+,/:;=@".contains(&byte),
        Mode::PathSegment => !b"$&+:=@".contains(&byte),
        Mode::User => !b"$&+,;=".contains(&byte),
        Mode::Fragment => !b"$&+,/:;=?@!()*".contains(&byte),
    }
}

/// Percent-encodes what must be.
pub(super) fn escape(text: &str, mode: Mode) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        if must_escape(byte, mode) {
            out.push(b'%');
            out.extend(DIGITS.get(usize::from(byte >> 4)));
            out.extend(DIGITS.get(usize::from(byte & 15)));
        } else {
            out.push(byte);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Percent-decodes. Bytes that are not UTF-8 after it become U+FFFD.
pub(super) fn unescape(text: &str, mode: Mode) -> Result<String, UrlProblem> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' {
            let escape = || UrlProblem::Escape(text.get(at..).unwrap_or_default().chars().take(3).collect());
            let digit = |offset: usize| bytes.get(at + offset).and_then(|byte| char::from(*byte).to_digit(16));
            let (Some(high), Some(low)) = (digit(1), digit(2)) else { return Err(escape()) };
            let value = u8::try_from(high * 16 + low).unwrap_or(b'%');
            // In a host only bytes beyond ASCII may be escaped, in a zone only what may stand there.
            if (mode == Mode::Host && value < 0x80 && value != b'%')
                || (mode == Mode::Zone && value != b'%' && value != b' ' && must_escape(value, Mode::Host))
            {
                return Err(escape());
            }
            out.push(value);
            at += 3;
            continue;
        }
        if matches!(mode, Mode::Host | Mode::Zone) && byte < 0x80 && must_escape(byte, mode) {
            return Err(UrlProblem::HostCharacter(char::from(byte)));
        }
        out.push(byte);
        at += 1;
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// Whether `text` may stand as an encoded path.
pub(super) fn is_valid_path(text: &str) -> bool {
    text.bytes().all(|byte| b"!$&'()*+,;=:@[]%".contains(&byte) || !must_escape(byte, Mode::Path))
}
