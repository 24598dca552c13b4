//! The layout of the module cache.
