//! The head of one Go file: build constraint, package clause, imports.
//!
//! As `cmd/go/internal/imports` reads it: nothing after the last import is looked at, and a syntax
//! error keeps what was read before it (the compiler reports it later).

use super::constraint;
use super::header::read_constraint;
use super::string_literal::unquote;
use super::tags::Tags;

/// One import of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The import path, unquoted.
    pub path: String,
    /// The line on which it stands, from 1.
    pub line: usize,
}

/// What stands above the package clause to limit where the file is built.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Constraint {
    /// Nothing.
    #[default]
    None,
    /// The expression of the one `//go:build` line.
    GoBuild(String),
    /// Several `//go:build` lines: go never builds such a file.
    SeveralGoBuild,
    /// The words of each `// +build` line; all lines must hold.
    PlusBuild(Vec<String>),
}

/// Why a file was not read to the end of its imports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is no Go file up to its imports. Go goes on with the imports before that.
    #[error("syntax error")]
    Syntax,
    /// It holds a NUL byte. Go refuses the package.
    #[error("unexpected NUL in input")]
    Nul,
}

/// The head of a Go file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// The name in the package clause; empty where it could not be read.
    pub package: String,
    /// The imports in the order of the file, `"C"` included.
    pub imports: Vec<Clause>,
    /// The build constraint.
    pub constraint: Constraint,
    /// What was wrong, if anything.
    pub problem: Option<Problem>,
}

impl SourceFile {
    /// Reads the head of `content`.
    #[must_use]
    pub fn read(content: &[u8]) -> Self {
        let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
        let mut reader = Reader { content, at: 0, line: 1, counted: 0 };
        let mut file = Self::default();
        if reader.head(&mut file).is_none() {
            file.problem = Some(Problem::Syntax);
            reader.at = content.len();
        }
        // Go has read one byte more than it needed by the time it stops.
        if content.get(..=reader.at).unwrap_or(content).contains(&0) {
            file.problem = Some(Problem::Nul);
        }
        file.constraint = read_constraint(content.get(..reader.at).unwrap_or(content));
        file
    }

    /// Whether the file imports the pseudo-package `C`, and so needs cgo.
    #[must_use]
    pub fn uses_cgo(&self) -> bool {
        self.imports.iter().any(|clause| clause.path == "C")
    }

    /// Whether the constraint and cgo let the file in under `tags`.
    #[must_use]
    pub fn builds(&self, tags: &Tags) -> bool {
        if self.uses_cgo() && !tags.cgo() {
            return false;
        }
        match &self.constraint {
            Constraint::None => true,
            Constraint::GoBuild(expression) => constraint::go_build(expression, tags).unwrap_or(false),
            Constraint::SeveralGoBuild => false,
            Constraint::PlusBuild(lines) => lines.iter().all(|line| constraint::plus_build(line, tags).unwrap_or(true)),
        }
    }
}

struct Reader<'a> {
    content: &'a [u8],
    at: usize,
    line: usize,
    counted: usize,
}

