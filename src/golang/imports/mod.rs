//! The imports of the Go files of a repository.
