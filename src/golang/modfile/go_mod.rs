//! go.mod: what it says and what is wrong with it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::go_version::GoVersion;
use super::super::module_path::ModuleVersion;
use super::super::platform::Os;
use super::super::semver;
use super::conflict::{find_conflicts, marker};
use super::directive::Rules;
use super::position::Position;
use super::problem::{Problem, ProblemKind, Verb};
use super::syntax;

mod read;
mod retract;

/// Whose go.mod it is: that decides how much of it go reads, and how strictly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReadAs {
    /// A main module's, by a command that may look versions up: a branch instead of a version is no
    /// error yet.
    MainModule,
    /// Any, by `go mod edit`: every version must be one.
    Edited,
    /// A dependency's: unknown directives and those that only matter in main modules are skipped.
    Dependency,
}

/// A go.mod file. What could be understood is there even where the file has problems.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoMod {
    /// The `module` line.
    pub module: Option<ModuleLine>,
    /// The `go` line.
    pub go: Option<GoLine>,
    /// The `toolchain` line.
    pub toolchain: Option<ToolchainLine>,
    /// The `godebug` lines.
    pub godebug: Vec<Godebug>,
    /// The `require` lines.
    pub require: Vec<Require>,
    /// The `exclude` lines.
    pub exclude: Vec<Exclude>,
    /// The `replace` lines.
    pub replace: Vec<Replace>,
    /// The `retract` lines.
    pub retract: Vec<Retract>,
    /// The `tool` lines.
    pub tool: Vec<Tool>,
    /// The `ignore` lines.
    pub ignore: Vec<Ignore>,
    /// What is wrong, in the order in which go would come to report it.
    pub problems: Vec<Problem>,
    /// How many more problems there are than are kept.
    pub omitted_problems: usize,
}

/// `module PATH`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModuleLine {
    /// The module path; empty where the line has none.
    pub path: String,
    /// The text after `Deprecated:` in its comment, or empty.
    pub deprecated: String,
    /// Where.
    pub position: Position,
}

/// `go VERSION`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GoLine {
    /// The Go version, without `go`.
    pub version: String,
    /// Where.
    pub position: Position,
}

/// `toolchain NAME`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ToolchainLine {
    /// The toolchain, with `go`, or `default`.
    pub name: String,
    /// Where.
    pub position: Position,
}

/// `godebug KEY=VALUE`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Godebug {
    /// The setting, or `default`.
    pub key: String,
    /// Its value.
    pub value: String,
    /// Where.
    pub position: Position,
}

/// `require PATH VERSION`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Require {
    /// The module.
    #[serde(flatten)]
    pub module: ModuleVersion,
    /// It bears the comment `// indirect`.
    pub indirect: bool,
    /// Its version is a branch, a commit or a query, which go must look up first.
    pub unresolved: bool,
    /// Where.
    pub position: Position,
}

/// `exclude PATH VERSION`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exclude {
    /// The module.
    #[serde(flatten)]
    pub module: ModuleVersion,
    /// Where.
    pub position: Position,
}

/// `replace OLD => NEW`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Replace {
    /// What is replaced; without version, every version is.
    pub old: ModuleVersion,
    /// By what; without version, it is a directory.
    pub new: ModuleVersion,
    /// One of the versions is a branch, a commit or a query.
    pub unresolved: bool,
    /// Where.
    pub position: Position,
}

impl Replace {
    /// The directory that replaces the module, as it stands in the file.
    #[must_use]
    pub fn directory(&self) -> Option<&str> {
        self.new.version.is_empty().then_some(self.new.path.as_str())
    }
}

/// `retract VERSION` or `retract [LOW, HIGH]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Retract {
    /// The lowest version retracted.
    pub low: String,
    /// The highest version retracted.
    pub high: String,
    /// The comment: why.
    pub rationale: String,
    /// Where.
    pub position: Position,
}

impl Retract {
    /// Whether the version is retracted.
    #[must_use]
    pub fn contains(&self, version: &str) -> bool {
        semver::compare(&self.low, version).is_le() && semver::compare(version, &self.high).is_le()
    }
}

/// `tool PATH`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// The import path of the tool's package.
    pub path: String,
    /// Where.
    pub position: Position,
}

/// `ignore DIRECTORY`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ignore {
    /// The directory.
    pub path: String,
    /// Where.
    pub position: Position,
}

impl GoMod {
    /// Reads a go.mod file. `os` is the system that go runs on: on Windows alone a replacement
    /// directory may have backslashes.
    #[must_use]
    pub fn parse(data: &[u8], read_as: ReadAs, os: Os) -> Self {
        let mut reader = read::GoModReader::new(Rules { read_as, os });
        syntax::parse(data, &mut reader);
        let (mut file, problems) = reader.finish();
        let conflicts = find_conflicts(data);
        if !conflicts.is_empty() {
            // Marker lines may look like requirements.
            let is_marker = |module: &ModuleVersion| marker(module.path.as_bytes()).is_some();
            file.require.retain(|require| !is_marker(&require.module));
            file.exclude.retain(|exclude| !is_marker(&exclude.module));
        }
        (file.problems, file.omitted_problems) = problems.finish(&conflicts);
        file
    }

    /// The module path, or empty.
    #[must_use]
    pub fn module_path(&self) -> &str {
        self.module.as_ref().map(|module| module.path.as_str()).unwrap_or_default()
    }

    /// The version of the `go` line, if there is one.
    #[must_use]
    pub fn go_version(&self) -> Option<&str> {
        self.go.as_ref().map(|go| go.version.as_str())
    }

    /// The directives that this go does not know yet, each at its first place: in a main module it
    /// refuses them as unknown.
    #[must_use]
    pub fn unknown_to(&self, go: &GoVersion) -> Vec<(Verb, Position)> {
        let first = [
            (Verb::Retract, self.retract.first().map(|line| line.position)),
            (Verb::Toolchain, self.toolchain.as_ref().map(|line| line.position)),
            (Verb::Godebug, self.godebug.first().map(|line| line.position)),
            (Verb::Tool, self.tool.first().map(|line| line.position)),
            (Verb::Ignore, self.ignore.first().map(|line| line.position)),
        ];
        let unknown = |verb: Verb| verb.since().is_some_and(|minor| !go.is_at_least(minor));
        first
            .into_iter()
            .filter_map(|(verb, position)| position.map(|at| (verb, at)))
            .filter(|(v, _)| unknown(*v))
            .collect()
    }

    /// The problems that go itself reports: only the first where it is one of syntax, else all.
    #[must_use]
    pub fn reported_by_go(&self) -> &[Problem] {
        reported_by_go(&self.problems)
    }
}

pub(super) fn reported_by_go(problems: &[Problem]) -> &[Problem] {
    match problems.first() {
        Some(first) if first.kind.is_syntax() => problems.get(..1).unwrap_or_default(),
        _ => problems,
    }
}

/// Checks that need the whole file.
fn whole_file_problem(file: &GoMod, read_as: ReadAs) -> Option<(Position, ProblemKind)> {
    match (&file.module, read_as) {
        (_, ReadAs::Edited) => None,
        (None, ReadAs::MainModule) => Some((Position::default(), ProblemKind::MissingModule)),
        (None, ReadAs::Dependency) => Some((Position::default(), ProblemKind::MissingModuleLine)),
        (Some(module), ReadAs::MainModule) if matches!(module.path.as_str(), "go" | "toolchain") => {
            Some((module.position, ProblemKind::ReservedModulePath { path: module.path.as_str().into() }))
        }
        (Some(_), _) => None,
    }
}

#[cfg(test)]
mod tests;
