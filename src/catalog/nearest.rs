//! The error type that somebody most likely meant.

use super::Code;

impl Code {
    /// The code nearest to `text`, where one is near: one that a few
    /// changed letters (a third of them at most) make of it, or the only one that begins with it or
    /// has it as a word.
    #[must_use]
    pub fn nearest(text: &str) -> Option<Self> {
        // Nobody types more than this by mistake, and the distance costs the product of both lengths.
        if text.len() > 64 {
            return None;
        }
        let text = text.to_ascii_lowercase().replace(['_', ' '], "-");
        let near = Self::ALL.iter().map(|code| (distance(&text, code.as_str()), *code)).min_by_key(|(d, _)| *d)?;
        if near.0 * 3 <= text.len() {
            return Some(near.1);
        }
        let holds =
            |code: &str| !text.is_empty() && (code.starts_with(&text) || code.split('-').any(|word| word == text));
        let mut holding = Self::ALL.iter().filter(|code| holds(code.as_str()));
        holding.next().copied().filter(|_| holding.next().is_none())
    }
}

/// How many characters must be inserted, removed or replaced to make `b` of `a` (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_are_found_and_strangers_are_not() {
        for (text, code) in [
            ("netrc-inefective", Some(Code::NetrcIneffective)),
            ("NETRC_INEFFECTIVE", Some(Code::NetrcIneffective)),
            ("dns-fail", Some(Code::DnsFailure)),
            ("goauth", Some(Code::GoauthInvalid)),
            ("proxy", None),
            ("banana", None),
            ("", None),
        ] {
            assert_eq!(Code::nearest(text), code, "{text:?}");
        }
        assert_eq!(Code::nearest(&"x".repeat(1_000_000)), None);
    }

    #[test]
    fn the_distance_counts_single_changes() {
        for (a, b, changes) in [("", "abc", 3), ("abc", "abc", 0), ("kitten", "sitting", 3), ("ab", "ba", 2)] {
            assert_eq!(distance(a, b), changes, "{a} {b}");
        }
    }
}
