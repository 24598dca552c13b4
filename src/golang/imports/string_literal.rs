//! Go string literals.

/// The value of a Go string literal.
pub(super) fn unquote(literal: &[u8]) -> Option<String> {
    let inner = literal.get(1..literal.len().checked_sub(1)?)?;
    if literal.first() == Some(&b'`') {
        let kept: Vec<u8> = inner.iter().copied().filter(|&byte| byte != b'\r').collect();
        return Some(String::from_utf8_lossy(&kept).into_owned());
    }
    if !inner.contains(&b'\\') {
        return Some(String::from_utf8_lossy(inner).into_owned());
    }
    let mut out = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'\\' {
            out.push(*first);
            continue;
        }
        let [escape, after @ ..] = rest else { return None };
        rest = after;
        let digits = match escape {
            b'x' => Some((2, 16)),
            b'u' => Some((4, 16)),
            b'U' => Some((8, 16)),
            b'0'..=b'7' => Some((2, 8)),
            _ => None,
        };
        if let Some((count, radix)) = digits {
            let text = std::str::from_utf8(rest.get(..count)?).ok()?;
            if !text.chars().all(|c| c.is_digit(radix)) {
                return None;
            }
            let mut value = u32::from_str_radix(text, radix).ok()?;
            rest = rest.get(count..)?;
            match escape {
                b'u' | b'U' => {
                    let mut buffer = [0; 4];
                    out.extend_from_slice(char::from_u32(value)?.encode_utf8(&mut buffer).as_bytes());
                    continue;
                }
                b'0'..=b'7' => value += u32::from(escape - b'0') * 64,
                _ => {}
            }
            out.push(u8::try_from(value).ok()?);
            continue;
        }
        out.push(match escape {
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'\\' => b'\\',
            b'"' => b'"',
            _ => return None,
        });
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}
