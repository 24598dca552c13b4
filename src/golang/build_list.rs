//! The build list: minimal version selection with graph pruning.
