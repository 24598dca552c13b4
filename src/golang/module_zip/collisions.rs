//! Whether any names in a zip collide at all: seldom, and then a closer look may cost more.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, Hasher, RandomState};

use super::names::fold_char;

/// The most files and folders that are looked at; of more it is not known.
const MAX_NODES: usize = 800_000;

/// Whether any two names are equal but for case, or the same file, or a file and a folder. Each file and folder is
/// known by two hashes alone, with keys that nobody can foresee.
pub(super) fn may_collide<'a>(names: impl Iterator<Item = &'a [u8]>) -> bool {
    let keys = RandomState::new();
    let mut nodes: HashMap<u64, u64, BuildHasherDefault<AsItIs>> = HashMap::default();
    let mut folded = Vec::new();
    // The folder of the name before, and its hashers: the next name is mostly in it too.
    let (mut last, mut in_last): (&[u8], _) = (b"", (keys.build_hasher(), keys.build_hasher()));
    for name in names {
        let (name, is_folder) = name.strip_suffix(b"/").map_or((name, false), |name| (name, true));
        let same = !last.is_empty() && name.starts_with(last);
        let start = if same { last.len() } else { 0 };
        let (mut alike, mut exact) = if same { in_last.clone() } else { (keys.build_hasher(), keys.build_hasher()) };
        let rest = name.get(start..).unwrap_or_default();
        let mut end = start;
        for element in rest.split_inclusive(|byte| *byte == b'/') {
            let is_last = end + element.len() == name.len();
            let bare = element.strip_suffix(b"/").unwrap_or(element);
            fold(bare, &mut folded);
            alike.write(&folded);
            exact.write(bare);
            let kind = u64::from(is_folder || !is_last);
            let (key, value) = (alike.finish(), exact.finish() & !1 | kind);
            if nodes.len() > MAX_NODES {
                return true;
            }
            match nodes.insert(key, value) {
                // A folder that is there already.
                Some(known) if known == value && kind == 1 => {}
                None => {}
                Some(_) => return true,
            }
            if is_last {
                break;
            }
            alike.write(b"/");
            exact.write(b"/");
            end += element.len();
            if Some(end) == name.iter().rposition(|byte| *byte == b'/').map(|at| at + 1) {
                last = name.get(..end).unwrap_or_default();
                in_last = (alike.clone(), exact.clone());
            }
        }
    }
    false
}

/// One form for elements that are equal but for case.
fn fold(element: &[u8], folded: &mut Vec<u8>) {
    folded.clear();
    match std::str::from_utf8(element) {
        Ok(text) if !text.is_ascii() => {
            let mut buffer = [0; 4];
            text.chars().for_each(|c| folded.extend_from_slice(fold_char(c).encode_utf8(&mut buffer).as_bytes()));
        }
        _ => folded.extend(element.iter().map(u8::to_ascii_uppercase)),
    }
}

/// What is hashed already.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_collides_is_looked_at_closely() {
        let rows: &[(&[&str], bool)] = &[
            (&[], false),
            (&["go.mod", "a/b", "a/c", "a/b2/c", "a/b2/d", "b"], false),
            (&["a/", "a/b", "a/b/", "a"], true),
            (&["a/b/c", "a/", "a/b/", "a/b/d"], false),
            (&["a", "A"], true),
            (&["a/x", "A/y"], true),
            (&["ab/x", "a/bx"], false),
            (&["a", "b", "a"], true),
            (&["a/b", "a/b/c"], true),
            (&["a/b/c", "a/b"], true),
            (&["é/x", "É/x"], true),
            (&["straße", "strasse"], false),
            (&["x/a", "x/b", "y/a", "x/a"], true),
        ];
        for (names, expected) in rows {
            assert_eq!(may_collide(names.iter().map(|name| name.as_bytes())), *expected, "{names:?}");
        }
    }
}
