//! go.work: the modules of a workspace.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::platform::Os;
use super::conflict::find_conflicts;
use super::directive::{self, Rules};
use super::go_mod::{GoLine, Godebug, ReadAs, Replace, ToolchainLine, reported_by_go};
use super::position::Position;
use super::problem::{Problem, ProblemKind, Problems, Verb};
use super::syntax::{self, Block, Line, Reader};

/// A go.work file. What could be understood is there even where the file has problems.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoWork {
    /// The `go` line.
    pub go: Option<GoLine>,
    /// The `toolchain` line.
    pub toolchain: Option<ToolchainLine>,
    /// The `godebug` lines.
    pub godebug: Vec<Godebug>,
    /// The `use` lines.
    #[serde(rename = "use")]
    pub uses: Vec<Use>,
    /// The `replace` lines.
    pub replace: Vec<Replace>,
    /// What is wrong, in the order in which go would come to report it.
    pub problems: Vec<Problem>,
    /// How many more problems there are than are kept.
    pub omitted_problems: usize,
}

/// `use DIRECTORY`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Use {
    /// The directory as it stands in the file: relative to it, or absolute.
    pub path: String,
    /// Where.
    pub position: Position,
}

impl GoWork {
    /// Reads a go.work file. `os` is the system that go runs on.
    #[must_use]
    pub fn parse(data: &[u8], os: Os) -> Self {
        let rules = Rules { read_as: ReadAs::Edited, os };
        let mut reader = GoWorkReader { rules, file: Self::default(), problems: Problems::default() };
        syntax::parse(data, &mut reader);
        let GoWorkReader { mut file, mut problems, .. } = reader;
        // Go looks for directories that stand twice only when it loads a workspace without errors.
        if problems.is_empty() {
            let mut seen = HashSet::new();
            for used in &file.uses {
                if !seen.insert(cleaned(&used.path, os)) {
                    problems.other(used.position, || ProblemKind::RepeatedUse { path: used.path.as_str().into() });
                }
            }
        }
        (file.problems, file.omitted_problems) = problems.finish(&find_conflicts(data));
        file
    }

    /// The version of the `go` line, if there is one.
    #[must_use]
    pub fn go_version(&self) -> Option<&str> {
        self.go.as_ref().map(|go| go.version.as_str())
    }

    /// The problems that go itself reports: only the first where it is one of syntax, else all.
    #[must_use]
    pub fn reported_by_go(&self) -> &[Problem] {
        reported_by_go(&self.problems)
    }
}

/// The path without `.` and `..` elements that can be resolved in it, for comparison.
fn cleaned(path: &str, os: Os) -> String {
    let path = if os == Os::Windows { path.replace('\\', "/").to_lowercase() } else { path.to_owned() };
    let mut elements: Vec<&str> = Vec::new();
    for element in path.split('/') {
        match (element, elements.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => drop(elements.pop()),
            (element, _) => elements.push(element),
        }
    }
    format!("{}{}", if path.starts_with('/') { "/" } else { "" }, elements.join("/"))
}

struct GoWorkReader {
    rules: Rules,
    file: GoWork,
    problems: Problems,
}

impl GoWorkReader {
    fn directive(&mut self, line: &Line<'_>, verb: &[u8], args: &[&[u8]]) {
        if let Err(kind) = self.try_directive(line.start, verb, args) {
            self.problems.other(line.start, || kind);
        }
    }

    fn try_directive(&mut self, position: Position, verb: &[u8], args: &[&[u8]]) -> Result<(), ProblemKind> {
        let file = &mut self.file;
        match verb {
            b"go" if file.go.is_some() => return Err(ProblemKind::Repeated { verb: Verb::Go }),
            b"go" => {
                let version = directive::go_version(args, self.rules)?;
                file.go = Some(GoLine { version, position });
            }
            b"toolchain" if file.toolchain.is_some() => return Err(ProblemKind::Repeated { verb: Verb::Toolchain }),
            b"toolchain" => {
                let name = directive::toolchain(args)?;
                file.toolchain = Some(ToolchainLine { name, position });
            }
            b"godebug" => {
                let (key, value) = directive::godebug(args)?;
                file.godebug.push(Godebug { key, value, position });
            }
            b"use" => {
                let [token] = *args else { return Err(ProblemKind::Usage { verb: Verb::Use }) };
                let path = directive::path(token)?;
                file.uses.push(Use { path, position });
            }
            b"replace" => file.replace.push(directive::replace(args, position, self.rules)?),
            verb => return Err(ProblemKind::UnknownDirective { directive: Problem::fragment(verb) }),
        }
        Ok(())
    }
}

impl Reader for GoWorkReader {
    fn line(&mut self, line: &Line<'_>) {
        if let Some((verb, args)) = line.tokens.split_first() {
            self.directive(line, verb, args);
        }
    }

    fn block(&mut self, block: &Block<'_>) -> bool {
        let known = matches!(*block.tokens, [b"godebug" | b"use" | b"replace"]);
        if !known {
            let head = || ProblemKind::UnknownBlock { directive: Problem::fragment(&block.head()) };
            self.problems.other(block.start, head);
        }
        known
    }

    fn block_line(&mut self, block: &Block<'_>, line: &Line<'_>) {
        if let Some(verb) = block.tokens.first() {
            self.directive(line, verb, &line.tokens);
        }
    }

    fn problems(&mut self) -> &mut Problems {
        &mut self.problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> GoWork {
        GoWork::parse(text.as_bytes(), Os::Linux)
    }

    #[test]
    fn a_workspace() {
        let work = parse(
            "go 1.23.0\n\ntoolchain go1.24.1\nuse ./a // the first\nuse (\n\t./b\n\t\"/c d\"\n)\nreplace x.y/z => ./z\ngodebug a=b\n",
        );
        assert_eq!(work.problems, []);
        assert_eq!(work.go_version(), Some("1.23.0"));
        let uses: Vec<_> = work.uses.iter().map(|used| (used.path.as_str(), used.position.line)).collect();
        assert_eq!(uses, [("./a", 4), ("./b", 6), ("/c d", 7)]);
        assert_eq!(work.replace[0].directory(), Some("./z"));
    }

    #[test]
    fn problems() {
        for (text, line) in [
            ("use\n", "go.work:1: usage: use local/dir"),
            ("require a.b/c v1.0.0\n", "go.work:1: unknown directive: require"),
            ("module (\n)\n", "go.work:1: unknown block type: module"),
            ("go 1.21\ngo 1.22\n", "go.work:2: repeated go statement"),
            ("go 1.21.x\n", "go.work:1: invalid go version '1.21.x': must match format 1.23.0"),
            ("go v1.23-x\n", "go.work:1: invalid go version 'v1.23-x': must match format 1.23.0"),
            ("use (\n./a\n", "go.work:3: syntax error (unterminated block started at go.work:1:1)"),
            ("use ./a\nuse b/../a\n", "go.work:2: path b/../a appears multiple times in workspace"),
        ] {
            let work = parse(text);
            assert_eq!(
                work.problems.first().map(|problem| problem.go_line("go.work")).as_deref(),
                Some(line),
                "{text}"
            );
        }
    }
}
