//! Which toolchain the go command selects.
