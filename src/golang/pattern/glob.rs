//! `path.Match` of Go's standard library, on bytes.

use thiserror::Error;

/// A glob that is not well-formed. In a pattern list such an item matches nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("syntax error in pattern")]
pub struct BadPattern;

/// Whether the whole of `name` matches `pattern` by the rules of Go's `path.Match`: `*` is any run
/// of bytes without `/`, `?` one character but `/`, `[a-c]` and `[^a-c]` classes, `\x` the character
/// x. Time is at most the product of both lengths for each `*`.
///
/// # Errors
/// [`BadPattern`] where go finds the pattern malformed; a malformed pattern never matches.
pub fn path_match(mut pattern: &[u8], mut name: &[u8]) -> Result<bool, BadPattern> {
    'pattern: while !pattern.is_empty() {
        let (star, chunk, rest) = next_chunk(pattern);
        pattern = rest;
        let last = pattern.is_empty();
        if star && chunk.is_empty() {
            return Ok(!name.contains(&b'/'));
        }
        if let Some(after) = match_chunk(chunk, name)?
            && (after.is_empty() || !last)
        {
            name = after;
            continue;
        }
        if star {
            let mut from = name;
            while let [first, later @ ..] = from
                && *first != b'/'
            {
                from = later;
                if let Some(after) = match_chunk(chunk, from)? {
                    if last && !after.is_empty() {
                        continue;
                    }
                    name = after;
                    continue 'pattern;
                }
            }
        }
        while !pattern.is_empty() {
            let (_, chunk, rest) = next_chunk(pattern);
            pattern = rest;
            match_chunk(chunk, b"")?;
        }
        return Ok(false);
    }
    Ok(name.is_empty())
}

/// Leading stars, the part up to the next star outside a class, and what remains.
fn next_chunk(pattern: &[u8]) -> (bool, &[u8], &[u8]) {
    let stars = pattern.iter().take_while(|byte| **byte == b'*').count();
    let pattern = pattern.get(stars..).unwrap_or_default();
    let mut in_class = false;
    let mut escaped = false;
    let end = pattern.iter().position(|byte| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        match byte {
            b'\\' => escaped = true,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'*' => return !in_class,
            _ => {}
        }
        false
    });
    let (chunk, rest) = pattern.split_at(end.unwrap_or(pattern.len()));
    (stars > 0, chunk, rest)
}

/// What is left of `name` after `chunk` matched its beginning. The whole chunk is read even after
/// a mismatch, because go reports a malformed pattern in any case.
fn match_chunk<'n>(mut chunk: &[u8], mut name: &'n [u8]) -> Result<Option<&'n [u8]>, BadPattern> {
    let mut failed = false;
    while let [first, rest @ ..] = chunk {
        failed = failed || name.is_empty();
        match first {
            b'[' => {
                let mut seen = '\0';
                if !failed {
                    (seen, name) = next_char(name);
                }
                let inside;
                (inside, chunk) = match_class(rest, seen)?;
                failed = failed || !inside;
            }
            b'?' => {
                if !failed {
                    failed = name.first() == Some(&b'/');
                    name = next_char(name).1;
                }
                chunk = rest;
            }
            _ => {
                let (literal, after) = match (first, rest) {
                    (b'\\', [escaped, after @ ..]) => (escaped, after),
                    (b'\\', []) => return Err(BadPattern),
                    _ => (first, rest),
                };
                if !failed && let [byte, later @ ..] = name {
                    failed = byte != literal;
                    name = later;
                }
                chunk = after;
            }
        }
    }
    Ok((!failed).then_some(name))
}

/// Whether a class, whose `[` has been read, takes `seen`, and what follows its `]`.
fn match_class(mut chunk: &[u8], seen: char) -> Result<(bool, &[u8]), BadPattern> {
    let negated = chunk.first() == Some(&b'^');
    if negated {
        chunk = chunk.get(1..).unwrap_or_default();
    }
    let mut inside = false;
    let mut ranges = 0;
    loop {
        if ranges > 0
            && let [b']', rest @ ..] = chunk
        {
            return Ok((inside != negated, rest));
        }
        let low;
        (low, chunk) = class_char(chunk)?;
        let mut high = low;
        if let [b'-', rest @ ..] = chunk {
            (high, chunk) = class_char(rest)?;
        }
        inside = inside || (low..=high).contains(&seen);
        ranges += 1;
    }
}

