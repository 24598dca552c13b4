//! How Go quotes text (`%q`, strconv) and which characters it calls printable, letters or spaces.

use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::Regex;

static PRINTABLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\A[\p{L}\p{M}\p{N}\p{P}\p{S}]").ok());
static LETTER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\A\p{L}").ok());

fn is_in(class: &LazyLock<Option<Regex>>, c: char) -> bool {
    class.as_ref().is_some_and(|regex| regex.is_match(c.encode_utf8(&mut [0; 4])))
}

/// Whether Go calls the character printable (unicode.IsPrint): letters, marks, numbers,
/// punctuation, symbols and the ASCII space.
#[must_use]
pub fn is_printable(c: char) -> bool {
    if c.is_ascii() { (' '..='~').contains(&c) } else { is_in(&PRINTABLE, c) }
}

/// Whether Go calls the character a letter (unicode.IsLetter).
#[must_use]
pub fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { is_in(&LETTER, c) }
}

/// Text as Go's `%q` writes it: in double quotes, with what is not printable escaped.
#[must_use]
pub fn quote(text: &str) -> String {
    quote_with(text.chars(), '"')
}

/// A character as Go's `%q` writes it: in single quotes.
#[must_use]
pub fn quote_char(c: char) -> String {
    quote_with(std::iter::once(c), '\'')
}

fn quote_with(chars: impl Iterator<Item = char>, quote: char) -> String {
    let mut out = String::from(quote);
    for c in chars {
        match c {
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0b' => out.push_str("\\v"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if is_printable(c) => out.push(c),
            // Writing to a String cannot fail.
            c if (c as u32) < 0x20 || c == '\x7f' => _ = write!(out, "\\x{:02x}", c as u32),
            c if (c as u32) < 0x1_0000 => _ = write!(out, "\\u{:04x}", c as u32),
            c => _ = write!(out, "\\U{:08x}", c as u32),
        }
    }
    out.push(quote);
    out
}

/// What a double-quoted Go string means (strconv.Unquote); `None` where its syntax is wrong.
/// Escapes may make bytes that are no UTF-8.
#[must_use]
pub fn unquote(text: &[u8]) -> Option<Vec<u8>> {
    let mut rest = text.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut out = Vec::with_capacity(rest.len());
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'"' | b'\n' => return None,
            b'\\' => {
                let (kind, after) = rest.split_first()?;
                rest = unescape(*kind, after, &mut out)?;
            }
            byte => out.push(*byte),
        }
    }
    Some(out)
}

/// Reads what follows a backslash; gives what is left.
fn unescape<'a>(kind: u8, rest: &'a [u8], out: &mut Vec<u8>) -> Option<&'a [u8]> {
    let simple = |byte: u8, out: &mut Vec<u8>| {
        out.push(byte);
        Some(rest)
    };
    match kind {
        b'a' => simple(0x07, out),
        b'b' => simple(0x08, out),
        b'f' => simple(0x0c, out),
        b'n' => simple(b'\n', out),
        b'r' => simple(b'\r', out),
        b't' => simple(b'\t', out),
        b'v' => simple(0x0b, out),
        b'\\' | b'"' => simple(kind, out),
        b'0'..=b'7' => {
            let digits = rest.get(..2)?;
            let value = digits.iter().try_fold(u32::from(kind - b'0'), |value, digit| {
                (b'0'..=b'7').contains(digit).then(|| value * 8 + u32::from(digit - b'0'))
            })?;
            out.push(u8::try_from(value).ok()?);
            rest.get(2..)
        }
        b'x' | b'u' | b'U' => {
            let count = match kind {
                b'x' => 2,
                b'u' => 4,
                _ => 8,
            };
            let digits = rest.get(..count)?;
            if !digits.iter().all(u8::is_ascii_hexdigit) {
                return None;
            }
            let value = u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
            if kind == b'x' {
                out.push(u8::try_from(value).ok()?);
            } else {
                out.extend_from_slice(char::from_u32(value)?.encode_utf8(&mut [0; 4]).as_bytes());
            }
            rest.get(count..)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_is_that_of_strconv() {
        assert_eq!(
            quote("a\"b\\c\n\u{1}\u{7f}ä\u{feff}\u{1f600}\u{e000}\u{10ffff}"),
            r#""a\"b\\c\n\x01\x7fä\ufeff😀\ue000\U0010ffff""#
        );
        assert_eq!(quote_char('\''), r"'\''");
        assert_eq!(quote_char('"'), "'\"'");
        assert_eq!(quote_char('\u{feff}'), r"'\ufeff'");
        assert_eq!(quote("\u{a0}\u{80}"), r#""\u00a0\u0080""#);
    }

    #[test]
    fn unquoting() {
        for (text, meaning) in [
            (r#""a\tb""#, Some("a\tb".as_bytes())),
            (r#""\x41\101\u00e4\U0001f600""#, Some("AAä😀".as_bytes())),
            (r#""\xff""#, Some(b"\xff".as_slice())),
            (r#""\"""#, Some(b"\"".as_slice())),
            (r#"""#, None),
            (r#""a"b""#, None),
            (r#""\""#, None),
            (r#""\'""#, None),
            (r#""\400""#, None),
            (r#""\ud800""#, None),
            (r#""\x4""#, None),
            (r#""\q""#, None),
        ] {
            assert_eq!(unquote(text.as_bytes()).as_deref(), meaning, "{text}");
        }
    }

    #[test]
    fn classes() {
        assert!(is_printable('ä') && is_printable('\u{301}') && is_printable('€') && is_printable('\u{fffd}'));
        assert!(!is_printable('\u{a0}') && !is_printable('\u{2028}') && !is_printable('\t') && !is_printable('\u{ad}'));
        assert!(is_letter('ñ') && is_letter('中') && !is_letter('\u{301}') && !is_letter('1'));
    }
}
