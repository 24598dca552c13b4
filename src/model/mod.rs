//! Findings, situations, actions and fixes.