fn is_ident(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// `None` is a syntax error throughout.
impl Reader<'_> {
    fn head(&mut self, file: &mut SourceFile) -> Option<()> {
        self.keyword(b"package")?;
        self.space()?;
        file.package = String::from_utf8_lossy(self.ident()?).into_owned();
        self.space()?;
        while self.peek() == Some(b'i') {
            self.keyword(b"import")?;
            self.space()?;
            if self.peek() == Some(b'(') {
                self.at += 1;
                loop {
                    self.space()?;
                    match self.peek() {
                        Some(b')') => break,
                        None => return None,
                        Some(_) => self.import(file)?,
                    }
                }
                self.at += 1;
            } else {
                self.import(file)?;
            }
            self.space()?;
        }
        Some(())
    }

    fn import(&mut self, file: &mut SourceFile) -> Option<()> {
        self.space()?;
        match self.peek() {
            Some(b'.') => self.at += 1,
            Some(byte) if is_ident(byte) => {
                self.ident()?;
            }
            _ => {}
        }
        self.space()?;
        let line = self.current_line();
        // What does not unquote is left out without a word, as go does.
        if let Some(path) = unquote(self.string()?) {
            file.imports.push(Clause { path, line });
        }
        Some(())
    }

    fn keyword(&mut self, word: &[u8]) -> Option<()> {
        self.space()?;
        let rest = self.content.get(self.at..)?.strip_prefix(word)?;
        if rest.first().is_some_and(|&byte| is_ident(byte)) {
            return None;
        }
        self.at += word.len();
        Some(())
    }

    fn ident(&mut self) -> Option<&[u8]> {
        let rest = self.content.get(self.at..)?;
        let length = rest.iter().position(|&byte| !is_ident(byte)).unwrap_or(rest.len());
        if length == 0 {
            return None;
        }
        self.at += length;
        rest.get(..length)
    }

    /// A string with its quotes.
    fn string(&mut self) -> Option<&[u8]> {
        let rest = self.content.get(self.at..)?;
        let quote = *rest.first()?;
        let mut length = 1;
        match quote {
            b'`' => length += rest.get(1..)?.iter().position(|&byte| byte == b'`')?,
            b'"' => loop {
                match *rest.get(length)? {
                    b'"' => break,
                    b'\n' => return None,
                    b'\\' => length += 2,
                    _ => length += 1,
                }
            },
            _ => return None,
        }
        self.at += length + 1;
        rest.get(..=length)
    }

    /// Skips blanks, semicolons and comments.
    fn space(&mut self) -> Option<()> {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\x0c' | b'\t' | b'\r' | b'\n' | b';' => self.at += 1,
                b'/' => {
                    let rest = self.content.get(self.at + 1..)?;
                    match rest.first()? {
                        b'/' => {
                            let end = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
                            self.at += 1 + end;
                        }
                        b'*' => {
                            let end = rest.get(1..)?.windows(2).position(|pair| pair == b"*/")?;
                            self.at += 1 + 1 + end + 2;
                        }
                        _ => return None,
                    }
                }
                _ => break,
            }
        }
        Some(())
    }

    fn peek(&self) -> Option<u8> {
        self.content.get(self.at).copied()
    }

    fn current_line(&mut self) -> usize {
        let between = self.content.get(self.counted..self.at).unwrap_or_default();
        self.line += between.iter().filter(|&&byte| byte == b'\n').count();
        self.counted = self.at;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(content: &str) -> Vec<String> {
        SourceFile::read(content.as_bytes()).imports.into_iter().map(|clause| clause.path).collect()
    }

    #[test]
    fn every_form_of_import() {
        let file = SourceFile::read(
            "\u{feff}// Package p.\npackage p /* x */ ;\nimport \"a\"\nimport . `b`\nimport (\n\t_ \"c\" // why\n\tn /* */ \"d\"; \"e\"\n)\nimport()\nvar x = `import \"f\"`\n"
                .as_bytes(),
        );
        assert_eq!(file.package, "p");
        assert_eq!(file.problem, None);
        let found: Vec<_> = file.imports.iter().map(|clause| (clause.path.as_str(), clause.line)).collect();
        assert_eq!(found, [("a", 3), ("b", 4), ("c", 6), ("d", 7), ("e", 7)]);
    }

    #[test]
    fn what_follows_the_imports_is_not_read() {
        assert_eq!(paths("package p; import \"a\"; func f() { import \"b\" }"), ["a"]);
        assert_eq!(SourceFile::read(b"package p\nvar x = 1\n\x00").problem, None);
        assert_eq!(SourceFile::read(b"package p\n\x00import \"a\"\n").problem, Some(Problem::Nul));
    }

    #[test]
    fn a_syntax_error_keeps_what_came_before() {
        let file = SourceFile::read(b"package p\nimport \"a\"\nimport b\n");
        assert_eq!(file.problem, Some(Problem::Syntax));
        assert_eq!(file.imports.len(), 1);
        for broken in ["", "package", "import \"a\"", "package p; import \"a", "package p; import (\"a\"", "/* ", "/x"]
        {
            assert_eq!(SourceFile::read(broken.as_bytes()).problem, Some(Problem::Syntax), "{broken}");
        }
        assert_eq!(SourceFile::read(b"package p\nimport x\n\x00").problem, Some(Problem::Nul));
    }

    #[test]
    fn quoted_paths() {
        assert_eq!(paths("package p; import \"a\\x62\\143\\u0064\\\"\""), ["abcd\""]);
        assert_eq!(paths("package p; import \"a\\q\"; import \"b\""), ["b"]);
        assert_eq!(paths("package p; import `a\r`"), ["a"]);
    }

    fn constraint(content: &str) -> Constraint {
        SourceFile::read(content.as_bytes()).constraint
    }

    #[test]
    fn constraints() {
        assert_eq!(constraint("//go:build a && b\n\npackage p"), Constraint::GoBuild("a && b".into()));
        assert_eq!(constraint("// c\n//go:build a\npackage p"), Constraint::GoBuild("a".into()));
        assert_eq!(constraint("/* c */\n//go:build a\npackage p"), Constraint::GoBuild("a".into()));
        assert_eq!(constraint("/*\n//go:build a\n*/\npackage p"), Constraint::None);
        assert_eq!(constraint("package p\n//go:build a\n"), Constraint::None);
        assert_eq!(constraint("//go:builda\n\npackage p"), Constraint::None);
        assert_eq!(constraint("//go:build a\n//go:build b\npackage p"), Constraint::SeveralGoBuild);
        assert_eq!(
            constraint("// +build a b\n//+build c\n\npackage p"),
            Constraint::PlusBuild(vec!["a b".into(), "c".into()])
        );
        assert_eq!(constraint("// +build a\npackage p"), Constraint::None);
        assert_eq!(constraint("// +build a\n\n// doc\npackage p"), Constraint::PlusBuild(vec!["a".into()]));
        assert_eq!(constraint("//go:build a\n// +build b\n\npackage p"), Constraint::GoBuild("a".into()));
    }

    #[test]
    fn cgo_needs_its_tag() {
        let file = SourceFile::read(b"package p\nimport \"C\"\n");
        assert!(file.builds(&Tags::Any));
        assert!(!file.builds(&Tags::platform("linux", "amd64", false, 26, &[])));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::sample::select(b"package import \"`()./*\n\r;\\xu0+build//go:build!&|\0\xef\xbb\xbf".to_vec()), 0..200)) {
            let file = SourceFile::read(&bytes);
            let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
            assert!(file.imports.iter().all(|clause| (1..=lines).contains(&clause.line)));
            let _ = file.builds(&Tags::Any);
        }
    }
}
