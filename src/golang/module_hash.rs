//! The h1 hash of a go.mod, a zip and a folder.
