//! What the build list needs of go.mod and go.work.

use crate::golang::module_path::ModuleVersion;

/// The lines of a go.mod that decide the build list, and what its author says about its versions.
///
/// For a dependency, `replace`, `exclude` and `toolchain` lines have no effect and may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModSummary {
    /// The module path of the `module` line.
    pub module_path: Option<String>,
    /// The version of the `go` line.
    pub go: Option<String>,
    /// The name of the `toolchain` line.
    pub toolchain: Option<String>,
    /// The `require` lines, in order.
    pub require: Vec<Requirement>,
    /// The `replace` lines, in order.
    pub replace: Vec<Replace>,
    /// The `exclude` lines.
    pub exclude: Vec<ModuleVersion>,
    /// The `retract` lines.
    pub retract: Vec<Retraction>,
    /// The text after `Deprecated:` above or behind the `module` line.
    pub deprecated: Option<String>,
}

/// A `require` line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The module and the version that it must at least have.
    pub module: ModuleVersion,
    /// Whether the line bears `// indirect`.
    pub indirect: bool,
}

/// A `replace` line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replace {
    /// What is replaced; without a version, every version is.
    pub old: ModuleVersion,
    /// What stands in for it; without a version, the path is a directory as written in the file.
    pub new: ModuleVersion,
}

/// A `retract` line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retraction {
    /// The lowest retracted version.
    pub low: String,
    /// The highest, the same for a single version.
    pub high: String,
    /// The comment that says why; may be empty.
    pub rationale: String,
}

/// A main module: the one that a go command runs in, or one that go.work uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MainModule {
    /// Its go.mod.
    pub file: ModSummary,
    /// Its directory, relative to that of go.work, with `/`; empty outside a workspace.
    pub dir: String,
}

/// The lines of a go.work that decide the build list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workspace {
    /// The version of the `go` line.
    pub go: Option<String>,
    /// The name of the `toolchain` line.
    pub toolchain: Option<String>,
    /// The `replace` lines, in order.
    pub replace: Vec<Replace>,
}

/// What one build list is computed from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input {
    /// The main modules: one, or those of the workspace.
    pub main_modules: Vec<MainModule>,
    /// go.work, if it is in effect.
    pub workspace: Option<Workspace>,
    /// The version of the go command, `1.26.1`; without it no module is too new.
    pub running_go: Option<String>,
}

/// Where a module's go.mod and packages are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// In the tree of the main module with this index.
    Main(usize),
    /// In the module cache; after a replacement, under the replacement's name.
    Module(ModuleVersion),
    /// In a directory: absolute, or relative to the main module or to go.work.
    Directory(String),
}

/// What is known of a dependency's go.mod.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModFile {
    /// It was read.
    Known(ModSummary),
    /// It is not at hand: not in the cache, or no such file.
    Missing,
    /// It is there and cannot be parsed.
    Broken,
}
