//! A diagnosis rendered, one file per format.
