//! The problems in go's own words.

use super::super::quote::{quote, quote_char};
use super::problem::{IntervalProblem, Problem, ProblemKind, StringProblem, Verb, VersionProblem};

impl Problem {
    /// The line that go prints, with the file and the position: `go.mod:5:2: require a.b/c: version …`.
    #[must_use]
    pub fn go_line(&self, file: &str) -> String {
        format!("{}{}", self.position.prefix(file), self.go_message(file))
    }

    /// What go says, without the position. (Up to Go 1.20 the example of a Go version in it was `1.23`,
    /// not `1.23.0`.)
    #[must_use]
    pub fn go_message(&self, file: &str) -> String {
        match &self.kind {
            ProblemKind::MergeConflict { reported, .. } => {
                reported.first().map(|problem| problem.go_message(file)).unwrap_or_default()
            }
            ProblemKind::ByteOrderMark => r"unexpected input character '\ufeff'".to_owned(),
            ProblemKind::UnexpectedCharacter { character } => {
                format!("unexpected input character {}", quote_char(*character))
            }
            ProblemKind::BlockComment => "mod files must use // comments (not /* */ comments)".to_owned(),
            ProblemKind::NewlineInString => "unexpected newline in string".to_owned(),
            ProblemKind::EndOfFileInString => "unexpected EOF in string".to_owned(),
            ProblemKind::UnterminatedBlock { start } => {
                format!("syntax error (unterminated block started at {file}:{}:{})", start.line, start.column)
            }
            ProblemKind::TextAfterBlock => "syntax error (expected newline after closing paren)".to_owned(),
            ProblemKind::UnknownDirective { directive } => format!("unknown directive: {directive}"),
            ProblemKind::UnknownBlock { directive } => format!("unknown block type: {directive}"),
            ProblemKind::Repeated { verb } => format!("repeated {verb} statement"),
            ProblemKind::ArgumentCount { verb } => format!("{verb} directive expects exactly one argument"),
            ProblemKind::Usage { verb } => usage(*verb),
            ProblemKind::InvalidGoVersion { version } => {
                format!("invalid go version '{version}': must match format 1.23.0")
            }
            ProblemKind::InvalidToolchain { name } => {
                format!("invalid toolchain version '{name}': must match format go1.23.0 or default")
            }
            ProblemKind::InvalidString { reason } => format!("invalid quoted string: {}", reason.go_text()),
            ProblemKind::InvalidVersion { verb, path, version, reason } => {
                let of = if path.is_empty() { verb.to_string() } else { format!("{verb} {path}") };
                let reason = match reason {
                    VersionProblem::String(reason) => reason.go_text().to_owned(),
                    VersionProblem::Form => "must be of the form v1.2.3".to_owned(),
                    VersionProblem::PathMajor { expected, actual } => format!("should be {expected}, not {actual}"),
                    VersionProblem::MalformedPath => format!("malformed module path {}", quote(path.as_str())),
                };
                format!("{of}: version {} invalid: {reason}", quote(version.as_str()))
            }
            ProblemKind::InvalidModulePath { verb: Verb::Replace, path } => {
                format!("replace {path}: invalid module path")
            }
            ProblemKind::InvalidModulePath { .. } => "invalid module path".to_owned(),
            ProblemKind::ReplacementNotDirectory => "replacement module without version must be directory path \
                                                     (rooted or starting with . or ..)"
                .to_owned(),
            ProblemKind::ReplacementPathAtVersion => {
                "replacement module must match format 'path version', not 'path@version'".to_owned()
            }
            ProblemKind::ReplacementWindowsPath => {
                "replacement directory appears to be Windows path (on a non-windows system)".to_owned()
            }
            ProblemKind::ReplacementDirectoryWithVersion { path } => {
                format!("replacement module directory path {} cannot have version", quote(path.as_str()))
            }
            ProblemKind::InvalidInterval { reason } => match reason {
                IntervalProblem::BracketOrVersion => "expected '[' or version",
                IntervalProblem::VersionAfterBracket => "expected version after '['",
                IntervalProblem::Comma => "expected ',' after version",
                IntervalProblem::VersionAfterComma => "expected version after ','",
                IntervalProblem::ClosingBracket => "expected ']' after version",
            }
            .to_owned(),
            ProblemKind::TextAfterInterval { token } => {
                format!("unexpected token after version: {}", quote(token.as_str()))
            }
            ProblemKind::RetractWithoutModule => "no module directive found, so retract cannot be used".to_owned(),
            ProblemKind::MissingModule => "missing module declaration. To specify the module path:\n\tgo mod edit \
                                           -module=example.com/mod"
                .to_owned(),
            ProblemKind::MissingModuleLine => "missing module line".to_owned(),
            ProblemKind::ReservedModulePath { path } => format!("invalid module path: {}", quote(path.as_str())),
            ProblemKind::RepeatedUse { path } => format!("path {path} appears multiple times in workspace"),
        }
    }
}

impl StringProblem {
    const fn go_text(self) -> &'static str {
        match self {
            Self::Syntax => "invalid syntax",
            Self::StrayQuote => "unquoted string cannot contain quote",
        }
    }
}

fn usage(verb: Verb) -> String {
    match verb {
        Verb::Module => "usage: module module/path".to_owned(),
        Verb::Godebug => "usage: godebug key=value".to_owned(),
        Verb::Use => "usage: use local/dir".to_owned(),
        Verb::Replace => {
            "usage: replace module/path [v1.2.3] => other/module v1.4\n\t or replace module/path [v1.2.3] \
                          => ../local/directory"
                .to_owned()
        }
        verb => format!("usage: {verb} module/path v1.2.3"),
    }
}
