//! Hashing and checking a module cache.
