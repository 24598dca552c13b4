//! What the Go files of a repository import, and which module each import comes from.
//!
//! `go mod tidy` looks at the import clauses of every package of the main module and of what those
//! packages import, for all build tags at once; `go list` and `go build` look at one platform.
//! The steps are [`SourceFile`] (one file), [`PackageImports`] (one directory), [`package_dirs`]
//! (one module's tree), [`ImportLookup`] (import to module) and [`load`] (the whole closure).

mod constraint;
mod header;
mod ignore;
mod load;
mod lookup;
mod package;
mod platform_names;
mod source_file;
mod standard;
mod string_literal;
mod tags;
mod tree;

pub use ignore::IgnorePatterns;
pub use load::{ImportedBy, Loaded, LoadedPackage, ReadPackage, Scope, load};
pub use lookup::{Candidates, HasPackage, ImportLookup, InvalidImport, Lookup};
pub use package::{PackageImports, Position};
pub use source_file::{Clause, Constraint, Problem, SourceFile};
pub use standard::{StandardLibrary, is_standard_path};
pub use tags::Tags;
pub use tree::{Entry, EntryKind, PackageDir, Tree, package_dirs};
