//! go.sum and go.work.sum: the hashes of modules and of their go.mod files.

use std::collections::BTreeMap;

use base64::Engine as _;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::module_path::ModuleVersion;
use super::conflict::{Conflict, find_conflicts};
use super::lexer::text_of;
use super::problem::MAX_PROBLEMS;

/// The hash of an empty go.mod. An early go wrote it by mistake; lines with it do not count.
pub const EMPTY_GO_MOD_HASH: &str = "h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=";

/// What the version of a go.mod line ends in.
const GO_MOD: &str = "/go.mod";

/// A go.sum file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoSum {
    /// The lines that count, in the order of the file.
    pub lines: Vec<SumLine>,
    /// What is wrong or strange, in the order of the file.
    pub problems: Vec<SumProblem>,
    /// How many more problems there are than are kept.
    pub omitted_problems: usize,
}

/// One line: a module, and the hash of its zip or of its go.mod.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SumLine {
    /// The module; the version is without `/go.mod`.
    #[serde(flatten)]
    pub module: ModuleVersion,
    /// The hash is that of the go.mod.
    pub go_mod: bool,
    /// The hash with its algorithm: `h1:…`.
    pub hash: String,
    /// The line in the file, from 1.
    pub line: u32,
}

impl SumLine {
    /// The key as go.sum and the checksum database have it.
    #[must_use]
    pub fn key(&self) -> ModuleVersion {
        if self.go_mod { self.module.go_mod_key() } else { self.module.clone() }
    }
}

/// A problem of go.sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SumProblem {
    /// The line, from 1.
    pub line: u32,
    /// What it is.
    #[serde(flatten)]
    pub kind: SumProblemKind,
}

/// What is wrong with a line of go.sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "problem", rename_all = "kebab-case")]
pub enum SumProblemKind {
    /// A merge that nobody has finished.
    MergeConflict {
        /// Its lines.
        conflict: Conflict,
        /// The line at which go stops and the fields that it has, if go notices: a marker line of three
        /// words passes.
        reported: Option<(u32, usize)>,
    },
    /// Not three fields: go stops (since 1.22; go mod tidy drops the line).
    WrongNumberOfFields {
        /// How many.
        fields: usize,
    },
    /// The same key with several hashes: any of them passes.
    SeveralHashes {
        /// The key.
        key: ModuleVersion,
        /// The line of the first hash.
        first: u32,
    },
    /// The same line once more; harmless.
    Duplicate {
        /// The line that it repeats.
        first: u32,
    },
    /// A hash that begins with `h1:` but is none: it can never match.
    MalformedHash,
    /// A hash of an algorithm that go does not know: it warns and adds its own.
    UnknownAlgorithm,
    /// The hash of an empty go.mod, which go drops.
    EmptyGoModHash,
}

impl SumProblem {
    /// The line that go cannot read, and its fields, where this is such a problem.
    #[must_use]
    pub fn refused(&self) -> Option<(u32, usize)> {
        match self.kind {
            SumProblemKind::WrongNumberOfFields { fields } => Some((self.line, fields)),
            SumProblemKind::MergeConflict { reported, .. } => reported,
            _ => None,
        }
    }

    /// What go prints, where it stops because of the line.
    #[must_use]
    pub fn go_message(&self, file: &str) -> Option<String> {
        let (line, fields) = self.refused()?;
        Some(format!("malformed go.sum:\n{file}:{line}: wrong number of fields {fields}"))
    }
}

impl GoSum {
    /// Reads a go.sum file.
    #[must_use]
    pub fn parse(data: &[u8]) -> Self {
        let mut reader = SumReader { sum: Self::default(), conflicts: find_conflicts(data), seen: BTreeMap::new() };
        for (line, number) in data.split(|byte| *byte == b'\n').zip(1_u32..) {
            reader.line(line, number);
        }
        reader.sum
    }

    /// What a go before 1.22 sees of it: it reads no further than the first line that is malformed, and
    /// says nothing.
    #[must_use]
    pub fn before_1_22(mut self) -> Self {
        if let Some(end) = self.problems.iter().find_map(|problem| problem.refused()) {
            self.lines.retain(|line| line.line < end.0);
        }
        self
    }

