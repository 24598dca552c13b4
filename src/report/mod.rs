//! A diagnosis rendered, one file per format.

pub mod words;
