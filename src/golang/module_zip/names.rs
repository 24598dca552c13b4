//! The names in a zip as one tree, in which names that differ only in case are one.

use std::collections::HashMap;

use super::rules::Problem;

/// The most files and folders that are held against each other, where any may collide. Go has no such limit.
const MAX_NODES: usize = 200_000;

/// Every file and folder seen so far, to tell which ones collide. Its cost is linear in the length of the names, so that names
/// of thousands of elements do no harm.
#[derive(Default)]
pub(super) struct Names {
    nodes: Vec<Node>,
    children: HashMap<(usize, String), usize>,
}

struct Node {
    /// The place of the folder above plus one; 0 is the root of the module.
    parent: usize,
    element: String,
    folder: bool,
}

impl Names {
    /// Adds a file or folder and all folders above it. Of several problems Go names the one that is
    /// deepest in the tree.
    pub(super) fn add(&mut self, name: &str, folder: bool) -> Result<(), Problem> {
        let mut problem = Ok(());
        let mut same = true;
        let mut parent = 0;
        let mut end = 0;
        for element in name.split('/') {
            end += element.len();
            let so_far = name.get(..end).unwrap_or(name);
            let is_folder = folder || so_far.len() < name.len();
            end += 1;
            let next = self.nodes.len() + 1;
            if next > MAX_NODES {
                return Err(Problem::TooManyNames);
            }
            let key = (parent, fold(element));
            match self.children.get(&key) {
                None => {
                    self.children.insert(key, next);
                    self.nodes.push(Node { parent, element: element.to_owned(), folder: is_folder });
                    parent = next;
                }
                Some(known) => {
                    parent = *known;
                    let Some(node) = self.nodes.get(known - 1) else { continue };
                    same &= node.element == element;
                    if !same {
                        problem = Err(Problem::Collision { other: self.path(*known), name: so_far.to_owned() });
                    } else if node.folder != is_folder {
                        problem = Err(Problem::FileAndFolder { name: so_far.to_owned() });
                    } else if !is_folder {
                        problem = Err(Problem::Duplicate { name: so_far.to_owned() });
                    }
                }
            }
        }
        problem
    }

    fn path(&self, mut place: usize) -> String {
        let mut elements = Vec::new();
        while let Some(node) = place.checked_sub(1).and_then(|index| self.nodes.get(index)) {
            elements.push(node.element.as_str());
            place = node.parent;
        }
        elements.reverse();
        elements.join("/")
    }
}

/// One form for names that are equal but for case, by Unicode's simple case folding: characters
/// that fold to several (`ß`) and the dotless `ı` stand for themselves.
fn fold(element: &str) -> String {
    if element.is_ascii() {
        return element.to_ascii_uppercase();
    }
    element.chars().map(fold_char).collect()
}

pub(super) fn fold_char(c: char) -> char {
    if c == 'ı' {
        return c;
    }
    let mut lower = c.to_lowercase();
    let lower = lower.next().filter(|_| lower.next().is_none()).unwrap_or(c);
    let mut upper = lower.to_uppercase();
    upper.next().filter(|_| upper.next().is_none()).unwrap_or(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_folded_as_go_does() {
        for (one, other, equal) in [
            ("Readme", "README", true),
            ("K", "\u{212a}", true),
            ("s", "\u{17f}", true),
            ("Σ", "ς", true),
            ("ß", "ẞ", true),
            ("ß", "ss", false),
            ("i", "ı", false),
            ("i", "İ", false),
            ("é", "É", true),
            ("a", "b", false),
        ] {
            assert_eq!(fold(one) == fold(other), equal, "{one} {other}");
        }
    }

    #[test]
    fn collisions_are_named_where_they_are_deepest() {
        let mut names = Names::default();
        assert_eq!(names.add("a/b/c", false), Ok(()));
        assert_eq!(names.add("a/b/d", false), Ok(()));
        assert_eq!(names.add("a/b", true), Ok(()));
        assert_eq!(names.add("a/b/c", false), Err(Problem::Duplicate { name: "a/b/c".into() }));
        assert_eq!(names.add("a/b", false), Err(Problem::FileAndFolder { name: "a/b".into() }));
        assert_eq!(names.add("a/b/c/x", false), Err(Problem::FileAndFolder { name: "a/b/c".into() }));
        let collision = Problem::Collision { other: "a/b".into(), name: "A/b".into() };
        assert_eq!(names.add("A/b/new", false), Err(collision));
    }
}