    /// The hashes that the file has for a module's zip or go.mod.
    pub fn hashes<'a>(&'a self, module: &'a ModuleVersion, go_mod: bool) -> impl Iterator<Item = &'a str> {
        let lines = self.lines.iter().filter(move |line| line.go_mod == go_mod && line.module == *module);
        lines.map(|line| line.hash.as_str())
    }

    /// All hashes by key, in go's order of keys. Build it once where many keys are looked up.
    #[must_use]
    pub fn by_key(&self) -> BTreeMap<ModuleVersion, Vec<&str>> {
        let mut keys: BTreeMap<ModuleVersion, Vec<&str>> = BTreeMap::new();
        for line in &self.lines {
            keys.entry(line.key()).or_default().push(&line.hash);
        }
        keys
    }

    /// What go prints if it refuses the file.
    #[must_use]
    pub fn go_message(&self, file: &str) -> Option<String> {
        self.problems.iter().find_map(|problem| problem.go_message(file))
    }
}

struct SumReader {
    sum: GoSum,
    conflicts: Vec<Conflict>,
    /// The first line of each key, as an index into the lines.
    seen: BTreeMap<ModuleVersion, usize>,
}

impl SumReader {
    fn line(&mut self, line: &[u8], number: u32) {
        let text = text_of(line);
        let fields: Vec<&str> = text.split_whitespace().take(4).collect();
        let at = self.conflicts.partition_point(|conflict| conflict.end < number);
        let conflict = self.conflicts.get(at).copied().filter(|conflict| conflict.contains(number));
        if let Some(conflict) = conflict.filter(|conflict| conflict.start == number) {
            self.problem(number, SumProblemKind::MergeConflict { conflict, reported: None });
        }
        let [path, version, hash] = *fields else {
            if !fields.is_empty() {
                let fields = text.split_whitespace().count();
                self.wrong_number_of_fields(conflict, number, fields);
            }
            return;
        };
        if conflict.is_some() && super::conflict::marker(line).is_some() {
            return;
        }
        let (version, go_mod) = match version.strip_suffix(GO_MOD) {
            Some(version) => (version, true),
            None => (version, false),
        };
        if hash == EMPTY_GO_MOD_HASH {
            self.problem(number, SumProblemKind::EmptyGoModHash);
            return;
        }
        let line = SumLine { module: ModuleVersion::new(path, version), go_mod, hash: hash.to_owned(), line: number };
        self.sum_line(line);
    }

    fn sum_line(&mut self, line: SumLine) {
        match line.hash.split_once(':') {
            Some(("h1", digest)) if !is_digest(digest) => self.problem(line.line, SumProblemKind::MalformedHash),
            Some(("h1", _)) => {}
            _ => self.problem(line.line, SumProblemKind::UnknownAlgorithm),
        }
        let key = line.key();
        if let Some(first) = self.seen.get(&key).and_then(|first| self.sum.lines.get(*first)) {
            // Only the first line of a key is compared: a later one repeated stays, which harms nobody.
            let same = first.hash == line.hash;
            let first = first.line;
            if same {
                self.problem(line.line, SumProblemKind::Duplicate { first });
                return;
            }
            self.problem(line.line, SumProblemKind::SeveralHashes { key, first });
        } else {
            self.seen.insert(key, self.sum.lines.len());
        }
        self.sum.lines.push(line);
    }

    fn wrong_number_of_fields(&mut self, conflict: Option<Conflict>, number: u32, fields: usize) {
        let Some(conflict) = conflict else {
            return self.problem(number, SumProblemKind::WrongNumberOfFields { fields });
        };
        let known = self.sum.problems.iter_mut().rev().find_map(|problem| match &mut problem.kind {
            SumProblemKind::MergeConflict { conflict: other, reported } if *other == conflict => Some(reported),
            _ => None,
        });
        if let Some(reported) = known {
            reported.get_or_insert((number, fields));
        }
    }

    fn problem(&mut self, line: u32, kind: SumProblemKind) {
        if self.sum.problems.len() < MAX_PROBLEMS {
            self.sum.problems.push(SumProblem { line, kind });
        } else {
            self.sum.omitted_problems += 1;
        }
    }
}

