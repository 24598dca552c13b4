//! The build list: which version of which module a go command uses, by minimal version selection.
//!
//! [`load`] takes the main modules' go.mod files and asks for those of the dependencies. If some are
//! not at hand, the list is what can be told without them, together with the names of those that a
//! sync must fetch.

mod from_files;
mod graph;
mod load;
mod replacement;
mod retraction;
mod summary;
mod sums;
mod version;
mod walk;

pub use graph::ModuleGraph;
pub use load::{BuildList, GraphProblem, ModFileProblem, Pruning, StaleRequirement, load};
pub use replacement::{ReplaceConflict, Replacements};
pub use retraction::{AuthorNotice, author_notices};
pub use summary::{Input, MainModule, ModFile, ModSummary, Replace, Requirement, Retraction, Source, Workspace};
pub use sums::{NeededSums, needed_sums};
pub use version::{NONE, compare, is_toolchain};

#[cfg(test)]
mod tests;
