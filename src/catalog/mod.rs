//! The error types, their pages and the message formats.
