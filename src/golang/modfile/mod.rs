//! go.mod, go.work, go.sum and vendor/modules.txt with positions, recovering after errors.
//!
//! The go command stops at the first syntax error of a file; these readers go on, so that all
//! problems of a file are known at once. The first problem is the one that go reports.
//! The rules are those of golang.org/x/mod/modfile as of Go 1.21 to 1.27.

mod conflict;
mod directive;
mod go_mod;
mod go_sum;
mod go_work;
mod lexer;
mod modules_txt;
mod position;
mod problem;
mod problem_text;
mod syntax;
mod vendor;

pub use conflict::{Conflict, find_conflicts};
pub use directive::{is_directory_path, is_go_version, is_toolchain_name};
pub use go_mod::{
    Exclude, GoLine, GoMod, Godebug, Ignore, ModuleLine, ReadAs, Replace, Require, Retract, Tool, ToolchainLine,
};
pub use go_sum::{EMPTY_GO_MOD_HASH, GoSum, SumLine, SumProblem, SumProblemKind};
pub use go_work::{GoWork, Use};
pub use modules_txt::{ModulesTxt, VendoredModule};
pub use position::Position;
pub use problem::{IntervalProblem, MAX_PROBLEMS, Problem, ProblemKind, StringProblem, Verb, VersionProblem};
pub use vendor::{VendorDifference, VendorDifferenceKind, VendorOwner, vendor_differences};
