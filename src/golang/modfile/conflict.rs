//! The markers that git leaves in a file when a merge needs a decision.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A conflict that nobody has resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Conflict {
    /// The line of `<<<<<<<`, or of the first marker if that one is gone.
    pub start: u32,
    /// The line of `>>>>>>>`, or of the last marker if that one is gone.
    pub end: u32,
}

impl Conflict {
    /// Whether the line is one of the conflict's.
    #[must_use]
    pub const fn contains(self, line: u32) -> bool {
        self.start <= line && line <= self.end
    }
}

/// The kind of marker that a line is, as the character that it repeats.
pub(super) fn marker(line: &[u8]) -> Option<u8> {
    const LENGTH: usize = 7;
    let first = *line.first()?;
    let (head, rest) = line.split_at_checked(LENGTH)?;
    let repeated = matches!(first, b'<' | b'=' | b'>' | b'|') && head.iter().all(|byte| *byte == first);
    (repeated && matches!(rest.first(), None | Some(b' ' | b'\r' | b'\t'))).then_some(first)
}

/// All conflicts of a file, in order.
#[must_use]
pub fn find_conflicts(data: &[u8]) -> Vec<Conflict> {
    let mut conflicts: Vec<Conflict> = Vec::new();
    let mut open = false;
    for (line, number) in data.split(|byte| *byte == b'\n').zip(1_u32..) {
        match marker(line) {
            Some(b'<') => {
                conflicts.push(Conflict { start: number, end: number });
                open = true;
            }
            Some(kind) => {
                match conflicts.last_mut().filter(|_| open) {
                    Some(conflict) => conflict.end = number,
                    None => conflicts.push(Conflict { start: number, end: number }),
                }
                open = kind != b'>';
            }
            None => {}
        }
    }
    conflicts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        for (line, kind) in [
            ("<<<<<<< HEAD", Some(b'<')),
            ("=======", Some(b'=')),
            ("=======\r", Some(b'=')),
            ("||||||| merged common ancestors", Some(b'|')),
            (">>>>>>> branch", Some(b'>')),
            ("======", None),
            ("========", None),
            (" <<<<<<< HEAD", None),
            ("<<<<<<<HEAD", None),
            ("-------", None),
        ] {
            assert_eq!(marker(line.as_bytes()), kind, "{line}");
        }
    }

    #[test]
    fn conflicts() {
        let find = |text: &str| find_conflicts(text.as_bytes()).iter().map(|c| (c.start, c.end)).collect::<Vec<_>>();
        assert_eq!(
            find("a\n<<<<<<< x\nb\n=======\nc\n>>>>>>> y\nd\n<<<<<<< x\n=======\n>>>>>>> y\n"),
            [(2, 6), (8, 10)]
        );
        assert_eq!(find("<<<<<<< x\nb\n"), [(1, 1)]);
        assert_eq!(find("a\n=======\nc\n>>>>>>> y\n"), [(2, 4)]);
        assert_eq!(find("a\n>>>>>>> y\n"), [(2, 2)]);
        assert_eq!(find("a\n"), []);
    }
}
