//! Semantic versions as Go compares them.