/// Whether the text is a SHA-256 digest in base64.
fn is_digest(text: &str) -> bool {
    text.len() == 44 && base64::engine::general_purpose::STANDARD.decode(text).is_ok_and(|bytes| bytes.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    const H: &str = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    const I: &str = "h1:4jrq2I8QmEcpYlYb1vYFBvnCnJrvDnHkSHHgCnrUPKc=";

    fn problems(text: &str) -> Vec<(u32, SumProblemKind)> {
        GoSum::parse(text.as_bytes()).problems.into_iter().map(|problem| (problem.line, problem.kind)).collect()
    }

    #[test]
    fn lines() {
        let sum = GoSum::parse(format!("a.b/c v1.0.0 {H}\r\n\na.b/c\tv1.0.0/go.mod  {I}\n").as_bytes());
        assert_eq!(sum.problems, []);
        let module = ModuleVersion::new("a.b/c", "v1.0.0");
        assert_eq!(sum.hashes(&module, false).collect::<Vec<_>>(), [H]);
        assert_eq!(sum.hashes(&module, true).collect::<Vec<_>>(), [I]);
        assert_eq!(
            sum.by_key().keys().map(ToString::to_string).collect::<Vec<_>>(),
            ["a.b/c@v1.0.0", "a.b/c@v1.0.0/go.mod"]
        );
    }

    #[test]
    fn strange_lines() {
        let key = ModuleVersion::new("a.b/c", "v1.0.0");
        assert_eq!(
            problems(&format!("a.b/c v1.0.0 {H}\na.b/c v1.0.0 {H}\n")),
            [(2, SumProblemKind::Duplicate { first: 1 })]
        );
        assert_eq!(
            problems(&format!("a.b/c v1.0.0 {H}\na.b/c v1.0.0 {I}\n")),
            [(2, SumProblemKind::SeveralHashes { key, first: 1 })]
        );
        assert_eq!(problems("a.b/c v1.0.0 h1:abc=\n"), [(1, SumProblemKind::MalformedHash)]);
        assert_eq!(problems("a.b/c v1.0.0 h9:abc\n"), [(1, SumProblemKind::UnknownAlgorithm)]);
        let empty = GoSum::parse(format!("a.b/c v1.0.0/go.mod {EMPTY_GO_MOD_HASH}\n").as_bytes());
        assert_eq!(empty.lines, []);
        assert_eq!(empty.problems[0].kind, SumProblemKind::EmptyGoModHash);
    }

    #[test]
    fn what_go_refuses() {
        let message = |text: &str| GoSum::parse(text.as_bytes()).go_message("go.sum");
        assert_eq!(message(&format!("a.b/c v1.0.0 {H}\n")), None);
        assert_eq!(
            message("\na.b/c v1.0.0\n").as_deref(),
            Some("malformed go.sum:\ngo.sum:2: wrong number of fields 2")
        );
        assert_eq!(message("a b c d e f\n").as_deref(), Some("malformed go.sum:\ngo.sum:1: wrong number of fields 6"));
    }

    #[test]
    fn an_older_go_reads_up_to_the_line_that_it_cannot_read() {
        let kept = |text: &str| GoSum::parse(text.as_bytes()).before_1_22().lines.len();
        assert_eq!(kept(&format!("a.b/c v1.0.0 {H}\na.b/d v1.0.0 {H}\n")), 2);
        assert_eq!(kept(&format!("a.b/c v1.0.0 {H}\na.b/c v1.1.0\na.b/d v1.0.0 {H}\n")), 1);
        assert_eq!(kept(&format!("<<<<<<< HEAD\na.b/c v1.0.0 {H}\n=======\n>>>>>>> x\n")), 0);
    }

    #[test]
    fn a_merge_conflict_is_one_problem() {
        let text =
            format!("<<<<<<< HEAD\na.b/c v1.0.0 {H}\n=======\na.b/c v1.1.0 {I}\n>>>>>>> a branch\na.b/d v1.0.0 {H}\n");
        let sum = GoSum::parse(text.as_bytes());
        let conflict = Conflict { start: 1, end: 5 };
        assert_eq!(
            sum.problems,
            [SumProblem { line: 1, kind: SumProblemKind::MergeConflict { conflict, reported: Some((1, 2)) } }]
        );
        assert_eq!(sum.lines.len(), 3);
        assert_eq!(sum.go_message("go.sum").as_deref(), Some("malformed go.sum:\ngo.sum:1: wrong number of fields 2"));
    }
}
