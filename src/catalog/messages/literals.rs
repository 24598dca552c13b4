//! Which of many literals stand in a line.

/// The shortest literal: it is found by its first bytes.
pub(super) const SHORTEST: usize = 4;
/// How many chains there are; a power of two far above the number of literals.
const CHAINS: usize = 1 << 12;

/// Literals by their first four bytes.
///
/// An automaton would need three milliseconds to be built, which is a third of the time that a page takes, and
/// reads a line more slowly.
#[derive(Debug)]
pub(super) struct Literals {
    /// In lower case.
    literals: Vec<String>,
    /// For each chain its first literal, from 1; 0 is the end.
    first: Vec<u16>,
    /// For each literal the next one of its chain.
    next: Vec<u16>,
}

impl Literals {
    /// The literals are at least [`SHORTEST`] bytes long.
    pub(super) fn new(literals: impl IntoIterator<Item = &'static str>) -> Self {
        let literals: Vec<String> = literals.into_iter().map(str::to_ascii_lowercase).collect();
        let mut first = vec![0_u16; CHAINS];
        let mut next = vec![0_u16; literals.len()];
        for (at, literal) in literals.iter().enumerate().rev() {
            let head = literal.as_bytes().first_chunk().map(|head| chain(*head)).and_then(|chain| first.get_mut(chain));
            if let (Some(head), Some(next), Ok(number)) = (head, next.get_mut(at), u16::try_from(at + 1)) {
                *next = std::mem::replace(head, number);
            }
        }
        Self { literals, first, next }
    }

    /// The numbers of the literals in a line, in any case of ASCII letters; each once, and in order.
    pub(super) fn held(&self, line: &str) -> Vec<usize> {
        let line = line.to_ascii_lowercase();
        let mut held = Vec::new();
        for (at, head) in line.as_bytes().array_windows::<SHORTEST>().enumerate() {
            let mut number = usize::from(self.first.get(chain(*head)).copied().unwrap_or(0));
            while let Some(literal) = number.checked_sub(1).and_then(|number| self.literals.get(number)) {
                // Many begin with the same word: their ends tell most of them apart.
                let last = literal.len().checked_sub(1).and_then(|last| line.as_bytes().get(at + last));
                if last == literal.as_bytes().last() && line.as_bytes()[at..].starts_with(literal.as_bytes()) {
                    held.push(number - 1);
                }
                number = usize::from(self.next.get(number - 1).copied().unwrap_or(0));
            }
        }
        held.sort_unstable();
        held.dedup();
        held
    }
}

/// The chain of a beginning. The factor is the golden ratio's, as Knuth advises for hashing by multiplication.
fn chain(head: [u8; SHORTEST]) -> usize {
    (u32::from_le_bytes(head).wrapping_mul(0x9e37_79b1) >> 20) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_held_is_what_stands_there(
            line in prop::collection::vec(prop::sample::select(vec!["abcd", "AbC", "d", "bcde", "é", " ", "无法连接"]), 0..20),
        ) {
            const LITERALS: &[&str] = &["abcd", "BCDabcd", "无法连接", "d bcde", "abcdé", "nowhere"];
            let line = line.concat();
            let low = line.to_ascii_lowercase();
            let wanted: Vec<usize> = (0..LITERALS.len()).filter(|at| low.contains(&LITERALS[*at].to_ascii_lowercase())).collect();
            prop_assert_eq!(Literals::new(LITERALS.iter().copied()).held(&line), wanted);
        }
    }
}
