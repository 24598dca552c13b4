//! Situations of the family `module`.

use serde::{Deserialize, Serialize};

use crate::golang::module_path::ModuleVersion;
use crate::model::Foreign;

/// A line of a file of the repository.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Line {
    /// The file.
    pub file: Foreign,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Situation {
    /// No go.mod applies in the folder.
    NoGoMod {
        /// The folder.
        directory: Foreign,
    },
    /// A module file cannot be read.
    Unreadable {
        /// The file.
        file: Foreign,
        /// What the system said.
        error: Foreign,
    },
    /// A merge that nobody has finished.
    MergeConflict {
        /// Where it begins.
        at: Line,
        /// Its last line.
        end: usize,
        /// Whether go stops at it: in go.sum a mark of three words passes.
        noticed: bool,
    },
    /// A line of go.mod or go.work that go cannot read.
    BadLine {
        /// Where.
        at: Line,
        /// Go's words for it.
        problem: Foreign,
    },
    /// A version in go.mod or go.work that is none, or none of its module.
    BadVersion {
        /// Where.
        at: Line,
        /// The module path; empty in a `retract` line.
        path: Foreign,
        /// The version.
        version: Foreign,
        /// Go's words for it.
        problem: Foreign,
    },
    /// A path that is no module path.
    BadPath {
        /// Where, unless it was named on the command line or in a log.
        at: Option<Line>,
        /// The path.
        path: Foreign,
        /// What is wrong with it, in Go's words.
        problem: Foreign,
    },
    /// A version of another major version than the module path.
    OtherMajor {
        /// The module and the version.
        module: ModuleVersion,
        /// What the path admits.
        expected: Foreign,
    },
    /// A line of go.sum that has not three fields.
    SumLine {
        /// Where.
        at: Line,
        /// How many fields it has.
        fields: usize,
        /// Whether this go stops at it (since 1.22).
        stops: bool,
    },
    /// A hash in go.sum that is none, so that it can never match.
    SumHash {
        /// Where.
        at: Line,
    },
    /// go.mod is not what the requirements come to.
    Stale {
        /// The file.
        file: Foreign,
        /// Requirements below the selected version, each with the selected one.
        higher: Vec<Foreign>,
        /// Modules that are imported from and not listed.
        unlisted: Vec<Foreign>,
        /// Requirements whose version is a branch, a tag or a commit.
        unresolved: Vec<Foreign>,
    },
    /// An import whose module is to be had, and is not listed yet.
    NotYetRequired {
        /// The import path.
        import: Foreign,
        /// Where it is imported.
        at: Line,
        /// Whether a module for it was found; else nobody was asked.
        found: bool,
    },
    /// Two modules of the build are fetched as the same one.
    SameSource {
        /// What is fetched for both.
        source: ModuleVersion,
        /// The path that is replaced by it.
        path: Foreign,
        /// The other path.
        other: Foreign,
    },
    /// A required version is excluded.
    Excluded {
        /// The requirement.
        module: ModuleVersion,
        /// The line of the exclusion, from 1.
        line: usize,
    },
    /// A replacement leads to a folder that is no module.
    ReplaceMissing {
        /// The module that is replaced.
        path: Foreign,
        /// The folder as written.
        target: Foreign,
        /// The line.
        at: Line,
        /// Whether the folder exists, without a go.mod.
        exists: bool,
        /// Whether the module is required at all.
        required: bool,
    },
    /// go.work cannot be read.
    WorkUnreadable {
        /// The file.
        file: Foreign,
        /// What the system said.
        error: Foreign,
    },
    /// A `use` leads to a folder without go.mod.
    UseMissing {
        /// The folder as written.
        dir: Foreign,
        /// The line.
        at: Line,
    },
    /// The folder that was looked at lies in a module that go.work does not name.
    NotInWorkspace {
        /// The folder of that module.
        dir: Foreign,
        /// The go.work.
        work: Foreign,
    },
    /// A module asks for a newer Go than go.work does.
    WorkGoTooLow {
        /// The module's folder.
        dir: Foreign,
        /// Its go line.
        wants: Foreign,
        /// The go line of go.work.
        has: Foreign,
    },
    /// Two folders of a workspace hold the same module.
    TwiceInWorkspace {
        /// The module path.
        path: Foreign,
    },
    /// Two modules of a workspace replace the same module differently.
    ReplacedDifferently {
        /// The module path.
        path: Foreign,
    },
    /// vendor/modules.txt is not what go.mod says.
    VendorDiffers {
        /// How many modules differ.
        count: usize,
        /// The first difference, in Go's words.
        first: Foreign,
        /// Whether it is the vendor folder of a workspace.
        workspace: bool,
    },
    /// The vendor folder lacks packages that a build imports.
    VendorLacks {
        /// How many.
        count: usize,
        /// The first.
        import: Foreign,
        /// Where it is imported.
        at: Line,
        /// Whether vendor/modules.txt names it.
        named: bool,
    },
    /// GOFLAGS asks for a vendor folder, and there is none.
    VendorAbsent,
    /// Several modules provide the same package.
    Ambiguous {
        /// The import path.
        import: Foreign,
        /// Where it is imported.
        at: Line,
        /// The modules.
        modules: Vec<ModuleVersion>,
    },
    /// No module provides a package.
    NoModuleHas {
        /// The import path.
        import: Foreign,
        /// Where it is imported.
        at: Line,
        /// Whether its path is one of the main module's own.
        own: bool,
    },
    /// A path without a dot names no package of the standard library.
    NotInStd {
        /// The import path.
        import: Foreign,
        /// Where it is imported.
        at: Line,
    },
    /// The module that should have a package has it not.
    NotInModule {
        /// The import path.
        import: Foreign,
        /// Where it is imported.
        at: Line,
        /// The module.
        module: ModuleVersion,
    },
    /// A dependency's go.mod file is that of another module.
    OtherModule {
        /// The module.
        module: ModuleVersion,
        /// The path that it declares.
        declared: Foreign,
        /// The dependency that requires it, unless a main module does.
        required_by: Option<ModuleVersion>,
    },
    /// A dependency's go.mod file cannot be read.
    DependencyBroken {
        /// The module.
        module: ModuleVersion,
        /// Whether it can be parsed, and only has no `module` line.
        no_module_line: bool,
        /// What go says of the first line that it does not accept.
        words: Option<Foreign>,
    },
    /// There is no such branch, tag or commit.
    NoRevision {
        /// The module and the revision.
        module: ModuleVersion,
        /// The repository, where it was asked itself.
        repository: Option<Foreign>,
    },
    /// A module has no version that fits what was asked for.
    NoVersions {
        /// The module and what was asked for, such as `v3`; nothing or `latest` for any version.
        module: ModuleVersion,
        /// The highest version that it has, if any.
        highest: Option<Foreign>,
    },
    /// The required version is retracted.
    Retracted {
        /// The requirement.
        module: ModuleVersion,
        /// The reason given.
        rationale: Foreign,
    },
    /// The module is deprecated.
    Deprecated {
        /// The requirement.
        module: ModuleVersion,
        /// The message given.
        message: Foreign,
    },
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Advice {
    /// Make a go.mod, or go to where one is.
    InitModule,
    /// See who may read the file.
    MakeReadable {
        /// The file.
        file: Foreign,
    },
    /// Decide between both sides of a merge, and take the marks out.
    ResolveConflict {
        /// The file.
        file: Foreign,
    },
    /// Keep both sides in go.sum, and take the marks out.
    KeepBothSides,
    /// Correct a line.
    CorrectLine {
        /// The line.
        at: Line,
    },
    /// Write a whole version.
    WriteVersion,
    /// Add the major version to the path, or take one that fits it.
    MatchMajor,
    /// Let go put go.mod and go.sum in order.
    Tidy,
    /// Let go find the module of an import.
    GetImport {
        /// The import path.
        import: Foreign,
    },
    /// Correct an import, or make its package.
    CorrectImport {
        /// The import path.
        import: Foreign,
    },
    /// Generate or commit a package of one's own.
    MakePackage,
    /// Take a version that has the package.
    OtherVersion {
        /// The module path.
        path: Foreign,
    },
    /// Drop an exclusion whose reason is gone.
    DropExclude {
        /// The module.
        module: ModuleVersion,
    },
    /// Put the folder where the replacement looks for it.
    BringFolder {
        /// The folder.
        target: Foreign,
    },
    /// Drop a replacement.
    DropReplace {
        /// The module path.
        path: Foreign,
    },
    /// Drop a `use` line.
    DropUse {
        /// The folder.
        dir: Foreign,
    },
    /// Add a module to go.work.
    AddUse {
        /// The folder.
        dir: Foreign,
    },
    /// Leave the workspace out.
    LeaveWorkspace,
    /// Raise the go line of go.work.
    RaiseWorkGo,
    /// Keep one of the folders in go.work.
    UseOne,
    /// Decide in go.work which replacement counts.
    SettleReplace {
        /// The module path.
        path: Foreign,
    },
    /// Write the vendor folder anew.
    Vendor,
    /// Build without the vendor folder.
    WithoutVendor,
    /// Raise a module to a version that no longer has the package.
    RaiseOuter {
        /// The module path.
        path: Foreign,
    },
    /// Require a module by the path that it declares.
    RequireAs {
        /// That path.
        declared: Foreign,
    },
    /// Replace a module by its fork.
    ReplaceByFork {
        /// The module path.
        declared: Foreign,
        /// The fork.
        fork: ModuleVersion,
    },
    /// Raise the dependency that requires a module by a wrong path.
    RaiseRequirer {
        /// The dependency.
        module: ModuleVersion,
    },
    /// Take another version of a module, or tell its author.
    TellAuthor {
        /// The module.
        module: ModuleVersion,
    },
    /// See how the branch, tag or commit is spelt.
    CheckRevision,
    /// Name a branch or a commit in place of a version.
    NameRevision {
        /// The module path.
        path: Foreign,
    },
    /// Take a newer version.
    Upgrade {
        /// The module path.
        path: Foreign,
    },
    /// Read what the author says, and move on.
    MoveOn,
}