/// A character of a class, perhaps escaped; something must follow it.
fn class_char(chunk: &[u8]) -> Result<(char, &[u8]), BadPattern> {
    let chunk = match chunk {
        [] | [b'-' | b']', ..] | [b'\\'] => return Err(BadPattern),
        [b'\\', rest @ ..] => rest,
        _ => chunk,
    };
    let (c, rest) = next_char(chunk);
    let broken = c == char::REPLACEMENT_CHARACTER && chunk.len() - rest.len() == 1;
    if broken || rest.is_empty() { Err(BadPattern) } else { Ok((c, rest)) }
}

/// The first character of `bytes` and what follows it. A byte that begins no valid UTF-8 is U+FFFD
/// of length one, as Go decodes it: a star may end in the middle of a character.
fn next_char(bytes: &[u8]) -> (char, &[u8]) {
    for length in 1..=4 {
        if let Some(head) = bytes.get(..length)
            && let Ok(text) = std::str::from_utf8(head)
            && let Some(c) = text.chars().next()
        {
            return (c, bytes.get(length..).unwrap_or_default());
        }
    }
    (char::REPLACEMENT_CHARACTER, bytes.get(1..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_in_go() {
        for (pattern, name, expected) in [
            ("abc", "abc", Ok(true)),
            ("*", "abc", Ok(true)),
            ("*c", "abc", Ok(true)),
            ("a*", "a", Ok(true)),
            ("a*", "ab/c", Ok(false)),
            ("a*/b", "abc/b", Ok(true)),
            ("a*b*c*d*e*/f", "axbxcxdxe/f", Ok(true)),
            ("a*b*c*d*e*/f", "axbxcxdxexxx/fff", Ok(false)),
            ("a*b?c*x", "abxbbxdbxebxczzx", Ok(true)),
            ("a*b?c*x", "abxbbxdbxebxczzy", Ok(false)),
            ("ab[b-d]", "abc", Ok(true)),
            ("ab[e-g]", "abc", Ok(false)),
            ("ab[^c]", "abc", Ok(false)),
            ("ab[^e-g]", "abc", Ok(true)),
            ("a\\*b", "a*b", Ok(true)),
            ("a\\*b", "ab", Ok(false)),
            ("a?b", "a☺b", Ok(true)),
            ("a[^a]b", "a☺b", Ok(true)),
            ("a???b", "a☺b", Ok(false)),
            ("[a-ζ]*", "α", Ok(true)),
            ("*[a-ζ]", "A", Ok(false)),
            ("a?b", "a/b", Ok(false)),
            ("[\\]a]", "]", Ok(true)),
            ("[\\-x]", "-", Ok(true)),
            ("[x\\-]", "z", Ok(false)),
            ("[]a]", "]", Err(BadPattern)),
            ("[-]", "-", Err(BadPattern)),
            ("[x-]", "x", Err(BadPattern)),
            ("[-x]", "-", Err(BadPattern)),
            ("\\", "a", Err(BadPattern)),
            ("[a-b-c]", "a", Err(BadPattern)),
            ("[", "a", Err(BadPattern)),
            ("[^bc", "a", Err(BadPattern)),
            ("a[", "a", Err(BadPattern)),
            ("a[", "ab", Err(BadPattern)),
            ("a[", "x", Err(BadPattern)),
            ("a/b[", "x", Err(BadPattern)),
            ("*x", "xxx", Ok(true)),
            ("*[a-b*]c", "xxbc", Ok(true)),
            ("", "", Ok(true)),
            ("", "a", Ok(false)),
        ] {
            assert_eq!(path_match(pattern.as_bytes(), name.as_bytes()), expected, "{pattern:?} on {name:?}");
        }
    }

    #[test]
    fn many_stars_end_soon() {
        let pattern = "*a".repeat(2_000) + "b";
        assert_eq!(path_match(pattern.as_bytes(), "a".repeat(4_000).as_bytes()), Ok(false));
    }
}
