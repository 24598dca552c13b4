//! Which directories of a module's tree are its packages.

use super::ignore::IgnorePatterns;

/// The most directories that one tree is walked for. The largest public repositories have some
/// 30 000.
const MAX_DIRECTORIES: usize = 200_000;

/// What a directory entry is, after following a link for files only: go reads a linked Go file, but
/// never walks into a linked directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A directory, not a link to one.
    Directory,
    /// A regular file, or a link to one.
    File,
    /// Anything else.
    Other,
}

/// One entry of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The bare name.
    pub name: String,
    /// Its kind.
    pub kind: EntryKind,
}

/// A directory with Go files in a module's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageDir {
    /// Relative to the module's root, with `/`; empty for the root.
    pub dir: String,
    /// Its `.go` files, sorted, of whatever name and constraint.
    pub go_files: Vec<String>,
}

/// The packages of a module's tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// Directories with at least one `.go` file, parents first.
    pub packages: Vec<PackageDir>,
    /// Directories that could not be listed.
    pub unreadable: Vec<String>,
    /// Directories with a go.mod of their own: other modules.
    pub nested_modules: Vec<String>,
    /// Whether the tree was too large to be walked to its end.
    pub truncated: bool,
}

/// Walks a module's tree as the pattern `./...` does: no directory that begins with `.` or `_`, no
/// `testdata`, nothing below `vendor`, no nested module, nothing that an `ignore` line names.
/// `list` gives the entries of a directory (relative to the root, empty for the root), or `None`
/// where it cannot be read.
pub fn package_dirs(ignore: &IgnorePatterns, mut list: impl FnMut(&str) -> Option<Vec<Entry>>) -> Tree {
    let mut tree = Tree::default();
    let mut waiting = vec![String::new()];
    let mut seen = 0_usize;
    while let Some(dir) = waiting.pop() {
        seen += 1;
        if seen > MAX_DIRECTORIES {
            tree.truncated = true;
            break;
        }
        let Some(entries) = list(&dir) else {
            tree.unreadable.push(dir);
            continue;
        };
        if !dir.is_empty() && entries.iter().any(|entry| entry.kind == EntryKind::File && entry.name == "go.mod") {
            tree.nested_modules.push(dir);
            continue;
        }
        // A package may be called vendor; what lies below it is of other modules.
        let below = dir != "vendor" && !dir.ends_with("/vendor");
        let mut go_files = Vec::new();
        for entry in entries {
            match entry.kind {
                EntryKind::File if entry.name.ends_with(".go") => go_files.push(entry.name),
                EntryKind::Directory if below && is_walked(&entry.name) => {
                    let path = if dir.is_empty() { entry.name } else { format!("{dir}/{}", entry.name) };
                    if !ignore.ignores(&path) {
                        waiting.push(path);
                    }
                }
                _ => {}
            }
        }
        if !go_files.is_empty() {
            go_files.sort();
            tree.packages.push(PackageDir { dir, go_files });
        }
    }
    tree.packages.sort_by(|a, b| a.dir.cmp(&b.dir));
    tree.nested_modules.sort();
    tree.unreadable.sort();
    tree
}

fn is_walked(name: &str) -> bool {
    !name.starts_with(['.', '_']) && name != "testdata"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(files: &[&str], ignore: &[&str]) -> Tree {
        package_dirs(&IgnorePatterns::new(ignore.iter().copied()), |dir| {
            let prefix = if dir.is_empty() { String::new() } else { format!("{dir}/") };
            let mut entries: Vec<Entry> = Vec::new();
            for rest in files.iter().filter_map(|file| file.strip_prefix(prefix.as_str())) {
                let (name, kind) = match rest.split_once('/') {
                    Some((name, _)) => (name, EntryKind::Directory),
                    None => (rest, EntryKind::File),
                };
                if !entries.iter().any(|entry| entry.name == name) {
                    entries.push(Entry { name: name.to_owned(), kind });
                }
            }
            (!dir.ends_with("secret")).then_some(entries)
        })
    }

    #[test]
    fn what_is_walked() {
        let tree = walk(
            &[
                "go.mod",
                "a.go",
                "b/b.go",
                "b/testdata/x.go",
                "_c/c.go",
                ".d/d.go",
                "e/go.mod",
                "e/e.go",
                "vendor/v.go",
                "vendor/x.com/y/y.go",
                "f/vendor/g/g.go",
                "build/out/o.go",
                "docs/readme.md",
                "docs/examples/ex.go",
                "secret/s.go",
            ],
            &["./build"],
        );
        let dirs: Vec<&str> = tree.packages.iter().map(|package| package.dir.as_str()).collect();
        assert_eq!(dirs, ["", "b", "docs/examples", "vendor"]);
        assert_eq!(tree.nested_modules, ["e"]);
        assert_eq!(tree.unreadable, ["secret"]);
        assert!(!tree.truncated);
    }
}
