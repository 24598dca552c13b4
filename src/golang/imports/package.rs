//! The imports of one package: the Go files of one directory.

use std::collections::BTreeMap;

use super::source_file::{Problem, SourceFile};
use super::tags::Tags;

/// Where an import stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The file's name within its directory.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// The imports of one directory, each with the first place at which it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackageImports {
    /// Imports of the package itself.
    pub imports: BTreeMap<String, Position>,
    /// Imports of its `_test.go` files, also those of the external test package.
    pub test_imports: BTreeMap<String, Position>,
    /// How many files were read and are built under the tags. A directory with none is no package.
    pub files: usize,
    /// The first file that go cannot read, with the reason. Only a NUL byte makes go give up the
    /// package; a syntax error is left to the compiler.
    pub unreadable: Option<(String, Problem)>,
}

impl PackageImports {
    /// Adds the file `name` with its `content`, if it belongs to the package under `tags`.
    pub fn add(&mut self, name: &str, content: &[u8], tags: &Tags) {
        if !tags.admit_file_name(name) {
            return;
        }
        let file = SourceFile::read(content);
        if file.problem == Some(Problem::Nul) {
            self.unreadable.get_or_insert_with(|| (name.to_owned(), Problem::Nul));
            return;
        }
        if !file.builds(tags) {
            return;
        }
        self.files += 1;
        let into = if name.ends_with("_test.go") { &mut self.test_imports } else { &mut self.imports };
        for clause in file.imports {
            if !is_pseudo_package(&clause.path) {
                let at = Position { file: name.to_owned(), line: clause.line };
                let first = into.entry(clause.path).or_insert_with(|| at.clone());
                if at < *first {
                    *first = at;
                }
            }
        }
    }

    /// The imports of the given files.
    #[must_use]
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>, tags: &Tags) -> Self {
        let mut package = Self::default();
        for (name, content) in files {
            package.add(name, content, tags);
        }
        package
    }
}

/// Paths that the module loader passes over: cgo, and the packages of the old App Engine runtime.
fn is_pseudo_package(path: &str) -> bool {
    path == "C" || matches!(path.split('/').next(), Some("appengine" | "appengine_internal"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_kept_apart_and_the_first_place_wins() {
        let package = PackageImports::of(
            [
                ("b.go", "package p\nimport \"x\"\n".as_bytes()),
                ("a.go", b"package p\n\nimport \"x\"\nimport \"C\"\nimport \"appengine/datastore\"\n"),
                ("a_test.go", b"package p_test\nimport \"y\"\n"),
                ("_c.go", b"package p\nimport \"z\"\n"),
                ("gen.go", b"//go:build ignore\n\npackage main\nimport \"z\"\n"),
                ("nul.go", b"package p\nimport x\n\x00"),
            ],
            &Tags::Any,
        );
        assert_eq!(package.imports, BTreeMap::from([("x".into(), Position { file: "a.go".into(), line: 3 })]));
        assert_eq!(package.test_imports.len(), 1);
        assert_eq!(package.files, 3);
        assert_eq!(package.unreadable, Some(("nul.go".into(), Problem::Nul)));
    }
}
